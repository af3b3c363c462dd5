// The review list as a file for people who meet with it on paper or in a spreadsheet; plain numbers, both in the header's unit.
import type { TFunction } from 'i18next';
import type { PlanItemJson } from '../../../server/contract/plans.ts';
import { makeCsv } from '../../format/make-csv.ts';
import type { SiteWords } from '../sites/use-site-words.ts';
import { hintSentence } from './hint-sentence.ts';
import type { ReviewHint } from './review-hints.ts';

const columns = [
  'rank',
  'code',
  'name',
  'resourceType',
  'owner',
  'district',
  'lon',
  'lat',
  'heightM',
  'costCnyFile',
  'gainFile',
  'shareAfterFile',
  'hints',
  'decision',
  'reasonCode',
  'reasonText',
  'reviewer',
  'at',
] as const;

/** One line per row, in the order given. Times are ISO. */
export function reviewCsv(
  rows: readonly PlanItemJson[],
  hints: ReadonlyMap<string, readonly ReviewHint[]>,
  words: SiteWords,
  t: TFunction,
): string {
  const separator = words.language === 'en' ? '; ' : '；';
  return makeCsv(
    columns.map((column) => t(`review.column.${column}`)),
    rows.map(({ site, review, ...item }) => [
      item.rank,
      site.code,
      site.name,
      words.resourceType(site.resourceType),
      site.owner,
      words.district(site.districtCode),
      degrees(site.position[0]),
      degrees(site.position[1]),
      site.heightM,
      item.costCny,
      percent(item.gainWeightShare),
      percent(item.shareAfter),
      (hints.get(site.id) ?? []).map((hint) => hintSentence(hint, words.language, t)).join(separator),
      words.term('decision', review?.decision ?? 'none'),
      review?.reasonCode ? words.term('reason', review.reasonCode) : '',
      review?.reasonText ?? '',
      review?.reviewer ?? '',
      review?.at ?? '',
    ]),
  );
}

/** Seven decimals are a centimetre; more is noise of the conversion. */
function degrees(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toFixed(7));
}

function percent(share: number): number {
  return Math.round(share * 1e6) / 1e4;
}
