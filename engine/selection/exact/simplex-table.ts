// A linear program for the dual simplex method with bounded variables (Lemke 1954; Maros 2003, chapter 10): the basis in terms of the rows
// that are tight, dense, and everything else from the sparse rows when it is asked for. Made for cutting planes over a few
// hundred sites, where a few rows are tight and most sites are closed. Nothing a caller may believe is read from the table itself:
// rounding drifts in, and safe-bound.ts proves from the rows as they were given.

/** Sparse row: its activity is a variable of its own, between two bounds. */
export interface TableRow {
  /** Structural variables, ascending, and their factors. */
  readonly columns: Int32Array;
  readonly factors: Float64Array;
}

/**
 * Variables are numbered: structural ones first, then one per row. A variable in the basis is the sum of its entries times the tight rows'
 * activities less what structural variables outside the basis give these rows, and more by what they give itself.
 */
export interface SimplexTable {
  /** Of structural variables. */
  readonly cost: Float64Array;
  readonly structural: number;
  /** Variables in the basis, one per row of the program, and tight rows. */
  height: number;
  width: number;
  /** Line by line, `stride` numbers each, of which `width` are in use. */
  entries: Float64Array;
  stride: number;
  /** Per line: variable in the basis, its value, 1 + squares of the line, and how often it was seen loose. */
  basic: Int32Array;
  value: Float64Array;
  norm: Float64Array;
  age: Int32Array;
  /** Per column: variable of the tight row. */
  readonly tight: Int32Array;
  /** Per variable: -1 less its line, its column if it is a tight row, or OUTSIDE. */
  place: Int32Array;
  low: Float64Array;
  high: Float64Array;
  /** Outside the basis: whether it rests at its upper bound, and its reduced cost. */
  atHigh: Uint8Array;
  reduced: Float64Array;
  /** By number of the row variable less `structural`; null where free to be used again. */
  readonly rows: (TableRow | null)[];
  readonly freeRows: number[];
  pivots: number;
}

/** A structural variable that is not in the basis. */
export const OUTSIDE = 0x7fffffff;
const FIRST_ROWS = 64;
/** A reduced cost nearer to 0 leaves a variable where it rests. */
const FLAT = 1e-9;

/** Bounds of structural variables are finite and not below 0. */
export function makeSimplexTable(cost: Float64Array, high: Float64Array): SimplexTable {
  const structural = cost.length;
  const variables = structural + FIRST_ROWS;
  const table: SimplexTable = {
    cost,
    structural,
    height: 0,
    width: 0,
    entries: new Float64Array(FIRST_ROWS * FIRST_ROWS),
    stride: FIRST_ROWS,
    basic: new Int32Array(FIRST_ROWS),
    value: new Float64Array(FIRST_ROWS),
    norm: new Float64Array(FIRST_ROWS),
    age: new Int32Array(FIRST_ROWS),
    tight: new Int32Array(structural),
    place: new Int32Array(variables).fill(OUTSIDE),
    low: new Float64Array(variables),
    high: new Float64Array(variables),
    atHigh: new Uint8Array(variables),
    reduced: new Float64Array(variables),
    rows: [],
    freeRows: [],
    pivots: 0,
  };
  table.high.set(high);
  table.reduced.set(cost);
  cost.forEach((own, variable) => {
    table.atHigh[variable] = own < 0 ? 1 : 0;
  });
  return table;
}

export function levelOf({ place, value, atHigh, low, high }: SimplexTable, variable: number): number {
  const own = place[variable]!;
  if (own < 0) return value[-1 - own]!;
  return atHigh[variable] === 1 ? high[variable]! : low[variable]!;
}

