import { expect, test } from 'vitest';
import { patternLossDb, tiltedDirection } from '../../../engine/index.ts';
import { numberIn, readVectors, worstDifference } from '../../support/vector-file.ts';

const element = { horizontalWidthDeg: 65, verticalWidthDeg: 65, frontToBackDb: 30 };

test('the pattern agrees with every row of antenna_38901_element.csv to its printed digits', () => {
  const file = readVectors('antenna_38901_element.csv');
  const worst = worstDifference(file.rows, (row) => {
    const seen = tiltedDirection(
      numberIn(row, 'phi_deg'),
      numberIn(row, 'theta_deg'),
      numberIn(row, 'mech_downtilt_deg'),
    );
    return 8 - patternLossDb(seen.azimuthDeg, seen.zenithDeg, 0, element) - numberIn(row, 'gain_dbi');
  });
  expect(file.rows.length).toBe(33);
  expect(worst.size, worst.row).toBeLessThanOrEqual(5.1e-5);
});

test('electrical tilt moves the peak below the horizon at every azimuth', () => {
  expect(patternLossDb(0, 96, 6, element)).toBe(0);
  expect(patternLossDb(40, 96, 6, element)).toBe(patternLossDb(40, 90, 0, element));
});

test('azimuths a full turn apart are the same direction', () => {
  expect(patternLossDb(350, 90, 0, element)).toBeCloseTo(patternLossDb(-10, 90, 0, element), 12);
});
