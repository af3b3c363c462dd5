// A whole raster made coarse enough for a picture: means of heights, the north-western class of each block. Pieces are read one
// band at a time, so a large raster never stands in memory as a whole.

import type { DegreeFrame } from '../../engine/index.ts';
import { unpackClasses, unpackHeights } from './raster-cells.ts';
import { cutFrame } from './raster-cut.ts';
import { loadPieces, type StoredRaster } from './rasters.ts';
import type { Queryable } from './store.ts';

export interface RasterOverview {
  readonly frame: DegreeFrame;
  /** Metres with NaN where unknown, or class codes with 0 where unknown. */
  readonly values: Float32Array;
}

/** At the most `mostCells` columns and rows. */
export async function loadOverview(
  db: Queryable,
  raster: StoredRaster,
  mostCells: number,
): Promise<RasterOverview> {
  const block = Math.max(1, Math.ceil(Math.max(raster.columns, raster.rows) / mostCells));
  const columns = Math.ceil(raster.columns / block);
  const rows = Math.ceil(raster.rows / block);
  const isTerrain = raster.kind === 'terrain';
  const values = new Float32Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  const whole = { firstRow: 0, firstColumn: 0, columns: raster.columns, rows: raster.rows };
  for await (const piece of loadPieces(db, raster, whole)) {
    const cells = piece.columns * piece.rows;
    const read = isTerrain ? unpackHeights(piece.cells, cells) : unpackClasses(piece.cells, cells);
    for (let at = 0; at < cells; at++) {
      const value = read[at]!;
      if (Number.isNaN(value) || (!isTerrain && value === 0)) continue;
      const column = piece.firstColumn + (at % piece.columns);
      const row = piece.firstRow + Math.floor(at / piece.columns);
      const into = Math.floor(row / block) * columns + Math.floor(column / block);
      if (isTerrain) values[into]! += value;
      else if (counts[into] === 0) values[into] = value;
      counts[into]!++;
    }
  }
  if (isTerrain) {
    for (let at = 0; at < values.length; at++) values[at] = values[at]! / counts[at]!;
  }
  const { stepLonDeg, stepLatDeg } = raster;
  const frame = {
    ...cutFrame(raster, whole),
    stepLonDeg: stepLonDeg * block,
    stepLatDeg: stepLatDeg * block,
  };
  return { frame: { ...frame, columns, rows }, values };
}
