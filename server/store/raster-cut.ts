// Cutting rasters to a box: which cells, where the cut lies, and copying pieces into it.
import type { Box, DegreeFrame } from '../../engine/index.ts';

/** A rectangle of cells inside a raster. */
export interface CellCut {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly columns: number;
  readonly rows: number;
}

/** The cells of the box and one more on each side, which bilinear reading needs; no columns or rows where they do not meet. */
export function cutOf(frame: DegreeFrame, [west, south, east, north]: Box): CellCut {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows } = frame;
  const within = (cell: number, end: number): number => Math.max(0, Math.min(end, cell));
  const firstColumn = within(Math.floor((west - westDeg) / stepLonDeg) - 1, columns);
  const firstRow = within(Math.floor((northDeg - north) / stepLatDeg) - 1, rows);
  const endColumn = within(Math.ceil((east - westDeg) / stepLonDeg) + 1, columns);
  const endRow = within(Math.ceil((northDeg - south) / stepLatDeg) + 1, rows);
  return { firstColumn, firstRow, columns: endColumn - firstColumn, rows: endRow - firstRow };
}

/** The frame of the cut itself. */
export function cutFrame(frame: DegreeFrame, cut: CellCut): DegreeFrame {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg } = frame;
  return {
    westDeg: westDeg + cut.firstColumn * stepLonDeg,
    northDeg: northDeg - cut.firstRow * stepLatDeg,
    stepLonDeg,
    stepLatDeg,
    columns: cut.columns,
    rows: cut.rows,
  };
}

/** Copies the cells a piece and the cut share. */
export function copyPiece<T extends Float32Array | Uint8Array>(
  from: T,
  piece: CellCut,
  into: T,
  cut: CellCut,
): void {
  const firstColumn = Math.max(piece.firstColumn, cut.firstColumn);
  const endColumn = Math.min(piece.firstColumn + piece.columns, cut.firstColumn + cut.columns);
  const endRow = Math.min(piece.firstRow + piece.rows, cut.firstRow + cut.rows);
  if (endColumn <= firstColumn) return;
  for (let row = Math.max(piece.firstRow, cut.firstRow); row < endRow; row++) {
    const start = (row - piece.firstRow) * piece.columns + firstColumn - piece.firstColumn;
    const line = from.subarray(start, start + endColumn - firstColumn);
    into.set(line, (row - cut.firstRow) * cut.columns + firstColumn - cut.firstColumn);
  }
}
