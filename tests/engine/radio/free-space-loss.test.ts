import { expect, test } from 'vitest';
import { freeSpaceLossDb } from '../../../engine/index.ts';
import { numberIn, readVectors, toleranceOf, worstDifference } from '../../support/vector-file.ts';

test('free space agrees with every row of free_space.csv', () => {
  const file = readVectors('free_space.csv');
  const worst = worstDifference(
    file.rows,
    (row) => freeSpaceLossDb(numberIn(row, 'd_m'), numberIn(row, 'f_MHz')) - numberIn(row, 'fspl_db'),
  );
  expect(file.rows.length).toBe(24);
  expect(worst.size, worst.row).toBeLessThanOrEqual(toleranceOf(file, 0.001));
});

test('under one metre the loss stays that of one metre', () => {
  expect(freeSpaceLossDb(0, 3500)).toBe(freeSpaceLossDb(1, 3500));
});
