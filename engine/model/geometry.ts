// Positions and areas as every room of the engine speaks of them: longitude/latitude in degrees, CGCS2000.

/** `[lon, lat]` in degrees (EPSG:4490; WGS 84 is treated as equal for planning). */
export type LonLat = readonly [lon: number, lat: number];

/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** Rings of `[lon, lat]`, closed (first position repeated at the end), outer ring first, then holes (RFC 7946). */
export type PolygonRings = readonly (readonly LonLat[])[];

export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly PolygonRings[];
}

export interface LineString {
  readonly type: 'LineString';
  readonly coordinates: readonly LonLat[];
}
