// From a geometry as it stood in the file to one the store may hold: shape, closed rings, vertex limits, ranges, swapped
// axes, and CGCS2000 degrees. Self-crossing is not seen here; PostGIS judges that when rows are stored.
import { type LonLat, type MultiPolygon, toCgcs2000 } from '../../engine/index.ts';
import type { Datum } from '../contract/imports.ts';
import type { ErrorCode } from '../errors.ts';
import { isAreaShape, isLineShape, isPointShape, type Position } from './geometry-shape.ts';
import type { IssueList } from './import-issue.ts';
import type { MultiLineString } from './import-types.ts';
import type { RawRow } from './raw-table.ts';

const MOST_VERTICES = 200_000;
const MOST_HOLES = 10_000;
/** Rough bounds of China with its seas: outside, GCJ-02 and BD-09 do not apply. */
const chinaBox = { west: 73, south: 3, east: 136, north: 54 } as const;

export interface GeometryContext {
  readonly datum: Datum;
  readonly issues: IssueList;
  /** Rows outside China, so that one foreign file gives one warning. */
  readonly outsideRows: number[];
}

/** The position in CGCS2000 and as the sender wrote it, or null with the issue noted. */
export function checkPoint(
  raw: RawRow,
  context: GeometryContext,
): { position: LonLat; original: LonLat } | null {
  const { geometry } = raw;
  if (!present(raw, context) || !isPointShape(geometry)) return wrongKind(raw, context, 'Point');
  const first = geometry.type === 'Point' ? geometry.coordinates : geometry.coordinates[0];
  if (!first || !positionsFit([first], raw, context)) return null;
  if (geometry.type === 'MultiPoint' && geometry.coordinates.length > 1) {
    const { length } = geometry.coordinates;
    context.issues.warning('IMPORT_MULTIPOINT', {
      row: raw.row,
      field: raw.geometryField,
      found: length,
      expected: '1',
    });
  }
  const original = lonLatOf(first);
  return { position: toCgcs2000(original, context.datum), original };
}

/** The lines in CGCS2000, or null with the issue noted. */
export function checkLines(raw: RawRow, context: GeometryContext): MultiLineString | null {
  const { geometry } = raw;
  if (!present(raw, context) || !isLineShape(geometry))
    return wrongKind(raw, context, 'LineString, MultiLineString');
  const paths = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
  if (!fewEnough(paths, raw, context)) return null;
  if (!paths.every((line) => positionsFit(line, raw, context))) return null;
  const longEnough = paths.filter((line) => line.some((p) => p[0] !== line[0]?.[0] || p[1] !== line[0]?.[1]));
  if (longEnough.length === 0) return structure(raw, context, 'the line has no length');
  return { type: 'MultiLineString', coordinates: longEnough.map((line) => convert(line, context)) };
}

/** The area in CGCS2000, or null with the issue noted. */
export function checkArea(raw: RawRow, context: GeometryContext): MultiPolygon | null {
  const { geometry } = raw;
  if (!present(raw, context) || !isAreaShape(geometry))
    return wrongKind(raw, context, 'Polygon, MultiPolygon');
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (polygons.some((polygon) => polygon.length > MOST_HOLES)) {
    return refuse('IMPORT_TOO_MANY_VERTICES', raw, context, { limit: MOST_HOLES });
  }
  const allRings = polygons.flat();
  if (!fewEnough(allRings, raw, context)) return null;
  if (!allRings.every(isClosed)) return refuse('IMPORT_RING_NOT_CLOSED', raw, context);
  if (!allRings.every((ring) => positionsFit(ring, raw, context))) return null;
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((polygon) => polygon.map((ring) => closeExactly(convert(ring, context)))),
  };
}

