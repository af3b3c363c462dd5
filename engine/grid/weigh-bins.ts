// What every bin weighs: its ground, its people or its metres of road, times what key areas make of it, in whole numbers, so
// that ties and sums are exact. Bins wholly under roofs weigh nothing: outdoor rules do not count them.
import type { WeightBy } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import {
  type DemandGrid,
  FULL_BIN_WEIGHT,
  GUARD_COLUMN,
  STRIP_COLUMNS,
  type UnweighedGrid,
} from './demand-grid.ts';

const PARTS_PER_PERSON = 1000;
const PARTS_PER_ROAD_METRE = 100;
/** Keeps a strip row, multiplied by the worth of the levels (100 %), below 2^31. */
const MOST_ROW_WEIGHT = 2_147_483_648 / 100 - 1;
/** Keeps the whole grid, multiplied by the worth of a covered bin (10 000), below 2^53. */
const MOST_TOTAL_WEIGHT = Number.MAX_SAFE_INTEGER / 10_000;

interface Amounts {
  readonly people: Float64Array | null;
  readonly metres: Float64Array | null;
}

/** `multiplier` per raster square, null for none. Throws GRID_AREA_EMPTY when nothing weighs anything. */
export function weighBins(
  grid: UnweighedGrid,
  { people, metres }: Amounts,
  weightBy: WeightBy,
  multiplier: Float64Array | null,
): DemandGrid {
  const weight = new Int32Array(grid.binCount);
  let totalWeight = 0;
  const amount = multiplied({ area: grid.areaM2, people, roads: metres }[weightBy], grid, multiplier);
  const scale = scaleOf(grid, amount, weightBy);
  for (let id = 0; id < grid.binCount; id++) {
    if (!amount || grid.binColumn[id] === GUARD_COLUMN || grid.indoor[id] === 1) continue;
    const value = amount[id]!;
    weight[id] = value > 0 ? Math.max(1, Math.round(value * scale)) : 0;
    totalWeight += weight[id]!;
  }
  if (totalWeight === 0) throw new PlanningError('GRID_AREA_EMPTY', { bins: grid.bins, weightBy });
  return { ...grid, weight, totalWeight, people };
}

function multiplied(
  amount: Float64Array | null,
  grid: UnweighedGrid,
  multiplier: Float64Array | null,
): Float64Array | null {
  if (!amount || !multiplier) return amount;
  return amount.map((value, id) =>
    value > 0 ? value * multiplier[grid.binRow[id]! * grid.columns + grid.binColumn[id]!]! : 0,
  );
}

/** Parts of weight per square metre, person or metre: fewer where a strip row or the grid would grow too heavy. */
function scaleOf(grid: UnweighedGrid, amount: Float64Array | null, weightBy: WeightBy): number {
  let heaviest = 0;
  let total = 0;
  for (let row = 0; amount && row + 1 < grid.rowStarts.length; row++) {
    let sum = 0;
    for (let id = grid.rowStarts[row]!; id < grid.rowStarts[row + 1]!; id++) sum += amount[id]!;
    heaviest = Math.max(heaviest, sum);
    total += sum;
  }
  let scale = {
    area: FULL_BIN_WEIGHT / (grid.binSizeM * grid.binSizeM),
    people: PARTS_PER_PERSON,
    roads: PARTS_PER_ROAD_METRE,
  }[weightBy];
  while (
    heaviest * scale + STRIP_COLUMNS > MOST_ROW_WEIGHT ||
    total * scale + grid.binCount > MOST_TOTAL_WEIGHT
  )
    scale /= 10;
  return scale;
}
