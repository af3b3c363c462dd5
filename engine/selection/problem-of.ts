// From a demand grid and footprints to a selection problem: a bin counts with its weight times the worth of its best grade, so
// that the selection maximises exactly the share a plan reports.
import type { Footprints } from '../coverage/footprints.ts';
import { GRADE_VALUE } from '../coverage/probability-grades.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { SelectionProblem } from './selection-problem.ts';

/** A fully covered bin counts FULL_GRADE_VALUE times its weight. */
export function problemOf(
  grid: DemandGrid,
  footprints: Footprints,
  cost: Float64Array,
  siteIds: readonly string[],
): SelectionProblem {
  return { weight: grid.weight, gradeValue: GRADE_VALUE, footprints, cost, siteIds };
}