/** Whether the row brings an area at all, right or wrong. */
export function isArea({ geometry }: RawRow): boolean {
  return (
    typeof geometry === 'object' &&
    geometry !== null &&
    'type' in geometry &&
    (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon')
  );
}

function present(raw: RawRow, context: GeometryContext): boolean {
  if (raw.geometry !== null && raw.geometry !== undefined) return true;
  context.issues.error('IMPORT_GEOMETRY_MISSING', { row: raw.row, field: raw.geometryField });
  return false;
}

function wrongKind(raw: RawRow, context: GeometryContext, expected: string): null {
  const { geometry } = raw;
  if (geometry === null || geometry === undefined) return null;
  const found = typeof geometry === 'object' && 'type' in geometry ? geometry.type : geometry;
  if (expected.split(', ').includes(String(found))) {
    // the structure is known to be right by now, so the numbers are not
    return hasInfinite(geometry)
      ? refuse('IMPORT_POSITION_RANGE', raw, context, {}, 'Infinity')
      : structure(raw, context, 'too few positions or too many numbers in one');
  }
  context.issues.error('IMPORT_GEOMETRY_KIND', {
    row: raw.row,
    field: raw.geometryField,
    found,
    expected,
  });
  return null;
}

const hasInfinite = (geometry: object): boolean =>
  'coordinates' in geometry &&
  Array.isArray(geometry.coordinates) &&
  geometry.coordinates.flat(3).some((number) => typeof number === 'number' && !Number.isFinite(number));

function structure(raw: RawRow, context: GeometryContext, reason: string): null {
  return refuse('IMPORT_GEOMETRY_STRUCTURE', raw, context, { reason });
}

function refuse(
  code: ErrorCode,
  raw: RawRow,
  context: GeometryContext,
  values: Readonly<Record<string, string | number>> = {},
  found: unknown = '',
): null {
  context.issues.error(code, {
    row: raw.row,
    field: raw.geometryField,
    found,
    expected: expectedOf(code),
    values,
  });
  return null;
}

const expectedOf = (code: ErrorCode): string =>
  code === 'IMPORT_POSITION_RANGE' || code === 'IMPORT_AXES_SWAPPED' ? '−180…180, −90…90' : '';

function fewEnough(paths: readonly (readonly Position[])[], raw: RawRow, context: GeometryContext): boolean {
  const vertices = paths.reduce((sum, line) => sum + line.length, 0);
  if (vertices <= MOST_VERTICES) return true;
  refuse('IMPORT_TOO_MANY_VERTICES', raw, context, { limit: MOST_VERTICES }, vertices);
  return false;
}

/** Ranges of all positions; one issue per row, and one remark when the row lies outside China. */
function positionsFit(positions: readonly Position[], raw: RawRow, context: GeometryContext): boolean {
  for (const each of positions) {
    const [lon, lat] = lonLatOf(each);
    const code = positionIssue(lon, lat);
    if (code) {
      refuse(code, raw, context, {}, `${lon}, ${lat}`);
      return false;
    }
  }
  const first = positions[0];
  if (first && !insideChina(lonLatOf(first)) && context.outsideRows.at(-1) !== raw.row)
    context.outsideRows.push(raw.row);
  return true;
}

function positionIssue(lon: number, lat: number): ErrorCode | null {
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return 'IMPORT_POSITION_RANGE';
  if (lon === 0 && lat === 0) return 'IMPORT_POSITION_ZERO';
  if (insideChina([lat, lon])) return 'IMPORT_AXES_SWAPPED';
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    return Math.abs(lat) <= 180 && Math.abs(lon) <= 90 ? 'IMPORT_AXES_SWAPPED' : 'IMPORT_POSITION_RANGE';
  }
  return null;
}

const insideChina = ([lon, lat]: LonLat): boolean =>
  lon >= chinaBox.west && lon <= chinaBox.east && lat >= chinaBox.south && lat <= chinaBox.north;

const isClosed = (ring: readonly Position[]): boolean => {
  const [first, last] = [ring[0], ring.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

const convert = (positions: readonly Position[], context: GeometryContext): LonLat[] =>
  positions.map((each) => toCgcs2000(lonLatOf(each), context.datum));

/** Conversion is the same for equal input, but a ring must be closed to the last bit. */
const closeExactly = (ring: LonLat[]): LonLat[] => (ring[0] ? [...ring.slice(0, -1), ring[0]] : ring);

const lonLatOf = (each: Position): LonLat => [each[0] ?? Number.NaN, each[1] ?? Number.NaN];
