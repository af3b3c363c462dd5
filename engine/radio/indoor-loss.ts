// From the street into a building or a car: 3GPP TR 38.901 clauses 7.4.3.1 and 7.4.3.2. Added to the outdoor loss at the
// facade. The standard draws the depth and the spread at random; a plan uses the mean depth and carries sigma into the
// probability of coverage. Either this or building-entry-loss.ts, never both.
import { log10, pow } from '../geo/steady-math.ts';
import { type MaterialEdition, materialLossDb } from './material-loss.ts';

/** Low: 30 % plain glass. High: 70 % coated glass. Legacy: the flat 20 dB of older releases, UMa and UMi below 6 GHz. */
export type BuildingLoss = 'low' | 'high' | 'legacy';

export interface IndoorEntry {
  readonly building: BuildingLoss;
  readonly frequencyGhz: number;
  /** Way from the facade to the receiver, metres. */
  readonly depthM: number;
  readonly edition?: MaterialEdition;
}

/** Mean of the smaller of two depths drawn evenly from 0 to 25 m: UMa and UMi. */
export const MEAN_INDOOR_DEPTH_M = 25 / 3;
/** The same from 0 to 10 m: RMa, where only the low-loss model is meant. */
export const MEAN_RURAL_INDOOR_DEPTH_M = 10 / 3;

const LOSS_PER_INDOOR_METRE_DB = 0.5;
/** Walls are met at a slant: 5 dB on top of the mean over the facade. */
const SLANT_DB = 5;

/** Mean loss in dB of wall and way inside. */
export function indoorLossDb(entry: IndoorEntry): number {
  return (
    wallLossDb(entry.building, entry.frequencyGhz, entry.edition) + LOSS_PER_INDOOR_METRE_DB * entry.depthM
  );
}

/** Mean loss in dB of the wall alone. */
export function wallLossDb(
  building: BuildingLoss,
  frequencyGhz: number,
  edition: MaterialEdition = '<=18',
): number {
  if (building === 'legacy') return 20;
  const high = building === 'high';
  const glassDb = materialLossDb(high ? 'coatedGlass' : 'multiPaneGlass', frequencyGhz, edition);
  const concreteDb = materialLossDb('concrete', frequencyGhz, edition);
  const glassShare = high ? 0.7 : 0.3;
  const passed = glassShare * pow(10, -glassDb / 10) + (1 - glassShare) * pow(10, -concreteDb / 10);
  return SLANT_DB - 10 * log10(passed);
}

/** Spread of the wall loss in dB; its square is added to that of shadow fading. */
export function wallSigmaDb(building: BuildingLoss): number {
  return WALL_SIGMA_DB[building];
}

const WALL_SIGMA_DB = { low: 4.4, high: 6.5, legacy: 0 } as const;

/** Height of a receiver on a storey above the ground, metres; the ground floor is 1. Throws below 1. */
export function storeyHeightM(storey: number): number {
  if (!(storey >= 1)) throw new RangeError(`storeyHeightM: expected a storey of 1 or more, got ${storey}`);
  return 3 * (storey - 1) + 1.5;
}

export type CarWindows = 'plain' | 'coated';

/** Mean loss in dB into a car, 0.6 to 60 GHz. */
export function carLossDb(windows: CarWindows): number {
  return windows === 'coated' ? 20 : 9;
}

/** Spread of the loss into a car in dB. */
export const CAR_SIGMA_DB = 5;
