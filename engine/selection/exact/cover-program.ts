// The covering model as a small linear program over sites alone: what a cell covers is one variable, and how much of it sites can cover is
// told by cuts, found where the program is too hopeful (Benders decomposition for covering: Cordeau, Furini and Ljubic 2019). It
// ends at the same bound as the model with a column per bin, at a tenth of its size. Whole numbers over powers of two throughout.
import { greatestDivisor } from '../greatest-divisor.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { type CoverCells, makeCoverCells } from './cover-cells.ts';
import type { CoverRows } from './cover-rows.ts';
import type { ReducedProblem } from './reduce-problem.ts';
import { ruleRows } from './rule-rows.ts';
import { addTableRow, dropTableRow, makeSimplexTable, type SimplexTable } from './simplex-table.ts';

export interface CoverProgram {
  readonly table: SimplexTable;
  readonly reduced: ReducedProblem;
  /** What one unit of the objective stands for: yuan, or weight times worth (then with its sign turned). Plans have whole numbers of it. */
  readonly unit: number;
  /** Above the objective of any plan. */
  readonly ceiling: number;
  /** The rows of each site. */
  readonly siteRows: { readonly starts: Uint32Array; readonly rows: Uint32Array };
  readonly areas: readonly CellArea[];
  readonly cells: CoverCells;
  /** Rows that stay: duties and rules. */
  readonly kept: ReadonlySet<number>;
  readonly served: Float64Array;
  readonly factors: Float64Array;
}

/** A target in a cell. */
export interface CellArea {
  readonly cell: number;
  readonly target: number;
  /** Its variable counts weight times worth divided by this. */
  readonly scale: number;
  /** How much too hopeful its variable may be, in that. */
  readonly tolerance: number;
}

/** Totals are divided until they are below this. */
const LARGEST_TOTAL = 65_536;
/** Part of a target by which one cell may be too hopeful before it is cut. */
const TOLERANCE = 5e-6;
/** Nearer to its limit a row counts as full. */
const FULL = 1e-9;

export function makeCoverProgram(
  problem: SelectionProblem,
  choice: SelectionChoice,
  reduced: ReducedProblem,
): CoverProgram {
  const { sites, rows, duties, kind } = reduced;
  const isCost = kind === 'cost';
  const costs = sites.map((site) => problem.cost[site]!);
  const cells = makeCoverCells(problem, sites, rows);
  const totals = new Float64Array(cells.count * duties.length);
  for (let cell = 0; cell < cells.count; cell++)
    for (let at = cells.starts[cell]!; at < cells.starts[cell + 1]!; at++)
      duties.forEach((_, target) => {
        const row = cells.rows[at]!;
        totals[cell * duties.length + target]! += rows.most[row]! * rows.worth[row * duties.length + target]!;
      });
  const isCounted = (target: number) => (isCost ? duties[target]! > 0 : target === 0);
  const sums = duties.map((_, target) => {
    let sum = 0;
    for (let cell = 0; cell < cells.count; cell++) sum += totals[cell * duties.length + target]!;
    return sum;
  });
  const areas: CellArea[] = [];
  const highs: number[] = costs.map(() => 1);
  totals.forEach((total, at) => {
    const target = at % duties.length;
    if (total === 0 || !isCounted(target)) return;
    const scale = scaleOf(sums[target]!);
    const tolerance = (TOLERANCE * sums[target]!) / scale;
    areas.push({ cell: Math.floor(at / duties.length), target, scale, tolerance });
    highs.push(total / scale);
  });

  const steps = duties.map((_, target) => stepOf(rows, duties.length, target));
  const unit = Math.max(1, isCost ? costs.reduce(greatestDivisor, 0) : steps[0]!);
  const objective = Float64Array.from([
    ...costs.map((cost) => (isCost ? cost / unit : 0)),
    ...areas.map(({ scale }) => (isCost ? 0 : -scale / unit)),
  ]);
  const table = makeSimplexTable(objective, Float64Array.from(highs));
  const kept = new Set<number>();
  duties.forEach((duty, target) => {
    if (!isCost || duty === 0) return;
    const step = Math.max(1, steps[target]!);
    const columns = areas.flatMap((area, at) => (area.target === target ? [costs.length + at] : []));
    const row = { columns: Int32Array.from(columns), factors: new Float64Array(columns.length).fill(1) };
    kept.add(addTableRow(table, row, (Math.ceil(duty / step) * step) / scaleOf(sums[target]!), Infinity));
  });
  for (const { positions, factors, least, most } of ruleRows(problem, choice, reduced)) {
    const row = { columns: Int32Array.from(positions), factors: Float64Array.from(factors) };
    kept.add(addTableRow(table, row, least, most));
  }
  return {
    table,
    reduced,
    unit,
    ceiling: isCost ? costs.reduce((sum, cost) => sum + cost, 0) / unit + 1 : 1,
    siteRows: rowsOfSites(rows, sites.length),
    areas,
    cells,
    kept,
    served: new Float64Array(rows.count),
    factors: new Float64Array(sites.length),
  };
}

