// Everything of a station's level that depends on distance alone, tabulated once per form and antenna height: path losses,
// the elevation under which a receiver appears, the chance of sight. One metre steps, read with linear interpolation (error
// below 0.02 dB): no logarithm is left in the inner loop. Antenna heights are those above the ground at the receiver.
import { atan2 } from '../geo/steady-math.ts';
import type { StationForm } from '../model/equipment-profile.ts';
import { PlanningError } from '../model/planning-error.ts';
import { normalTail } from '../radio/normal-distribution.ts';
import type { SightState } from '../radio/sight-state.ts';
import { stationLosProbability, stationPathLossDb } from '../radio/station-path-loss.ts';
import { gradeOf } from './probability-grades.ts';

/** Where people are: in the street. */
export const RECEIVER_HEIGHT_M = 1.5;
export const HIGHEST_ANTENNA_M = 1000;

export interface StationTables {
  /** Entries are metres 0, 1, 2 … one past the radius. Losses are 0 for P1812, which computes each path. */
  readonly losLossDb: Float32Array;
  readonly nlosLossDb: Float32Array;
  /** Elevation of the receiver in half degrees above straight down: 0 below the antenna, 180 at the horizon. */
  readonly elevation: Float32Array;
  /** Chance of line of sight, for places without buildings. */
  readonly losChance: Float32Array;
  /** Median loss over both states, for places without buildings; NaN until `mixedLossAt` first asks. */
  readonly mixedLossDb: Float32Array;
}

/** Throws COVERAGE_SITE_HEIGHT when the antenna is not above the ground or higher than 1 km. */
export function makeStationTables(
  form: StationForm,
  heightM: number,
  frequencyGhz: number,
  radiusM: number,
): StationTables {
  checkAntennaHeight(heightM);
  const entries = Math.ceil(radiusM) + 2;
  const losLossDb = new Float32Array(entries);
  const nlosLossDb = new Float32Array(entries);
  const elevation = new Float32Array(entries);
  const losChance = new Float32Array(entries);
  const { model } = form;
  const lossDb = (state: SightState, distance2dM: number): number =>
    model === 'P1812'
      ? 0
      : stationPathLossDb(
          model,
          { state, distance2dM, baseHeightM: heightM, userHeightM: RECEIVER_HEIGHT_M, frequencyGhz },
          form.roadHeightM,
        );
  for (let distance2dM = 0; distance2dM < entries; distance2dM++) {
    losLossDb[distance2dM] = lossDb('LOS', distance2dM);
    nlosLossDb[distance2dM] = lossDb('NLOS', distance2dM);
    elevation[distance2dM] = 180 - atan2(heightM - RECEIVER_HEIGHT_M, distance2dM) * HALF_DEGREES;
    losChance[distance2dM] =
      model === 'P1812' ? 1 : stationLosProbability(model, distance2dM, RECEIVER_HEIGHT_M);
  }
  const mixedLossDb = new Float32Array(entries).fill(Number.NaN);
  return { losLossDb, nlosLossDb, elevation, losChance, mixedLossDb };
}

export function checkAntennaHeight(heightM: number): void {
  if (!(heightM > 0 && heightM <= HIGHEST_ANTENNA_M))
    throw new PlanningError('COVERAGE_SITE_HEIGHT', { heightM });
}

/** Levels are tabulated from -200 dBm in tenths; weaker and stronger ones count as the first and the last. */
export const WEAKEST_TENTHS = -2000;
const LEVEL_ENTRIES = 2501;

/** Place of a level in the tables below. */
export function levelEntry(tenths: number): number {
  const entry = tenths - WEAKEST_TENTHS;
  return entry < 0 ? 0 : entry >= LEVEL_ENTRIES ? LEVEL_ENTRIES - 1 : entry;
}

/** Chance that a median level (0.1 dBm) is at or above the threshold, and its grade. */
export interface ChanceTables {
  readonly chance: Float64Array;
  readonly grade: Uint8Array;
}

export function makeChanceTables(thresholdDbm: number, sigmaDb: number): ChanceTables {
  const chance = Float64Array.from({ length: LEVEL_ENTRIES }, (_, entry) => {
    // Tenths are subtracted as whole numbers, so that a level at the threshold has a chance of exactly one half.
    const below = Math.round(thresholdDbm * 1000) - 100 * (entry + WEAKEST_TENTHS);
    return normalTail(below / 1000 / sigmaDb);
  });
  return { chance, grade: Uint8Array.from(chance, gradeOf) };
}

interface Spreads {
  readonly losSigmaDb: number;
  readonly nlosSigmaDb: number;
}

/** Median loss over both states in dB at `metre + part` metres. One search per metre and table, read between like the others. */
export function mixedLossAt(tables: StationTables, spreads: Spreads, metre: number, part: number): number {
  const from = mixedEntry(tables, spreads, metre);
  return from + part * (mixedEntry(tables, spreads, metre + 1) - from);
}

function mixedEntry(
  { losLossDb, nlosLossDb, losChance, mixedLossDb }: StationTables,
  spreads: Spreads,
  metre: number,
): number {
  if (Number.isNaN(mixedLossDb[metre]!))
    mixedLossDb[metre] = mixedMedianLossDb(spreads, losChance[metre]!, losLossDb[metre]!, nlosLossDb[metre]!);
  // Read back: the first reader gets the rounded number as all later ones do.
  return mixedLossDb[metre]!;
}

/** The loss at which the mixed chance of both states is one half: by halving between the two losses, to 1e-4 dB. */
function mixedMedianLossDb(
  { losSigmaDb, nlosSigmaDb }: Spreads,
  losChance: number,
  losLossDb: number,
  nlosLossDb: number,
): number {
  let low = losLossDb;
  let high = nlosLossDb;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    const chance =
      losChance * normalTail((losLossDb - middle) / losSigmaDb) +
      (1 - losChance) * normalTail((nlosLossDb - middle) / nlosSigmaDb);
    if (chance < 0.5) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const HALVINGS = 20;
const HALF_DEGREES = 360 / Math.PI;
