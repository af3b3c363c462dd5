// Types of the geometry columns (all CGCS2000 longitude and latitude, EPSG:4490) and of what travels to and from them.
// Our own: the package `postgis-types` that the product's card names does not exist in the registry.
import type { LineString, LonLat, MultiPolygon } from '../../engine/index.ts';

export interface Point {
  readonly type: 'Point';
  readonly coordinates: LonLat;
}

export interface MultiLineString {
  readonly type: 'MultiLineString';
  readonly coordinates: readonly (readonly LonLat[])[];
}

/** What a spatial column can hold, as GeoJSON. */
export type StoredGeometry = Point | LineString | MultiLineString | MultiPolygon;
