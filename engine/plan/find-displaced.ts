// What a chosen site displaced: the unchosen candidates around it that lost most of their own covered weight when it opened.
// Judged for the nearest candidates only, so that a district costs milliseconds.
import type { DisplacedSite } from '../model/plan.ts';
import { makeCoverState } from '../selection/cover/make-cover-state.ts';
import type { Selection, SelectionProblem } from '../selection/selection-problem.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

const LOOK_AT_NEAREST = 24;
const NAME_AT_MOST = 3;
/** A candidate counts as displaced when the chosen site took at least half of what it could have added. */
const LEAST_OVERLAP_SHARE = 0.5;

/** One list per step, largest loss first, ties by id. Existing stations displace nobody: they were never a choice. */
export function findDisplaced(
  prepared: PreparedCoverage,
  { targets, ...problem }: SelectionProblem,
  selection: Selection,
  refused: ReadonlySet<number>,
): DisplacedSite[][] {
  const { places, sites } = prepared;
  const nearby = prepared.nearby();
  const state = makeCoverState({ ...problem, targets: [targets[0]] });
  for (const site of prepared.existing) state.openSite(site);
  const open = new Set(selection.steps.map((step) => sites[step.site]!.id));
  const isRival = (site: number) =>
    !open.has(sites[site]!.id) && !refused.has(site) && sites[site]!.status !== 'existing';
  return selection.steps.map(({ site, placedBy }) => {
    if (placedBy === 'existing' || nearby === null) return [];
    const { eastM, northM, form } = places[site]!;
    const rivals = nearby.neighbors(eastM, northM, LOOK_AT_NEAREST, form.serviceRadiusM, isRival);
    const possible = rivals.map((rival) => state.gain(rival));
    state.openSite(site);
    return (
      rivals
        .map((rival, index) => {
          const before = possible[index]!;
          const lost = before > 0 ? before - state.gain(rival) : 0;
          return {
            siteId: sites[rival]!.id,
            lost,
            overlapShare: before > 0 ? lost / before : 0,
            extraCostCny: sites[rival]!.costCny - sites[site]!.costCny,
          };
        })
        .filter(({ overlapShare }) => overlapShare >= LEAST_OVERLAP_SHARE)
        .sort((a, b) => b.lost - a.lost || (a.siteId < b.siteId ? -1 : 1))
        // a site once, by the configuration that lost most
        .filter(({ siteId }, at, all) => all.findIndex((other) => other.siteId === siteId) === at)
        .slice(0, NAME_AT_MOST)
        .map(({ siteId, overlapShare, extraCostCny }) => ({ siteId, overlapShare, extraCostCny }))
    );
  });
}
