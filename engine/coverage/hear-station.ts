// One station over all bins in its radius: level, probability grade, line of sight. The inner loop of a plan: one look over the
// roofs for all bins, then two or three table reads per bin; everything else is made beforehand.
// Levels are rounded to 0.1 dBm before anything is compared, so that Node, browsers and any number of workers decide alike.
import { STRIP_COLUMNS } from '../grid/demand-grid.ts';
import { GAIN_COLUMNS } from '../radio/antenna-gain-table.ts';
import { carrierOf } from './carrier-of.ts';
import {
  equipmentOf,
  type FormTables,
  flatTables,
  formTablesOf,
  groundAt,
  type HearingModel,
  terrainTables,
} from './coverage-model.ts';
import { directionSteps } from './direction-steps.ts';
import { FarBlocks } from './far-blocks.ts';
import { gradeOf } from './probability-grades.ts';
import { profileLossDb } from './profile-loss.ts';
import { seesReceiver } from './sees-receiver.ts';
import { type SightFrom, SightSweep } from './sight-sweep.ts';
import type { StationPlace } from './station-place.ts';
import {
  checkAntennaHeight,
  levelEntry,
  mixedLossAt,
  RECEIVER_HEIGHT_M,
  type StationTables,
} from './station-tables.ts';
import { terrainExcessAlong } from './terrain-along.ts';

/** Bins of one station in ascending order; arrays are reused and only the first `count` entries hold. */
export class Heard {
  count = 0;
  bins: Uint32Array = new Uint32Array(4096);
  /** Holds with `wantsLevels` everywhere, without it only where buildings decide and the station can be heard. */
  level: Int16Array = new Int16Array(4096);
  grade: Uint8Array = new Uint8Array(4096);
  /** 1 where the antenna is in sight, or where sight is only a chance. */
  seen: Uint8Array = new Uint8Array(4096);
  readonly sweep: SightSweep = new SightSweep();
  readonly far: FarBlocks = new FarBlocks();

  makeRoom(bins: number): void {
    if (bins <= this.bins.length) return;
    const size = Math.max(bins, 2 * this.bins.length);
    this.bins = widened(this.bins, new Uint32Array(size));
    this.level = widened(this.level, new Int16Array(size));
    this.grade = widened(this.grade, new Uint8Array(size));
    this.seen = widened(this.seen, new Uint8Array(size));
  }
}

/**
 * Fills `heard` with all outdoor bins within `radiusM` (the service radius unless something else is asked). Beyond the service
 * radius the ground counts by blocks (far-blocks.ts).
 */
export function hearStation(
  model: HearingModel,
  place: StationPlace,
  heard: Heard,
  wantsLevels: boolean,
  radiusM: number = place.form.serviceRadiusM,
): void {
  checkAntennaHeight(place.heightM);
  const { grid, surface, binGroundM, sightByRoofs, binCellColumn, binCellRow } = model;
  const form = formTablesOf(model, place.form);
  const { peakDbm, patternDb, losChance, nlosChance } = form;
  const allRound = place.form.azimuthsDeg.length === 0;
  const radius2 = radiusM * radiusM;
  const { binSizeM, columns, binAt, receiverEastM, receiverNorthM, indoor } = grid;
  const baseM = surface?.groundM ? groundAt(surface, place.eastM, place.northM) : 0;
  const byProfile = place.form.model === 'P1812';
  const flat = binGroundM ? null : flatTables(model, place.form, place.heightM, radiusM);
  const { sweep } = heard;
  const from = sightFrom(model, place);
  const usefulM = wantsLevels || byProfile || !flat ? radiusM : usefulRadiusM(form, flat, radiusM);
  if (surface && sightByRoofs && !byProfile) sweep.look(surface, from, usefulM);
  const { frequencyGhz } = equipmentOf(model, place.form);
  const hasTerrain = surface?.groundM != null && !byProfile;
  const groundLossDb = (toEastM: number, toNorthM: number): number =>
    byProfile
      ? profileLossDb(surface, place, toEastM, toNorthM, frequencyGhz, model.latitudeDeg)
      : terrainExcessAlong(surface!, place, toEastM, toNorthM, frequencyGhz);
  const serviceM = place.form.serviceRadiusM;
  const { far } = heard;
  if (radiusM > serviceM) far.aim(place, radiusM, groundLossDb);
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
      const fromColumn = Math.max(stripFrom, Math.floor(x - half));
      const toColumn = Math.min(stripTo, Math.floor(x + half));
      if (fromColumn > toColumn) continue;
      heard.makeRoom(heard.count + toColumn - fromColumn + 1);
      const { bins, level, grade, seen } = heard;
      let count = heard.count;
      for (let column = fromColumn; column <= toColumn; column++) {
        const id = binAt[row * columns + column]!;
        if (id < 0 || indoor[id] === 1) continue;
        const eastM = receiverEastM[id]! - place.eastM;
        const northM = receiverNorthM[id]! - place.northM;
        const distance2 = eastM * eastM + northM * northM;
        if (distance2 > radius2) continue;
        const distanceM = Math.sqrt(distance2);
        if (distanceM > usefulM) {
          bins[count] = id;
          seen[count] = 1;
          grade[count++] = 0;
          continue;
        }
        const metre = distanceM | 0;
        const part = distanceM - metre;

        let before = peakDbm;
        const tables: StationTables =
          flat ?? terrainTables(model, place.form, baseM + place.heightM - binGroundM![id]!, radiusM);
        if (hasTerrain || byProfile) {
          const toEastM = receiverEastM[id]!;
          const toNorthM = receiverNorthM[id]!;
          before -= distanceM > serviceM ? far.at(toEastM, toNorthM) : groundLossDb(toEastM, toNorthM);
        }
        const { elevation } = tables;
        const rise = elevation[metre]! + part * (elevation[metre + 1]! - elevation[metre]!);
        before -= patternAt(patternDb, rise, allRound ? 0 : directionSteps(eastM, northM));

        bins[count] = id;
        if (byProfile) {
          const tenths = Math.floor(before * 10 + 0.5);
          seen[count] = 1;
          level[count] = tenths;
          grade[count] = losChance.grade[levelEntry(tenths)]!;
        } else if (sightByRoofs) {
          const open = seesReceiver(
            surface!,
            sweep,
            from,
            receiverEastM[id]!,
            receiverNorthM[id]!,
            binCellColumn[id]!,
            binCellRow[id]!,
            (binGroundM ? binGroundM[id]! : 0) + RECEIVER_HEIGHT_M,
          );
          const table = open ? tables.losLossDb : tables.nlosLossDb;
          const loss = table[metre]! + part * (table[metre + 1]! - table[metre]!);
          const tenths = Math.floor((before - loss) * 10 + 0.5);
          seen[count] = open ? 1 : 0;
          level[count] = tenths;
          grade[count] = (open ? losChance : nlosChance).grade[levelEntry(tenths)]!;
        } else {
          seen[count] = 1;
          // farther away a station disturbs and never serves
          grade[count] = distanceM > serviceM ? 0 : mixedGrade(tables, form, before, metre, part);
          if (wantsLevels) {
            const median = mixedLossAt(tables, form, metre, part);
            level[count] = Math.floor((before - median) * 10 + 0.5);
          }
        }
        count++;
      }
      heard.count = count;
    }
  }
}

