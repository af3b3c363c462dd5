// What a table proves, whatever its numbers have drifted to: any multipliers of the rows bound the objective from below (weak duality;
// Neumaier and Shcherbina 2004), and the rows are kept as they were given, whole numbers over a power of two. So every branch that is
// cut off is cut off by an inequality over original data, with a margin for the rounding of its sums.
import type { SimplexTable } from './simplex-table.ts';

/** Part of the sums by which the bound is trusted less, and of all that was added and taken away on the way to them. */
const MARGIN = 1e-9;
const ROUNDING = 1e-13;
/** Multiples of the proof of infeasibility that are tried until the bound passes what is asked. */
const FIRST_MULTIPLE = 1e-3;
const LARGEST_MULTIPLE = 1e9;

/**
 * No point within the bounds of all variables and rows has a lower objective. `reduced`: per structural variable what remains of its
 * cost; a variable that moves one unit from the better of its bounds adds its size.
 */
export function safeBound(table: SimplexTable, reduced: Float64Array): number {
  return boundWith(table, reduced, 0, 0, 1);
}

/** The same where the table shows that `line` cannot come back: at least `wanted` when rounding did not make that up. */
export function safeBoundOfInfeasible(
  table: SimplexTable,
  reduced: Float64Array,
  line: number,
  sign: 1 | -1,
  wanted: number,
): number {
  let best = boundWith(table, reduced, 0, 0, 1);
  for (let times = FIRST_MULTIPLE; best < wanted && times <= LARGEST_MULTIPLE; times *= 10)
    best = Math.max(best, boundWith(table, reduced, times, line, sign));
  return best;
}

function boundWith(
  table: SimplexTable,
  reduced: Float64Array,
  times: number,
  line: number,
  sign: 1 | -1,
): number {
  const { structural, width, tight, entries, stride, low, high, basic } = table;
  reduced.set(table.cost);
  const sums = new Float64Array(3);
  const base = line * stride;
  for (let column = 0; column < width; column++) {
    const ray = times === 0 ? 0 : sign * times * entries[base + column]!;
    takeRow(table, tight[column]!, table.reduced[tight[column]!]! - ray, reduced, sums);
  }
  if (times !== 0 && basic[line]! >= structural) takeRow(table, basic[line]!, sign * times, reduced, sums);
  let sum = sums[0]!;
  let size = sums[1]!;
  for (let variable = 0; variable < structural; variable++) {
    const left = reduced[variable]!;
    if (left === 0) continue;
    const part = left * (left > 0 ? low[variable]! : high[variable]!);
    sum += part;
    size += Math.abs(part);
  }
  return sum - MARGIN * size - ROUNDING * sums[2]!;
}

/** A multiplier whose side of the row is open counts as 0. Structural variables are never below 0. */
function takeRow(
  { structural, rows, low, high }: SimplexTable,
  variable: number,
  multiplier: number,
  reduced: Float64Array,
  sums: Float64Array,
): void {
  const bound = multiplier > 0 ? low[variable]! : high[variable]!;
  if (multiplier === 0 || !(Math.abs(bound) < Infinity)) return;
  sums[0]! += multiplier * bound;
  sums[1]! += Math.abs(multiplier * bound);
  const { columns, factors } = rows[variable - structural]!;
  for (let k = 0; k < columns.length; k++) {
    const part = multiplier * factors[k]!;
    reduced[columns[k]!] = reduced[columns[k]!]! - part;
    sums[2]! += Math.abs(part) * high[columns[k]!]!;
  }
}
