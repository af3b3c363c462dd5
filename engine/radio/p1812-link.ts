// What ITU-R P.1812 needs to know about one link. The radio-climate maps of the ITU may not be passed on, so lapse rate and
// surface refractivity are inputs with city constants as defaults; a result must say which were used.
import type { Polarisation } from './spherical-earth-loss.ts';

/** Radio-climatic zone of a profile point, as the Recommendation numbers them. */
export const CLIMATE_ZONE = { sea: 1, coastal: 3, inland: 4 } as const;

/** Refractivity lapse in N-units per km and surface refractivity in N-units where no map is at hand. */
export const DEFAULT_LAPSE_RATE = 45;
export const DEFAULT_SURFACE_REFRACTIVITY = 325;

export interface P1812Profile {
  /** From the transmitter, starting at 0 and rising; at least five points. */
  readonly distanceKm: Float64Array;
  /** Bare ground above mean sea level, metres. */
  readonly groundM: Float64Array;
  /** Representative height of what stands on the ground, metres; left out: nothing. Not counted at the two ends. */
  readonly clutterM?: Float64Array;
  /** `CLIMATE_ZONE` of every point; left out: inland everywhere. */
  readonly zone?: Uint8Array;
}

export interface P1812Link {
  readonly profile: P1812Profile;
  readonly frequencyGhz: number;
  /** Share of an average year in which the loss is not exceeded: 1 to 50. */
  readonly timePercent: number;
  /** Share of places in the bin where the loss is not exceeded: 1 to 99, 50 when left out. */
  readonly locationPercent?: number;
  /** Spread over the places of a bin, `locationSigmaDb`; 0 when left out. */
  readonly locationSigmaDb?: number;
  readonly polarisation: Polarisation;
  /** Antennas above ground, 1 to 3000 m. */
  readonly txHeightM: number;
  readonly rxHeightM: number;
  /** Latitude of the middle of the path. */
  readonly latitudeDeg: number;
  readonly lapseRate?: number;
  readonly surfaceRefractivity?: number;
  /** Way over land from either end to the coast, towards the other end; 500 km when left out, 0 for an end at sea. */
  readonly txToCoastKm?: number;
  readonly rxToCoastKm?: number;
}

/** Throws RangeError when the link cannot be computed at all. Ranges of validity are `checkValidity`'s business. */
export function assertP1812Link(link: P1812Link): void {
  const { distanceKm, groundM, clutterM, zone } = link.profile;
  const points = distanceKm.length;
  if (points < 5) throw new RangeError(`p1812: expected at least 5 profile points, got ${points}`);
  for (const [name, array] of Object.entries({ groundM, clutterM, zone })) {
    if (array !== undefined && array.length !== points) {
      throw new RangeError(`p1812: expected ${points} values in ${name}, got ${array.length}`);
    }
  }
  if (distanceKm[0] !== 0) throw new RangeError(`p1812: expected distances from 0, got ${distanceKm[0]}`);
  for (let i = 1; i < points; i++) {
    if (!(distanceKm[i]! > distanceKm[i - 1]!)) {
      throw new RangeError(`p1812: expected rising distances, got ${distanceKm[i]} km at point ${i}`);
    }
  }
  assertWithin('timePercent', link.timePercent, 1, 50);
  assertWithin('locationPercent', link.locationPercent ?? 50, 1, 99);
  assertWithin('txHeightM', link.txHeightM, 1, 3000);
  assertWithin('rxHeightM', link.rxHeightM, 1, 3000);
}

function assertWithin(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`p1812: expected ${name} from ${least} to ${most}, got ${value}`);
  }
}
