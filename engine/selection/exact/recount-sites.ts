// What a set of sites covers and costs and whether it keeps the rules, counted anew from the cover: nothing that a solver claims
// is believed before this has been asked.

import { makeCoverState } from '../cover/make-cover-state.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';

export interface SiteRecount {
  /** Weight times worth, one per target. */
  readonly covered: Float64Array;
  /** Yuan and number of new sites, locked ones included. */
  readonly cost: number;
  readonly count: number;
  readonly keepsRules: boolean;
  /** Whether every required share is there. */
  readonly reaches: boolean;
}

/** Existing and locked sites are open, whether `sites` names them or not. */
export function recountSites(
  problem: SelectionProblem,
  choice: SelectionChoice,
  sites: readonly number[],
): SiteRecount {
  const fixed = new Set([...choice.existing, ...choice.locked]);
  const state = makeCoverState(problem);
  const rules = makeSiteRules(problem, choice);
  let keepsRules = true;
  for (const site of fixed) state.openSite(site);
  for (const site of new Set(sites)) {
    if (fixed.has(site)) continue;
    keepsRules &&= rules.mayOpen(site);
    rules.opened(site);
    state.openSite(site);
  }
  return {
    covered: state.covered,
    cost: rules.cost(),
    count: rules.count(),
    keepsRules: keepsRules && rules.lacking().length === 0,
    reaches: choice.required.every((required, target) => state.covered[target]! >= required),
  };
}
