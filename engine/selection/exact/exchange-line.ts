// One step of the simplex method on a table: a variable outside the basis changes places with one in it. Nearly all time of the exact
// search goes into the one loop here.
import { normOf, OUTSIDE, type SimplexTable, widen } from './simplex-table.ts';

/** Entries nearer to 0 are what rounding left of it. */
const NOTHING = 1e-12;

/** The line solved for the entering variable, whose column is given, and put into all others; the leaving one is outside. */
export function exchange(table: SimplexTable, line: number, entering: number, column: Float64Array): void {
  widen(table);
  const { structural, entries, stride, basic, tight, place, norm, height } = table;
  const leaving = basic[line]!;
  const base = line * stride;
  const inverse = 1 / column[line]!;
  let own = place[entering]!;
  if (own === OUTSIDE && leaving >= structural) {
    own = table.width++;
    for (let other = 0; other < height; other++) entries[other * stride + own] = 0;
  }
  const { width } = table;
  for (let at = base; at < base + width; at++) entries[at] = -inverse * entries[at]!;
  if (own !== OUTSIDE) entries[base + own] = leaving >= structural ? inverse : 0;
  for (let other = 0; other < height; other++) {
    if (other === line) continue;
    const factor = column[other]!;
    const to = other * stride;
    if (own !== OUTSIDE) entries[to + own] = 0;
    if (factor > NOTHING || factor < -NOTHING)
      norm[other] = addTimesAndMeasure(entries, to, base, factor, width);
  }
  norm[line] = normOf(entries, base, width);
  basic[line] = entering;
  place[entering] = -1 - line;
  place[leaving] = leaving >= structural ? own : OUTSIDE;
  if (leaving >= structural) tight[own] = leaving;
  else if (own !== OUTSIDE) dropColumn(table, own);
}

function dropColumn(table: SimplexTable, column: number): void {
  const { entries, stride, height, tight, place } = table;
  const last = --table.width;
  if (column === last) return;
  tight[column] = tight[last]!;
  place[tight[column]!] = column;
  for (let line = 0, at = 0; line < height; line++, at += stride) entries[at + column] = entries[at + last]!;
}

/** `to` plus `factor` times `from`; 1 plus its squares. Four sums side by side: one alone waits for itself. */
function addTimesAndMeasure(
  entries: Float64Array,
  to: number,
  from: number,
  factor: number,
  width: number,
): number {
  let one = 1;
  let two = 0;
  let three = 0;
  let four = 0;
  const end = to + width;
  const shift = from - to;
  let at = to;
  for (; at + 3 < end; at += 4) {
    const a = entries[at]! + factor * entries[at + shift]!;
    const b = entries[at + 1]! + factor * entries[at + shift + 1]!;
    const c = entries[at + 2]! + factor * entries[at + shift + 2]!;
    const d = entries[at + 3]! + factor * entries[at + shift + 3]!;
    entries[at] = a;
    entries[at + 1] = b;
    entries[at + 2] = c;
    entries[at + 3] = d;
    one += a * a;
    two += b * b;
    three += c * c;
    four += d * d;
  }
  for (; at < end; at++) {
    const a = entries[at]! + factor * entries[at + shift]!;
    entries[at] = a;
    one += a * a;
  }
  return one + two + (three + four);
}
