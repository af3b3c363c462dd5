// From the GeoKeys of a GeoTIFF (OGC 19-008) to a coordinate system proj4 can be told about: WGS 84, CGCS2000 and ETRS89
// degrees, their UTM zones, CGCS2000 Gauss-Krüger in 3 and 6 degrees with and without the zone in front of the easting, web
// Mercator, and a transverse Mercator written out in the file. Datums that lie tens of metres apart (Beijing 1954, Xi'an
// 1980) are refused: their shift is not public.
import proj4 from 'proj4';
import { ProductError } from '../../errors.ts';
import type { RasterCrs } from './raster-grid.ts';

export type GeoKeys = Readonly<Record<string, unknown>>;

const USER_DEFINED = 32_767;
const MODEL_GEOGRAPHIC = 2;
const TRANSVERSE_MERCATOR = 1;
const METRE = 9001;
/** WGS 84, CGCS2000, ETRS89, NAD83, GRS80 3D: one and the same at the accuracy of a terrain model. */
const degreesCodes: ReadonlySet<number> = new Set([4326, 4979, 4490, 4480, 4258, 4937, 4269]);
const GRS80 = '+a=6378137 +rf=298.257222101 +units=m +no_defs';
const WGS84 = '+a=6378137 +rf=298.257223563 +units=m +no_defs';

/** Throws IMPORT_RASTER_NO_CRS when the keys name nothing, IMPORT_RASTER_CRS_UNKNOWN when they name something else. */
export function crsOfKeys(keys: GeoKeys | null): RasterCrs {
  const projected = numberOf(keys?.ProjectedCSTypeGeoKey);
  const geographic = numberOf(keys?.GeographicTypeGeoKey);
  if (!keys || (projected === null && geographic === null)) throw new ProductError('IMPORT_RASTER_NO_CRS');
  if (numberOf(keys.GTModelTypeGeoKey) === MODEL_GEOGRAPHIC || projected === null) {
    if (geographic !== null && degreesCodes.has(geographic)) return degrees(geographic);
    throw new ProductError('IMPORT_RASTER_CRS_UNKNOWN', { found: nameOf(geographic, keys) });
  }
  const definition = projected === USER_DEFINED ? writtenOut(keys, geographic) : definitionOfEpsg(projected);
  if (definition === null) {
    throw new ProductError('IMPORT_RASTER_CRS_UNKNOWN', { found: nameOf(projected, keys) });
  }
  return flat(nameOf(projected, keys), definition);
}

export const degrees = (epsg: number): RasterCrs => ({
  name: `EPSG:${epsg}`,
  isDegrees: true,
  toDegrees: (x, y) => [x, y],
  fromDegrees: (position) => position,
});

function flat(name: string, definition: string): RasterCrs {
  const converter = proj4(definition);
  return {
    name,
    isDegrees: false,
    toDegrees: (x, y) => converter.inverse([x, y]) as [number, number],
    fromDegrees: ([lon, lat]) => converter.forward([lon, lat]) as [number, number],
  };
}

/** The definition of a projected system in metres, or null when it is not one of the families above. */
export function definitionOfEpsg(epsg: number): string | null {
  if (!Number.isInteger(epsg)) return null;
  if (epsg === 3857)
    return '+proj=merc +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +a=6378137 +b=6378137 +units=m +no_defs';
  const within = (first: number, last: number): boolean => epsg >= first && epsg <= last;
  if (within(32_601, 32_660)) return utm(epsg - 32_600, 0, WGS84);
  if (within(32_701, 32_760)) return utm(epsg - 32_700, 10_000_000, WGS84);
  if (within(25_828, 25_838)) return utm(epsg - 25_800, 0, GRS80);
  if (within(26_901, 26_923)) return utm(epsg - 26_900, 0, GRS80);
  // CGCS2000: 6 degrees with and without the zone number, 3 degrees with and without it
  if (within(4491, 4501)) return gaussKrueger(75 + 6 * (epsg - 4491), 13 + epsg - 4491);
  if (within(4502, 4512)) return gaussKrueger(75 + 6 * (epsg - 4502), 0);
  if (within(4513, 4533)) return gaussKrueger(75 + 3 * (epsg - 4513), 25 + epsg - 4513);
  if (within(4534, 4554)) return gaussKrueger(75 + 3 * (epsg - 4534), 0);
  return null;
}

const utm = (zone: number, falseNorthingM: number, ellipsoid: string): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${6 * zone - 183} +k=0.9996 +x_0=500000 +y_0=${falseNorthingM} ${ellipsoid}`;

const gaussKrueger = (meridianDeg: number, zone: number): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridianDeg} +k=1 +x_0=${zone * 1_000_000 + 500_000} +y_0=0 ${GRS80}`;

/** A transverse Mercator whose numbers stand in the file, on an ellipsoid that is WGS 84 or CGCS2000. */
function writtenOut(keys: GeoKeys, geographic: number | null): string | null {
  const onKnownEllipsoid =
    (geographic !== null && degreesCodes.has(geographic)) ||
    (Math.abs((numberOf(keys.GeogSemiMajorAxisGeoKey) ?? 0) - 6_378_137) < 0.5 &&
      Math.abs((numberOf(keys.GeogInvFlatteningGeoKey) ?? 0) - 298.2572) < 0.001);
  const inMetres = (numberOf(keys.ProjLinearUnitsGeoKey) ?? METRE) === METRE;
  const meridian = numberOf(keys.ProjNatOriginLongGeoKey);
  if (numberOf(keys.ProjCoordTransGeoKey) !== TRANSVERSE_MERCATOR) return null;
  if (!onKnownEllipsoid || !inMetres || meridian === null) return null;
  const latitude = numberOf(keys.ProjNatOriginLatGeoKey) ?? 0;
  const scale = numberOf(keys.ProjScaleAtNatOriginGeoKey) ?? 1;
  const eastM = numberOf(keys.ProjFalseEastingGeoKey) ?? 0;
  const northM = numberOf(keys.ProjFalseNorthingGeoKey) ?? 0;
  return `+proj=tmerc +lat_0=${latitude} +lon_0=${meridian} +k=${scale} +x_0=${eastM} +y_0=${northM} ${GRS80}`;
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function nameOf(epsg: number | null, keys: GeoKeys): string {
  if (epsg !== null && epsg !== USER_DEFINED) return `EPSG:${epsg}`;
  const citation = keys.PCSCitationGeoKey ?? keys.GTCitationGeoKey ?? keys.GeogCitationGeoKey;
  return typeof citation === 'string' && citation !== '' ? citation.slice(0, 80) : `EPSG:${epsg}`;
}
