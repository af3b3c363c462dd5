// What could replace each site of a plan that is kept: priced once when it is computed, so that a stored plan answers from its rows.
// The work is bounded: the first sites of the plan's order, few substitutes each.
import type { PlanItem } from '../model/plan.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { makeSiteReasons } from './site-reasons.ts';

/**
 * A price takes about ten milliseconds, more where many sites stand around it, and the last sites of a large plan are the ones a person
 * asks about least.
 */
const MOST_ITEMS = 300;
const LEAST_ITEMS = 20;
/** Items times new sites of the plan. */
const MOST_WORK = 60_000;
const SUBSTITUTES = 3;

export function addReplacements(
  prepared: PreparedCoverage,
  chosen: ChosenSites,
  items: readonly PlanItem[],
): PlanItem[] {
  const reasonsOf = makeSiteReasons(prepared, chosen, SUBSTITUTES);
  const newSites = items.filter(({ status }) => status === 'new').length;
  const priced = Math.min(MOST_ITEMS, Math.max(LEAST_ITEMS, Math.floor(MOST_WORK / Math.max(1, newSites))));
  return items.map((item) => {
    if (item.status === 'existing' || item.rank > priced) return item;
    const reasons = reasonsOf(item.siteId);
    if (reasons?.kind !== 'chosen') return item;
    const { extraCostCny, substitutes } = reasons;
    return { ...item, replacement: { extraCostCny, substitutes } };
  });
}
