// Transverse Mercator by Krüger's series in the third flattening n, to the sixth power (C. F. F. Karney, Transverse Mercator
// with an accuracy of a few nanometers, J. Geodesy 85, 2011, equations 7 to 15, 35 and 36): 5 nm within 35 degrees of the
// meridian. Latitudes come back from the conformal sphere by the series of the same order (Kawase, GSI bulletin 60, 2012).
// Double angles are made from sides already at hand, so that a position costs few calls of steady-math.
import type { LonLat } from '../model/geometry.ts';
import { atan2, atanh, cos, sin, sinh } from './steady-math.ts';

export interface TransverseMercatorParameters {
  readonly semiMajorM: number;
  readonly inverseFlattening: number;
  readonly centralMeridianDeg: number;
  readonly scale: number;
  readonly falseEastingM: number;
  readonly falseNorthingM: number;
}

export interface TransverseMercator {
  toMetres(position: LonLat): [eastM: number, northM: number];
  toDegrees(eastM: number, northM: number): LonLat;
}

const RADIANS = Math.PI / 180;

/** The projection and its inverse; the origin lies on the equator. Longitudes come back between -180 and 180. */
export function transverseMercator(parameters: TransverseMercatorParameters): TransverseMercator {
  const { centralMeridianDeg, falseEastingM, falseNorthingM } = parameters;
  const flattening = 1 / parameters.inverseFlattening;
  const eccentricity = Math.sqrt(flattening * (2 - flattening));
  const n = flattening / (2 - flattening);
  const n2 = n * n;
  const rectifyingM = (parameters.semiMajorM / (1 + n)) * (1 + n2 * (1 / 4 + n2 * (1 / 64 + n2 / 256)));
  const radiusM = rectifyingM * parameters.scale;
  const toPlane = weightsOf(SPHERE_TO_PLANE, n);
  const toSphere = weightsOf(PLANE_TO_SPHERE, n);
  const toEllipsoid = weightsOf(SPHERE_TO_ELLIPSOID, n);

  return {
    toMetres(position) {
      const lon = wrapDeg(position[0] - centralMeridianDeg) * RADIANS;
      const lat = position[1] * RADIANS;
      const sinLat = sin(lat);
      const cosLat = cos(lat);
      const stretch = sinh(eccentricity * atanh(eccentricity * sinLat));
      // A direction on the conformal sphere, of length `reach`; written without tangents, so that poles need no case.
      const up = sinLat * Math.sqrt(1 + stretch * stretch) - stretch;
      const along = cosLat * cos(lon);
      const across = cosLat * sin(lon);
      const flat2 = up * up + along * along;
      const reach = Math.sqrt(flat2 + across * across);
      const [addNorth, addEast] = sumSeries(
        toPlane,
        (2 * up * along) / flat2,
        (along * along - up * up) / flat2,
        (2 * across * reach) / flat2,
        (reach * reach + across * across) / flat2,
      );
      return [
        falseEastingM + radiusM * (atanh(across / reach) + addEast),
        falseNorthingM + radiusM * (atan2(up, along) + addNorth),
      ];
    },
    toDegrees(eastM, northM) {
      const east = (eastM - falseEastingM) / radiusM;
      const north = (northM - falseNorthingM) / radiusM;
      const sinhEast = sinh(2 * east);
      const coshEast = Math.sqrt(1 + sinhEast * sinhEast);
      const [lessNorth, lessEast] = sumSeries(toSphere, sin(2 * north), cos(2 * north), sinhEast, coshEast);
      const across = sinh(east - lessEast);
      const up = sin(north - lessNorth);
      const along = cos(north - lessNorth);
      const flat2 = across * across + along * along;
      const flat = Math.sqrt(flat2);
      const reach2 = flat2 + up * up;
      const [addLat] = sumSeries(toEllipsoid, (2 * up * flat) / reach2, (flat2 - up * up) / reach2, 0, 1);
      const lonDeg = atan2(across, along) / RADIANS;
      return [wrapDeg(lonDeg + centralMeridianDeg), (atan2(up, flat) + addLat) / RADIANS];
    },
  };
}

/** Sum of weight[k] sin((k + 1) z) for the complex angle z, by Clenshaw's recurrence from the back. */
function sumSeries(
  weights: readonly number[],
  sinRe: number,
  cosRe: number,
  sinhIm: number,
  coshIm: number,
): [re: number, im: number] {
  const turnRe = 2 * cosRe * coshIm;
  const turnIm = -2 * sinRe * sinhIm;
  let re = 0;
  let im = 0;
  let lastRe = 0;
  let lastIm = 0;
  for (let k = weights.length - 1; k >= 0; k--) {
    const nextRe = weights[k]! + turnRe * re - turnIm * im - lastRe;
    const nextIm = turnRe * im + turnIm * re - lastIm;
    lastRe = re;
    lastIm = im;
    re = nextRe;
    im = nextIm;
  }
  const sineRe = sinRe * coshIm;
  const sineIm = cosRe * sinhIm;
  return [re * sineRe - im * sineIm, re * sineIm + im * sineRe];
}

/** Row k holds the factors of n^(k+1), n^(k+2), … */
function weightsOf(rows: readonly (readonly number[])[], n: number): number[] {
  let power = 1;
  return rows.map((factors) => {
    power *= n;
    return power * factors.reduceRight((sum, factor) => sum * n + factor, 0);
  });
}

function wrapDeg(angleDeg: number): number {
  if (angleDeg > 180) return angleDeg - 360;
  return angleDeg < -180 ? angleDeg + 360 : angleDeg;
}

// Karney's alpha, Karney's beta, and conformal to geodetic latitude.
const SPHERE_TO_PLANE = [
  [1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37_800],
  [13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1_983_433 / 1_935_360],
  [61 / 240, -103 / 140, 15_061 / 26_880, 167_603 / 181_440],
  [49_561 / 161_280, -179 / 168, 6_601_661 / 7_257_600],
  [34_729 / 80_640, -3_418_889 / 1_995_840],
  [212_378_941 / 319_334_400],
];
const PLANE_TO_SPHERE = [
  [1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96_199 / 604_800],
  [1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1_118_711 / 3_870_720],
  [17 / 480, -37 / 840, -209 / 4480, 5569 / 90_720],
  [4397 / 161_280, -11 / 504, -830_251 / 7_257_600],
  [4583 / 161_280, -108_847 / 3_991_680],
  [20_648_693 / 638_668_800],
];
const SPHERE_TO_ELLIPSOID = [
  [2, -2 / 3, -2, 116 / 45, 26 / 45, -2854 / 675],
  [7 / 3, -8 / 5, -227 / 45, 2704 / 315, 2323 / 945],
  [56 / 15, -136 / 35, -1262 / 105, 73_814 / 2835],
  [4279 / 630, -332 / 35, -399_572 / 14_175],
  [4174 / 315, -144_838 / 6237],
  [601_676 / 22_275],
];
