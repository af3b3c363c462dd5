// What changed from one choice of sites to the next, in ids, yuan and shares: what a person is told after every click.

import type { PlanStatus } from '../model/plan.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import { compareSelections } from '../selection/reasons/compare-selections.ts';
import type { Repair } from '../selection/repair/repair-selection.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { SelectionRequest } from './selection-request.ts';

export interface OpenedPlace {
  readonly siteId: string;
  readonly costCny: number;
  /** The closed site whose ground it takes over most; null when there is none, or when nothing was repaired. */
  readonly replacesSiteId: string | null;
}

export interface ClosedPlace {
  readonly siteId: string;
  readonly costCny: number;
  /** null: the plan was chosen anew, which gives no reason for one site. */
  readonly because: 'refused' | 'rules' | 'superfluous' | null;
}

export interface NamedDifference {
  readonly status: PlanStatus;
  readonly opened: readonly OpenedPlace[];
  readonly closed: readonly ClosedPlace[];
  /** Of the plan now, and how much more than before. */
  readonly costCny: number;
  readonly extraCostCny: number;
  readonly coveredShare: number;
  readonly extraShare: number;
}

/** Both over the same sites. */
export function nameDifference(before: ChosenSites, after: ChosenSites): NamedDifference {
  const { problem, siteIds } = after.request;
  const { opened, closed, extraCost } = compareSelections(before.selection, {
    ...after.selection,
    // duties come and go with the choice; only the whole is told
    covered: before.selection.covered.map((_, target) => after.selection.covered[target] ?? 0),
  });
  const { status, cost, covered } = after.selection;
  return {
    status,
    opened: opened.map((site) => ({ ...placeOf(problem, siteIds, site), replacesSiteId: null })),
    closed: closed.map((site) => ({ ...placeOf(problem, siteIds, site), because: null })),
    costCny: cost,
    extraCostCny: extraCost,
    ...sharesOf(problem, before.selection.covered[0]!, covered[0]!),
  };
}

/** The same of a repair, before the plan is put in order. `coveredBefore`: weight times worth of the first target. */
export function nameRepair(
  { problem, siteIds }: Pick<SelectionRequest, 'problem' | 'siteIds'>,
  { status, opened, closed, cost, extraCost, covered }: Repair,
  coveredBefore: number,
): NamedDifference {
  return {
    status,
    opened: opened.map(({ site, replaces }) => ({
      ...placeOf(problem, siteIds, site),
      replacesSiteId: replaces === null ? null : siteIds[replaces]!,
    })),
    closed: closed.map(({ site, because }) => ({ ...placeOf(problem, siteIds, site), because })),
    costCny: cost,
    extraCostCny: extraCost,
    ...sharesOf(problem, coveredBefore, covered[0]!),
  };
}

function placeOf({ cost }: SelectionProblem, siteIds: readonly string[], site: number) {
  return { siteId: siteIds[site]!, costCny: cost[site]! };
}

function sharesOf(problem: SelectionProblem, before: number, after: number) {
  let whole = 0;
  for (const weight of problem.targets[0].weight) whole += weight;
  const full = fullWorth(problem);
  const shareOf = (covered: number) => (whole > 0 ? covered / (whole * full) : 0);
  return { coveredShare: shareOf(after), extraShare: shareOf(after) - shareOf(before) };
}
