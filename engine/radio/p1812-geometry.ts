// Horizons, angular distance, smooth-earth surface and roughness of a bare-ground profile: ITU-R P.1812 attachment 1,
// sections 4 and 5. Clutter does not enter here. One pass for sums, one for slopes, one for roughness; no allocation
// but the result.
import { atan } from '../geo/steady-math.ts';
import { WAVELENGTH_M_GHZ } from './bullington-loss.ts';
import type { P1812Link } from './p1812-link.ts';

export interface P1812Geometry {
  /** Distance to the horizon of either end, kilometres; within sight both reach the point nearest to the ray. */
  readonly txHorizonKm: number;
  readonly rxHorizonKm: number;
  /** Elevation of the horizon at either end, and the angular distance of the path, milliradians. */
  readonly txElevationMrad: number;
  readonly rxElevationMrad: number;
  readonly angularDistanceMrad: number;
  /** Smooth surface under either end for diffraction, metres above mean sea level. */
  readonly txSmoothM: number;
  readonly rxSmoothM: number;
  /** Antennas above the smooth surface of the ducting model, and the roughness against it, metres. */
  readonly txDuctHeightM: number;
  readonly rxDuctHeightM: number;
  readonly roughnessM: number;
}

export function p1812Geometry(link: P1812Link, medianRadiusKm: number): P1812Geometry {
  const { distanceKm, groundM } = link.profile;
  const lengthKm = distanceKm[distanceKm.length - 1]!;
  const txGroundM = groundM[0]!;
  const rxGroundM = groundM[groundM.length - 1]!;
  const horizons = findHorizons(link, medianRadiusKm);
  const fitted = fittedSurface(distanceKm, groundM);
  const diffraction = loweredSurface(link, fitted);
  const txSurfaceM = Math.min(fitted.txM, txGroundM);
  const rxSurfaceM = Math.min(fitted.rxM, rxGroundM);
  const slope = (rxSurfaceM - txSurfaceM) / lengthKm;
  let roughnessM = Number.NEGATIVE_INFINITY;
  for (let i = horizons.txIndex; i <= horizons.rxIndex; i++) {
    roughnessM = Math.max(roughnessM, groundM[i]! - (txSurfaceM + slope * distanceKm[i]!));
  }
  return {
    txHorizonKm: distanceKm[horizons.txIndex]!,
    rxHorizonKm: lengthKm - distanceKm[horizons.rxIndex]!,
    txElevationMrad: horizons.txElevationMrad,
    rxElevationMrad: horizons.rxElevationMrad,
    angularDistanceMrad:
      (1000 * lengthKm) / medianRadiusKm + horizons.txElevationMrad + horizons.rxElevationMrad,
    txSmoothM: Math.min(diffraction.txM, txGroundM),
    rxSmoothM: Math.min(diffraction.rxM, rxGroundM),
    txDuctHeightM: link.txHeightM + txGroundM - txSurfaceM,
    rxDuctHeightM: link.rxHeightM + rxGroundM - rxSurfaceM,
    roughnessM,
  };
}

interface Horizons {
  readonly txIndex: number;
  readonly rxIndex: number;
  readonly txElevationMrad: number;
  readonly rxElevationMrad: number;
}