/** Grade where sight is a chance; `before`: dBm before the path loss. */
function mixedGrade(
  { losLossDb, nlosLossDb, losChance }: StationTables,
  form: FormTables,
  before: number,
  metre: number,
  part: number,
): number {
  const los = losLossDb[metre]! + part * (losLossDb[metre + 1]! - losLossDb[metre]!);
  const nlos = nlosLossDb[metre]! + part * (nlosLossDb[metre + 1]! - nlosLossDb[metre]!);
  const losEntry = levelEntry(Math.floor((before - los) * 10 + 0.5));
  const nlosEntry = levelEntry(Math.floor((before - nlos) * 10 + 0.5));
  const chance = losChance[metre]! + part * (losChance[metre + 1]! - losChance[metre]!);
  const nlosPart = form.nlosChance.chance[nlosEntry]!;
  return gradeOf(nlosPart + chance * (form.losChance.chance[losEntry]! - nlosPart));
}

/** Beyond this distance not even the antenna's best direction in sight has a chance: such bins are too far, not hidden. */
function usefulRadiusM(form: FormTables, tables: StationTables, radiusM: number): number {
  const { peakDbm, losChance, nlosChance } = form;
  const gradeOfLoss = (chance: Uint8Array, lossDb: number) =>
    chance[levelEntry(Math.floor((peakDbm - lossDb) * 10 + 0.5))]!;
  let metre = Math.ceil(radiusM);
  while (
    metre > 0 &&
    gradeOfLoss(losChance.grade, tables.losLossDb[metre]!) === 0 &&
    gradeOfLoss(nlosChance.grade, tables.nlosLossDb[metre]!) === 0
  ) {
    metre--;
  }
  return Math.min(radiusM, metre + 1);
}

/** From where a station looks. */
export function sightFrom({ surface, highestGroundM }: HearingModel, place: StationPlace): SightFrom {
  const { eastM, northM } = place;
  return {
    eastM,
    northM,
    heightM: (surface ? groundAt(surface, eastM, northM) : 0) + place.heightM,
    receiverHeightM: RECEIVER_HEIGHT_M,
    ownBuilding: surface ? carrierOf(surface, place) : 0,
    highestGroundM,
  };
}

/** A pattern table between its entries: elevation above straight down and azimuth, both in half degrees. */
export function patternAt(patternDb: Float32Array, elevation: number, azimuth: number): number {
  const row = elevation | 0;
  const column = azimuth | 0;
  const aside = azimuth - column;
  const at = row * GAIN_COLUMNS + column;
  const above = at + GAIN_COLUMNS;
  const low = patternDb[at]! + aside * (patternDb[at + 1]! - patternDb[at]!);
  const high = patternDb[above]! + aside * (patternDb[above + 1]! - patternDb[above]!);
  return low + (elevation - row) * (high - low);
}

function widened<T extends Uint32Array | Int16Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
