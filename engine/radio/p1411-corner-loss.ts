// Around one street corner: ITU-R P.1411-12 clause 4.1.3, below 2 GHz for any corner angle, above it for right angles.
// Two misprints are put right: the power sum of 4.1.3.1 lost its minus, and one equation of 4.1.3.2 names Ls where Lc is meant.
// The small step where the corner loss is complete (0.26 dB for x1 60 m, w1 20 m) is part of the model.
import { atan, log10, pow } from '../geo/steady-math.ts';
import { p1411StreetCanyonLoss } from './p1411-street-canyon-loss.ts';
import { p1411WavelengthM } from './p1411-wavelength-m.ts';
import { type RangedLoss, within } from './ranged-loss.ts';

export interface AnyCorner {
  /** Along the streets from the crossing to either end, metres. */
  readonly baseToCrossingM: number;
  readonly userToCrossingM: number;
  readonly baseStreetWidthM: number;
  readonly userStreetWidthM: number;
  /** Angle between the streets in radians; π goes straight on. */
  readonly cornerAngleRad: number;
  readonly frequencyGhz: number;
}

/** Clause 4.1.3.1: reflected and diffracted way added in power. Range: 0.8-2 GHz, corner angle 0.6 to π. */
export function p1411AnyCornerLoss(corner: AnyCorner): RangedLoss {
  const { baseToCrossingM: x1, userToCrossingM: x2, cornerAngleRad, frequencyGhz } = corner;
  const { baseStreetWidthM: w1, userStreetWidthM: w2 } = corner;
  const spreadDb = 20 * log10((4 * Math.PI) / p1411WavelengthM(frequencyGhz));
  const perCrossing = 3.86 / pow(cornerAngleRad, 3.5);
  const reflectedDb = 20 * log10(x1 + x2) + (x1 * x2 * perCrossing) / (w1 * w2) + spreadDb;
  const turnDb = (40 / (2 * Math.PI)) * (atan(x2 / w2) + atan(x1 / w1) - Math.PI / 2);
  const angleDb = 0.1 * (90 - (180 * cornerAngleRad) / Math.PI);
  const diffractedDb = 10 * log10(x1 * x2 * (x1 + x2)) + 2 * turnDb - angleDb + spreadDb;
  const lossDb = -10 * log10(pow(10, -reflectedDb / 10) + pow(10, -diffractedDb / 10));
  const inRange = within(frequencyGhz, 0.8, 2) && cornerAngleRad > 0.6 && cornerAngleRad < Math.PI;
  return { lossDb, inRange };
}

export interface RightCorner {
  readonly baseToCrossingM: number;
  readonly userToCrossingM: number;
  readonly baseStreetWidthM: number;
  readonly baseHeightM: number;
  readonly userHeightM: number;
  /** Height of the traffic as in the street canyon. */
  readonly roadHeightM: number;
  readonly frequencyGhz: number;
  readonly environment: 'urban' | 'residential';
}

/** Clause 4.1.3.2: the median along the first street to the crossing, then the corner. Range: 2-38 GHz, crossing beyond 20 m. */
export function p1411RightCornerLoss(corner: RightCorner): RangedLoss {
  const { baseToCrossingM: x1, userToCrossingM: x2, baseStreetWidthM, environment, frequencyGhz } = corner;
  const streetDb = p1411StreetCanyonLoss({ ...corner, distanceM: x1 }).medianDb;
  const fullDb = environment === 'urban' ? 20 : 30;
  const halfWidthM = baseStreetWidthM / 2;
  const inRange = within(frequencyGhz, 2, 38) && x1 > 20;
  if (x2 <= halfWidthM + 1) return { lossDb: streetDb, inRange };
  if (x2 <= halfWidthM + 1 + CORNER_REGION_M) {
    const cornerDb = (fullDb / log10(1 + CORNER_REGION_M)) * log10(x2 - halfWidthM);
    return { lossDb: streetDb + cornerDb, inRange };
  }
  const beyondDb = 60 * log10((x1 + x2) / (x1 + halfWidthM + CORNER_REGION_M));
  return { lossDb: streetDb + fullDb + beyondDb, inRange };
}

/** Metres of the second street over which the corner loss builds up. */
const CORNER_REGION_M = 30;
