// Over the roofs through rows of buildings: ITU-R P.1411-12 clause 4.2.2.1, urban multi-screen diffraction.
// A pole below the roofs must not rest on this path alone: its energy arrives along the streets, and this one says 176 dB.
// Range: 0.8-26 GHz (2-16 GHz below the roofs in streets under 10 m), 20-5000 m, h1 4-55 m, h2 1-3 m.
import { atan, exp, log10, pow } from '../geo/steady-math.ts';
import { p1411WavelengthM } from './p1411-wavelength-m.ts';
import { type RangedLoss, within } from './ranged-loss.ts';

export interface OverRoofLink {
  readonly frequencyGhz: number;
  readonly distanceM: number;
  readonly baseHeightM: number;
  readonly userHeightM: number;
  readonly roofHeightM: number;
  /** Length of the path that lies over buildings, metres. */
  readonly builtLengthM: number;
  readonly buildingSeparationM: number;
  readonly streetWidthM: number;
  /** Between street and path, 0 to 90 degrees. */
  readonly streetAngleDeg: number;
  /** Decides a term up to 2 GHz. */
  readonly city: 'medium' | 'metropolitan';
}

/** Median loss in dB. Throws RangeError for a receiver at or above the roofs or a path that crosses no building. */
export function p1411OverRoofLoss(link: OverRoofLink): RangedLoss {
  const belowRoofM = link.roofHeightM - link.userHeightM;
  if (!(belowRoofM > 0)) {
    throw new RangeError(
      `p1411OverRoofLoss: expected a receiver below the roofs, got ${-belowRoofM} m above`,
    );
  }
  if (!(link.builtLengthM > 0)) {
    throw new RangeError(`p1411OverRoofLoss: expected a built-up length in m, got ${link.builtLengthM}`);
  }
  const frequencyMhz = link.frequencyGhz * 1000;
  const freeDb = 32.4 + 20 * log10(link.distanceM / 1000) + 20 * log10(frequencyMhz);
  const roofToStreetDb =
    -8.2 -
    10 * log10(link.streetWidthM) +
    10 * log10(frequencyMhz) +
    20 * log10(belowRoofM) +
    streetAngleTermDb(link.streetAngleDeg);
  const lossDb = Math.max(freeDb + roofToStreetDb + multiScreenDb(link), freeDb);
  return { lossDb, inRange: isInRange(link) };
}

function isInRange(link: OverRoofLink): boolean {
  const narrowAndLow = link.baseHeightM < link.roofHeightM && link.streetWidthM < 10;
  return (
    within(link.frequencyGhz, narrowAndLow ? 2 : 0.8, narrowAndLow ? 16 : 26) &&
    within(link.distanceM, 20, 5000) &&
    within(link.baseHeightM, 4, 55) &&
    within(link.userHeightM, 1, 3)
  );
}

function streetAngleTermDb(angleDeg: number): number {
  if (angleDeg < 35) return -10 + 0.354 * angleDeg;
  return angleDeg < 55 ? 2.5 + 0.075 * (angleDeg - 35) : 4 - 0.114 * (angleDeg - 55);
}

/** Joins the near form L2 and the far form L1 around the distance where the settled field begins. */
function multiScreenDb(link: OverRoofLink): number {
  const wavelengthM = p1411WavelengthM(link.frequencyGhz);
  const aboveRoofM = awayFromZero(link.baseHeightM - link.roofHeightM);
  const { distanceM, builtLengthM } = link;
  const settledM = (wavelengthM * distanceM * distanceM) / (aboveRoofM * aboveRoofM);
  const breakM = Math.abs(aboveRoofM) * Math.sqrt(builtLengthM / wavelengthM);
  const farDb = (atM: number): number => settledFieldDb(link, aboveRoofM, atM);
  const nearDb = (atM: number): number => unsettledFieldDb(link, aboveRoofM, wavelengthM, atM);
  const upper = farDb(breakM);
  const lower = nearDb(breakM);
  const middle = (upper + lower) / 2;
  const gap = upper - lower;
  const decades = log10(distanceM) - log10(breakM);
  if (gap === 0) return nearDb(distanceM);
  if (builtLengthM > settledM) {
    return gap > 0
      ? middle - tanh(decades / 0.1) * (farDb(distanceM) - middle)
      : farDb(distanceM) - tanh(decades / (0.0417 * gap)) * (upper - middle) - upper + middle;
  }
  return gap > 0
    ? middle + tanh(decades / 0.1) * (nearDb(distanceM) - middle)
    : nearDb(distanceM) + tanh(decades / (0.0417 * gap)) * (middle - lower) + middle - lower;
}

/** L1: the built-up length is long enough for the field to settle. */
function settledFieldDb(link: OverRoofLink, aboveRoofM: number, distanceM: number): number {
  const frequencyMhz = link.frequencyGhz * 1000;
  const above = aboveRoofM > 0;
  const base = frequencyMhz > 2000 ? 73 : 54;
  const shadowDb = above ? -18 * log10(1 + aboveRoofM) : 0;
  const perDecade = above ? 18 : 18 - (15 * aboveRoofM) / link.roofHeightM;
  const atOneKmDb = above
    ? frequencyMhz > 2000
      ? 71.4
      : 54
    : base - 0.8 * aboveRoofM * (distanceM >= 500 ? 1 : distanceM / 500);
  const cityTerm = link.city === 'medium' ? 0.7 : 1.5;
  const perFrequencyDecade = frequencyMhz > 2000 ? -8 : -4 + cityTerm * (frequencyMhz / 925 - 1);
  return (
    shadowDb +
    atOneKmDb +
    perDecade * log10(distanceM / 1000) +
    perFrequencyDecade * log10(frequencyMhz) -
    9 * log10(link.buildingSeparationM)
  );
}

/** L2: few rows of buildings, by how far the antenna clears the roofs. */
function unsettledFieldDb(
  link: OverRoofLink,
  aboveRoofM: number,
  wavelengthM: number,
  distanceM: number,
): number {
  const separationM = link.buildingSeparationM;
  const separationWaves = Math.sqrt(separationM / wavelengthM);
  const upperM = pow(
    10,
    (10 / 9) * log10(separationM / 2.35) - log10(separationWaves) - log10(distanceM) / 9,
  );
  const lowerM =
    (0.00023 * separationM * separationM - 0.1827 * separationM - 9.4978) /
      pow(log10(link.frequencyGhz * 1000), 2.938) +
    0.000781 * separationM +
    0.06923;
  if (aboveRoofM > upperM) {
    return -20 * log10(2.35 * pow((aboveRoofM / distanceM) * separationWaves, 0.9));
  }
  if (aboveRoofM >= lowerM) return -20 * log10(separationM / distanceM);
  const slope = atan(aboveRoofM / separationM);
  const slantM = Math.sqrt(aboveRoofM * aboveRoofM + separationM * separationM);
  const field =
    (separationM / (2 * Math.PI * distanceM)) *
    Math.sqrt(wavelengthM / slantM) *
    (1 / slope - 1 / (2 * Math.PI + slope));
  return -10 * log10(field * field);
}

/** Written with one exponential that cannot overflow. */
function tanh(x: number): number {
  const small = exp(-2 * Math.abs(x));
  return (Math.sign(x) * (1 - small)) / (1 + small);
}

/** The formula divides by this height; nearer than 0.3 m to the roof counts as 0.3 m, on its own side. */
function awayFromZero(aboveRoofM: number): number {
  return Math.abs(aboveRoofM) >= 0.3 ? aboveRoofM : aboveRoofM < 0 ? -0.3 : 0.3;
}