/** Adds `low <= row <= high` to the basis and returns its variable. */
export function addTableRow(table: SimplexTable, row: TableRow, low: number, high: number): number {
  const number = table.freeRows.pop() ?? table.rows.length;
  const variable = table.structural + number;
  grow(table, variable);
  const { entries, stride, width, place } = table;
  table.rows[number] = row;
  table.low[variable] = low;
  table.high[variable] = high;
  const line = table.height++;
  table.basic[line] = variable;
  table.age[line] = 0;
  place[variable] = -1 - line;
  const base = line * stride;
  entries.fill(0, base, base + width);
  let sum = 0;
  for (let k = 0; k < row.columns.length; k++) {
    const column = row.columns[k]!;
    sum += row.factors[k]! * levelOf(table, column);
    if (place[column]! < 0) addTimes(entries, base, (-1 - place[column]!) * stride, row.factors[k]!, width);
  }
  table.value[line] = sum;
  table.norm[line] = normOf(entries, base, width);
  return variable;
}

/** Takes a row whose variable is in the basis out of the program. */
export function dropTableRow(table: SimplexTable, line: number): void {
  const { entries, structural, stride, width, basic, value, norm, age, place } = table;
  const number = basic[line]! - structural;
  table.rows[number] = null;
  table.freeRows.push(number);
  const last = --table.height;
  if (line === last) return;
  entries.copyWithin(line * stride, last * stride, last * stride + width);
  basic[line] = basic[last]!;
  value[line] = value[last]!;
  norm[line] = norm[last]!;
  age[line] = age[last]!;
  place[basic[line]!] = -1 - line;
}

/** After bounds have changed: reduced costs anew, every variable outside at the bound its own wants, values and norms of the basis. */
export function settleTable(table: SimplexTable): void {
  const { structural, height, width, entries, stride, basic, tight, place } = table;
  const { reduced, cost, atHigh, low, high } = table;
  const multipliers = new Float64Array(width);
  for (let line = 0; line < height; line++)
    if (basic[line]! < structural) addScaled(multipliers, entries, line * stride, cost[basic[line]!]!);
  reduced.set(cost);
  for (let column = 0; column < width; column++) {
    reduced[tight[column]!] = multipliers[column]!;
    const { columns, factors } = table.rows[tight[column]! - structural]!;
    for (let k = 0; k < columns.length; k++)
      reduced[columns[k]!] = reduced[columns[k]!]! - multipliers[column]! * factors[k]!;
  }
  for (let variable = 0; variable < structural + table.rows.length; variable++) {
    if (place[variable]! < 0) continue;
    if (reduced[variable]! > FLAT && low[variable] !== -Infinity) atHigh[variable] = 0;
    else if (reduced[variable]! < -FLAT && high[variable] !== Infinity) atHigh[variable] = 1;
    if (atHigh[variable] === 1 ? high[variable] === Infinity : low[variable] === -Infinity)
      atHigh[variable] = 1 - atHigh[variable]!;
  }
  const activities = new Float64Array(width);
  for (let column = 0; column < width; column++)
    activities[column] = levelOf(table, tight[column]!) - restingPart(table, tight[column]!);
  for (let line = 0; line < height; line++) {
    const own = basic[line]! < structural ? 0 : restingPart(table, basic[line]!);
    table.value[line] = own + productOf(entries, line * stride, activities);
    table.norm[line] = normOf(entries, line * stride, width);
  }
}

/** The line of the table over structural variables outside the basis; what it says of those inside has no meaning. */
export function readLine(table: SimplexTable, line: number, into: Float64Array): void {
  const { structural, width, entries, stride, basic, tight, rows } = table;
  into.fill(0);
  const base = line * stride;
  for (let column = 0; column < width; column++) {
    const entry = entries[base + column]!;
    if (entry !== 0) addSparse(into, rows[tight[column]! - structural]!, -entry);
  }
  if (basic[line]! >= structural) addSparse(into, rows[basic[line]! - structural]!, 1);
}

/** The column of a variable outside the basis. */
export function readColumn(table: SimplexTable, variable: number, into: Float64Array): void {
  const { structural, height, width, entries, stride, basic, tight, place, rows } = table;
  const own = place[variable]!;
  if (own !== OUTSIDE) {
    for (let line = 0; line < height; line++) into[line] = entries[line * stride + own]!;
    return;
  }
  for (let line = 0; line < height; line++)
    into[line] = basic[line]! < structural ? 0 : factorOf(rows[basic[line]! - structural]!, variable);
  for (let column = 0; column < width; column++) {
    const factor = factorOf(rows[tight[column]! - structural]!, variable);
    if (factor === 0) continue;
    for (let line = 0, at = column; line < height; line++, at += stride)
      into[line] = into[line]! - factor * entries[at]!;
  }
}

