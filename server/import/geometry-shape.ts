// Whether coordinates have the nesting their type asks for (RFC 7946, 3.1) and every number is finite. Written out, because
// the reader's process starts anew for every file and a schema compiler is half of its start.

export type Position = readonly number[];

export type PointShape =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly Position[] };
export type LineShape =
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] };
export type AreaShape =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

type Check = (value: unknown) => boolean;

const listOf =
  (part: Check, least: number): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every(part);

const isPosition: Check = (value) =>
  Array.isArray(value) && value.length >= 2 && value.length <= 4 && value.every(Number.isFinite);
const isPath = listOf(isPosition, 2);
const isPolygon = listOf(listOf(isPosition, 4), 1);

const checks: Readonly<Record<string, Check>> = {
  Point: isPosition,
  MultiPoint: listOf(isPosition, 1),
  LineString: isPath,
  MultiLineString: listOf(isPath, 1),
  Polygon: isPolygon,
  MultiPolygon: listOf(isPolygon, 1),
};

function hasShape(geometry: unknown, types: readonly string[]): boolean {
  if (typeof geometry !== 'object' || geometry === null) return false;
  if (!('type' in geometry && 'coordinates' in geometry)) return false;
  const type = types.find((one) => one === geometry.type);
  return type !== undefined && checks[type]!(geometry.coordinates);
}

export const isPointShape = (geometry: unknown): geometry is PointShape =>
  hasShape(geometry, ['Point', 'MultiPoint']);
export const isLineShape = (geometry: unknown): geometry is LineShape =>
  hasShape(geometry, ['LineString', 'MultiLineString']);
export const isAreaShape = (geometry: unknown): geometry is AreaShape =>
  hasShape(geometry, ['Polygon', 'MultiPolygon']);
