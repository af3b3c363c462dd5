// The outdoor bin nearest to an indoor one, looked for ring by ring. Cost: grows with the square of the distance found.

interface IndoorBins {
  readonly columns: number;
  readonly rows: number;
  readonly binAt: Int32Array;
  readonly binColumn: Uint16Array;
  readonly binRow: Uint16Array;
  readonly indoor: Uint8Array;
}

/** Its id, or -1 when all bins are indoor. Ties go to the smaller row, then column. */
export function nearestOutdoorBin(grid: IndoorBins, id: number): number {
  const column = grid.binColumn[id]!;
  const row = grid.binRow[id]!;
  let best = -1;
  let bestDistance = Infinity;
  const farthest = Math.max(grid.columns, grid.rows);
  // A ring at r holds bins from r to r·√2 away, so look until r itself is farther than the best.
  for (let ring = 1; ring <= farthest && ring * ring <= bestDistance; ring++) {
    for (let r = Math.max(0, row - ring); r <= Math.min(grid.rows - 1, row + ring); r++) {
      const edge = Math.abs(r - row) === ring;
      for (let c = column - ring; c <= column + ring; c += edge ? 1 : 2 * ring) {
        if (c < 0 || c >= grid.columns) continue;
        const other = grid.binAt[r * grid.columns + c]!;
        if (other < 0 || grid.indoor[other] === 1) continue;
        const distance = (r - row) * (r - row) + (c - column) * (c - column);
        if (distance < bestDistance) {
          bestDistance = distance;
          best = other;
        }
      }
    }
  }
  return best;
}
