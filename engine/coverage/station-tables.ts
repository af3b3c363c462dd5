// Everything of a station's level that depends on distance alone, tabulated once per form and antenna height: path losses,
// vertical pattern, and for places where line of sight is only a chance the quantiles of the mixed level.
// One metre steps, read with linear interpolation (error below 0.02 dB): no logarithm is left in the inner loop.
// Flat ground: with ground heights the vertical angle and the slant distance come per bin, and this file is where they enter.
import type { StationForm } from '../model/equipment-profile.ts';
import { PlanningError } from '../model/planning-error.ts';
import { normalQuantile, normalTail } from '../radio/normal-distribution.ts';
import { horizontalLossDb, verticalLossDb, wrapDeg } from '../radio/sector-pattern.ts';
import { shadowSigmaDb } from '../radio/shadow-sigma.ts';
import type { SightState } from '../radio/sight-state.ts';
import { stationLosProbability, stationPathLossDb } from '../radio/station-path-loss.ts';
import { BINARY_LEVEL, LEVEL_FROM } from './footprints.ts';

/** Where people are: in the street. */
export const RECEIVER_HEIGHT_M = 1.5;
const HIGHEST_ANTENNA_M = 1000;
/** Directions per turn in the horizontal table. */
export const DIRECTIONS = 3600;

export interface StationTables {
  /** Entries are metres 0, 1, 2 … one past the service radius. */
  readonly losLossDb: Float32Array;
  readonly nlosLossDb: Float32Array;
  readonly verticalLossDb: Float32Array;
  /** Loss at which the mixed chance is one half; null where buildings decide. */
  readonly mixed: MixedTables | null;
}

export interface MixedTables {
  readonly medianLossDb: Float32Array;
  /** Per probability level, how far above the threshold the median must be; zero at one half. */
  readonly headroomDb: readonly Float32Array[];
}

/** Standard normal distances of the probability levels. */
export const LEVEL_SIGMAS = LEVEL_FROM.map((p, level) => (level === BINARY_LEVEL ? 0 : normalQuantile(p)));

/** Throws COVERAGE_SITE_HEIGHT when the antenna is not above the ground or higher than 1 km. */
export function makeStationTables(
  form: StationForm,
  heightM: number,
  frequencyGhz: number,
  mixedSight: boolean,
): StationTables {
  if (!(heightM > 0 && heightM <= HIGHEST_ANTENNA_M))
    throw new PlanningError('COVERAGE_SITE_HEIGHT', { heightM });
  const entries = Math.ceil(form.serviceRadiusM) + 2;
  const losLossDb = new Float32Array(entries);
  const nlosLossDb = new Float32Array(entries);
  const vertical = new Float32Array(entries);
  const lossDb = (state: SightState, distance2dM: number): number =>
    stationPathLossDb(form.model, {
      state,
      distance2dM,
      baseHeightM: heightM,
      userHeightM: RECEIVER_HEIGHT_M,
      frequencyGhz,
    });
  for (let distance2dM = 0; distance2dM < entries; distance2dM++) {
    losLossDb[distance2dM] = lossDb('LOS', distance2dM);
    nlosLossDb[distance2dM] = lossDb('NLOS', distance2dM);
    const zenithDeg = 90 + (Math.atan2(heightM - RECEIVER_HEIGHT_M, distance2dM) * 180) / Math.PI;
    vertical[distance2dM] = verticalLossDb(zenithDeg, form.downtiltDeg, form);
  }
  const mixed = mixedSight ? makeMixedTables(form, losLossDb, nlosLossDb) : null;
  return { losLossDb, nlosLossDb, verticalLossDb: vertical, mixed };
}

/** Horizontal pattern loss of the best sector per tenth of a degree from grid north; empty for an all-round antenna. */
export function makeHorizontalTable(form: StationForm): Float32Array {
  if (form.azimuthsDeg.length === 0) return new Float32Array(0);
  return Float32Array.from({ length: DIRECTIONS + 1 }, (_, step) => {
    const losses = form.azimuthsDeg.map((azimuth) =>
      horizontalLossDb(wrapDeg((step * 360) / DIRECTIONS - azimuth), form),
    );
    return Math.min(...losses);
  });
}

function makeMixedTables(form: StationForm, los: Float32Array, nlos: Float32Array): MixedTables {
  const losSigma = shadowSigmaDb(form.model, 'LOS');
  const nlosSigma = shadowSigmaDb(form.model, 'NLOS');
  const quantiles = LEVEL_FROM.map((probability, level) => {
    const table = new Float32Array(los.length);
    for (let d = 0; d < los.length; d++) {
      table[d] = mixedQuantileDb({
        probability,
        sigmas: LEVEL_SIGMAS[level]!,
        losProbability: stationLosProbability(form.model, d, RECEIVER_HEIGHT_M),
        losLossDb: los[d]!,
        nlosLossDb: nlos[d]!,
        losSigma,
        nlosSigma,
        startDb: d > 0 ? table[d - 1]! : los[0]!,
      });
    }
    return table;
  });
  const medianLossDb = quantiles[BINARY_LEVEL]!;
  const headroomDb = quantiles.map((table) => table.map((value, d) => value - medianLossDb[d]!));
  return { medianLossDb, headroomDb };
}

/**
 * The power over the threshold that a link needs so that its mixed chance is `probability`: the root of
 * p·Φ((x − PL_LOS)/σ_LOS) + (1 − p)·Φ((x − PL_NLOS)/σ_NLOS), by Newton's steps kept inside a shrinking bracket, from the root
 * of the metre before.
 */
function mixedQuantileDb(link: {
  probability: number;
  sigmas: number;
  losProbability: number;
  losLossDb: number;
  nlosLossDb: number;
  losSigma: number;
  nlosSigma: number;
  startDb: number;
}): number {
  const { probability, losProbability: p, losLossDb, nlosLossDb, losSigma, nlosSigma } = link;
  const atLos = losLossDb + losSigma * link.sigmas;
  const atNlos = nlosLossDb + nlosSigma * link.sigmas;
  if (p >= 1) return atLos;
  // The mixed chance lies between the two pure ones, so its root lies between their roots.
  let low = Math.min(atLos, atNlos);
  let high = Math.max(atLos, atNlos);
  let x = link.startDb > low && link.startDb < high ? link.startDb : (low + high) / 2;
  for (let step = 0; step < 60 && high - low > 1e-5; step++) {
    const losZ = (x - losLossDb) / losSigma;
    const nlosZ = (x - nlosLossDb) / nlosSigma;
    const excess = p * normalTail(-losZ) + (1 - p) * normalTail(-nlosZ) - probability;
    if (excess > 0) high = x;
    else low = x;
    const slope =
      (p / losSigma) * Math.exp(-0.5 * losZ * losZ) + ((1 - p) / nlosSigma) * Math.exp(-0.5 * nlosZ * nlosZ);
    const next = x - (excess * ROOT_TWO_PI) / slope;
    const move = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(move - x) < 1e-6) return move;
    x = move;
  }
  return x;
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
