// One link line by line, for people. Reads the same tables and the same look over the roofs as the map, so the level is the
// one on the map. A receiver under a roof hears what arrives at its facade, and less behind its walls.
import type { LinkBudget, LinkBudgetLine } from '../model/link-budget.ts';
import { coverageProbability, mixedCoverageProbability } from '../radio/coverage-probability.ts';
import { indoorLossDb, MEAN_INDOOR_DEPTH_M, MEAN_RURAL_INDOOR_DEPTH_M } from '../radio/indoor-loss.ts';
import { noisePerElementDbm } from '../radio/power-per-element.ts';
import { uplinkMostLossDb } from '../radio/uplink-budget.ts';
import {
  type CoverageModel,
  equipmentOf,
  type FormTables,
  flatTables,
  formTablesOf,
  groundAt,
  terrainTables,
} from './coverage-model.ts';
import { directionSteps } from './direction-steps.ts';
import { facadePart } from './facade-part.ts';
import { patternAt, sightFrom } from './hear-station.ts';
import { profileLossDb } from './profile-loss.ts';
import { seesReceiver } from './sees-receiver.ts';
import { SightSweep } from './sight-sweep.ts';
import type { StationPlace } from './station-place.ts';
import { mixedLossAt, RECEIVER_HEIGHT_M, type StationTables } from './station-tables.ts';
import { terrainExcessAlong } from './terrain-along.ts';

interface Receiver {
  readonly eastM: number;
  readonly northM: number;
}

/**
 * Receiver in metres of the zone, at street level. Beyond the service radius the link is computed at its true distance.
 * `mixed`: path loss and level are medians over both states, sigma is that of the likelier one, the chance is mixed.
 */
export function computeLinkBudget(
  model: CoverageModel,
  place: StationPlace,
  receiver: Receiver,
  siteId: string,
): LinkBudget {
  const { surface, thresholdDbm } = model;
  const { frequencyGhz } = equipmentOf(model, place.form);
  const eastM = receiver.eastM - place.eastM;
  const northM = receiver.northM - place.northM;
  const distanceM = Math.sqrt(eastM * eastM + northM * northM);
  const form = formTablesOf(model, place.form);
  const tables = tablesOf(model, place, receiver, Math.max(distanceM, place.form.serviceRadiusM));
  const at = (table: Float32Array): number => {
    const metre = Math.floor(distanceM);
    return table[metre]! + (distanceM - metre) * (table[metre + 1]! - table[metre]!);
  };
  const patternDb = patternAt(form.patternDb, at(tables.elevation), directionSteps(eastM, northM));
  const byProfile = place.form.model === 'P1812';
  const hasTerrain = surface?.groundM != null && !byProfile;
  const terrainDb = hasTerrain
    ? terrainExcessAlong(surface, place, receiver.eastM, receiver.northM, frequencyGhz)
    : 0;
  const state = byProfile
    ? 'profile'
    : model.sightByRoofs
      ? inSight(model, place, receiver, distanceM)
        ? 'LOS'
        : 'NLOS'
      : 'mixed';
  const losProbability = at(tables.losChance);
  const losLossDb = byProfile
    ? profileLossDb(surface, place, receiver.eastM, receiver.northM, frequencyGhz, model.latitudeDeg)
    : at(tables.losLossDb);
  const nlosLossDb = at(tables.nlosLossDb);
  const pathLossDb =
    state === 'mixed'
      ? mixedLossAt(tables, form, Math.floor(distanceM), distanceM - Math.floor(distanceM))
      : state === 'NLOS'
        ? nlosLossDb
        : losLossDb;
  const before = form.peakDbm - patternDb - terrainDb;
  const levelDbm = Math.floor((before - pathLossDb) * 10 + 0.5) / 10;
  const isHidden = state === 'NLOS' || (state === 'mixed' && losProbability < 0.5);
  const sigmaDb = isHidden ? form.nlosSigmaDb : form.losSigmaDb;
  const probability =
    state === 'mixed'
      ? mixedCoverageProbability(
          {
            losProbability,
            losLevelDbm: before - losLossDb,
            nlosLevelDbm: before - nlosLossDb,
            losSigmaDb: form.losSigmaDb,
            nlosSigmaDb: form.nlosSigmaDb,
          },
          thresholdDbm,
        )
      : coverageProbability(levelDbm, thresholdDbm, sigmaDb);
  const terrainLine: LinkBudgetLine[] = hasTerrain
    ? [{ key: 'terrainLoss', value: terrainDb, unit: 'dB' }]
    : [];
  return {
    siteId,
    model: place.form.model,
    state,
    distanceM,
    sigmaDb,
    lines: [
      ...sentLines(place, form),
      { key: 'patternLoss', value: patternDb, unit: 'dB' },
      { key: 'pathLoss', value: pathLossDb, unit: 'dB' },
      ...terrainLine,
      { key: 'level', value: levelDbm, unit: 'dBm' },
      { key: 'threshold', value: thresholdDbm, unit: 'dBm' },
      { key: 'margin', value: levelDbm - thresholdDbm, unit: 'dB' },
      { key: 'probability', value: probability * 100, unit: '%' },
      ...receivedLines(model, place, form, levelDbm),
    ],
  };
}