/** Objective at the present values. */
export function objectiveOf(table: SimplexTable): number {
  let sum = 0;
  for (let variable = 0; variable < table.structural; variable++)
    if (table.cost[variable] !== 0) sum += table.cost[variable]! * levelOf(table, variable);
  return sum;
}

/** How far rows miss what their own factors give: the drift of rounding. */
export function driftOf(table: SimplexTable): number {
  let worst = 0;
  table.rows.forEach((row, number) => {
    if (row === null) return;
    let sum = 0;
    for (let k = 0; k < row.columns.length; k++) sum += row.factors[k]! * levelOf(table, row.columns[k]!);
    worst = Math.max(worst, Math.abs(sum - levelOf(table, table.structural + number)));
  });
  return worst;
}

function grow(table: SimplexTable, variable: number): void {
  if (table.height === table.basic.length) {
    const lines = 2 * table.basic.length;
    table.entries = enlarged(table.entries, new Float64Array(lines * table.stride));
    table.basic = enlarged(table.basic, new Int32Array(lines));
    table.value = enlarged(table.value, new Float64Array(lines));
    table.norm = enlarged(table.norm, new Float64Array(lines));
    table.age = enlarged(table.age, new Int32Array(lines));
  }
  if (variable >= table.low.length) {
    const size = 2 * table.low.length;
    table.low = enlarged(table.low, new Float64Array(size));
    table.high = enlarged(table.high, new Float64Array(size));
    table.reduced = enlarged(table.reduced, new Float64Array(size));
    table.place = enlarged(table.place, new Int32Array(size));
    table.atHigh = enlarged(table.atHigh, new Uint8Array(size));
  }
}

/** Room for another tight row. */
export function widen(table: SimplexTable): void {
  const { entries, stride, height, width, basic } = table;
  if (width < stride) return;
  table.stride = 2 * stride;
  table.entries = new Float64Array(basic.length * table.stride);
  for (let line = 0; line < height; line++)
    table.entries.set(entries.subarray(line * stride, line * stride + width), line * table.stride);
}

function enlarged<T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** What structural variables outside the basis add to a row. */
function restingPart(table: SimplexTable, variable: number): number {
  const { columns, factors } = table.rows[variable - table.structural]!;
  let sum = 0;
  for (let k = 0; k < columns.length; k++)
    if (table.place[columns[k]!] === OUTSIDE) sum += factors[k]! * levelOf(table, columns[k]!);
  return sum;
}

/** By halving: columns ascend. */
function factorOf({ columns, factors }: TableRow, variable: number): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns[middle]! < variable) low = middle + 1;
    else high = middle;
  }
  return columns[low] === variable ? factors[low]! : 0;
}

function addSparse(into: Float64Array, { columns, factors }: TableRow, times: number): void {
  for (let k = 0; k < columns.length; k++) into[columns[k]!] = into[columns[k]!]! + times * factors[k]!;
}

function addTimes(entries: Float64Array, to: number, from: number, factor: number, width: number): void {
  for (let at = 0; at < width; at++) entries[to + at] = entries[to + at]! + factor * entries[from + at]!;
}

function addScaled(into: Float64Array, entries: Float64Array, base: number, factor: number): void {
  if (factor === 0) return;
  for (let at = 0; at < into.length; at++) into[at] = into[at]! + factor * entries[base + at]!;
}

export function normOf(entries: Float64Array, base: number, width: number): number {
  let sum = 1;
  for (let at = base; at < base + width; at++) sum += entries[at]! * entries[at]!;
  return sum;
}

function productOf(entries: Float64Array, base: number, values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += entries[base + at]! * values[at]!;
  return sum;
}
