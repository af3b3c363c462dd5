// Loss of one path by ITU-R P.1812 over what really lies under it: bare ground, and on it buildings or clutter classes.
// Nothing else is added to it: neither terrain excess nor a state of sight, the profile holds both.
import { localZone } from '../geo/local-zone.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { Surface } from '../grid/make-surface.ts';
import { clutterClasses } from '../model/clutter-raster.ts';
import { p1812LossDb } from '../radio/p1812-loss.ts';
import type { StationPlace } from './station-place.ts';
import { RECEIVER_HEIGHT_M } from './station-tables.ts';

/** Distance between samples, and in the last stretch before the receiver, whose clutter decides most. */
const STEP_M = 30;
const FINE_STEP_M = 10;
const FINE_FROM_M = 100;
/** The model needs five points however short the path. */
const LEAST_POINTS = 5;
const MOST_POINTS = 4096;

const distanceKm = new Float64Array(MOST_POINTS);
const groundM = new Float64Array(MOST_POINTS);
const clutterM = new Float64Array(MOST_POINTS);

/** Degrees of latitude in the middle of the grid. */
export function middleLatitudeDeg(grid: DemandGrid): number {
  const { epsg, westM, northM, columns, rows, binSizeM } = grid;
  return localZone(epsg).toDegrees(westM + (columns * binSizeM) / 2, northM - (rows * binSizeM) / 2)[1];
}

/** Median over half the time and half the places, dB. `surface` null: flat open ground. */
export function profileLossDb(
  surface: Surface | null,
  from: StationPlace,
  toEastM: number,
  toNorthM: number,
  frequencyGhz: number,
  latitudeDeg: number,
): number {
  const east = toEastM - from.eastM;
  const north = toNorthM - from.northM;
  const lengthM = Math.max(1, Math.sqrt(east * east + north * north));
  const coarseM = Math.max(0, lengthM - FINE_FROM_M);
  const coarse = Math.min(MOST_POINTS - 100, Math.ceil(coarseM / STEP_M));
  const fine = Math.max(LEAST_POINTS - 1, Math.ceil((lengthM - coarseM) / FINE_STEP_M));
  const points = coarse + fine + 1;
  for (let point = 0; point < points; point++) {
    const atM =
      point < coarse ? (coarseM * point) / coarse : coarseM + ((lengthM - coarseM) * (point - coarse)) / fine;
    distanceKm[point] = atM / 1000;
    const part = atM / lengthM;
    sampleGround(surface, from.eastM + part * east, from.northM + part * north, point);
  }
  // The antenna stands on its own roof: neither end has clutter.
  clutterM[0] = 0;
  clutterM[points - 1] = 0;
  return p1812LossDb({
    profile: {
      distanceKm: distanceKm.subarray(0, points),
      groundM: groundM.subarray(0, points),
      clutterM: clutterM.subarray(0, points),
    },
    frequencyGhz,
    timePercent: 50,
    polarisation: 'vertical',
    txHeightM: Math.max(1, from.heightM),
    rxHeightM: RECEIVER_HEIGHT_M,
    latitudeDeg,
  });
}

function sampleGround(surface: Surface | null, eastM: number, northM: number, point: number): void {
  groundM[point] = 0;
  clutterM[point] = 0;
  if (!surface) return;
  const column = Math.floor((eastM - surface.westM) / surface.cellM);
  const row = Math.floor((surface.northM - northM) / surface.cellM);
  if (column < 0 || row < 0 || column >= surface.columns || row >= surface.rows) return;
  const cell = row * surface.columns + column;
  if (surface.groundM) groundM[point] = surface.groundM[cell]!;
  const roofM = surface.heightDm[cell]! / 10;
  clutterM[point] =
    roofM > 0 || surface.clutterCode === null ? roofM : clutterClasses[surface.clutterCode[cell]!]!.heightM;
}