function tablesOf(
  model: CoverageModel,
  place: StationPlace,
  receiver: Receiver,
  radiusM: number,
): StationTables {
  const { surface } = model;
  if (!surface?.groundM) return flatTables(model, place.form, place.heightM, radiusM);
  const antennaM = groundAt(surface, place.eastM, place.northM) + place.heightM;
  const aboveM = antennaM - groundAt(surface, receiver.eastM, receiver.northM);
  return terrainTables(model, place.form, aboveM, radiusM);
}

function sentLines({ form }: StationPlace, { perElementDbm }: FormTables): LinkBudgetLine[] {
  const { totalPowerDbm, ssbGainDbi, trafficGainDbi, feederLossDb } = form;
  return [
    { key: 'totalPower', value: totalPowerDbm, unit: 'dBm' },
    { key: 'perElement', value: perElementDbm, unit: 'dBm' },
    { key: 'antennaGain', value: ssbGainDbi, unit: 'dBi' },
    { key: 'trafficGain', value: trafficGainDbi, unit: 'dBi' },
    { key: 'feederLoss', value: feederLossDb, unit: 'dB' },
    { key: 'eirp', value: totalPowerDbm + trafficGainDbi - feederLossDb, unit: 'dBm' },
  ];
}

/** What the level is worth against noise, on the way back, and behind a wall. Interference of other stations is not in here. */
function receivedLines(
  model: CoverageModel,
  { form }: StationPlace,
  { peakDbm }: FormTables,
  levelDbm: number,
): LinkBudgetLine[] {
  const { frequencyGhz, subcarrierKhz, noiseFigureDb, uplink } = equipmentOf(model, form);
  const noiseDbm = noisePerElementDbm(subcarrierKhz, noiseFigureDb);
  const uplinkDb = uplinkMostLossDb({
    ...uplink,
    subcarrierKhz,
    baseGainDbi: form.trafficGainDbi,
    feederLossDb: form.feederLossDb,
    interferenceMarginDb: 0,
  });
  const depthM = form.model === 'RMa' ? MEAN_RURAL_INDOOR_DEPTH_M : MEAN_INDOOR_DEPTH_M;
  const lowDb = indoorLossDb({ building: 'low', frequencyGhz, depthM });
  const highDb = indoorLossDb({ building: 'high', frequencyGhz, depthM });
  return [
    { key: 'noise', value: noiseDbm, unit: 'dBm' },
    { key: 'noiseMargin', value: levelDbm - noiseDbm, unit: 'dB' },
    // Pattern, path and terrain together are the peak less the level.
    { key: 'uplinkMargin', value: uplinkDb - (peakDbm - levelDbm), unit: 'dB' },
    { key: 'indoorLossLow', value: lowDb, unit: 'dB' },
    { key: 'indoorLevelLow', value: levelDbm - lowDb, unit: 'dBm' },
    { key: 'indoorLossHigh', value: highDb, unit: 'dB' },
    { key: 'indoorLevelHigh', value: levelDbm - highDb, unit: 'dBm' },
  ];
}

function inSight(model: CoverageModel, place: StationPlace, receiver: Receiver, distanceM: number): boolean {
  const { surface } = model;
  if (!surface) return true;
  const { westM, northM, cellM } = surface;
  // The receiver may stand on higher ground than any bin.
  const from = { ...sightFrom(model, place), highestGroundM: null };
  const sweep = new SightSweep();
  sweep.look(surface, from, distanceM);
  const part = facadePart(surface, place, receiver, from.ownBuilding);
  const eastM = part === 1 ? receiver.eastM : place.eastM + part * (receiver.eastM - place.eastM);
  const seenNorthM = part === 1 ? receiver.northM : place.northM + part * (receiver.northM - place.northM);
  return seesReceiver(
    surface,
    sweep,
    from,
    eastM,
    seenNorthM,
    Math.floor((eastM - westM) / cellM),
    Math.floor((northM - seenNorthM) / cellM),
    groundAt(surface, eastM, seenNorthM) + RECEIVER_HEIGHT_M,
  );
}
