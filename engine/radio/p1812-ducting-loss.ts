// Basic transmission loss while the signal is led by a duct or thrown back by a layer: ITU-R P.1812 section 4.5.
import { cbrt, exp, log10, pow, tanh } from '../geo/steady-math.ts';
import { inlandWeight, type P1812Climate } from './p1812-climate.ts';
import type { P1812Geometry } from './p1812-geometry.ts';

export interface DuctingPath {
  readonly lengthKm: number;
  readonly frequencyGhz: number;
  readonly timePercent: number;
  /** Antennas above mean sea level, metres. */
  readonly txHeightAmslM: number;
  readonly rxHeightAmslM: number;
  readonly txToCoastKm: number;
  readonly rxToCoastKm: number;
  readonly climate: P1812Climate;
  readonly geometry: P1812Geometry;
}

/** Loss in dB not exceeded for the given percent of time. */
export function p1812DuctingLossDb(path: DuctingPath): number {
  const { frequencyGhz, geometry } = path;
  const couplingDb =
    102.45 +
    20 * log10(frequencyGhz) +
    20 * log10(geometry.txHorizonKm + geometry.rxHorizonKm) +
    longWaveDb(frequencyGhz) +
    shieldingDb(geometry.txElevationMrad, geometry.txHorizonKm, frequencyGhz) +
    shieldingDb(geometry.rxElevationMrad, geometry.rxHorizonKm, frequencyGhz) +
    seaDuctDb(path.txToCoastKm, geometry.txHorizonKm, path.txHeightAmslM, path.climate.seaShare) +
    seaDuctDb(path.rxToCoastKm, geometry.rxHorizonKm, path.rxHeightAmslM, path.climate.seaShare);
  return couplingDb + angleDb(path) + timeDb(path);
}

/** Long waves fit badly into a duct. */
function longWaveDb(frequencyGhz: number): number {
  return frequencyGhz < 0.5 ? 45.375 - 137 * frequencyGhz + 92.5 * frequencyGhz * frequencyGhz : 0;
}

/** A horizon above the flat shields the station from the duct. */
function shieldingDb(elevationMrad: number, horizonKm: number, frequencyGhz: number): number {
  const excessMrad = elevationMrad - 0.1 * horizonKm;
  if (!(excessMrad > 0)) return 0;
  return (
    20 * log10(1 + 0.361 * excessMrad * Math.sqrt(frequencyGhz * horizonKm)) +
    0.264 * excessMrad * cbrt(frequencyGhz)
  );
}

/** A gain for a station near the coast that looks over the sea. */
function seaDuctDb(toCoastKm: number, horizonKm: number, heightAmslM: number, seaShare: number): number {
  if (seaShare < 0.75 || toCoastKm > 5 || toCoastKm > horizonKm) return 0;
  return -3 * exp(-0.25 * toCoastKm * toCoastKm) * (1 + tanh(0.07 * (50 - heightAmslM)));
}

function angleDb({ lengthKm, frequencyGhz, climate, geometry }: DuctingPath): number {
  const perMradDb = 5e-5 * climate.medianRadiusKm * cbrt(frequencyGhz);
  const angleMrad =
    (1000 * lengthKm) / climate.medianRadiusKm +
    Math.min(geometry.txElevationMrad, 0.1 * geometry.txHorizonKm) +
    Math.min(geometry.rxElevationMrad, 0.1 * geometry.rxHorizonKm);
  return perMradDb * angleMrad;
}

/** How the loss spreads over time around the percent of time in which ducts and layers are there at all. */
function timeDb(path: DuctingPath): number {
  const { lengthKm } = path;
  const ductPercent = path.climate.layerPercent * pathFactor(path) * roughnessFactor(path);
  const ductLog = log10(ductPercent);
  const exponent =
    (1.076 / pow(2.0058 - ductLog, 1.012)) *
    exp(-(9.51 - 4.8 * ductLog + 0.198 * ductLog * ductLog) * 1e-6 * pow(lengthKm, 1.13));
  const ratio = path.timePercent / ductPercent;
  return -12 + (1.2 + 3.7e-3 * lengthKm) * log10(ratio) + 12 * pow(ratio, exponent);
}

function pathFactor({ lengthKm, climate, geometry }: DuctingPath): number {
  const exponent = Math.max(-3.4, -0.6 - 3.5e-9 * pow(lengthKm, 3.1) * inlandWeight(climate.longestInlandKm));
  const rootHeights = Math.sqrt(geometry.txDuctHeightM) + Math.sqrt(geometry.rxDuctHeightM);
  const curvature = ((500 / climate.medianRadiusKm) * lengthKm * lengthKm) / (rootHeights * rootHeights);
  return Math.min(1, pow(curvature, exponent));
}

function roughnessFactor({ lengthKm, geometry }: DuctingPath): number {
  const { roughnessM } = geometry;
  if (roughnessM <= 10) return 1;
  const betweenKm = Math.min(lengthKm - geometry.txHorizonKm - geometry.rxHorizonKm, 40);
  return exp(-4.6e-5 * (roughnessM - 10) * (43 + 6 * betweenKm));
}
