// One link line by line, for people. Reads the same tables as the map, so the level is the one on the map.
import type { LinkBudget } from '../model/link-budget.ts';
import { coverageProbability, mixedCoverageProbability } from '../radio/coverage-probability.ts';
import { stationLosProbability } from '../radio/station-path-loss.ts';
import { type CoverageModel, tablesOf } from './coverage-model.ts';
import { turnedLossDb } from './hear-station.ts';
import { carrierOf, sightIsClear } from './sight-is-clear.ts';
import type { StationPlace } from './station-place.ts';
import { RECEIVER_HEIGHT_M } from './station-tables.ts';

/**
 * Receiver in metres of the zone, at street level. Beyond the service radius the link is computed at its true distance.
 * `mixed`: path loss and level are medians over both states, sigma is that of the likelier one, the chance is mixed.
 */
export function computeLinkBudget(
  model: CoverageModel,
  place: StationPlace,
  receiver: { readonly eastM: number; readonly northM: number },
  siteId: string,
): LinkBudget {
  const eastM = receiver.eastM - place.eastM;
  const northM = receiver.northM - place.northM;
  const distanceM = Math.sqrt(eastM * eastM + northM * northM);
  const { form, tables } = tablesReaching(model, place, distanceM);
  const at = (table: Float32Array): number => {
    const metre = Math.floor(distanceM);
    return table[metre]! + (distanceM - metre) * (table[metre + 1]! - table[metre]!);
  };
  const horizontalDb =
    form.horizontalLossDb.length > 0 ? turnedLossDb(form.horizontalLossDb, eastM, northM) : 0;
  const patternDb = Math.min(at(tables.verticalLossDb) + horizontalDb, place.form.frontToBackDb);
  const losProbability = stationLosProbability(place.form.model, distanceM, RECEIVER_HEIGHT_M);
  const state = model.surface ? (inSight(model, place, receiver) ? 'LOS' : 'NLOS') : 'mixed';
  const losLossDb = at(tables.losLossDb);
  const nlosLossDb = at(tables.nlosLossDb);
  const pathLossDb =
    state === 'mixed' ? at(tables.mixed!.medianLossDb) : state === 'LOS' ? losLossDb : nlosLossDb;
  const before = form.peakDbm - patternDb;
  const levelDbm = Math.round((before - pathLossDb) * 10) / 10;
  const likelier = state === 'mixed' ? (losProbability >= 0.5 ? 'LOS' : 'NLOS') : state;
  const sigmaDb = likelier === 'LOS' ? form.losSigmaDb : form.nlosSigmaDb;
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
          model.thresholdDbm,
        )
      : coverageProbability(levelDbm, model.thresholdDbm, sigmaDb);
  return {
    siteId,
    model: place.form.model,
    state,
    distanceM,
    sigmaDb,
    lines: [
      { key: 'totalPower', value: place.form.totalPowerDbm, unit: 'dBm' },
      { key: 'perElement', value: form.perElementDbm, unit: 'dBm' },
      { key: 'antennaGain', value: place.form.ssbGainDbi, unit: 'dBi' },
      { key: 'patternLoss', value: patternDb, unit: 'dB' },
      { key: 'feederLoss', value: place.form.feederLossDb, unit: 'dB' },
      { key: 'pathLoss', value: pathLossDb, unit: 'dB' },
      { key: 'level', value: levelDbm, unit: 'dBm' },
      { key: 'threshold', value: model.thresholdDbm, unit: 'dBm' },
      { key: 'margin', value: levelDbm - model.thresholdDbm, unit: 'dB' },
      { key: 'probability', value: probability * 100, unit: '%' },
    ],
  };
}

function inSight(
  model: CoverageModel,
  place: StationPlace,
  receiver: { readonly eastM: number; readonly northM: number },
): boolean {
  const { surface } = model;
  return (
    surface === null ||
    sightIsClear(
      surface,
      receiver.eastM,
      receiver.northM,
      RECEIVER_HEIGHT_M,
      place.eastM,
      place.northM,
      place.heightM,
      carrierOf(surface, place),
    )
  );
}

/** Tables end at the service radius; for a farther receiver they are made longer and not kept. */
function tablesReaching(
  model: CoverageModel,
  place: StationPlace,
  distanceM: number,
): ReturnType<typeof tablesOf> {
  if (distanceM <= place.form.serviceRadiusM) return tablesOf(model, place);
  const form = { ...place.form, serviceRadiusM: distanceM };
  return tablesOf({ ...model, forms: new Map() }, { ...place, form });
}
