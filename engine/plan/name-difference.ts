// What changed from one choice of sites to the next, in ids, yuan and shares: what a person is told after every click.
import { FULL_GRADE_VALUE } from '../coverage/probability-grades.ts';
import type { PlanStatus } from '../model/plan.ts';
import { compareSelections } from '../selection/compare-selections.ts';
import type { Repair } from '../selection/repair-selection.ts';
import type { ChosenSites } from './choose-sites.ts';

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

/** `repair`: how `after` came from `before`, when it was repaired. Both over the same sites. */
export function nameDifference(
  before: ChosenSites,
  after: ChosenSites,
  repair: Repair | null = null,
): NamedDifference {
  const { siteIds, cost, targets } = after.request.problem;
  const { opened, closed, extraCost } = compareSelections(before.selection, {
    ...after.selection,
    // duties come and go with the choice; only the whole is told
    covered: before.selection.covered.map((_, target) => after.selection.covered[target] ?? 0),
  });
  const replaced = new Map(repair?.opened.map(({ site, replaces }) => [site, replaces]));
  const reasons = new Map(repair?.closed.map(({ site, because }) => [site, because]));
  let whole = 0;
  for (const weight of targets[0].weight) whole += weight;
  const shareOf = ({ selection }: ChosenSites) =>
    whole > 0 ? selection.covered[0]! / (whole * FULL_GRADE_VALUE) : 0;
  return {
    status: after.selection.status,
    opened: opened.map((site) => {
      const replaces = replaced.get(site) ?? null;
      return {
        siteId: siteIds[site]!,
        costCny: cost[site]!,
        replacesSiteId: replaces === null ? null : siteIds[replaces]!,
      };
    }),
    closed: closed.map((site) => ({
      siteId: siteIds[site]!,
      costCny: cost[site]!,
      because: reasons.get(site) ?? null,
    })),
    costCny: after.selection.cost,
    extraCostCny: extraCost,
    coveredShare: shareOf(after),
    extraShare: shareOf(after) - shareOf(before),
  };
}
