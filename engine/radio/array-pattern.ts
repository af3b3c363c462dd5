// One beam of an antenna array on the TR 38.901 element: ITU-R M.2101 Annex 1 clause 5. The weights carry a minus in the
// azimuth term, so that the beam points to the scan angle and not to its mirror image.
// The result is not normalised to the sphere (an 8×8 half-wave array gains 2.5 dB from nowhere): peak gains come from data
// sheets, only the shape from here. The double sum is a product of two geometric ones.
import { cos, log10, sin } from '../geo/steady-math.ts';
import { type PatternShape, patternLossDb } from './sector-pattern.ts';

export interface AntennaArray {
  readonly columns: number;
  readonly rows: number;
  /** Between columns and between rows, in wavelengths. */
  readonly columnSpacing: number;
  readonly rowSpacing: number;
  readonly element: PatternShape;
  readonly elementGainDbi: number;
}

export interface Beam {
  /** Below the horizon, degrees. */
  readonly downtiltDeg: number;
  /** From the boresight, same sign as the azimuth. */
  readonly scanDeg: number;
}

/** Gain of one beam in dBi, not normalised; between lobes never darker than 100 dB below the aligned sum. */
export function arrayGainDbi(array: AntennaArray, beam: Beam, azimuthDeg: number, zenithDeg: number): number {
  const zenith = zenithDeg * RADIANS;
  const tilt = beam.downtiltDeg * RADIANS;
  const down = cos(zenith) + sin(tilt);
  const across = sin(zenith) * sin(azimuthDeg * RADIANS) - cos(tilt) * sin(beam.scanDeg * RADIANS);
  const rowHalf = Math.PI * array.rowSpacing * down;
  const columnHalf = Math.PI * array.columnSpacing * across;
  const power =
    alignedPower(array.rows, sin(array.rows * rowHalf), sin(rowHalf)) *
    alignedPower(array.columns, sin(array.columns * columnHalf), sin(columnHalf));
  return beamGainDbi(array, power, azimuthDeg, zenithDeg);
}

/** Gain in dBi of a beam that has this share of the fully aligned power in this direction. */
export function beamGainDbi(
  array: AntennaArray,
  power: number,
  azimuthDeg: number,
  zenithDeg: number,
): number {
  const elements = array.rows * array.columns;
  const arrayDb = 10 * log10(elements * Math.max(power, DARKEST));
  return array.elementGainDbi - patternLossDb(azimuthDeg, zenithDeg, 0, array.element) + arrayDb;
}

/** |Σ exp(j2nh)|² of `count` elements over its largest value, 0..1, from the sines of `count`·h and of h, half the phase step. */
export function alignedPower(count: number, sineOfAll: number, sineOfOne: number): number {
  if (Math.abs(sineOfOne) < 1e-7) return 1;
  const field = sineOfAll / (count * sineOfOne);
  return field * field;
}

const RADIANS = Math.PI / 180;
const DARKEST = 1e-10;
