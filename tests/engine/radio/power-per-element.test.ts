import { expect, test } from 'vitest';
import {
  coverageProbability,
  noisePerElementDbm,
  powerPerElementDbm,
  type SightState,
  umaPathLossDb,
  umiPathLossDb,
} from '../../../engine/index.ts';
import { numberIn, readVectors, toleranceOf, worstDifference } from '../../support/vector-file.ts';

test('power and noise per element agree with every row of nr_epre_noise.csv', () => {
  const file = readVectors('nr_epre_noise.csv');
  const power = worstDifference(
    file.rows,
    (row) =>
      powerPerElementDbm(numberIn(row, 'p_total_dbm'), numberIn(row, 'n_rb')) - numberIn(row, 'epre_dbm'),
  );
  const noise = worstDifference(
    file.rows,
    (row) => noisePerElementDbm(numberIn(row, 'scs_kHz'), 7) - numberIn(row, 'noise_per_re_dbm'),
  );
  expect(file.rows.length).toBe(8);
  expect(power.size, power.row).toBeLessThanOrEqual(toleranceOf(file, 1e-4) + 1e-9);
  expect(noise.size, noise.row).toBeLessThanOrEqual(toleranceOf(file, 1e-4));
});

test('levels and chances agree with every row of nr_rsrp_examples.csv', () => {
  const file = readVectors('nr_rsrp_examples.csv');
  const level = (row: (typeof file.rows)[number]): number => {
    const [model, state] = (row.model ?? '').split('_');
    const link = {
      state: (state ?? '').toUpperCase() as SightState,
      distance2dM: numberIn(row, 'd2d_m'),
      baseHeightM: numberIn(row, 'h_bs_m'),
      userHeightM: numberIn(row, 'h_ut_m'),
      frequencyGhz: numberIn(row, 'f_GHz'),
    };
    const lossDb = model === 'uma' ? umaPathLossDb(link) : umiPathLossDb(link);
    return numberIn(row, 'epre_dbm') + numberIn(row, 'g_ssb_dbi') - numberIn(row, 'l_feeder_db') - lossDb;
  };
  const levels = worstDifference(file.rows, (row) => level(row) - numberIn(row, 'ss_rsrp_dbm'));
  const chances = worstDifference(
    file.rows,
    (row) =>
      coverageProbability(level(row), numberIn(row, 'threshold_dbm'), numberIn(row, 'sigma_db')) -
      numberIn(row, 'p_cover'),
  );
  expect(file.rows.length).toBe(7);
  expect(levels.size, levels.row).toBeLessThanOrEqual(0.001);
  expect(chances.size, chances.row).toBeLessThanOrEqual(1e-5);
});
