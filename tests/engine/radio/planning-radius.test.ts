// Radii of the planning table (propagation reference 10.7): far outside these figures means a gain, EPRE or unit error.
import { expect, test } from 'vitest';
import {
  findEquipmentProfile,
  marginForDiscShareDb,
  powerPerElementDbm,
  shadowSigmaDb,
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

/** Where a hidden street-level place just reaches the level, by halving. */
function radiusM(
  model: 'UMa' | 'UMi',
  baseHeightM: number,
  frequencyGhz: number,
  mostLossDb: number,
): number {
  const loss = model === 'UMa' ? umaPathLossDb : umiPathLossDb;
  let near = 10;
  let far = 20_000;
  for (let step = 0; step < 60; step++) {
    const distance2dM = (near + far) / 2;
    const link = { state: 'NLOS', distance2dM, baseHeightM, userHeightM: 1.5, frequencyGhz } as const;
    if (loss(link) <= mostLossDb) near = distance2dM;
    else far = distance2dM;
  }
  return near;
}

function radiusOf(row: VectorRow): number {
  const model = (row.model ?? '').startsWith('UMa') ? 'UMa' : 'UMi';
  const exponent = model === 'UMa' ? 3.908 : 3.53;
  const marginDb =
    row.area_target === 'median'
      ? 0
      : marginForDiscShareDb(numberIn(row, 'area_target'), exponent, shadowSigmaDb(model, 'NLOS'));
  const mostLossDb = numberIn(row, 'eirp_per_re_dbm') - numberIn(row, 'threshold_dbm') - marginDb;
  return radiusM(model, numberIn(row, 'h_bs_m'), numberIn(row, 'f_GHz'), mostLossDb);
}

test('radii agree with every row of planning_radius.csv', () => {
  const file = readVectors('planning_radius.csv');
  const worst = worstDifference(file.rows, (row) => radiusOf(row) - numberIn(row, 'radius_m'));
  expect(file.rows.length).toBe(56);
  expect(worst.size, worst.row).toBeLessThanOrEqual(toleranceOf(file, 1));
});

test('the n78 macro of the catalogue reaches 899 m at -105 dBm, hidden, in its main beam', () => {
  const { macro, frequencyGhz, resourceBlocks } = findEquipmentProfile('n78')!;
  const peakDbm =
    powerPerElementDbm(macro.totalPowerDbm, resourceBlocks) + macro.ssbGainDbi - macro.feederLossDb;
  expect(radiusM('UMa', 25, frequencyGhz, peakDbm + 105)).toBeCloseTo(899, -1);
});
