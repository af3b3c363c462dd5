// What all stations of a plan share: grid, roofs and ground, equipment, threshold, and the tables per form and antenna height,
// made when first asked for. Tables take 20 bytes per metre of radius and height, a pattern one megabyte per form.
import type { DemandGrid, ReceiverGrid } from '../grid/demand-grid.ts';
import type { Surface } from '../grid/make-surface.ts';
import type { EquipmentProfile, StationForm } from '../model/equipment-profile.ts';
import { LEAST_SIGMA_DB } from '../model/plan-scenario.ts';
import { locationSigmaDb } from '../radio/location-sigma.ts';
import { powerPerElementDbm } from '../radio/power-per-element.ts';
import { shadowSigmaDb } from '../radio/shadow-sigma.ts';
import type { SightState } from '../radio/sight-state.ts';
import { formPattern } from './form-pattern.ts';
import { middleLatitudeDeg } from './profile-loss.ts';
import {
  type ChanceTables,
  makeChanceTables,
  makeStationTables,
  RECEIVER_HEIGHT_M,
  type StationTables,
} from './station-tables.ts';

/** What a station is heard on. */
export interface HearingModel {
  readonly grid: ReceiverGrid;
  /** Roofs and ground decide line of sight; without them (`null`) it is a chance. */
  readonly surface: Surface | null;
  /** Whether the surface knows buildings: without any, sight is a chance even where the ground is known. */
  readonly sightByRoofs: boolean;
  readonly profile: EquipmentProfile;
  readonly thresholdDbm: number;
  /** Added to the spread of every model; 0 but for scenarios (varied-model.ts). */
  readonly sigmaDeltaDb: number;
  /** Height of the ground at each bin's receiver, metres above sea level; `null` where the ground is taken as flat. */
  readonly binGroundM: Float32Array | null;
  /** Highest receiver ground, metres; 0 on flat ground. */
  readonly highestGroundM: number;
  /** For models that need it. */
  readonly latitudeDeg: number;
  /** Surface cell of each bin's receiver; empty without a surface. */
  readonly binCellColumn: Int32Array;
  readonly binCellRow: Int32Array;
  readonly forms: Map<StationForm, FormTables>;
}

export interface CoverageModel extends HearingModel {
  readonly grid: DemandGrid;
}

/** What depends on the form alone. */
export interface FormTables {
  /** EPRE plus beam gain minus feeder loss: the level at the antenna's peak before any loss on the way. */
  readonly peakDbm: number;
  readonly perElementDbm: number;
  /** Loss below the peak by elevation and azimuth in half degrees (361 rows of 721). */
  readonly patternDb: Float32Array;
  readonly losSigmaDb: number;
  readonly nlosSigmaDb: number;
  readonly losChance: ChanceTables;
  readonly nlosChance: ChanceTables;
  /** By antenna height above the receiver's ground: decimetres on flat ground, half metres on terrain. */
  readonly heights: (StationTables | undefined)[];
}

export function makeCoverageModel(input: {
  readonly grid: DemandGrid;
  readonly surface: Surface | null;
  readonly profile: EquipmentProfile;
  readonly thresholdDbm: number;
}): CoverageModel {
  if (!(input.thresholdDbm > -200 && input.thresholdDbm < 100)) {
    throw new RangeError(`makeCoverageModel: expected a threshold in dBm, got ${input.thresholdDbm}`);
  }
  const { grid, surface } = input;
  const binGroundM = surface?.groundM ? groundOfBins(grid, surface) : null;
  return {
    ...input,
    sigmaDeltaDb: 0,
    sightByRoofs: surface?.hasBuildings ?? false,
    binGroundM,
    highestGroundM: binGroundM ? highestOf(binGroundM) : 0,
    latitudeDeg: middleLatitudeDeg(grid),
    ...cellsOfBins(grid, surface),
    forms: new Map(),
  };
}

/** What a form is heard on: the equipment of the plan, or its own. */
export function equipmentOf({ profile }: Pick<HearingModel, 'profile'>, form: StationForm): EquipmentProfile {
  return form.equipment ?? profile;
}

/** The level at the antenna's peak before any loss on the way, dBm per resource element. */
export function peakLevelDbm(model: HearingModel, form: StationForm): number {
  const { resourceBlocks } = equipmentOf(model, form);
  return powerPerElementDbm(form.totalPowerDbm, resourceBlocks) + form.ssbGainDbi - form.feederLossDb;
}

/** The oldest tables go first: sites with azimuths of their own have a form each, and each takes over a megabyte. */
const KEPT_FORMS = 64;

