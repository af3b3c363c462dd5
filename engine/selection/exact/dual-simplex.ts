// The dual simplex method on a table: the line that is farthest outside its bounds for its length leaves, what meets its reduced cost
// first comes in, and boxed variables that would be passed on the way jump to their other bound (long steps; Maros 2003, chapter
// 10). From optimum to optimum after a bound or a cut has changed it takes a few dozen steps. Hot: flat arrays, little allocated.
import { exchange } from './exchange-line.ts';
import { levelOf, OUTSIDE, objectiveOf, readColumn, readLine, type SimplexTable } from './simplex-table.ts';

/** above: the objective passed `cutoff`. infeasible: line `line` cannot come back; `sign` 1 when it is below its bound. */
export type DualEnd =
  | { readonly kind: 'optimal' | 'limit' | 'above'; readonly objective: number }
  | { readonly kind: 'infeasible'; readonly line: number; readonly sign: 1 | -1 };

/** A value this far outside its bounds is outside. */
const MISS = 1e-7;
/** Reduced costs may miss by so much, so that a larger pivot can be taken (Harris 1973). */
const SLACK = 1e-7;
const LEAST_FACTOR = 1e-3;
/** Smaller pivots, for the length of the line, are noise. */
const NOISE = 1e-7;

/** Numbers of one step, used again in the next. */
interface Scratch {
  readonly line: Float64Array;
  column: Float64Array;
  candidates: Int32Array;
  factors: Float64Array;
  ratios: Float64Array;
  count: number;
}

/** At the most `limit` steps. */
export function runDual(table: SimplexTable, limit: number, cutoff: number): DualEnd {
  const { low, high, reduced, atHigh } = table;
  const scratch = makeScratch(table);
  const { line: factors } = scratch;
  let objective = objectiveOf(table);
  for (let done = 0; ; done++) {
    const { value, basic, norm, height } = table;
    const line = farthestOut(basic, value, norm, low, high, height);
    if (line < 0) return { kind: 'optimal', objective };
    if (done >= limit) return { kind: 'limit', objective };
    const leaving = basic[line]!;
    const sign = value[line]! < low[leaving]! ? 1 : -1;
    const bound = sign > 0 ? low[leaving]! : high[leaving]!;
    readLine(table, line, factors);
    collect(table, line, sign, scratch);
    let slope = sign * (bound - value[line]!);
    let entering = -1;
    let reached = 0;
    while (scratch.count > 0) {
      const at = nextCandidate(scratch);
      const variable = scratch.candidates[at]!;
      const ratio = scratch.ratios[at]!;
      const pivot = Math.abs(scratch.factors[at]!);
      const range = high[variable]! - low[variable]!;
      if (ratio > reached) {
        objective += slope * (ratio - reached);
        reached = ratio;
      }
      if (slope - range * pivot <= MISS) {
        entering = variable;
        break;
      }
      slope -= range * pivot;
      readColumn(table, variable, scratch.column);
      addTo(value, scratch.column, height, atHigh[variable] === 1 ? -range : range);
      atHigh[variable] = 1 - atHigh[variable]!;
      scratch.count--;
      scratch.candidates[at] = scratch.candidates[scratch.count]!;
      scratch.factors[at] = scratch.factors[scratch.count]!;
      scratch.ratios[at] = scratch.ratios[scratch.count]!;
    }
    if (entering < 0) return { kind: 'infeasible', line, sign };

    readColumn(table, entering, scratch.column);
    const step = (bound - value[line]!) / scratch.column[line]!;
    const arrived = levelOf(table, entering) + step;
    addTo(value, scratch.column, height, step);
    const times = reduced[entering]! / scratch.column[line]!;
    moveReduced(table, line, factors, times);
    exchange(table, line, entering, scratch.column);
    reduced[leaving] = times;
    value[line] = arrived;
    table.age[line] = 0;
    atHigh[leaving] = sign > 0 ? 0 : 1;
    table.pivots++;
    if (objective >= cutoff) return { kind: 'above', objective };
  }
}

function makeScratch({ structural, basic }: SimplexTable): Scratch {
  return {
    line: new Float64Array(structural),
    column: new Float64Array(basic.length),
    candidates: new Int32Array(2 * structural),
    factors: new Float64Array(2 * structural),
    ratios: new Float64Array(2 * structural),
    count: 0,
  };
}

function farthestOut(
  basic: Int32Array,
  value: Float64Array,
  norm: Float64Array,
  low: Float64Array,
  high: Float64Array,
  height: number,
): number {
  let found = -1;
  let most = 0;
  for (let line = 0; line < height; line++) {
    const variable = basic[line]!;
    const below = low[variable]! - value[line]!;
    const above = value[line]! - high[variable]!;
    const miss = Math.max(below, above);
    if (miss <= MISS) continue;
    const score = (miss * miss) / norm[line]!;
    if (score > most) {
      most = score;
      found = line;
    }
  }
  return found;
}

/** Variables outside that bring the line back when they move the way they can, with reduced cost over factor. */
function collect(table: SimplexTable, line: number, sign: number, scratch: Scratch): void {
  const { structural, width, entries, stride, tight, place, norm } = table;
  const least = NOISE * Math.sqrt(norm[line]!);
  const base = line * stride;
  scratch.count = 0;
  for (let column = 0; column < width; column++)
    consider(table, tight[column]!, entries[base + column]!, sign, least, scratch);
  for (let variable = 0; variable < structural; variable++)
    if (place[variable] === OUTSIDE) consider(table, variable, scratch.line[variable]!, sign, least, scratch);
}

function consider(
  { low, high, atHigh, reduced }: SimplexTable,
  variable: number,
  entry: number,
  sign: number,
  least: number,
  scratch: Scratch,
): void {
  const factor = sign * entry;
  if (factor > least ? atHigh[variable] === 1 : !(factor < -least) || atHigh[variable] === 0) return;
  if (low[variable] === high[variable]) return;
  const at = scratch.count++;
  scratch.candidates[at] = variable;
  scratch.factors[at] = entry;
  scratch.ratios[at] = Math.abs(reduced[variable]! / entry);
}

/** The least ratio; among those about as small the largest factor. */
function nextCandidate({ factors, ratios, count }: Scratch): number {
  let at = 0;
  for (let k = 1; k < count; k++) if (ratios[k]! < ratios[at]!) at = k;
  let size = Math.abs(factors[at]!);
  const enough = ratios[at]! + SLACK / Math.max(LEAST_FACTOR, size);
  for (let k = 0; k < count; k++) {
    if (ratios[k]! > enough) continue;
    const own = Math.abs(factors[k]!);
    if (own > size) {
      size = own;
      at = k;
    }
  }
  return at;
}

function addTo(value: Float64Array, column: Float64Array, height: number, step: number): void {
  for (let line = 0; line < height; line++) value[line] = value[line]! + column[line]! * step;
}

/** Reduced costs after the exchange, but for the two that change places. */
function moveReduced(
  { structural, width, entries, stride, tight, reduced }: SimplexTable,
  line: number,
  factors: Float64Array,
  times: number,
): void {
  if (times === 0) return;
  const base = line * stride;
  for (let column = 0; column < width; column++)
    reduced[tight[column]!] = reduced[tight[column]!]! - times * entries[base + column]!;
  for (let variable = 0; variable < structural; variable++)
    reduced[variable] = reduced[variable]! - times * factors[variable]!;
}
