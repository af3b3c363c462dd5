// From a demand grid and footprints to a selection problem: every level of probability is an item of its own, worth its
// step of the bin's weight, so that the selection maximises exactly the share a plan reports.
import { type Footprints, LEVEL_STEP } from '../coverage/footprints.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { SelectionProblem } from './selection-problem.ts';

/** Item = level * binCount + bin; weight = bin weight * LEVEL_STEP[level]: a fully covered bin counts 100 times its weight. */
export function problemOf(
  grid: DemandGrid,
  footprints: Footprints,
  cost: Float64Array,
  siteIds: readonly string[],
): SelectionProblem {
  const { binCount } = grid;
  const { levels } = footprints;
  const rows = grid.rowStarts.length - 1;
  const rowStarts = new Uint32Array(rows * levels + 1);
  const weight = new Int32Array(binCount * levels);
  for (let level = 0; level < levels; level++) {
    const offset = level * binCount;
    const step = LEVEL_STEP[level]!;
    for (let row = 0; row < rows; row++) rowStarts[level * rows + row] = offset + grid.rowStarts[row]!;
    for (let bin = 0; bin < binCount; bin++) weight[offset + bin] = grid.weight[bin]! * step;
  }
  rowStarts[rows * levels] = binCount * levels;
  const { runStarts, runFirst, runLength } = footprints;
  return { rowStarts, weight, runStarts, runFirst, runLength, cost, siteIds };
}
