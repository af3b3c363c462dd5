// What a certificate says, as figures and keys of sentences: how far the plan can be from the best one at the most, and how that
// is known. A gap is always rounded up: "at most" must stay true.
import type { CertificateJson, PlanSummaryJson } from '../../../server/contract/plans.ts';
import type { Language } from '../../format/language.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { askedShare } from './asked-share.ts';

/** `2.9%` for anything above 2.8 % up to 2.9 %. */
export function formatGap(gap: number, language: Language): string {
  return formatShare(Math.ceil(gap * 1000 - 1e-9) / 1000, language, 1);
}

export interface GapBadge {
  readonly key: 'cost' | 'covered' | 'optimal';
  /** Empty when optimal. */
  readonly gap: string;
  /** Which figure of the plan it belongs to. */
  readonly figure: CertificateJson['kind'];
}

/** null when there is nothing to say: an older plan, or a bound of nothing. */
export function gapBadge(certificate: CertificateJson | null, language: Language): GapBadge | null {
  if (certificate === null) return null;
  const { kind, gap, optimal } = certificate;
  if (optimal) return { key: 'optimal', gap: '', figure: kind };
  return gap === null ? null : { key: kind, gap: formatGap(gap, language), figure: kind };
}

/** A key below proof.certificate with the values of its sentence. */
export interface ProofSentence {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What is proved, how it is known, and what the last point of the share is worth. */
export function proofSentences(summary: PlanSummaryJson, language: Language): ProofSentence[] {
  const { certificate, costCny } = summary;
  if (certificate === null) return [];
  const { coveredShare } = askedShare(summary);
  const { kind, bound, method, optimal, priceSteps, lastPointCny } = certificate;
  const figure =
    kind === 'cost'
      ? { bound: formatMoney(bound, language), value: formatMoney(costCny, language) }
      : { bound: formatShare(bound, language, 2), value: formatShare(coveredShare, language, 2) };
  const how =
    method === 'prices' && kind === 'covered'
      ? 'coveredPrices'
      : `methods.${method === 'counted' && !optimal ? 'loose' : method}`;
  return [
    { key: kind, values: figure },
    ...(optimal ? [{ key: 'optimal', values: {} }] : []),
    { key: how, values: { steps: formatCount(priceSteps, language) } },
    ...(lastPointCny === null || lastPointCny <= 0
      ? []
      : [{ key: 'lastPoint', values: { money: formatMoney(Math.round(lastPointCny), language) } }]),
  ];
}
