// Clutter classes: our own codes 1..8 or those of ESA WorldCover 10..100; other codes are unknown ground and counted.
import { clutterClasses, clutterCodeOf } from '../../../engine/index.ts';
import { ProductError } from '../../errors.ts';
import { packClasses } from '../../store/raster-cells.ts';
import { cutPieces } from './cut-pieces.ts';
import type { MadeRaster, RasterContext } from './parse-raster.ts';
import { rasterFacts } from './raster-facts.ts';
import type { RasterGrid } from './raster-grid.ts';
import { classesInDegrees, frameInDegrees } from './to-degrees.ts';

const LISTED_CODES = 10;

/** Throws IMPORT_RASTER_ALL_HOLES, IMPORT_RASTER_POSITION, IMPORT_RASTER_TOO_LARGE. */
export function makeClutter(grid: RasterGrid, { issues }: RasterContext): MadeRaster {
  const { classCode, strange } = classesOf(grid);
  const counts = new Array<number>(clutterClasses.length).fill(0);
  for (const code of classCode) counts[code]!++;
  const holes = counts[0]!;
  const cells = classCode.length;
  if (strange.size > 0) {
    const found = [...strange]
      .sort((a, b) => a - b)
      .slice(0, LISTED_CODES)
      .join(', ');
    issues.warning('IMPORT_CLUTTER_CODES', { row: null, found, expected: '1…8, 10…100' });
  }
  if (holes === cells) throw new ProductError('IMPORT_RASTER_ALL_HOLES', { found: cells });
  if (holes > 0)
    issues.warning('IMPORT_CLUTTER_HOLES', { row: null, found: holes, values: { holes, cells } });
  const frame = frameInDegrees(grid);
  const inDegrees = classesInDegrees(grid, frame, classCode);
  const classes = clutterClasses
    .filter(({ code }) => code > 0 && counts[code]! > 0)
    .map(({ code, name }) => ({ name, share: counts[code]! / (cells - holes) }))
    .sort((a, b) => b.share - a.share);
  const rows = cutPieces(inDegrees, frame.columns, (piece) =>
    piece.every((code) => code === 0) ? null : packClasses(piece),
  );
  const facts = { ...rasterFacts(grid, frame), holes, classes };
  return { records: { kind: 'clutter', rows }, raster: { facts, frame } };
}

function classesOf({ values, noData }: RasterGrid): { classCode: Uint8Array; strange: Set<number> } {
  const classCode = new Uint8Array(values.length);
  const strange = new Set<number>();
  for (let at = 0; at < values.length; at++) {
    const found = values[at]!;
    const code = found === noData ? 0 : (clutterCodeOf[found] ?? 0);
    classCode[at] = code;
    if (code === 0 && found !== 0 && found !== noData && strange.size < 1_000) strange.add(found);
  }
  return { classCode, strange };
}
