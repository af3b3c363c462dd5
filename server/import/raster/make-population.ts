// People per cell: every cell where somebody lives becomes an area with its people, as if it had come in a list, so nobody is
// lost or made by resampling. Cells are stored as points spread over them; where that would be too many, as their middles.
import { boxOf, type LonLat, type MultiPolygon } from '../../../engine/index.ts';
import { ProductError } from '../../errors.ts';
import type { DemandRow, Numbered } from '../import-types.ts';
import { stableId } from '../kinds/kind-context.ts';
import type { MadeRaster, RasterContext } from './parse-raster.ts';
import { rasterFacts } from './raster-facts.ts';
import type { RasterGrid } from './raster-grid.ts';
import { frameInDegrees } from './to-degrees.ts';

/** Points lie 20 m apart (engine/grid/spread-demand.ts). */
const POINT_AREA_M2 = 400;
const MOST_POINTS = 500_000;
/** More people than this in one cell is a mistake in the file, such as an unmarked hole. */
const MOST_PEOPLE = 10_000_000;

/** Throws IMPORT_RASTER_ALL_HOLES when nobody lives there, IMPORT_TOO_MANY_ROWS, IMPORT_RASTER_POSITION. */
export function makePopulation(grid: RasterGrid, { issues, fileName, rowLimit }: RasterContext): MadeRaster {
  const { values, columns, scale, offset } = grid;
  const frame = frameInDegrees(grid);
  const facts = rasterFacts(grid, frame);
  const { places, people, holes, leftOut } = peopleOf(grid);
  if (leftOut > 0)
    issues.warning('IMPORT_POPULATION_VALUES', { row: null, found: leftOut, values: { count: leftOut } });
  if (places.length === 0) throw new ProductError('IMPORT_RASTER_ALL_HOLES', { found: values.length });
  if (places.length > rowLimit) throw new ProductError('IMPORT_TOO_MANY_ROWS', { limit: rowLimit });
  const pointsPerCell = Math.max(1, facts.resolutionM ** 2 / POINT_AREA_M2);
  const asMiddles = places.length * pointsPerCell > MOST_POINTS;
  if (asMiddles) issues.warning('IMPORT_POPULATION_MIDDLES', { row: null, found: places.length });
  const rows = places.map((at, index): Numbered<DemandRow> => {
    const column = at % columns;
    const row = Math.floor(at / columns);
    const cell = cellOf(grid, column, row);
    const [west, south, east, north] = boxOf(cell);
    const position: LonLat = [(west + east) / 2, (south + north) / 2];
    const id = stableId('demand', fileName, at, position);
    const weight = values[at]! * scale + offset;
    return { row: index + 1, value: { id, position, weight, cell: asMiddles ? null : cell } };
  });
  return {
    records: { kind: 'population', rows },
    raster: { facts: { ...facts, holes, people }, frame: null },
  };
}

interface People {
  /** Cells where somebody lives. */
  readonly places: number[];
  readonly people: number;
  readonly holes: number;
  /** Cells with a number that cannot be people. */
  readonly leftOut: number;
}

function peopleOf({ values, scale, offset, noData }: RasterGrid): People {
  const hole = noData !== null && values instanceof Float32Array ? Math.fround(noData) : noData;
  const places: number[] = [];
  let [people, holes, leftOut] = [0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    const living = value * scale + offset;
    if (value === hole || Number.isNaN(living)) holes++;
    else if (living < 0 || living > MOST_PEOPLE) leftOut++;
    else if (living > 0) {
      places.push(at);
      people += living;
    }
  }
  return { places, people, holes: holes + leftOut, leftOut };
}

function cellOf({ crs, west, north, stepX, stepY }: RasterGrid, column: number, row: number): MultiPolygon {
  const corner = (right: number, down: number): LonLat =>
    crs.toDegrees(west + (column + right) * stepX, north - (row + down) * stepY);
  const first = corner(0, 0);
  return { type: 'MultiPolygon', coordinates: [[[first, corner(0, 1), corner(1, 1), corner(1, 0), first]]] };
}
