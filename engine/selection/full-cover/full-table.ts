// A full-cover problem stripped to what is open: rows are bins that somebody wants and somebody can still serve, columns are sites in
// play with a price. Rows and columns keep their order, so that the same problem gives the same table.
import type { ListCover } from '../cover/cover.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';

export interface FullTable {
  readonly rows: number;
  readonly columns: number;
  readonly columnStarts: Uint32Array;
  readonly columnRows: Uint32Array;
  readonly rowStarts: Uint32Array;
  readonly rowColumns: Uint32Array;
  readonly cost: Float64Array;
}

export interface StrippedProblem {
  readonly table: FullTable;
  /** Site of each column. */
  readonly siteOf: Uint32Array;
  /** Bin of each row. */
  readonly binOf: Uint32Array;
  /** New sites that cost nothing and serve something: open from the start. */
  readonly free: readonly number[];
}

/** Existing and locked sites are open, refused ones are gone, sites without a price open. */
export function stripProblem(
  { cost, targets }: SelectionProblem,
  { existing, locked, refused }: Pick<SelectionChoice, 'existing' | 'locked' | 'refused'>,
  cover: ListCover,
): StrippedProblem {
  const { siteStarts, siteBins, siteCount, binCount } = cover;
  const isOut = new Uint8Array(siteCount);
  const isServed = new Uint8Array(binCount);
  for (const site of refused) isOut[site] = 1;
  for (const site of [...existing, ...locked]) {
    isOut[site] = 1;
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) isServed[siteBins[at]!] = 1;
  }
  const [{ weight }] = targets;
  const free: number[] = [];
  for (let site = 0; site < siteCount; site++) {
    if (isOut[site] === 1 || cost[site] !== 0) continue;
    isOut[site] = 1;
    let adds = false;
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) {
      const bin = siteBins[at]!;
      if (isServed[bin] === 1 || weight[bin] === 0) continue;
      isServed[bin] = 1;
      adds = true;
    }
    if (adds) free.push(site);
  }
  const isRow = new Uint8Array(binCount);
  for (let site = 0; site < siteCount; site++) {
    if (isOut[site] === 1) continue;
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) {
      const bin = siteBins[at]!;
      if (isServed[bin] === 0 && weight[bin]! > 0) isRow[bin] = 1;
    }
  }
  const sites = Uint32Array.from({ length: siteCount }, (_, site) => site).filter(
    (site) => isOut[site] === 0,
  );
  return { ...tableOf(sites, isRow, cover, cost), free };
}

/** The table of some columns of a table; rows stay. */
export function pickColumns(table: FullTable, columns: Uint32Array): FullTable {
  const starts = new Uint32Array(columns.length + 1);
  columns.forEach((column, index) => {
    starts[index + 1] = starts[index]! + table.columnStarts[column + 1]! - table.columnStarts[column]!;
  });
  const rows = new Uint32Array(starts[columns.length]!);
  columns.forEach((column, index) => {
    rows.set(
      table.columnRows.subarray(table.columnStarts[column]!, table.columnStarts[column + 1]!),
      starts[index]!,
    );
  });
  const cost = Float64Array.from(columns, (column) => table.cost[column]!);
  return closeTable(table.rows, columns.length, starts, rows, cost);
}

function tableOf(
  sites: Uint32Array,
  isRow: Uint8Array,
  { siteStarts, siteBins }: ListCover,
  cost: Float64Array,
): { table: FullTable; siteOf: Uint32Array; binOf: Uint32Array } {
  const rowOf = new Int32Array(isRow.length).fill(-1);
  let rows = 0;
  for (let bin = 0; bin < isRow.length; bin++) if (isRow[bin] === 1) rowOf[bin] = rows++;
  const binOf = new Uint32Array(rows);
  for (let bin = 0; bin < isRow.length; bin++) if (rowOf[bin]! >= 0) binOf[rowOf[bin]!] = bin;
  const kept: number[] = [];
  const starts = new Uint32Array(sites.length + 1);
  let length = 0;
  for (const site of sites) {
    const from = length;
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) length += isRow[siteBins[at]!]!;
    if (length === from) continue;
    kept.push(site);
    starts[kept.length] = length;
  }
  const columnRows = new Uint32Array(length);
  let next = 0;
  for (const site of kept)
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) {
      const row = rowOf[siteBins[at]!]!;
      if (row >= 0) columnRows[next++] = row;
    }
  const siteOf = Uint32Array.from(kept);
  const table = closeTable(
    rows,
    kept.length,
    starts.slice(0, kept.length + 1),
    columnRows,
    Float64Array.from(siteOf, (site) => cost[site]!),
  );
  return { table, siteOf, binOf };
}

/** Adds the other direction. */
function closeTable(
  rows: number,
  columns: number,
  columnStarts: Uint32Array,
  columnRows: Uint32Array,
  cost: Float64Array,
): FullTable {
  const rowStarts = new Uint32Array(rows + 1);
  for (const row of columnRows) rowStarts[row + 1]!++;
  for (let row = 0; row < rows; row++) rowStarts[row + 1]! += rowStarts[row]!;
  const next = rowStarts.slice(0, rows);
  const rowColumns = new Uint32Array(columnRows.length);
  for (let column = 0; column < columns; column++)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++)
      rowColumns[next[columnRows[at]!]!++] = column;
  return { rows, columns, columnStarts, columnRows, rowStarts, rowColumns, cost };
}
