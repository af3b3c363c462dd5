// What could replace each site of a plan that is kept: priced once when it is computed, so that a stored plan answers from its rows.
// The work is bounded: the first sites of the plan's order, few substitutes each.
import type { PlanItem } from '../model/plan.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { makeSiteReasons } from './site-reasons.ts';

/** A price takes about ten milliseconds, and the last sites of a large plan are the ones a person asks about least. */
const MOST_ITEMS = 300;
const SUBSTITUTES = 3;

export function addReplacements(
  prepared: PreparedCoverage,
  chosen: ChosenSites,
  items: readonly PlanItem[],
): PlanItem[] {
  const reasonsOf = makeSiteReasons(prepared, chosen, SUBSTITUTES);
  return items.map((item) => {
    if (item.status === 'existing' || item.rank > MOST_ITEMS) return item;
    const reasons = reasonsOf(item.siteId);
    if (reasons?.kind !== 'chosen') return item;
    const { extraCostCny, substitutes } = reasons;
    return { ...item, replacement: { extraCostCny, substitutes } };
  });
}
