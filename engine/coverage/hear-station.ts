// One station over all bins in its service radius: level, probability levels, line of sight. The inner loop of a plan:
// two table reads, one direction and one ray per bin, everything else is made beforehand.
// Levels are rounded to 0.1 dBm before anything is compared, so that Node and browsers decide alike.
import { STRIP_COLUMNS } from '../grid/demand-grid.ts';
import { type CoverageModel, type FormTables, tablesOf } from './coverage-model.ts';
import { LEVEL_FROM } from './footprints.ts';
import { carrierOf, sightIsClear } from './sight-is-clear.ts';
import type { StationPlace } from './station-place.ts';
import { DIRECTIONS, RECEIVER_HEIGHT_M, type StationTables } from './station-tables.ts';

/** Bins of one station in ascending order; arrays are reused and only the first `count` entries hold. */
export class Heard {
  count = 0;
  bins: Uint32Array = new Uint32Array(4096);
  level: Int16Array = new Int16Array(4096);
  reached: Uint8Array = new Uint8Array(4096);
  /** 1 where the antenna is in sight, or where sight is only a chance. */
  seen: Uint8Array = new Uint8Array(4096);

  makeRoom(bins: number): void {
    if (bins <= this.bins.length) return;
    const size = Math.max(bins, 2 * this.bins.length);
    this.bins = widened(this.bins, new Uint32Array(size));
    this.level = widened(this.level, new Int16Array(size));
    this.reached = widened(this.reached, new Uint8Array(size));
    this.seen = widened(this.seen, new Uint8Array(size));
  }
}

const LEVELS = LEVEL_FROM.length;
const DIRECTIONS_PER_RADIAN = DIRECTIONS / (2 * Math.PI);

/**
 * Fills `heard`. Indoor bins are left out. With `reach`, rays are saved where they would tell nothing: the bin is known to be
 * in sight of somebody (2) and reaches the same levels either way, or is too far; its `level` is then the hidden one.
 */
