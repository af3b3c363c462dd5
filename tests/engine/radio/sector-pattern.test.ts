import { expect, test } from 'vitest';
import { patternLossDb } from '../../../engine/index.ts';

const element = { horizontalWidthDeg: 65, verticalWidthDeg: 65, frontToBackDb: 30 };

test('electrical tilt moves the peak below the horizon at every azimuth', () => {
  expect(patternLossDb(0, 96, 6, element)).toBe(0);
  expect(patternLossDb(40, 96, 6, element)).toBe(patternLossDb(40, 90, 0, element));
});

test('azimuths a full turn apart are the same direction', () => {
  expect(patternLossDb(350, 90, 0, element)).toBeCloseTo(patternLossDb(-10, 90, 0, element), 12);
});
