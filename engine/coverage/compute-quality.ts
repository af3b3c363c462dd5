// Radio quality with all open sites on air, bin by bin (propagation reference 10.3, 10.4, 3.5): SS-SINR with every other sector
// sending its SSB at once, data SINR and rate with the neighbours at their load, uplink margin, indoor level.
// All are medians without fading, rounded to 0.1 dB. Uplink and indoor level belong to the server on the map (plan/make-raster.ts);
// SINR and rate to the strongest sector heard: a phone stays on it even beyond the radius it was planned to serve. Stations of
// different bands do not disturb each other: each band is summed up by itself, and a bin has the figures of its strongest one.
import { pow } from '../geo/steady-math.ts';
import { nearestOutdoorBin } from '../grid/nearest-outdoor-bin.ts';
import type { EquipmentProfile, StationForm } from '../model/equipment-profile.ts';
import { type CoverageQuality, NO_LEVEL } from '../model/plan.ts';
import { defaultRadioQuality, type RadioQualityOptions } from '../model/radio-quality-options.ts';
import { downlinkRateMbps } from '../radio/downlink-rate.ts';
import { indoorLossDb, MEAN_INDOOR_DEPTH_M, MEAN_RURAL_INDOOR_DEPTH_M } from '../radio/indoor-loss.ts';
import { noisePerElementDbm } from '../radio/power-per-element.ts';
import { uplinkMostLossDb } from '../radio/uplink-budget.ts';
import { type CoverageModel, equipmentOf, peakLevelDbm } from './coverage-model.ts';
import { sinrTenths, UNIT_MW, unitsOf } from './element-power.ts';
import { dataOffsetTenths, type OpenStation, type PowerSums, sumPowers } from './sum-powers.ts';

/**
 * Over the frame of the grid, 11 bytes per square. Bins wholly under roofs have an indoor level alone: that of the nearest
 * outdoor bin. Throws RangeError for a load outside 0..1; `onProgress` counts stations, throw in it to stop.
 */
export function computeQuality(
  model: CoverageModel,
  stations: readonly OpenStation[],
  options: RadioQualityOptions = defaultRadioQuality,
  onProgress?: (done: number, total: number) => void,
): CoverageQuality {
  const { load } = options;
  if (!(load >= 0 && load <= 1)) throw new RangeError(`computeQuality: expected a load of 0..1, got ${load}`);
  const size = model.grid.columns * model.grid.rows;
  const quality = emptyQuality(size);
  const heard: HeardSoFar = {
    best: new Int16Array(size).fill(NO_LEVEL),
    strongest: new Int16Array(size).fill(NO_LEVEL),
  };
  let done = 0;
  for (const { equipment, own } of byBand(model, stations)) {
    const before = done;
    const told = onProgress && ((count: number) => onProgress(before + count, stations.length));
    addBand(model, equipment, own, options, heard, quality, told);
    done += own.length;
  }
  return quality;
}

/** Levels of the bands before, by place of the frame. */
interface HeardSoFar {
  readonly best: Int16Array;
  readonly strongest: Int16Array;
}

interface Band {
  readonly equipment: EquipmentProfile;
  readonly own: readonly OpenStation[];
}

/** By the id of their equipment; the plan's own without stations too. */
function byBand(model: CoverageModel, stations: readonly OpenStation[]): Band[] {
  const bands = new Map<string, { equipment: EquipmentProfile; own: OpenStation[] }>();
  for (const station of stations) {
    const equipment = equipmentOf(model, station.place.form);
    const band = bands.get(equipment.id);
    if (band) band.own.push(station);
    else bands.set(equipment.id, { equipment, own: [station] });
  }
  if (bands.size === 0) return [{ equipment: model.profile, own: [] }];
  return [...bands.values()].sort((a, b) => (a.equipment.id < b.equipment.id ? -1 : 1));
}