export function hearStation(
  model: CoverageModel,
  place: StationPlace,
  heard: Heard,
  reach: Uint8Array | null,
): void {
  const { grid, surface } = model;
  const { form, tables } = tablesOf(model, place);
  const radiusM = place.form.serviceRadiusM;
  const radius2 = radiusM * radiusM;
  const usefulM = usefulRadiusM(form, tables, radiusM);
  const ownBuilding = surface ? carrierOf(surface, place) : 0;
  const { binSizeM, columns, binAt, receiverEastM, receiverNorthM, indoor } = grid;
  const { losLossDb, nlosLossDb, verticalLossDb, mixed } = tables;
  const { peakDbm, horizontalLossDb, losNeed, nlosNeed } = form;
  const sectors = horizontalLossDb.length > 0;
  const deepestDb = place.form.frontToBackDb;
  const x = (place.eastM - grid.westM) / binSizeM;
  const y = (grid.northM - place.northM) / binSizeM;
  // A receiver may lie up to half a bin away from its bin's centre.
  const span = radiusM / binSizeM + 1;
  const firstRow = Math.max(0, Math.floor(y - span));
  const lastRow = Math.min(grid.rows - 1, Math.floor(y + span));
  const firstColumn = Math.max(0, Math.floor(x - span));
  const lastColumn = Math.min(columns - 1, Math.floor(x + span));
  heard.count = 0;
  const firstStrip = firstColumn - (firstColumn % STRIP_COLUMNS);
  for (let strip = firstStrip; strip <= lastColumn; strip += STRIP_COLUMNS) {
    const stripFrom = Math.max(strip, firstColumn);
    const stripTo = Math.min(strip + STRIP_COLUMNS - 1, lastColumn);
    for (let row = firstRow; row <= lastRow; row++) {
      const away = Math.max(0, Math.abs(row + 0.5 - y) - 1);
      const half = Math.sqrt(Math.max(0, span * span - away * away)) + 1;
      const from = Math.max(stripFrom, Math.floor(x - half));
      const to = Math.min(stripTo, Math.floor(x + half));
      if (from > to) continue;
      heard.makeRoom(heard.count + to - from + 1);
      const { bins, level, reached, seen } = heard;
      let count = heard.count;
      for (let column = from; column <= to; column++) {
        const id = binAt[row * columns + column]!;
        if (id < 0 || indoor[id] === 1) continue;
        const eastM = receiverEastM[id]! - place.eastM;
        const northM = receiverNorthM[id]! - place.northM;
        const distance2 = eastM * eastM + northM * northM;
        if (distance2 > radius2) continue;
        const distanceM = Math.sqrt(distance2);
        const metre = Math.floor(distanceM);
        const part = distanceM - metre;
        let patternDb = verticalLossDb[metre]! + part * (verticalLossDb[metre + 1]! - verticalLossDb[metre]!);
        if (sectors) patternDb += turnedLossDb(horizontalLossDb, eastM, northM);
        if (patternDb > deepestDb) patternDb = deepestDb;
        const before = peakDbm - patternDb;
        bins[count] = id;
        seen[count] = 1;
        if (mixed) {
          const median = mixed.medianLossDb;
          const loss = median[metre]! + part * (median[metre + 1]! - median[metre]!);
          const tenths = Math.round((before - loss) * 10);
          level[count] = tenths;
          reached[count] = mixedLevels(tenths, model.thresholdDbm, mixed.headroomDb, metre, part);
        } else {
          const hiddenLoss = nlosLossDb[metre]! + part * (nlosLossDb[metre + 1]! - nlosLossDb[metre]!);
          const hidden = Math.round((before - hiddenLoss) * 10);
          const hiddenReached = levelsReached(hidden, nlosNeed);
          const openLoss = losLossDb[metre]! + part * (losLossDb[metre + 1]! - losLossDb[metre]!);
          const open = Math.round((before - openLoss) * 10);
          const openReached = levelsReached(open, losNeed);
          level[count] = hidden;
          reached[count] = hiddenReached;
          // Too far even in sight counts as seen: it is too weak, not hidden.
          const tells = !reach || (distanceM <= usefulM && (reach[id]! < 2 || openReached !== hiddenReached));
          if (surface && tells) {
            const clear = sightIsClear(
              surface,
              receiverEastM[id]!,
              receiverNorthM[id]!,
              RECEIVER_HEIGHT_M,
              place.eastM,
              place.northM,
              place.heightM,
              ownBuilding,
            );
            if (clear) {
              level[count] = open;
              reached[count] = openReached;
            } else seen[count] = 0;
          }
        }
        count++;
      }
      heard.count = count;
    }
  }
}

/** How many probability levels a level in 0.1 dBm reaches. */
function levelsReached(tenths: number, need: Int32Array): number {
  let reached = 0;
  while (reached < LEVELS && tenths >= need[reached]!) reached++;
  return reached;
}

/** The same where sight is a chance and the spread around the median grows with distance. */
function mixedLevels(
  tenths: number,
  thresholdDbm: number,
  headroomDb: readonly Float32Array[],
  metre: number,
  part: number,
): number {
  const margin = tenths / 10 - thresholdDbm + 1e-7;
  let reached = 0;
  while (reached < LEVELS) {
    const table = headroomDb[reached]!;
    if (margin < table[metre]! + part * (table[metre + 1]! - table[metre]!)) break;
    reached++;
  }
  return reached;
}

/** Horizontal loss of the best sector in the direction of an offset in metres. */
export function turnedLossDb(table: Float32Array, eastM: number, northM: number): number {
  let turn = Math.atan2(eastM, northM) * DIRECTIONS_PER_RADIAN;
  if (turn < 0) turn += DIRECTIONS;
  const step = Math.min(DIRECTIONS - 1, Math.floor(turn));
  return table[step]! + (turn - step) * (table[step + 1]! - table[step]!);
}

/** Beyond this distance not even the antenna's best direction reaches the lowest level in either state. */
function usefulRadiusM(form: FormTables, tables: StationTables, radiusM: number): number {
  for (let metre = tables.losLossDb.length - 1; metre >= 0; metre--) {
    const before = form.peakDbm - tables.verticalLossDb[metre]!;
    const open = Math.round((before - tables.losLossDb[metre]!) * 10);
    const hidden = Math.round((before - tables.nlosLossDb[metre]!) * 10);
    if (open >= form.losNeed[0]! || hidden >= form.nlosNeed[0]!) return Math.min(radiusM, metre + 1);
  }
  return 0;
}

function widened<T extends Uint32Array | Int16Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
