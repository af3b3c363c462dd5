// The flat metric zone a plan is computed in: CGCS2000 3-degree Gauss-Krüger inside China, UTM elsewhere.
// Eastings carry no zone prefix (EPSG 4534..4554, false easting 500 000), so coordinates stay small numbers.
// Written out here because a plan must come out the same in every engine, which no projection library promises.
import type { LonLat } from '../model/geometry.ts';
import { transverseMercator } from './transverse-mercator.ts';

export interface LocalZone {
  readonly epsg: number;
  /** Degrees east of Greenwich where grid north is true north. */
  readonly centralMeridianDeg: number;
  toMetres(position: LonLat): [eastM: number, northM: number];
  toDegrees(eastM: number, northM: number): LonLat;
}

const FIRST_GAUSS_KRUEGER = 4534;
const LAST_GAUSS_KRUEGER = 4554;
const FIRST_MERIDIAN_DEG = 75;
/** Of CGCS2000 and WGS 84 alike; they differ in the flattening. */
const SEMI_MAJOR_M = 6_378_137;
const FALSE_EASTING_M = 500_000;

/** The zone for a plan around this position. */
export function localZoneOf(position: LonLat): LocalZone {
  const [lon, lat] = position;
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
    throw new RangeError(`localZoneOf: expected [lon, lat] in degrees, got [${lon}, ${lat}]`);
  }
  if (lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54) {
    const meridian = Math.min(135, Math.max(FIRST_MERIDIAN_DEG, Math.round(lon / 3) * 3));
    return localZone(FIRST_GAUSS_KRUEGER + (meridian - FIRST_MERIDIAN_DEG) / 3);
  }
  const utm = Math.min(60, Math.floor((lon + 180) / 6) + 1);
  return localZone((lat >= 0 ? 32_600 : 32_700) + utm);
}

/** The zone with this EPSG code: 4534..4554, 32601..32660 or 32701..32760. Throws on any other. */
export function localZone(epsg: number): LocalZone {
  const known = zones.get(epsg);
  if (known) return known;
  const zone = makeZone(epsg);
  zones.set(epsg, zone);
  return zone;
}

const zones = new Map<number, LocalZone>();

function makeZone(epsg: number): LocalZone {
  if (Number.isInteger(epsg) && epsg >= FIRST_GAUSS_KRUEGER && epsg <= LAST_GAUSS_KRUEGER) {
    const centralMeridianDeg = FIRST_MERIDIAN_DEG + 3 * (epsg - FIRST_GAUSS_KRUEGER);
    const projection = transverseMercator({
      semiMajorM: SEMI_MAJOR_M,
      inverseFlattening: 298.257222101,
      centralMeridianDeg,
      scale: 1,
      falseEastingM: FALSE_EASTING_M,
      falseNorthingM: 0,
    });
    return { epsg, centralMeridianDeg, ...projection };
  }
  const utm = epsg % 100;
  const hemisphere = Math.floor(epsg / 100);
  if (Number.isInteger(epsg) && utm >= 1 && utm <= 60 && (hemisphere === 326 || hemisphere === 327)) {
    const centralMeridianDeg = 6 * utm - 183;
    const projection = transverseMercator({
      semiMajorM: SEMI_MAJOR_M,
      inverseFlattening: 298.257223563,
      centralMeridianDeg,
      scale: 0.9996,
      falseEastingM: FALSE_EASTING_M,
      falseNorthingM: hemisphere === 326 ? 0 : 10_000_000,
    });
    return { epsg, centralMeridianDeg, ...projection };
  }
  throw new RangeError(`localZone: EPSG ${epsg} is neither 4534..4554 nor a WGS 84 UTM zone`);
}
