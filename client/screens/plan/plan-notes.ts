// What a plan says about the limits of its figures, as words and values: models used outside their range, input that was left out
// or assumed. The sentences are in the messages under plan.notes.
import { type ModelKey, modelRanges } from '../../../engine/index.ts';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import type { Language } from '../../format/language.ts';
import { formatCount, formatNumber } from '../../format/numbers.ts';

type RangeMarkJson = PlanSummaryJson['outOfRange'][number];

export type PlanNote =
  | {
      readonly key: 'outOfRange';
      readonly model: string;
      readonly quantity: RangeMarkJson['quantity'];
      readonly bins: string;
      /** `10 m`, `10–5,000 m`; null where the model's own table has none. */
      readonly range: string | null;
    }
  | {
      readonly key: 'leftOut';
      readonly code: PlanSummaryJson['leftOut'][number]['code'];
      readonly count: number;
      readonly siteIds: readonly string[];
    }
  | { readonly key: 'insideBuildings' | 'assumedHeights' | 'groundHoles'; readonly count: string };

/** The most weighty first: what is missing, what is doubtful, what was assumed. */
export function planNotes(summary: PlanSummaryJson, language: Language): PlanNote[] {
  const counted = (['insideBuildings', 'assumedHeights', 'groundHoles'] as const).flatMap((key) =>
    summary[key] > 0 ? [{ key, count: formatCount(summary[key], language) }] : [],
  );
  return [
    ...summary.leftOut.map(({ code, sites, siteIds }) => ({
      key: 'leftOut' as const,
      code,
      count: sites,
      siteIds,
    })),
    ...summary.outOfRange.map(({ model, quantity, bins }) => ({
      key: 'outOfRange' as const,
      model,
      quantity,
      bins: formatCount(bins, language),
      range: rangeWords(model, quantity, language),
    })),
    ...counted,
  ];
}

function rangeWords(model: string, quantity: RangeMarkJson['quantity'], language: Language): string | null {
  const range = Object.hasOwn(modelRanges, model) ? modelRanges[model as ModelKey][quantity] : undefined;
  // COST 231 carries Hata's name above 1500 MHz, with a range of its own
  if (range === undefined || (model === 'Hata' && quantity === 'frequency')) return null;
  const unit = quantity === 'frequency' ? 'GHz' : 'm';
  const [least, most] = range.map((value) => formatNumber(value, language, 2));
  if (range[1] === Number.POSITIVE_INFINITY) return `≥ ${least} ${unit}`;
  return least === most ? `${least} ${unit}` : `${least}–${most} ${unit}`;
}
