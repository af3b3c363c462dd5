// Diffraction over a whole profile by one equivalent edge: ITU-R P.526-15 section 4.5, the same as P.1812 section 4.3.1.
// Chosen over cascaded edges because no choice of edge jumps between neighbouring bins. Wavelength 0.2998 / f as the
// reference codes of P.1812 have it. Cost: one pass over the samples, a second one over a part of them; no allocation,
// a division only where a new steepest slope is found, no root until the end.
import { exp } from '../geo/steady-math.ts';
import { CLEAR_EDGE, knifeEdgeLossDb } from './knife-edge-loss.ts';

/** Median effective radius of the earth for a refractivity lapse of 45 N-units per km, kilometres. */
export const MEDIAN_EARTH_RADIUS_KM = (6371 * 157) / (157 - 45);

/** Wavelength in metres times frequency in GHz, rounded as the reference codes of P.1812 have it. */
export const WAVELENGTH_M_GHZ = 0.2998;

/** Samples from the transmitter (distance 0) to the receiver, both included; distances rise. */
export interface PathProfile {
  readonly distanceKm: Float64Array;
  /** Above mean sea level, metres. The values at the two ends are not looked at. */
  readonly heightM: Float64Array;
}

export interface DiffractionLink {
  /** Antennas above mean sea level, metres. */
  readonly txHeightAmslM: number;
  readonly rxHeightAmslM: number;
  readonly frequencyGhz: number;
  readonly effectiveEarthRadiusKm: number;
}

/** Loss in dB beyond free space. A profile of two points has nothing in the way: 0. */
export function bullingtonLossDb(profile: PathProfile, link: DiffractionLink): number {
  const { distanceKm } = profile;
  return lossOfEdgeDb(bullingtonParameter(profile, link), distanceKm[distanceKm.length - 1]!);
}

/** The diffraction parameter nu of the equivalent edge; minus infinity when nothing stands between the ends. */
export function bullingtonParameter({ distanceKm, heightM }: PathProfile, link: DiffractionLink): number {
  const { txHeightAmslM, rxHeightAmslM } = link;
  const last = distanceKm.length - 1;
  const lengthKm = distanceKm[last]!;
  const bulge = 500 / link.effectiveEarthRadiusKm;
  const wavelengthM = WAVELENGTH_M_GHZ / link.frequencyGhz;
  let txSlope = Number.NEGATIVE_INFINITY;
  let horizon = 1;
  for (let i = 1; i < last; i++) {
    const d = distanceKm[i]!;
    const rise = heightM[i]! + bulge * d * (lengthKm - d) - txHeightAmslM;
    if (rise > txSlope * d) {
      txSlope = rise / d;
      horizon = i;
    }
  }
  const directSlope = (rxHeightAmslM - txHeightAmslM) / lengthKm;
  if (txSlope < directSlope) {
    // Every sample lies under the ray: the largest nu is the smallest squared clearance over d (D - d).
    let least = Number.POSITIVE_INFINITY;
    for (let i = 1; i < last; i++) {
      const d = distanceKm[i]!;
      const spread = d * (lengthKm - d);
      const clearance = txHeightAmslM + directSlope * d - heightM[i]! - bulge * spread;
      if (clearance * clearance < least * spread) least = (clearance * clearance) / spread;
    }
    return -Math.sqrt((least * 0.002 * lengthKm) / wavelengthM);
  }
  // Seen from the receiver nothing before the transmitter's horizon can be the steepest.
  let rxSlope = Number.NEGATIVE_INFINITY;
  for (let i = horizon; i < last; i++) {
    const d = distanceKm[i]!;
    const left = lengthKm - d;
    const rise = heightM[i]! + bulge * d * left - rxHeightAmslM;
    if (rise > rxSlope * left) rxSlope = rise / left;
  }
  return crossingParameter(txHeightAmslM, rxHeightAmslM, txSlope, rxSlope, lengthKm, wavelengthM);
}

/**
 * The same over samples a constant step apart, for millions of calls: `heightM[0]` to `heightM[count - 1]` above mean sea
 * level, path length (count - 1) · stepM. Loss in dB beyond free space; 0 for fewer than three samples.
 */
export function bullingtonAlong(
  heightM: Float64Array,
  count: number,
  stepM: number,
  txHeightAmslM: number,
  rxHeightAmslM: number,
  frequencyGhz: number,
  effectiveEarthRadiusKm: number,
): number {
  const last = count - 1;
  if (last < 2) return 0;
  const lengthKm = (last * stepM) / 1000;
  const stepKm = stepM / 1000;
  const bulge = (500 * stepKm * stepKm) / effectiveEarthRadiusKm;
  const wavelengthM = WAVELENGTH_M_GHZ / frequencyGhz;
  let txSlope = Number.NEGATIVE_INFINITY;
  let horizon = 1;
  for (let i = 1; i < last; i++) {
    const rise = heightM[i]! + bulge * i * (last - i) - txHeightAmslM;
    if (rise > txSlope * i) {
      txSlope = rise / i;
      horizon = i;
    }
  }
  const directSlope = (rxHeightAmslM - txHeightAmslM) / last;
  if (txSlope < directSlope) {
    // Starts at the clearance from which on an edge costs nothing.
    const free = (CLEAR_EDGE * CLEAR_EDGE * wavelengthM * stepKm) / (0.002 * last);
    let least = free;
    for (let i = 1; i < last; i++) {
      const spread = i * (last - i);
      const clearance = txHeightAmslM + directSlope * i - heightM[i]! - bulge * spread;
      if (clearance * clearance < least * spread) least = (clearance * clearance) / spread;
    }
    if (least === free) return 0;
    return lossOfEdgeDb(-Math.sqrt((least * 0.002 * last) / (wavelengthM * stepKm)), lengthKm);
  }
  let rxSlope = Number.NEGATIVE_INFINITY;
  for (let i = horizon; i < last; i++) {
    const left = last - i;
    const rise = heightM[i]! + bulge * i * left - rxHeightAmslM;
    if (rise > rxSlope * left) rxSlope = rise / left;
  }
  const edge = crossingParameter(
    txHeightAmslM,
    rxHeightAmslM,
    txSlope / stepKm,
    rxSlope / stepKm,
    lengthKm,
    wavelengthM,
  );
  return lossOfEdgeDb(edge, lengthKm);
}

/** nu of the point where the steepest rays of both ends cross; slopes in metres per kilometre. */
function crossingParameter(
  txHeightM: number,
  rxHeightM: number,
  txSlope: number,
  rxSlope: number,
  lengthKm: number,
  wavelengthM: number,
): number {
  const d = (rxHeightM - txHeightM + rxSlope * lengthKm) / (txSlope + rxSlope);
  const left = lengthKm - d;
  // A path that only just touches has no crossing: its edge lies on the ray.
  if (!(d * left > 0)) return 0;
  const aboveRayM = txHeightM + txSlope * d - (txHeightM * left + rxHeightM * d) / lengthKm;
  return aboveRayM * Math.sqrt((0.002 * lengthKm) / (wavelengthM * d * left));
}

/** Knife edge plus the allowance for further obstacles. */
function lossOfEdgeDb(edge: number, lengthKm: number): number {
  const edgeDb = knifeEdgeLossDb(edge);
  return edgeDb + (1 - exp(-edgeDb / 6)) * (10 + 0.02 * lengthKm);
}
