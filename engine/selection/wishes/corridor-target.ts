// A corridor as a target: the share of a road, a railway or a waterway by its length, not by its ground. The metres of the line in
// each bin come from grid/line-lengths.ts; a corridor that leaves the target areas counts as far as it lies inside them.
import type { DemandGrid } from '../../grid/demand-grid.ts';
import type { SelectionTarget } from '../selection-problem.ts';

/** Whole numbers of a tenth of a metre: a bin of 20 m is rounded by less than half a percent of its line. */
export const PARTS_PER_METRE = 10;

/**
 * `metres` per bin id. Bins wholly under roofs do not count, as everywhere in outdoor rules. Weight 1 is a tenth of a metre; a
 * line that touches a bin weighs 1 at the least.
 */
export function corridorTarget(
  id: string,
  metres: Float64Array,
  grid: Pick<DemandGrid, 'binCount' | 'indoor'>,
): SelectionTarget {
  if (metres.length !== grid.binCount)
    throw new RangeError(`corridorTarget: expected metres of ${grid.binCount} bins, got ${metres.length}`);
  const weight = new Int32Array(grid.binCount);
  for (let bin = 0; bin < grid.binCount; bin++) {
    const lengthM = metres[bin]!;
    if (lengthM > 0 && grid.indoor[bin] !== 1)
      weight[bin] = Math.max(1, Math.round(lengthM * PARTS_PER_METRE));
  }
  return { id, weight };
}