/** Writes the figures of the bins where this band is stronger than those before. */
function addBand(
  model: CoverageModel,
  profile: EquipmentProfile,
  stations: readonly OpenStation[],
  options: RadioQualityOptions,
  heard: HeardSoFar,
  quality: CoverageQuality,
  onProgress: ((done: number) => void) | undefined,
): void {
  const { load } = options;
  const sums = sumPowers(model, stations, onProgress);
  const { grid } = model;
  const offsets = sums.forms.map((form) => offsetsOf(model, form, sums, options));
  const dataMw = sums.kinds.map((kind) => UNIT_MW * pow(10, kind.dataOffsetTenths / 100));
  const noiseMw = pow(10, noisePerElementDbm(profile.subcarrierKhz, profile.noiseFigureDb) / 10);
  const rates = rateTable(profile);
  for (let at = 0; at < quality.ssSinr.length; at++) {
    const bin = grid.binAt[at]!;
    if (bin < 0) continue;
    const heardAt = grid.indoor[bin] === 1 ? nearestOutdoorBin(grid, bin) : bin;
    if (heardAt < 0 || sums.bestLevel[heardAt] === NO_LEVEL) continue;
    const best = sums.bestLevel[heardAt]!;
    const form = offsets[sums.bestForm[heardAt]!]!;
    const isBest = best > heard.best[at]!;
    if (isBest) {
      heard.best[at] = best;
      quality.indoorLevel[at] = best - form.indoorLoss;
    }
    if (heardAt !== bin) continue;
    quality.servers[at] = Math.min(255, quality.servers[at]! + sums.servers[bin]!);
    if (isBest) quality.uplinkMargin[at] = best + form.uplink;
    const signal = sums.strongestLevel[bin]!;
    if (signal <= heard.strongest[at]!) continue;
    heard.strongest[at] = signal;
    const sender = offsets[sums.strongestForm[bin]!]!;
    let ssOthers = 0;
    let dataOthersMw = 0;
    for (let kind = 0; kind < sums.kinds.length; kind++) {
      const others = sums.kinds[kind]!.units[bin]! - (kind === sender.kind ? unitsOf(signal) : 0);
      ssOthers += others;
      dataOthersMw += others * dataMw[kind]!;
    }
    quality.ssSinr[at] = sinrTenths(signal, noiseMw + UNIT_MW * ssOthers);
    const pdschSinr = sinrTenths(signal + sender.dataSignal, noiseMw + load * dataOthersMw);
    quality.pdschSinr[at] = pdschSinr;
    quality.downlinkMbps[at] = rates(pdschSinr);
  }
}

/** What a server of this form adds to its level, in tenths. */
interface FormOffsets {
  readonly dataSignal: number;
  /** Index into `PowerSums.kinds`. */
  readonly kind: number;
  readonly uplink: number;
  /** Taken off. */
  readonly indoorLoss: number;
}

function offsetsOf(
  model: CoverageModel,
  form: StationForm,
  sums: PowerSums,
  { indoorBuilding }: RadioQualityOptions,
): FormOffsets {
  const { uplink, subcarrierKhz, frequencyGhz } = equipmentOf(model, form);
  const mostLossDb = uplinkMostLossDb({
    ...uplink,
    subcarrierKhz,
    baseGainDbi: form.trafficGainDbi,
    feederLossDb: form.feederLossDb,
    interferenceMarginDb: 0,
  });
  const depthM = form.model === 'RMa' ? MEAN_RURAL_INDOOR_DEPTH_M : MEAN_INDOOR_DEPTH_M;
  return {
    dataSignal: Math.round((form.trafficGainDbi - form.ssbGainDbi) * 10),
    kind: sums.kinds.findIndex((kind) => kind.dataOffsetTenths === dataOffsetTenths(form)),
    // The loss on the way, pattern and terrain included, is the peak less the level.
    uplink: Math.round((mostLossDb - peakLevelDbm(model, form)) * 10),
    indoorLoss: Math.round(indoorLossDb({ building: indoorBuilding, frequencyGhz, depthM }) * 10),
  };
}

const RATE_FROM_TENTHS = -300;
const RATE_TO_TENTHS = 600;

/** Whole Mbps by SINR in tenths: three logarithms per step instead of per bin. */
function rateTable(profile: EquipmentProfile): (tenths: number) => number {
  const rates = Uint16Array.from({ length: RATE_TO_TENTHS - RATE_FROM_TENTHS + 1 }, (_, entry) =>
    Math.round(downlinkRateMbps((entry + RATE_FROM_TENTHS) / 10, profile)),
  );
  return (tenths) => rates[Math.min(Math.max(tenths, RATE_FROM_TENTHS), RATE_TO_TENTHS) - RATE_FROM_TENTHS]!;
}

function emptyQuality(size: number): CoverageQuality {
  const unserved = () => new Int16Array(size).fill(NO_LEVEL);
  return {
    ssSinr: unserved(),
    pdschSinr: unserved(),
    downlinkMbps: new Uint16Array(size),
    uplinkMargin: unserved(),
    indoorLevel: unserved(),
    servers: new Uint8Array(size),
  };
}
