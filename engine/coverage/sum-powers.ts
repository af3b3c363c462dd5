// What every bin hears of all open stations at once: the power of all sectors, the best server, how many could serve.
// Every sector within twice the service radius of its form counts; on the NLOS slope of 39 dB per decade one at that distance
// is 12 dB below its own edge of service. Cost: one hear-station of that radius per site never heard before, plus one table
// read per sector.
import type { StationForm } from '../model/equipment-profile.ts';
import { NO_LEVEL } from '../model/plan.ts';
import { type CoverageModel, flatTables, groundAt, terrainTables } from './coverage-model.ts';
import { directionSteps } from './direction-steps.ts';
import { unitsOf } from './element-power.ts';
import { Heard, hearStation } from './hear-station.ts';
import { makeSectorPatterns, type SectorPattern, sectorLossDb } from './sector-patterns.ts';
import type { StationPlace } from './station-place.ts';

/** Sectors farther away than this many service radii of their form count as nothing (project default). */
export const INTERFERENCE_RADII = 2;

export interface OpenStation {
  /** Ties of best servers go to the smaller id. */
  readonly siteId: string;
  readonly place: StationPlace;
}

/** Per bin id. Takes 9 bytes per bin, and 8 for each kind of form: one for panels that steer, one for the others. */
export interface PowerSums {
  /** Ascending by `dataOffsetTenths`. */
  readonly kinds: readonly PowersOfKind[];
  /** Strongest level among the sites whose service radius holds the bin, 0.1 dBm; `NO_LEVEL` without one. */
  readonly bestLevel: Int16Array;
  /** Index into `forms` of that site. */
  readonly bestForm: Uint16Array;
  /** The same for the strongest sector of all that are heard: a phone stays on it, whatever radius it was planned for. */
  readonly strongestLevel: Int16Array;
  readonly strongestForm: Uint16Array;
  /** Sites at or above the threshold whose service radius holds the bin, 255 at the most. */
  readonly servers: Uint8Array;
  readonly forms: readonly StationForm[];
}

/** Sectors that sum up together, because their data are heard equally far above or below their SSB. */
export interface PowersOfKind {
  readonly dataOffsetTenths: number;
  /** SS-RSRP of all sectors, in units of element-power.ts. */
  readonly units: Float64Array;
}

/** Any order of the stations gives the same bytes. `onProgress` is told before each station; throw in it to stop. */
export function sumPowers(
  model: CoverageModel,
  stations: readonly OpenStation[],
  onProgress?: (done: number, total: number) => void,
): PowerSums {
  const { binCount } = model.grid;
  const byId = [...stations].sort((a, b) => (a.siteId < b.siteId ? -1 : 1));
  const forms = [...new Set(byId.map(({ place }) => place.form))];
  const formIndexes = new Map(forms.map((form, index) => [form, index]));
  const offsets = [...new Set(forms.map(dataOffsetTenths))].sort((a, b) => a - b);
  const sectorPatterns = makeSectorPatterns();
  const sums: PowerSums = {
    kinds: offsets.map((offset) => ({ dataOffsetTenths: offset, units: new Float64Array(binCount) })),
    bestLevel: new Int16Array(binCount).fill(NO_LEVEL),
    bestForm: new Uint16Array(binCount),
    strongestLevel: new Int16Array(binCount).fill(NO_LEVEL),
    strongestForm: new Uint16Array(binCount),
    servers: new Uint8Array(binCount),
    forms,
  };
  for (const [index, { place }] of byId.entries()) {
    onProgress?.(index, byId.length);
    const part = partOf(model, place, sectorPatterns);
    addPowers(part, sums.kinds[offsets.indexOf(dataOffsetTenths(place.form))]!.units);
    keepBest(model, place, formIndexes.get(place.form)!, part, sums);
  }
  onProgress?.(byId.length, byId.length);
  return sums;
}

/**
 * What another cell's user hears of a sector's data against its SSB, 0.1 dB. Steered beams point at their own users: their
 * traffic gain less 8 dB, the middle of the usual 6 to 10 dB (project default). Fewer than 8 ports steer nothing.
 */
export function dataOffsetTenths(form: StationForm): number {
  const averagingDb = form.ports >= STEERED_FROM_PORTS ? 8 : 0;
  return Math.round((form.trafficGainDbi - form.ssbGainDbi - averagingDb) * 10);
}

const STEERED_FROM_PORTS = 8;

/** What one station gives to the bins around it. */
interface StationPart {
  readonly bins: Uint32Array;
  /** Of the strongest sector in each direction, 0.1 dBm: the map's level. */
  readonly level: Int16Array;
  /** Units of all other sectors; empty for a station of one sector. */
  readonly others: Float64Array;
}

