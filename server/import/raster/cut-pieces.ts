// A raster cut into pieces the store keeps: squares from its north-western corner, those without any value left out.
import { type NewRasterPiece, PIECE_CELLS } from '../../store/rasters.ts';
import type { Numbered } from '../import-types.ts';

/** `pack` answers the bytes of a piece, or null when there is nothing in it. */
export function cutPieces<T extends Float32Array | Uint8Array>(
  cells: T,
  columns: number,
  pack: (piece: T) => Buffer | null,
): Numbered<NewRasterPiece>[] {
  const rows = cells.length / columns;
  const made: Numbered<NewRasterPiece>[] = [];
  for (let firstRow = 0; firstRow < rows; firstRow += PIECE_CELLS) {
    for (let firstColumn = 0; firstColumn < columns; firstColumn += PIECE_CELLS) {
      const high = Math.min(PIECE_CELLS, rows - firstRow);
      const wide = Math.min(PIECE_CELLS, columns - firstColumn);
      const piece = cells.slice(0, high * wide) as T;
      for (let row = 0; row < high; row++) {
        const start = (firstRow + row) * columns + firstColumn;
        piece.set(cells.subarray(start, start + wide), row * wide);
      }
      const packed = pack(piece);
      if (packed === null) continue;
      const value = { firstRow, firstColumn, columns: wide, rows: high, cells: packed.toString('base64') };
      made.push({ row: made.length + 1, value });
    }
  }
  return made;
}
