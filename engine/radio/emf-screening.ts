// Screening of public exposure against GB 8702-2014, in the far field of one beam. For choosing where to measure: results are
// shown with power, duty factors and antenna, and never as a verdict (仅供筛查，以实测为准).
// The single-project management value of HJ/T 10.3 is one fifth of the limit: pass it as `limitShare`.
import { pow } from '../geo/steady-math.ts';

export interface ExposureSource {
  /** All ports of the sector together, watts. */
  readonly powerW: number;
  /** Towards the point looked at: traffic peak gain, less for a side lobe. */
  readonly gainDbi: number;
  readonly frequencyMhz: number;
  /** Product of the TDD downlink share and the mean load over six minutes, 0..1. */
  readonly dutyShare: number;
}

/** Limit of the power density for the public in W/m²; the range of GB 8702 table 1 used here is 30 MHz to 15 GHz. */
export function publicLimitWPerM2(frequencyMhz: number): number {
  if (!(frequencyMhz >= 30 && frequencyMhz <= 15_000)) {
    throw new RangeError(`publicLimitWPerM2: expected 30 to 15000 MHz, got ${frequencyMhz}`);
  }
  return frequencyMhz <= 3000 ? 0.4 : frequencyMhz / 7500;
}

/** Mean power density in the far field, W/m². */
export function powerDensityWPerM2(source: ExposureSource, distanceM: number): number {
  return meanEirpW(source) / (4 * Math.PI * distanceM * distanceM);
}

/** Distance in metres beyond which the source stays under this share of the public limit. */
export function limitDistanceM(source: ExposureSource, limitShare = 1): number {
  const limit = publicLimitWPerM2(source.frequencyMhz) * limitShare;
  return Math.sqrt(meanEirpW(source) / (4 * Math.PI * limit));
}

/** Σ Sᵢ/Lᵢ of several sources at one point: screening asks for at most 1. */
export function exposureShare(
  sources: readonly { readonly source: ExposureSource; readonly distanceM: number }[],
): number {
  return sources.reduce(
    (sum, { source, distanceM }) =>
      sum + powerDensityWPerM2(source, distanceM) / publicLimitWPerM2(source.frequencyMhz),
    0,
  );
}

/** Nearer than 2D²/λ to an antenna of this largest dimension the far-field formula does not hold. */
export function nearFieldBoundaryM(antennaSizeM: number, frequencyMhz: number): number {
  const wavelengthM = 299.792458 / frequencyMhz;
  return (2 * antennaSizeM * antennaSizeM) / wavelengthM;
}

function meanEirpW({ powerW, gainDbi, dutyShare }: ExposureSource): number {
  return powerW * dutyShare * pow(10, gainDbi / 10);
}
