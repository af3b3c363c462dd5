// What all stations of a plan share: grid, roofs, equipment, threshold, and the tables per form and antenna height, made when
// first asked for. Tables take 12 bytes per metre of service radius and height, 44 where sight is a chance.
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { Surface } from '../grid/make-surface.ts';
import type { EquipmentProfile, StationForm } from '../model/equipment-profile.ts';
import { powerPerElementDbm } from '../radio/power-per-element.ts';
import { shadowSigmaDb } from '../radio/shadow-sigma.ts';
import type { StationPlace } from './station-place.ts';
import {
  LEVEL_SIGMAS,
  makeHorizontalTable,
  makeStationTables,
  type StationTables,
} from './station-tables.ts';

export interface CoverageModel {
  readonly grid: DemandGrid;
  /** Roofs decide line of sight; without them (`null`) it is a chance. */
  readonly surface: Surface | null;
  readonly profile: EquipmentProfile;
  readonly thresholdDbm: number;
  readonly forms: Map<StationForm, FormTables>;
}

/** What depends on the form alone. */
export interface FormTables {
  /** EPRE plus beam gain minus feeder loss: the level at the antenna's peak before any loss on the way. */
  readonly peakDbm: number;
  readonly perElementDbm: number;
  readonly horizontalLossDb: Float32Array;
  readonly losSigmaDb: number;
  readonly nlosSigmaDb: number;
  /** Least level in 0.1 dBm that reaches each probability level in this state. */
  readonly losNeed: Int32Array;
  readonly nlosNeed: Int32Array;
  /** By antenna height in decimetres. */
  readonly heights: Map<number, StationTables>;
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
  return { ...input, forms: new Map() };
}

/** The tables of a place; its antenna height counts to the decimetre. */
export function tablesOf(
  model: CoverageModel,
  place: StationPlace,
): { form: FormTables; tables: StationTables } {
  const form = formTablesOf(model, place.form);
  const key = Math.round(place.heightM * 10);
  let tables = form.heights.get(key);
  if (!tables) {
    tables = makeStationTables(place.form, key / 10, model.profile.frequencyGhz, model.surface === null);
    form.heights.set(key, tables);
  }
  return { form, tables };
}

function formTablesOf(model: CoverageModel, form: StationForm): FormTables {
  const known = model.forms.get(form);
  if (known) return known;
  const perElementDbm = powerPerElementDbm(form.totalPowerDbm, model.profile.resourceBlocks);
  const losSigmaDb = shadowSigmaDb(form.model, 'LOS');
  const nlosSigmaDb = shadowSigmaDb(form.model, 'NLOS');
  const made: FormTables = {
    perElementDbm,
    peakDbm: perElementDbm + form.ssbGainDbi - form.feederLossDb,
    horizontalLossDb: makeHorizontalTable(form),
    losSigmaDb,
    nlosSigmaDb,
    losNeed: needs(model.thresholdDbm, losSigmaDb),
    nlosNeed: needs(model.thresholdDbm, nlosSigmaDb),
    heights: new Map(),
  };
  model.forms.set(form, made);
  return made;
}

/** A level of one half needs the threshold itself; the small step back undoes the rounding of, say, -104.9 times ten. */
function needs(thresholdDbm: number, sigmaDb: number): Int32Array {
  return Int32Array.from(LEVEL_SIGMAS, (sigmas) => Math.ceil((thresholdDbm + sigmaDb * sigmas) * 10 - 1e-6));
}
