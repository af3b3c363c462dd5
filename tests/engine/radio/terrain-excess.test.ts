import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bullingtonAlong,
  flatGroundLossDb,
  MEDIAN_EARTH_RADIUS_KM,
  terrainExcessDb,
} from '../../../engine/index.ts';

const mast = {
  txHeightM: 25,
  rxHeightM: 1.5,
  frequencyGhz: 2.6,
  effectiveEarthRadiusKm: MEDIAN_EARTH_RADIUS_KM,
};

test('flat ground alone costs what the propagation reference says in section 6.5', () => {
  expect(flatGroundLossDb(501, 10, mast)).toBeCloseTo(1.4, 1);
  expect(flatGroundLossDb(501, 10, { ...mast, frequencyGhz: 0.758 })).toBeCloseTo(6.7, 1);
  expect(flatGroundLossDb(101, 10, { ...mast, frequencyGhz: 0.758, txHeightM: 8 })).toBeCloseTo(4.9, 1);
});

test('flat ground at any height has no excess', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -100, max: 4000, noNaN: true }),
      fc.integer({ min: 2, max: 400 }),
      (groundM, count) => {
        expect(terrainExcessDb(new Float64Array(count).fill(groundM), count, 25, mast)).toBeCloseTo(0, 8);
      },
    ),
    { seed: 65, numRuns: 200 },
  );
});

test('a valley between the ends has no excess', () => {
  const valleyM = Float64Array.from({ length: 81 }, (_, i) => 100 - 60 * Math.sin((Math.PI * i) / 80));
  expect(terrainExcessDb(valleyM, 81, 50, mast)).toBe(0);
});

test('a ridge costs its Bullington loss less that of flat ground', () => {
  const ridgeM = Float64Array.from({ length: 81 }, (_, i) => 60 * Math.exp(-(((i - 40) / 6) ** 2)));
  const ridgeDb = bullingtonAlong(ridgeM, 81, 50, 25, 1.5, 2.6, MEDIAN_EARTH_RADIUS_KM);
  expect(terrainExcessDb(ridgeM, 81, 50, mast)).toBeCloseTo(ridgeDb - flatGroundLossDb(81, 50, mast), 6);
  expect(terrainExcessDb(ridgeM, 81, 50, mast)).toBeGreaterThan(20);
});

test('a table of flat ground gives the same excess', () => {
  const slopeM = Float64Array.from({ length: 61 }, (_, i) => 2 * i + 8 * Math.sin(i));
  const flatDb = flatGroundLossDb(61, 40, mast);
  expect(terrainExcessDb(slopeM, 61, 40, mast, flatDb)).toBe(terrainExcessDb(slopeM, 61, 40, mast));
});
