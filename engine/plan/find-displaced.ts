// What a chosen site displaced: the unchosen candidates around it that lost most of their own covered weight when it opened.
// Judged for the nearest candidates only, so that a district costs milliseconds.
import type { DisplacedSite } from '../model/plan.ts';
import { makeCoverState } from '../selection/cover/make-cover-state.ts';
import type { Selection } from '../selection/selection-problem.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

const LOOK_AT_NEAREST = 24;
const NAME_AT_MOST = 3;
/** A candidate counts as displaced when the chosen site took at least half of what it could have added. */
const LEAST_OVERLAP_SHARE = 0.5;

/** One list per step, largest loss first, ties by id. Existing stations displace nobody: they were never a choice. */
export function findDisplaced(
  prepared: PreparedCoverage,
  selection: Selection,
  refused: ReadonlySet<number>,
): DisplacedSite[][] {
  const { problem, places, sites } = prepared;
  const nearby = prepared.nearby();
  const state = makeCoverState(problem);
  for (const site of prepared.existing) state.openSite(site);
  const open = new Set(selection.steps.map((step) => step.site));
  const isRival = (site: number) =>
    !open.has(site) && !refused.has(site) && sites[site]!.status !== 'existing';
  return selection.steps.map(({ site, placedBy }) => {
    if (placedBy === 'existing' || nearby === null) return [];
    const { eastM, northM, form } = places[site]!;
    const rivals = nearby.neighbors(eastM, northM, LOOK_AT_NEAREST, form.serviceRadiusM, isRival);
    const possible = rivals.map((rival) => state.gain(rival));
    state.openSite(site);
    return rivals
      .map((rival, index) => {
        const lost = possible[index]! - state.gain(rival);
        return {
          siteId: sites[rival]!.id,
          lost,
          overlapShare: possible[index]! > 0 ? lost / possible[index]! : 0,
          extraCostCny: sites[rival]!.costCny - sites[site]!.costCny,
        };
      })
      .filter(({ overlapShare }) => overlapShare >= LEAST_OVERLAP_SHARE)
      .sort((a, b) => b.lost - a.lost || (a.siteId < b.siteId ? -1 : 1))
      .slice(0, NAME_AT_MOST)
      .map(({ siteId, overlapShare, extraCostCny }) => ({ siteId, overlapShare, extraCostCny }));
  });
}
