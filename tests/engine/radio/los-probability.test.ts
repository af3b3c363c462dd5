import { expect, test } from 'vitest';
import {
  inhMixedLosProbability,
  inhOpenLosProbability,
  rmaLosProbability,
  umaLosProbability,
  umiLosProbability,
} from '../../../engine/index.ts';
import {
  numberIn,
  readVectors,
  toleranceOf,
  type VectorRow,
  worstDifference,
} from '../../support/vector-file.ts';

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

test('line-of-sight chances agree with every row of tr38901_los_probability.csv', () => {
  const file = readVectors('tr38901_los_probability.csv');
  const worst = worstDifference(file.rows, (row) => probabilityOf(row) - numberIn(row, 'p_los'));
  expect(file.rows.length).toBe(46);
  expect(worst.size, worst.row).toBeLessThanOrEqual(toleranceOf(file, 1e-6));
});