/** Where either end sees the ground meet the sky; elevations are compared as tangents, the angle is taken once. */
function findHorizons(link: P1812Link, radiusKm: number): Horizons {
  const { distanceKm, groundM } = link.profile;
  const last = distanceKm.length - 1;
  const lengthKm = distanceKm[last]!;
  const txM = groundM[0]! + link.txHeightM;
  const rxM = groundM[last]! + link.rxHeightM;
  let txIndex = 1;
  let txTangent = Number.NEGATIVE_INFINITY;
  let rxIndex = last - 1;
  let rxTangent = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < last; i++) {
    const d = distanceKm[i]!;
    const left = lengthKm - d;
    const fromTx = (groundM[i]! - txM) / (1000 * d) - d / (2 * radiusKm);
    const fromRx = (groundM[i]! - rxM) / (1000 * left) - left / (2 * radiusKm);
    if (fromTx > txTangent) {
      txTangent = fromTx;
      txIndex = i;
    }
    if (fromRx >= rxTangent) {
      rxTangent = fromRx;
      rxIndex = i;
    }
  }
  const direct = (rxM - txM) / (1000 * lengthKm);
  const drop = lengthKm / (2 * radiusKm);
  if (txTangent > direct - drop) {
    return {
      txIndex,
      rxIndex,
      txElevationMrad: 1000 * atan(txTangent),
      rxElevationMrad: 1000 * atan(rxTangent),
    };
  }
  const nearest = nearestToRay(link, txM, rxM, radiusKm);
  return {
    txIndex: nearest,
    rxIndex: nearest,
    txElevationMrad: 1000 * atan(direct - drop),
    rxElevationMrad: 1000 * atan(-direct - drop),
  };
}

/** The point with the largest diffraction parameter of a path within sight. */
function nearestToRay(link: P1812Link, txM: number, rxM: number, radiusKm: number): number {
  const { distanceKm, groundM } = link.profile;
  const last = distanceKm.length - 1;
  const lengthKm = distanceKm[last]!;
  const wavelengthM = WAVELENGTH_M_GHZ / link.frequencyGhz;
  let nearest = 1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < last; i++) {
    const d = distanceKm[i]!;
    const left = lengthKm - d;
    const aboveRayM = groundM[i]! + (500 * d * left) / radiusKm - (txM * left + rxM * d) / lengthKm;
    const edge = aboveRayM * Math.sqrt((0.002 * lengthKm) / (wavelengthM * d * left));
    if (edge >= largest) {
      largest = edge;
      nearest = i;
    }
  }
  return nearest;
}

interface Surface {
  readonly txM: number;
  readonly rxM: number;
}

/** Heights at both ends of the straight line with the least squares through the ground. */
function fittedSurface(distanceKm: Float64Array, groundM: Float64Array): Surface {
  const last = distanceKm.length - 1;
  const lengthKm = distanceKm[last]!;
  let area = 0;
  let moment = 0;
  for (let i = 1; i <= last; i++) {
    const near = distanceKm[i - 1]!;
    const far = distanceKm[i]!;
    const nearM = groundM[i - 1]!;
    const farM = groundM[i]!;
    area += (far - near) * (farM + nearM);
    moment += (far - near) * (farM * (2 * far + near) + nearM * (far + 2 * near));
  }
  return {
    txM: (2 * area * lengthKm - moment) / (lengthKm * lengthKm),
    rxM: (moment - area * lengthKm) / (lengthKm * lengthKm),
  };
}

/** The fitted line let down at both ends where ground stands above the straight line between the antennas. */
function loweredSurface(link: P1812Link, fitted: Surface): Surface {
  const { distanceKm, groundM } = link.profile;
  const last = distanceKm.length - 1;
  const lengthKm = distanceKm[last]!;
  const txM = groundM[0]! + link.txHeightM;
  const rxM = groundM[last]! + link.rxHeightM;
  let highestM = Number.NEGATIVE_INFINITY;
  let txSlope = Number.NEGATIVE_INFINITY;
  let rxSlope = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < last; i++) {
    const d = distanceKm[i]!;
    const left = lengthKm - d;
    const aboveM = groundM[i]! - (txM * left + rxM * d) / lengthKm;
    highestM = Math.max(highestM, aboveM);
    txSlope = Math.max(txSlope, aboveM / d);
    rxSlope = Math.max(rxSlope, aboveM / left);
  }
  if (highestM <= 0) return fitted;
  const slopes = txSlope + rxSlope;
  return {
    txM: fitted.txM - (highestM * txSlope) / slopes,
    rxM: fitted.rxM - (highestM * rxSlope) / slopes,
  };
}
