// Closed forms: free space, 3GPP TR 38.901, Hata and COST 231.
import {
  cost231PathLossDb,
  effectiveBreakpointM,
  freeSpaceLossDb,
  type HataCity,
  type HataEnvironment,
  hataPathLossDb,
  inhMixedLosProbability,
  inhOpenLosProbability,
  inhPathLossDb,
  optionalNlosLossDb,
  rmaBreakpointM,
  rmaLosProbability,
  rmaPathLossDb,
  type SightState,
  umaLosProbability,
  umaPathLossDb,
  umiLosProbability,
  umiPathLossDb,
} from '../../../engine/index.ts';
import { numberIn, type VectorRow } from '../vector-file.ts';
import { rowCheck, type VectorCheck } from './vector-check.ts';

const PATH_LOSS = 'tr38901_pathloss.csv';

export const pathLossChecks: readonly VectorCheck[] = [
  rowCheck({
    what: 'free space',
    clause: 'ITU-R P.525',
    edition: 'P.525-4',
    file: 'free_space.csv',
    rows: 24,
    tolerance: 'stated',
    difference: (row) =>
      freeSpaceLossDb(numberIn(row, 'd_m'), numberIn(row, 'f_MHz')) - numberIn(row, 'fspl_db'),
  }),
  rowCheck({
    what: 'UMa, UMi street canyon, RMa, InH, and their optional NLOS lines',
    clause: 'TR 38.901 table 7.4.1-1',
    edition: 'releases 14 to 19',
    file: PATH_LOSS,
    rows: 356,
    tolerance: 0.001,
    difference: (row) => lossOf(row) - numberIn(row, 'pl_db'),
  }),
  rowCheck({
    what: 'breakpoints of UMa, UMi and RMa',
    clause: 'TR 38.901 table 7.4.1-1, notes 1 and 5',
    edition: 'releases 14 to 19',
    file: PATH_LOSS,
    rows: 324,
    unit: 'of the distance',
    // The digits the file prints.
    tolerance: 1e-4,
    pick: (row) => row.d_bp_m !== '',
    difference: breakpointDifference,
  }),
  rowCheck({
    what: 'line-of-sight probability',
    clause: 'TR 38.901 table 7.4.2-1',
    edition: 'releases 14 to 19',
    file: 'tr38901_los_probability.csv',
    rows: 46,
    unit: 'of 1',
    tolerance: 'stated',
    difference: (row) => probabilityOf(row) - numberIn(row, 'p_los'),
  }),
  rowCheck({
    what: 'Okumura-Hata and COST 231-Hata',
    clause: 'Hata 1980; COST 231 equation 4.4.3',
    edition: 'ITU-R P.529; final report 1999',
    file: 'hata_cost231.csv',
    rows: 60,
    tolerance: 'stated',
    difference: (row) => hataOf(row) - numberIn(row, 'loss_db'),
  }),
];

function lossOf(row: VectorRow): number {
  const state = row.state as SightState;
  const frequencyGhz = numberIn(row, 'f_GHz');
  if (row.state === 'NLOS_optional') {
    const model = row.scenario as 'UMa' | 'UMi' | 'InH';
    return optionalNlosLossDb(model, numberIn(row, 'd3d_m'), frequencyGhz).lossDb;
  }
  if (row.scenario === 'InH')
    return inhPathLossDb({ state, frequencyGhz, distance3dM: numberIn(row, 'd3d_m') });
  const link = {
    state,
    frequencyGhz,
    distance2dM: numberIn(row, 'd2d_m'),
    baseHeightM: numberIn(row, 'h_bs_m'),
    userHeightM: numberIn(row, 'h_ut_m'),
  };
  if (row.scenario === 'UMa') return umaPathLossDb(link);
  if (row.scenario === 'UMi') return umiPathLossDb(link);
  return rmaPathLossDb({
    ...link,
    buildingHeightM: numberIn(row, 'h_bldg_m'),
    streetWidthM: numberIn(row, 'w_street_m'),
  });
}

function breakpointDifference(row: VectorRow): number {
  const breakpoint = row.scenario === 'RMa' ? rmaBreakpointM : effectiveBreakpointM;
  const metres = breakpoint(numberIn(row, 'h_bs_m'), numberIn(row, 'h_ut_m'), numberIn(row, 'f_GHz'));
  return (metres - numberIn(row, 'd_bp_m')) / metres;
}

function probabilityOf(row: VectorRow): number {
  const distanceM = numberIn(row, 'd2d_out_m');
  const scenario = row.scenario ?? '';
  if (scenario === 'UMa') return umaLosProbability(distanceM, numberIn(row, 'h_ut_m'));
  if (scenario === 'UMi') return umiLosProbability(distanceM);
  if (scenario === 'RMa') return rmaLosProbability(distanceM);
  if (/mixed/i.test(scenario)) return inhMixedLosProbability(distanceM);
  if (/open/i.test(scenario)) return inhOpenLosProbability(distanceM);
  throw new Error(`unknown scenario ${scenario}`);
}

function hataOf(row: VectorRow): number {
  const link = {
    frequencyMhz: numberIn(row, 'f_MHz'),
    baseHeightM: numberIn(row, 'hb_m'),
    userHeightM: numberIn(row, 'hm_m'),
    distanceKm: numberIn(row, 'd_km'),
  };
  if (row.model === 'cost231-hata')
    return cost231PathLossDb(link, row.city === 'large' ? 'metropolitan' : 'medium');
  return hataPathLossDb(link, row.environment as HataEnvironment, row.city as HataCity);
}
