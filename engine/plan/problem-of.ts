// From a demand grid and footprints to a selection problem: a bin counts with its weight times the worth of its best grade, so
// that the selection maximises exactly the share a plan reports.
import type { Footprints } from '../coverage/footprints.ts';
import { GRADE_VALUE } from '../coverage/probability-grades.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import type { DemandGrid, ZoneShare } from '../grid/demand-grid.ts';
import type { Site } from '../model/site.ts';
import type { SelectionProblem, SelectionTarget } from '../selection/selection-problem.ts';

/** A fully covered bin counts FULL_GRADE_VALUE times its weight. What stands already is free. `names`: each site once, also where one place is listed several times. */
export function problemOf(
  grid: DemandGrid,
  footprints: Footprints,
  sites: readonly Site[],
  places: readonly StationPlace[],
  names: readonly string[],
): SelectionProblem {
  const { binCount, siteCount } = footprints;
  return {
    cover: { kind: 'grades', binCount, siteCount, footprints, gradeValue: GRADE_VALUE },
    targets: [{ id: 'all', weight: grid.weight }],
    cost: Float64Array.from(sites, (site) => (site.status === 'existing' ? 0 : site.costCny)),
    siteIds: names,
    places: {
      eastM: Float64Array.from(places, (place) => place.eastM),
      northM: Float64Array.from(places, (place) => place.northM),
    },
    fold: null,
  };
}

/** One area as a target: of a bin cut by its border the whole units of weight that lie inside. */
export function areaTarget(id: string, grid: DemandGrid, { bins, areaM2 }: ZoneShare): SelectionTarget {
  const weight = new Int32Array(grid.binCount);
  bins.forEach((bin, index) => {
    const whole = grid.areaM2[bin]!;
    const inside = whole > 0 ? Math.min(1, areaM2[index]! / whole) : 0;
    weight[bin] = Math.round(grid.weight[bin]! * inside);
  });
  return { id, weight };
}
