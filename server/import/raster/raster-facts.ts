// The figures every raster has in its report.

import type { DegreeFrame } from '../../../engine/index.ts';
import type { RasterFactsJson } from '../../contract/imports.ts';
import type { RasterGrid } from './raster-grid.ts';

/** Of a meridian, on average. */
const METRES_PER_DEGREE = 111_132;

export function rasterFacts(grid: RasterGrid, frame: DegreeFrame): RasterFactsJson {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg } = frame;
  return {
    crs: grid.crs.name,
    columns: grid.columns,
    rows: grid.rows,
    resolutionM: Math.round(stepLatDeg * METRES_PER_DEGREE * 100) / 100,
    cells: grid.columns * grid.rows,
    holes: 0,
    box: [westDeg, northDeg - frame.rows * stepLatDeg, westDeg + frame.columns * stepLonDeg, northDeg],
    lowestM: null,
    highestM: null,
    people: null,
    classes: [],
  };
}
