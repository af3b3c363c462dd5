import { expect, test } from 'vitest';
import {
  carLossDb,
  MEAN_INDOOR_DEPTH_M,
  MEAN_RURAL_INDOOR_DEPTH_M,
  materialLossDb,
  storeyHeightM,
  wallLossDb,
} from '../../../engine/index.ts';

test('without an edition coated glass is that of releases up to 18', () => {
  expect(materialLossDb('coatedGlass', 3.5)).toBe(materialLossDb('coatedGlass', 3.5, '<=18'));
  expect(wallLossDb('high', 3.5)).toBeCloseTo(26.8498, 4);
  expect(wallLossDb('high', 3.5, '19.2')).toBeCloseTo(27.4993, 4);
});

test('mean depths are the means of the smaller of two even draws', () => {
  // E[min(U1, U2)] of two draws from 0 to a is a/3: 25 m for UMa and UMi, 10 m for RMa.
  expect(MEAN_INDOOR_DEPTH_M).toBeCloseTo(8.3333, 4);
  expect(MEAN_RURAL_INDOOR_DEPTH_M).toBeCloseTo(3.3333, 4);
});

test('storeys are 3 m high and start at 1.5 m', () => {
  expect([1, 2, 8].map(storeyHeightM)).toEqual([1.5, 4.5, 22.5]);
  expect(() => storeyHeightM(0)).toThrow(RangeError);
});

test('a car takes 9 dB, with coated windows 20 dB', () => {
  expect([carLossDb('plain'), carLossDb('coated')]).toEqual([9, 20]);
});