/** Parts are kept with their model up to this size, so that a re-plan hears only the stations it never saw. */
const KEPT_BYTES = 128e6;
const keptParts = new WeakMap<
  CoverageModel,
  { bytes: number; readonly parts: Map<StationPlace, StationPart> }
>();

function partOf(
  model: CoverageModel,
  place: StationPlace,
  sectorPatterns: ReturnType<typeof makeSectorPatterns>,
): StationPart {
  const kept = keptParts.get(model) ?? { bytes: 0, parts: new Map<StationPlace, StationPart>() };
  keptParts.set(model, kept);
  const known = kept.parts.get(place);
  if (known) return known;
  hearStation(model, place, heard, true, INTERFERENCE_RADII * place.form.serviceRadiusM);
  const sectors = sectorPatterns(place.form);
  const part = {
    bins: heard.bins.slice(0, heard.count),
    level: heard.level.slice(0, heard.count),
    others: sectors.length > 1 ? otherSectors(model, place, sectors) : new Float64Array(0),
  };
  const bytes = part.bins.byteLength + part.level.byteLength + part.others.byteLength;
  if (kept.bytes + bytes <= KEPT_BYTES) {
    kept.parts.set(place, part);
    kept.bytes += bytes;
  }
  return part;
}

function addPowers({ bins, level, others }: StationPart, units: Float64Array): void {
  const isSingle = others.length === 0;
  for (let i = 0; i < bins.length; i++) {
    const id = bins[i]!;
    units[id] = units[id]! + unitsOf(level[i]!) + (isSingle ? 0 : others[i]!);
  }
}

function keepBest(
  model: CoverageModel,
  place: StationPlace,
  formIndex: number,
  { bins, level }: StationPart,
  sums: PowerSums,
): void {
  const { receiverEastM, receiverNorthM } = model.grid;
  const { bestLevel, bestForm, strongestLevel, strongestForm, servers } = sums;
  const service2 = place.form.serviceRadiusM * place.form.serviceRadiusM;
  const thresholdThousandths = Math.round(model.thresholdDbm * 1000);
  for (let i = 0; i < bins.length; i++) {
    const id = bins[i]!;
    const tenths = level[i]!;
    if (tenths > strongestLevel[id]!) {
      strongestLevel[id] = tenths;
      strongestForm[id] = formIndex;
    }
    const isServing = tenths * 100 >= thresholdThousandths;
    const isBetter = tenths > bestLevel[id]!;
    if (!isServing && !isBetter) continue;
    const eastM = receiverEastM[id]! - place.eastM;
    const northM = receiverNorthM[id]! - place.northM;
    if (eastM * eastM + northM * northM > service2) continue;
    if (isServing && servers[id]! < 255) servers[id] = servers[id]! + 1;
    if (!isBetter) continue;
    bestLevel[id] = tenths;
    bestForm[id] = formIndex;
  }
}

/** The sectors that are not the strongest: below it by the difference of their patterns, on the same way. */
function otherSectors(
  model: CoverageModel,
  place: StationPlace,
  sectors: readonly SectorPattern[],
): Float64Array {
  const { grid, surface, binGroundM } = model;
  const { bins, level, count } = heard;
  const { form } = place;
  const radiusM = INTERFERENCE_RADII * form.serviceRadiusM;
  const losses = new Float64Array(sectors.length);
  const others = new Float64Array(count);
  const topM = (surface?.groundM ? groundAt(surface, place.eastM, place.northM) : 0) + place.heightM;
  const flat = binGroundM ? null : flatTables(model, form, place.heightM, radiusM);
  for (let i = 0; i < count; i++) {
    const id = bins[i]!;
    const eastM = grid.receiverEastM[id]! - place.eastM;
    const northM = grid.receiverNorthM[id]! - place.northM;
    const distanceM = Math.sqrt(eastM * eastM + northM * northM);
    const metre = distanceM | 0;
    const { elevation } = flat ?? terrainTables(model, form, topM - binGroundM![id]!, radiusM);
    const rise = elevation[metre]! + (distanceM - metre) * (elevation[metre + 1]! - elevation[metre]!);
    const direction = directionSteps(eastM, northM);
    let strongest = 0;
    for (let sector = 0; sector < sectors.length; sector++) {
      losses[sector] = sectorLossDb(sectors[sector]!, rise, direction);
      if (losses[sector]! < losses[strongest]!) strongest = sector;
    }
    let sum = 0;
    for (let sector = 0; sector < sectors.length; sector++) {
      if (sector === strongest) continue;
      const below = Math.floor((losses[sector]! - losses[strongest]!) * 10 + 0.5);
      sum += unitsOf(level[i]! - below);
    }
    others[i] = sum;
  }
  return others;
}

/** Kept between calls: its arrays are large. */
const heard = new Heard();
