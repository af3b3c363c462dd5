// Puts a bound beside a plan. What needs no prices is counted: locked sites have to be paid, and nobody covers more than all sites together.
import type { Certificate } from './certificate.ts';
import type { PriceSearch } from './prices/find-prices.ts';

/** `value`: yuan of the plan, or worth it covers in the first target; `counted`: a bound of the same kind that needs no prices. */
export function makeCertificate(
  kind: Certificate['kind'],
  value: number,
  counted: number,
  search: Pick<PriceSearch, 'bound' | 'prices' | 'parts' | 'steps'> | null,
): Certificate {
  const priced = search?.bound ?? counted;
  const bound = kind === 'cost' ? Math.max(counted, priced) : Math.min(counted, priced);
  return {
    kind,
    bound,
    gap: gapOf(kind, bound, value),
    method: bound === counted ? 'counted' : 'prices',
    optimal: bound === value,
    prices: search?.prices ?? null,
    parts: search?.parts ?? { required: 0, bins: 0, sites: 0 },
    steps: search?.steps ?? 0,
  };
}

function gapOf(kind: Certificate['kind'], bound: number, value: number): number {
  if (bound === value) return 0;
  return kind === 'cost' ? (value - bound) / bound : (bound - value) / value;
}
