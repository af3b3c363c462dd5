// Terrain between an antenna and a receiver: ground heights along the straight line, a constant step apart, and what hills add
// to a formula fitted on flat ground (propagation reference 6.5). Bare ground only: buildings are in the formula already.
import type { Surface } from '../grid/make-surface.ts';
import { MEDIAN_EARTH_RADIUS_KM } from '../radio/bullington-loss.ts';
import { flatGroundLossDb, type TerrainLink, terrainExcessDb } from '../radio/terrain-excess.ts';
import { groundAt } from './coverage-model.ts';
import { RECEIVER_HEIGHT_M } from './station-tables.ts';

/** Samples are at the most this far apart: the step of the usual terrain models. */
const STEP_M = 30;
const samples = new Float64Array(8192);

/** Excess loss in dB; 0 on paths under three steps. Antenna height above its own ground. */
export function terrainExcessAlong(
  surface: Surface,
  from: { readonly eastM: number; readonly northM: number; readonly heightM: number },
  toEastM: number,
  toNorthM: number,
  frequencyGhz: number,
): number {
  const east = toEastM - from.eastM;
  const north = toNorthM - from.northM;
  const lengthM = Math.sqrt(east * east + north * north);
  const steps = Math.min(samples.length - 1, Math.ceil(lengthM / STEP_M));
  if (steps < 3) return 0;
  for (let step = 0; step <= steps; step++) {
    const part = step / steps;
    samples[step] = groundAt(surface, from.eastM + part * east, from.northM + part * north);
  }
  const link = {
    txHeightM: from.heightM,
    rxHeightM: RECEIVER_HEIGHT_M,
    frequencyGhz,
    effectiveEarthRadiusKm: MEDIAN_EARTH_RADIUS_KM,
  };
  return terrainExcessDb(samples, steps + 1, lengthM / steps, link, flatLossDb(lengthM, link));
}

/** What flat ground costs depends on the length alone: kept per metre for the antenna asked for last, and read in between. */
function flatLossDb(lengthM: number, link: TerrainLink): number {
  if (link.txHeightM !== kept.txHeightM || link.frequencyGhz !== kept.frequencyGhz) {
    kept = { txHeightM: link.txHeightM, frequencyGhz: link.frequencyGhz, lossDb: [] };
  }
  const metre = lengthM | 0;
  const from = flatAtMetre(metre, link);
  return from + (lengthM - metre) * (flatAtMetre(metre + 1, link) - from);
}

function flatAtMetre(metre: number, link: TerrainLink): number {
  const known = kept.lossDb[metre];
  if (known !== undefined) return known;
  const steps = Math.max(1, Math.ceil(metre / STEP_M));
  const lossDb = flatGroundLossDb(steps + 1, metre / steps, link);
  kept.lossDb[metre] = lossDb;
  return lossDb;
}

let kept: { readonly txHeightM: number; readonly frequencyGhz: number; readonly lossDb: number[] } = {
  txHeightM: 0,
  frequencyGhz: 0,
  lossDb: [],
};
