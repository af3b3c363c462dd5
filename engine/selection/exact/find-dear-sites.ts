// Reduced-cost fixing: a site that would lift the bound over the plan at hand is in no better plan (selection reference, sections
// 6.1, 9 and 15.8). The bound is summed anew over the rows, in double precision, without the terms that rules strengthen: so it holds
// for a forced site whatever spacing, groups and limits say.
import type { CoverRows } from './cover-rows.ts';

export interface PriceQuestion {
  /** Weight times worth a better plan has to add, one per target. */
  readonly duties: readonly number[];
  /** Targets whose prices count. */
  readonly counts: readonly boolean[];
  /** Yuan and number of free sites a better plan may take; Infinity: no limit. */
  readonly budget: number;
  readonly count: number;
}

/** Part of the sums by which the bound is trusted less, for rounding. */
const SAFETY = 1e-9;

/** 1 for each free site that is in no better plan. `rows.price` and `perTarget` are the prices. */
export function findDearSites(
  rows: CoverRows,
  costs: Float64Array,
  perTarget: Float64Array,
  { duties, counts, budget, count }: PriceQuestion,
): Uint8Array {
  const isDear = new Uint8Array(costs.length);
  const prices = perTarget.map((price, target) => (counts[target] ? price : 0));
  let paid = 0;
  let size = 0;
  prices.forEach((price, target) => {
    paid += price * duties[target]!;
    size += Math.abs(price * duties[target]!);
  });
  for (const [limit, measure] of [
    [budget, costs],
    [count, new Float64Array(costs.length).fill(1)],
  ] as const) {
    if (limit === Infinity) continue;
    const terms = priceTerms(rows, prices, measure);
    const room = limit - (paid + terms.sum) + SAFETY * (size + terms.size + Math.abs(limit));
    terms.reduced.forEach((above, site) => {
      if (above > room) isDear[site] = 1;
    });
  }
  return isDear;
}

interface PriceTerms {
  /** What bins and sites add to the bound, and the sum of the sizes. */
  readonly sum: number;
  readonly size: number;
  /** Cost above what the site earns: every plan that opens site j costs at least `sum + max(0, reduced[j])` more than it is paid. */
  readonly reduced: Float64Array;
}

function priceTerms(rows: CoverRows, prices: Float64Array, costs: Float64Array): PriceTerms {
  const reduced = costs.slice();
  let sum = 0;
  let size = 0;
  for (let row = 0; row < rows.count; row++) {
    let paid = 0;
    for (let target = 0; target < prices.length; target++)
      paid += prices[target]! * rows.worth[row * prices.length + target]!;
    const need = rows.need[row]!;
    const price = Math.min(rows.price[row]!, paid / need);
    sum += rows.most[row]! * (need * price - paid);
    size += rows.most[row]! * paid;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) reduced[rows.sites[at]!]! -= price;
  }
  for (const cost of reduced) sum += Math.min(0, cost);
  return { sum, size, reduced };
}