export function formTablesOf(model: HearingModel, form: StationForm): FormTables {
  const known = model.forms.get(form);
  if (known) return known;
  const { frequencyGhz, resourceBlocks } = equipmentOf(model, form);
  const perElementDbm = powerPerElementDbm(form.totalPowerDbm, resourceBlocks);
  const sigmaDb = (state: SightState): number =>
    form.model === 'P1812'
      ? locationSigmaDb(frequencyGhz, model.grid.binSizeM, RECEIVER_HEIGHT_M, RECEIVER_HEIGHT_M)
      : shadowSigmaDb(form.model, state);
  const losSigmaDb = variedSigmaDb(sigmaDb('LOS'), model.sigmaDeltaDb);
  const nlosSigmaDb = variedSigmaDb(sigmaDb('NLOS'), model.sigmaDeltaDb);
  const made: FormTables = {
    perElementDbm,
    peakDbm: peakLevelDbm(model, form),
    patternDb: formPattern(form),
    losSigmaDb,
    nlosSigmaDb,
    ...(tablesByModel(model, form) ?? {
      losChance: makeChanceTables(model.thresholdDbm, losSigmaDb),
      nlosChance: makeChanceTables(model.thresholdDbm, nlosSigmaDb),
      heights: [],
    }),
  };
  if (model.forms.size >= KEPT_FORMS) model.forms.delete(model.forms.keys().next().value!);
  model.forms.set(form, made);
  return made;
}

/** A spread that was smaller from the beginning stays as it is. */
function variedSigmaDb(sigmaDb: number, deltaDb: number): number {
  return Math.max(sigmaDb + deltaDb, Math.min(sigmaDb, LEAST_SIGMA_DB));
}

/** What a form shares with every other of its propagation model and band: antennas and their directions are not in it. */
function tablesByModel(
  { forms }: HearingModel,
  form: StationForm,
): Pick<FormTables, 'losChance' | 'nlosChance' | 'heights'> | null {
  for (const [other, { losChance, nlosChance, heights }] of forms)
    if (
      other.model === form.model &&
      other.roadHeightM === form.roadHeightM &&
      other.equipment?.id === form.equipment?.id
    )
      return { losChance, nlosChance, heights };
  return null;
}

/** Tables of an antenna this high above flat ground; its height counts to the decimetre. */
export function flatTables(
  model: HearingModel,
  form: StationForm,
  heightM: number,
  radiusM: number,
): StationTables {
  return keptTables(model, form, Math.round(heightM * 10), 10, radiusM);
}

/**
 * Tables of an antenna over terrain: its height above the ground at the receiver, at least 1.5 receiver heights (project
 * default, propagation reference section 0), to the half metre.
 */
export function terrainTables(
  model: HearingModel,
  form: StationForm,
  aboveReceiverGroundM: number,
  radiusM: number,
): StationTables {
  const heightM = Math.max(aboveReceiverGroundM, 1.5 * RECEIVER_HEIGHT_M);
  return keptTables(model, form, Math.round(heightM * 2), 2, radiusM);
}

function keptTables(
  model: HearingModel,
  form: StationForm,
  key: number,
  perMetre: number,
  radiusM: number,
): StationTables {
  const { heights } = formTablesOf(model, form);
  let tables = heights[key];
  if (!tables || tables.losLossDb.length < radiusM + 2) {
    tables = makeStationTables(form, key / perMetre, equipmentOf(model, form).frequencyGhz, radiusM);
    heights[key] = tables;
  }
  return tables;
}

function highestOf(values: Float32Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > highest) highest = value;
  return highest;
}

function cellsOfBins(grid: DemandGrid, surface: Surface | null) {
  const binCellColumn = new Int32Array(surface ? grid.binCount : 0);
  const binCellRow = new Int32Array(binCellColumn.length);
  if (surface) {
    for (let id = 0; id < grid.binCount; id++) {
      binCellColumn[id] = Math.floor((grid.receiverEastM[id]! - surface.westM) / surface.cellM);
      binCellRow[id] = Math.floor((surface.northM - grid.receiverNorthM[id]!) / surface.cellM);
    }
  }
  return { binCellColumn, binCellRow };
}

function groundOfBins(grid: DemandGrid, surface: Surface): Float32Array {
  const ground = new Float32Array(grid.binCount);
  for (let id = 0; id < grid.binCount; id++) {
    ground[id] = groundAt(surface, grid.receiverEastM[id]!, grid.receiverNorthM[id]!);
  }
  return ground;
}

/** Height of the ground of the cell at a place, metres above sea level; 0 where it is unknown or outside. */
export function groundAt(surface: Surface, eastM: number, northM: number): number {
  const { westM, northM: topM, cellM, columns, rows, groundM } = surface;
  const column = Math.floor((eastM - westM) / cellM);
  const row = Math.floor((topM - northM) / cellM);
  if (!groundM || column < 0 || row < 0 || column >= columns || row >= rows) return 0;
  return groundM[row * columns + column]!;
}
