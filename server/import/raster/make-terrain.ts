// Heights of the ground: in metres whatever the file's unit, holes counted, what no ground can be taken for a hole.
import { ProductError } from '../../errors.ts';
import { packHeights } from '../../store/raster-cells.ts';
import { cutPieces } from './cut-pieces.ts';
import type { MadeRaster, RasterContext } from './parse-raster.ts';
import { rasterFacts } from './raster-facts.ts';
import type { RasterGrid } from './raster-grid.ts';
import { frameInDegrees, heightsInDegrees } from './to-degrees.ts';

/** The shore of the Dead Sea lies at -430 m, the top of the highest mountain at 8 849 m. */
const LOWEST_M = -500;
const HIGHEST_M = 9_000;

/** Throws IMPORT_RASTER_ALL_HOLES, IMPORT_RASTER_POSITION, IMPORT_RASTER_TOO_LARGE. */
export function makeTerrain(grid: RasterGrid, context: RasterContext): MadeRaster {
  const { issues } = context;
  const { heightM, holes, implausible, lowestM, highestM } = heightsOf(grid);
  const cells = heightM.length;
  const expected = `${LOWEST_M}…${HIGHEST_M} m`;
  if (implausible > 0) {
    const values = { count: implausible, cells };
    issues.warning('IMPORT_RASTER_HEIGHT_RANGE', { row: null, found: implausible, expected, values });
  }
  if (holes === cells) throw new ProductError('IMPORT_RASTER_ALL_HOLES', { found: cells });
  if (grid.metresPerUnit !== 1) {
    issues.warning('IMPORT_RASTER_FEET', {
      row: null,
      found: grid.unit,
      expected: 'm',
      values: { unit: grid.unit },
    });
  }
  if (holes > 0) issues.warning('IMPORT_RASTER_HOLES', { row: null, found: holes, values: { holes, cells } });
  const frame = frameInDegrees(grid);
  const inDegrees = heightsInDegrees(grid, frame, heightM);
  const facts = { ...rasterFacts(grid, frame), holes, lowestM, highestM };
  const rows = cutPieces(inDegrees, frame.columns, (piece) =>
    piece.every(Number.isNaN) ? null : packHeights(piece),
  );
  return { records: { kind: 'terrain', rows }, raster: { facts, frame } };
}

interface Heights {
  readonly heightM: Float32Array;
  /** Cells without a height, the implausible ones among them. */
  readonly holes: number;
  readonly implausible: number;
  readonly lowestM: number;
  readonly highestM: number;
}

function heightsOf({ values, scale, offset, metresPerUnit, noData }: RasterGrid): Heights {
  // a hole of a file of 32-bit floats is written in the header with more digits than the cells have
  const hole = noData !== null && values instanceof Float32Array ? Math.fround(noData) : noData;
  const heightM = new Float32Array(values.length);
  let [holes, implausible, lowestM, highestM] = [0, 0, Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    const height = (value * scale + offset) * metresPerUnit;
    const isHole = value === hole || Number.isNaN(height);
    if (isHole || height < LOWEST_M || height > HIGHEST_M) {
      heightM[at] = Number.NaN;
      holes++;
      if (!isHole) implausible++;
      continue;
    }
    heightM[at] = height;
    if (height < lowestM) lowestM = height;
    if (height > highestM) highestM = height;
  }
  return { heightM, holes, implausible, lowestM, highestM };
}
