// The flat metric zone a plan is computed in: CGCS2000 3-degree Gauss-Krüger inside China, UTM elsewhere.
// Eastings carry no zone prefix (EPSG 4534..4554, false easting 500 000), so coordinates stay small numbers.
// Definitions are written out here because proj4 ships none of these codes.
import proj4 from 'proj4';
import type { LonLat } from '../model/geometry.ts';

export interface LocalZone {
  readonly epsg: number;
  /** Degrees east of Greenwich where grid north is true north. */
  readonly centralMeridianDeg: number;
  readonly proj4: string;
  toMetres(position: LonLat): [eastM: number, northM: number];
  toDegrees(eastM: number, northM: number): LonLat;
}

const FIRST_GAUSS_KRUEGER = 4534;
const LAST_GAUSS_KRUEGER = 4554;
const FIRST_MERIDIAN_DEG = 75;

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
  const { definition, centralMeridianDeg } = definitionOf(epsg);
  const converter = proj4(definition);
  return {
    epsg,
    centralMeridianDeg,
    proj4: definition,
    toMetres(position) {
      return converter.forward([position[0], position[1]]) as [number, number];
    },
    toDegrees(eastM, northM) {
      return converter.inverse([eastM, northM]) as [number, number];
    },
  };
}

function definitionOf(epsg: number): { definition: string; centralMeridianDeg: number } {
  if (Number.isInteger(epsg) && epsg >= FIRST_GAUSS_KRUEGER && epsg <= LAST_GAUSS_KRUEGER) {
    const meridian = FIRST_MERIDIAN_DEG + 3 * (epsg - FIRST_GAUSS_KRUEGER);
    return {
      definition:
        `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=500000 +y_0=0 ` +
        '+a=6378137 +rf=298.257222101 +units=m +no_defs',
      centralMeridianDeg: meridian,
    };
  }
  const utm = epsg % 100;
  const hemisphere = Math.floor(epsg / 100);
  if (Number.isInteger(epsg) && utm >= 1 && utm <= 60 && (hemisphere === 326 || hemisphere === 327)) {
    const meridian = 6 * utm - 183;
    return {
      definition:
        `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=0.9996 +x_0=500000 ` +
        `+y_0=${hemisphere === 326 ? 0 : 10_000_000} +a=6378137 +rf=298.257223563 +units=m +no_defs`,
      centralMeridianDeg: meridian,
    };
  }
  throw new RangeError(`localZone: EPSG ${epsg} is neither 4534..4554 nor a WGS 84 UTM zone`);
}
