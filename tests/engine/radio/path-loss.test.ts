import { expect, test } from 'vitest';
import {
  effectiveBreakpointM,
  inhPathLossDb,
  optionalNlosLossDb,
  rmaBreakpointM,
  rmaPathLossDb,
  type SightState,
  umaPathLossDb,
  umiPathLossDb,
} from '../../../engine/index.ts';
import {
  numberIn,
  readVectors,
  toleranceOf,
  type VectorRow,
  worstDifference,
} from '../../support/vector-file.ts';

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

test('UMa, UMi, RMa and InH agree with every row of tr38901_pathloss.csv', () => {
  const file = readVectors('tr38901_pathloss.csv');
  const worst = worstDifference(file.rows, (row) => lossOf(row) - numberIn(row, 'pl_db'));
  expect(file.rows.length).toBe(356);
  expect(worst.size, worst.row).toBeLessThanOrEqual(toleranceOf(file, 0.001));
});

test('breakpoints agree with tr38901_pathloss.csv to its printed digits', () => {
  const rows = readVectors('tr38901_pathloss.csv').rows.filter((row) => row.d_bp_m !== '');
  const worst = worstDifference(rows, (row) => {
    const breakpoint = row.scenario === 'RMa' ? rmaBreakpointM : effectiveBreakpointM;
    const metres = breakpoint(numberIn(row, 'h_bs_m'), numberIn(row, 'h_ut_m'), numberIn(row, 'f_GHz'));
    return (metres - numberIn(row, 'd_bp_m')) / metres;
  });
  expect(worst.size, worst.row).toBeLessThanOrEqual(1e-4);
});

test('nearer than ten metres counts as ten metres', () => {
  const link = { state: 'LOS', baseHeightM: 10, userHeightM: 1.5, frequencyGhz: 3.5 } as const;
  expect(umiPathLossDb({ ...link, distance2dM: 0 })).toBe(umiPathLossDb({ ...link, distance2dM: 10 }));
});
