// Gaps of a raster filled from the nearest known cell of the same row or column. Of two at the same distance on both sides
// the mean is taken, so that a mirrored raster is filled in mirror image; a row goes before a column.

/** Replaces every NaN of `values`; `unknown` is their number. Takes 12 bytes per unknown cell. At least one must be known. */
export function fillUnknown(values: Float32Array, columns: number, unknown: number): void {
  let left = unknown;
  while (left > 0) {
    const after = left - fillOnce(values, columns, left);
    if (after === left) throw new RangeError('fillUnknown: expected at least one known cell, got none');
    // what has no known cell in its row and column has one after the first round
    left = after;
  }
}

/** Fills what has a known cell in its row or column; answers how many. */
function fillOnce(values: Float32Array, columns: number, unknown: number): number {
  const rows = values.length / columns;
  const index = new Uint32Array(unknown);
  for (let at = 0, next = 0; at < values.length; at++) if (Number.isNaN(values[at]!)) index[next++] = at;
  const distance = new Uint32Array(unknown).fill(0xffffffff);
  const found = new Float32Array(unknown).fill(Number.NaN);
  offerColumns(values, columns, rows, index, distance, found);
  offerRows(values, columns, index, distance, found);
  let filled = 0;
  for (let k = 0; k < unknown; k++) {
    if (Number.isNaN(found[k]!)) continue;
    values[index[k]!] = found[k]!;
    filled++;
  }
  return filled;
}

/** The nearest known cells above and below. */
function offerColumns(
  values: Float32Array,
  columns: number,
  rows: number,
  index: Uint32Array,
  distance: Uint32Array,
  found: Float32Array,
): void {
  const knownRow = new Int32Array(columns).fill(-1);
  for (let at = 0, k = 0; at < values.length; at++) {
    const column = at % columns;
    const row = (at - column) / columns;
    if (at !== index[k]) knownRow[column] = row;
    else {
      const from = knownRow[column]!;
      if (from >= 0) {
        distance[k] = row - from;
        found[k] = values[from * columns + column]!;
      }
      k++;
    }
  }
  knownRow.fill(rows);
  for (let at = values.length - 1, k = index.length - 1; at >= 0; at--) {
    const column = at % columns;
    const row = (at - column) / columns;
    if (k < 0 || at !== index[k]) knownRow[column] = row;
    else {
      const from = knownRow[column]!;
      if (from < rows) offer(k, from - row, values[from * columns + column]!, distance, found);
      k--;
    }
  }
}

/** The nearest known cells left and right win over the column at the same distance. */
function offerRows(
  values: Float32Array,
  columns: number,
  index: Uint32Array,
  distance: Uint32Array,
  found: Float32Array,
): void {
  for (let k = 0; k < index.length; ) {
    const row = Math.floor(index[k]! / columns);
    let end = k + 1;
    while (end < index.length && index[end] === index[end - 1]! + 1 && index[end]! < (row + 1) * columns)
      end++;
    const west = index[k]! - 1;
    const east = index[end - 1]! + 1;
    const hasWest = west >= row * columns;
    const hasEast = east < (row + 1) * columns;
    for (; k < end; k++) {
      const toWest = hasWest ? index[k]! - west : Infinity;
      const toEast = hasEast ? east - index[k]! : Infinity;
      const nearest = Math.min(toWest, toEast);
      if (nearest > distance[k]! || nearest === Infinity) continue;
      distance[k] = nearest;
      found[k] =
        toWest === toEast ? (values[west]! + values[east]!) / 2 : values[toWest < toEast ? west : east]!;
    }
  }
}

function offer(k: number, away: number, value: number, distance: Uint32Array, found: Float32Array): void {
  if (away > distance[k]!) return;
  found[k] = away === distance[k] ? (found[k]! + value) / 2 : value;
  distance[k] = away;
}
