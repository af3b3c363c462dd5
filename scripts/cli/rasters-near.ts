// Raster files of a plan as the engine takes them: the cells around the areas, cut as the database cuts them, so that a plan
// from files and a plan from the database are one and the same.
import type { Box, ClutterRaster, HeightRaster } from '../../engine/index.ts';
import type { ParsedImport } from '../../server/import/import-types.ts';
import { rasterIdOf } from '../../server/import/store-import.ts';
import { unpackClasses, unpackHeights } from '../../server/store/raster-cells.ts';
import { type CellCut, copyPiece, cutFrame, cutOf } from '../../server/store/raster-cut.ts';

/** Nothing when the file does not reach the box. */
export function terrainNear(parsed: ParsedImport, box: Box): HeightRaster[] {
  const { records, raster } = parsed;
  const cut = raster?.frame && cutOf(raster.frame, box);
  if (records.kind !== 'terrain' || !raster?.frame || !cut || isEmpty(cut)) return [];
  const heightM = new Float32Array(cut.columns * cut.rows).fill(Number.NaN);
  for (const { value } of records.rows) {
    const packed = Buffer.from(value.cells, 'base64');
    copyPiece(unpackHeights(packed, value.columns * value.rows), value, heightM, cut);
  }
  return [{ id: rasterIdOf(parsed), ...cutFrame(raster.frame, cut), heightM }];
}

/** Nothing when the file does not reach the box. */
export function clutterNear(parsed: ParsedImport, box: Box): ClutterRaster[] {
  const { records, raster } = parsed;
  const cut = raster?.frame && cutOf(raster.frame, box);
  if (records.kind !== 'clutter' || !raster?.frame || !cut || isEmpty(cut)) return [];
  const classCode = new Uint8Array(cut.columns * cut.rows);
  for (const { value } of records.rows) {
    const packed = Buffer.from(value.cells, 'base64');
    copyPiece(unpackClasses(packed, value.columns * value.rows), value, classCode, cut);
  }
  return [{ id: rasterIdOf(parsed), ...cutFrame(raster.frame, cut), classCode }];
}

const isEmpty = ({ columns, rows }: CellCut): boolean => columns < 1 || rows < 1;
