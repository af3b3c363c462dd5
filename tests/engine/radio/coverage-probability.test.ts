import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  coverageProbability,
  discCoverageShare,
  marginForDiscShareDb,
  mixedCoverageProbability,
  normalQuantile,
  type SightState,
  shadowSigmaDb,
  umaLosProbability,
  umaPathLossDb,
  umiLosProbability,
  umiPathLossDb,
} from '../../../engine/index.ts';
import {
  numberIn,
  readVectors,
  toleranceOf,
  type VectorRow,
  worstDifference,
} from '../../support/vector-file.ts';

test('the share of a disc agrees with every row of coverage_probability.csv', () => {
  const file = readVectors('coverage_probability.csv');
  const worst = worstDifference(
    file.rows,
    (row) =>
      discCoverageShare(
        numberIn(row, 'sigma_db') * normalQuantile(numberIn(row, 'p_edge')),
        numberIn(row, 'n'),
        numberIn(row, 'sigma_db'),
      ) - numberIn(row, 'p_area'),
  );
  const margins = worstDifference(
    file.rows,
    (row) => numberIn(row, 'sigma_db') * normalQuantile(numberIn(row, 'p_edge')) - numberIn(row, 'margin_db'),
  );
  expect(file.rows.length).toBe(108);
  expect(worst.size, worst.row).toBeLessThanOrEqual(1e-6);
  expect(margins.size, margins.row).toBeLessThanOrEqual(5.1e-5);
});

test('margins for an area target agree with every row of coverage_margin_for_area_target.csv', () => {
  const file = readVectors('coverage_margin_for_area_target.csv');
  const worst = worstDifference(
    file.rows,
    (row) =>
      marginForDiscShareDb(numberIn(row, 'p_area_target'), numberIn(row, 'n'), numberIn(row, 'sigma_db')) -
      numberIn(row, 'margin_db'),
  );
  expect(file.rows.length).toBe(36);
  expect(worst.size, worst.row).toBeLessThanOrEqual(1e-3);
});

function levelOf(row: VectorRow, state: SightState): number {
  const loss = row.model === 'UMa' ? umaPathLossDb : umiPathLossDb;
  const link = {
    state,
    distance2dM: numberIn(row, 'd2d_m'),
    baseHeightM: numberIn(row, 'h_bs_m'),
    userHeightM: 1.5,
    frequencyGhz: numberIn(row, 'f_GHz'),
  };
  return numberIn(row, 'eirp_per_re_dbm') - loss(link);
}

function mixedOf(row: VectorRow): number {
  const model = row.model === 'UMa' ? 'UMa' : 'UMi';
  const distanceM = numberIn(row, 'd2d_m');
  return mixedCoverageProbability(
    {
      losProbability: model === 'UMa' ? umaLosProbability(distanceM, 1.5) : umiLosProbability(distanceM),
      losLevelDbm: levelOf(row, 'LOS'),
      nlosLevelDbm: levelOf(row, 'NLOS'),
      losSigmaDb: shadowSigmaDb(model, 'LOS'),
      nlosSigmaDb: shadowSigmaDb(model, 'NLOS'),
    },
    numberIn(row, 'threshold_dbm'),
  );
}

test('mixed chances and both levels agree with every row of coverage_los_mixture.csv', () => {
  const file = readVectors('coverage_los_mixture.csv');
  const chances = worstDifference(file.rows, (row) => mixedOf(row) - numberIn(row, 'p_cover'));
  const open = worstDifference(file.rows, (row) => levelOf(row, 'LOS') - numberIn(row, 'rsrp_los_dbm'));
  const hidden = worstDifference(file.rows, (row) => levelOf(row, 'NLOS') - numberIn(row, 'rsrp_nlos_dbm'));
  expect(file.rows.length).toBe(50);
  expect(chances.size, chances.row).toBeLessThanOrEqual(toleranceOf(file, 1e-4));
  expect(open.size, open.row).toBeLessThanOrEqual(0.01);
  expect(hidden.size, hidden.row).toBeLessThanOrEqual(0.01);
});

test('a mixed chance lies between the chances of its two states', () => {
  const level = fc.double({ min: -140, max: -40, noNaN: true });
  const law = fc.property(level, level, fc.double({ min: 0, max: 1, noNaN: true }), (los, nlos, share) => {
    const mixed = mixedCoverageProbability(
      { losProbability: share, losLevelDbm: los, nlosLevelDbm: nlos, losSigmaDb: 4, nlosSigmaDb: 6 },
      -105,
    );
    const open = coverageProbability(los, -105, 4);
    const hidden = coverageProbability(nlos, -105, 6);
    return mixed >= Math.min(open, hidden) - 1e-12 && mixed <= Math.max(open, hidden) + 1e-12;
  });
  fc.assert(law, { seed: 1, numRuns: 500 });
});
