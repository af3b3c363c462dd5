import { expect, test } from 'vitest';
import { checkValidity, type ModelKey, modelRanges } from '../../../engine/index.ts';

test('a link inside every range raises nothing', () => {
  const link = { frequencyGhz: 2.6, distanceM: 400, baseHeightM: 25, userHeightM: 1.5 };
  expect(checkValidity('UMa', link)).toEqual([]);
});

test('every quantity outside is named, in a fixed order', () => {
  const link = { frequencyGhz: 0.1, distanceM: 9, baseHeightM: 9, userHeightM: 0.5 };
  expect(checkValidity('RMa', link)).toEqual(['frequency', 'distance', 'baseHeight', 'userHeight']);
});

test('the ends of a range belong to it', () => {
  expect(checkValidity('UMi', { distanceM: 10, userHeightM: 22.5 })).toEqual([]);
  expect(checkValidity('UMi', { distanceM: 9.99, userHeightM: 22.51 })).toEqual(['distance', 'userHeight']);
});

test('what is not known of a link is not judged, and not a number is outside', () => {
  expect(checkValidity('P1812', {})).toEqual([]);
  expect(checkValidity('P1812', { distanceM: Number.NaN })).toEqual(['distance']);
});

test('a pole of 6 m is an extrapolation of UMi', () => {
  expect(checkValidity('UMi', { baseHeightM: 6 })).toEqual(['baseHeight']);
});

test('RMa reaches 10 km in sight and 5 km hidden', () => {
  expect(checkValidity('RMa', { distanceM: 8000, state: 'LOS' })).toEqual([]);
  expect(checkValidity('RMa', { distanceM: 8000, state: 'NLOS' })).toEqual(['distance']);
  expect(checkValidity('RMa', { distanceM: 8000 })).toEqual(['distance']);
});

test('Hata is no model for a pole', () => {
  const pole = { frequencyGhz: 2.6, distanceM: 200, baseHeightM: 8, userHeightM: 1.5 };
  expect(checkValidity('Hata', pole)).toEqual(['frequency', 'distance', 'baseHeight']);
  expect(checkValidity('COST231', pole)).toEqual(['frequency', 'distance', 'baseHeight']);
});

test('the low-rise row of P.1411 starts at 10 GHz, the residential one reaches down to 0.8', () => {
  const link = { frequencyGhz: 3.5, distanceM: 100 };
  expect(checkValidity('P1411-below-roof-low-rise-nlos', link)).toEqual(['frequency']);
  expect(checkValidity('P1411-below-roof-residential-nlos', link)).toEqual([]);
});

test('every range runs from its least to its most', () => {
  const keys = Object.keys(modelRanges) as ModelKey[];
  expect(keys.length).toBe(19);
  for (const key of keys) {
    for (const [least, most] of Object.values(modelRanges[key])) {
      expect(most, key).toBeGreaterThanOrEqual(least);
    }
  }
});