/**
 * Cuts for every cell that claims more than sites at `values` (one per structural variable) cover, by `share` of the usual tolerance;
 * returns how many.
 */
export function cutCover(program: CoverProgram, values: Float64Array, share: number): number {
  const { table, reduced, siteRows, areas, cells, served, factors } = program;
  const { rows, sites, duties } = reduced;
  const targetCount = duties.length;
  serve(siteRows.starts, siteRows.rows, values, sites.length, served);
  let cuts = 0;
  areas.forEach(({ cell, target, scale, tolerance }, area) => {
    const from = cells.starts[cell]!;
    const to = cells.starts[cell + 1]!;
    let covered = 0;
    for (let at = from; at < to; at++) {
      const row = cells.rows[at]!;
      const units = Math.min(rows.most[row]!, served[row]! / rows.need[row]!);
      covered += units * rows.worth[row * targetCount + target]!;
    }
    const variable = sites.length + area;
    if (values[variable]! - covered / scale <= share * tolerance) return;
    factors.fill(0);
    let full = 0;
    for (let at = from; at < to; at++) {
      const row = cells.rows[at]!;
      const worth = rows.worth[row * targetCount + target]!;
      const need = rows.need[row]!;
      if (served[row]! / need >= rows.most[row]! - FULL) full += worth * rows.most[row]!;
      else addTo(factors, rows.sites, rows.starts[row]!, rows.starts[row + 1]!, worth / need);
    }
    addTableRow(table, cutOf(factors, variable, scale), -Infinity, full / scale);
    cuts++;
  });
  return cuts;
}

/** Drops cuts that were loose so many times in a row. */
export function dropLooseCuts({ table, kept }: CoverProgram, looseTimes: number): void {
  for (let line = table.height - 1; line >= 0; line--) {
    const variable = table.basic[line]!;
    if (variable < table.structural || kept.has(variable)) continue;
    table.age[line]!++;
    if (table.age[line]! > looseTimes) dropTableRow(table, line);
  }
}

function cutOf(
  factors: Float64Array,
  variable: number,
  scale: number,
): { columns: Int32Array; factors: Float64Array } {
  let count = 1;
  for (const factor of factors) if (factor !== 0) count++;
  const columns = new Int32Array(count);
  const own = new Float64Array(count);
  let at = 0;
  factors.forEach((factor, position) => {
    if (factor === 0) return;
    columns[at] = position;
    own[at++] = -factor / scale;
  });
  columns[at] = variable;
  own[at] = 1;
  return { columns, factors: own };
}

function serve(
  starts: Uint32Array,
  rows: Uint32Array,
  values: Float64Array,
  siteCount: number,
  served: Float64Array,
): void {
  served.fill(0);
  for (let site = 0; site < siteCount; site++) {
    const share = values[site]!;
    if (share > 0) addTo(served, rows, starts[site]!, starts[site + 1]!, share);
  }
}

function addTo(into: Float64Array, places: Uint32Array, from: number, to: number, value: number): void {
  for (let at = from; at < to; at++) into[places[at]!] = into[places[at]!]! + value;
}

function rowsOfSites({ count, starts, sites }: CoverRows, siteCount: number): CoverProgram['siteRows'] {
  const first = new Uint32Array(siteCount + 1);
  for (const site of sites) first[site + 1]!++;
  for (let site = 0; site < siteCount; site++) first[site + 1]! += first[site]!;
  const next = first.slice();
  const rows = new Uint32Array(sites.length);
  for (let row = 0; row < count; row++)
    for (let at = starts[row]!; at < starts[row + 1]!; at++) rows[next[sites[at]!]!++] = row;
  return { starts: first, rows };
}

/** The greatest divisor of what rows add to a target; 0 when nothing does. */
function stepOf({ count, worth }: CoverRows, targetCount: number, target: number): number {
  let step = 0;
  for (let row = 0; row < count; row++) step = greatestDivisor(step, worth[row * targetCount + target]!);
  return step;
}

/** A power of two, so that no digit is lost. */
function scaleOf(total: number): number {
  let scale = 1;
  while (total / scale > LARGEST_TOTAL) scale *= 2;
  return scale;
}
