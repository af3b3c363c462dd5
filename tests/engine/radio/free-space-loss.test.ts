import { expect, test } from 'vitest';
import { freeSpaceLossDb } from '../../../engine/index.ts';

test('under one metre the loss stays that of one metre', () => {
  expect(freeSpaceLossDb(0, 3500)).toBe(freeSpaceLossDb(1, 3500));
});
