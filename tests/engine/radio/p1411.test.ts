import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type OverRoofLink,
  p1411AnyCornerLoss,
  p1411OverRoofLoss,
  p1411RightCornerLoss,
  p1411SiteGeneralLoss,
  p1411StreetCanyonLoss,
  siteGeneralRows,
} from '../../../engine/index.ts';

// Rows of the reference data file in eeveetza/p1411 (matlab/reference_p1411.csv), which this edition label stands for.
test.each([
  ['below-roof-los', 1, 20, 58.16132091],
  ['below-roof-los', 300, 100, 123.6586978],
  ['below-roof-high-rise-nlos', 0.8, 20, 62.35825254],
  ['below-roof-high-rise-nlos', 28, 500, 149.3973527],
  ['below-roof-low-rise-nlos', 0.45, 10, 43.81874779],
  ['below-roof-low-rise-nlos', 73, 150, 144.2744341],
  ['below-roof-residential-nlos', 28, 100, 108.9561712],
  ['above-roof-los', 2.2, 55, 75.16579013],
  ['above-roof-high-rise-nlos', 50, 1000, 164.5063101],
] as const)('the 2024 coefficients give the reference loss for %s at %d GHz and %d m', (...row) => {
  const [place, frequencyGhz, distance3dM, lossDb] = row;
  const loss = p1411SiteGeneralLoss({ edition: 'P.1411 2024 data', place, distance3dM, frequencyGhz });
  expect(loss.lossDb).toBeCloseTo(lossDb, 6);
  expect(loss.inRange).toBe(true);
});

test('a link outside the stated range of its row is marked', () => {
  const link = { edition: 'P.1411-12', distance3dM: 100, frequencyGhz: 3.5 } as const;
  expect(p1411SiteGeneralLoss({ ...link, place: 'below-roof-los' }).inRange).toBe(true);
  expect(p1411SiteGeneralLoss({ ...link, place: 'below-roof-los', distance3dM: 661 }).inRange).toBe(false);
  expect(p1411SiteGeneralLoss({ ...link, place: 'below-roof-low-rise-nlos' }).inRange).toBe(false);
});

test('every edition states a range for each of its rows', () => {
  for (const rows of Object.values(siteGeneralRows)) {
    for (const { frequencyGhz, distanceM } of Object.values(rows)) {
      expect(frequencyGhz[0]).toBeLessThan(frequencyGhz[1]);
      expect(distanceM[0]).toBeLessThan(distanceM[1]);
    }
  }
});

test('a street with heavy traffic loses 13.6 dB more at 300 m than the plain form', () => {
  const street = { distanceM: 300, baseHeightM: 8, userHeightM: 1.5, frequencyGhz: 3.5 };
  const busy = p1411StreetCanyonLoss({ ...street, roadHeightM: 1.3 });
  const quiet = p1411StreetCanyonLoss({ ...street, roadHeightM: 0 });
  expect(busy.medianDb - quiet.medianDb).toBeCloseTo(13.6, 1);
  expect([busy.breakpointM, quiet.breakpointM].map((m) => Math.round(m!))).toEqual([63, 560]);
});

test('traffic as high as the receiver leaves a street without a breakpoint: 30 dB per decade from 20 m', () => {
  const street = { baseHeightM: 8, userHeightM: 1.5, frequencyGhz: 3.5, roadHeightM: 1.5 };
  const near = p1411StreetCanyonLoss({ ...street, distanceM: 20 });
  const far = p1411StreetCanyonLoss({ ...street, distanceM: 200 });
  // Ls = |20 log(λ/(2π·20))| with λ = 0.2998/3.5 m
  expect(near.lowerDb).toBeCloseTo(63.3289, 3);
  expect(far.medianDb - near.medianDb).toBeCloseTo(30, 9);
  expect([near.breakpointM, far.breakpointM]).toEqual([null, null]);
  expect(p1411StreetCanyonLoss({ ...street, distanceM: 10 }).medianDb).toBeCloseTo(
    p1411StreetCanyonLoss({ ...street, distanceM: 10, roadHeightM: 0 }).medianDb,
    12,
  );
});

test('the median never falls with distance and lies between its bounds', () => {
  const street = fc.record({
    baseHeightM: fc.double({ min: 3, max: 30, noNaN: true }),
    userHeightM: fc.double({ min: 1, max: 3, noNaN: true }),
    frequencyGhz: fc.double({ min: 0.5, max: 6, noNaN: true }),
    roadHeightM: fc.constantFrom(0, 0.5, 1.3),
    distanceM: fc.double({ min: 20, max: 900, noNaN: true }),
  });
  fc.assert(
    fc.property(street, (link) => {
      const { lowerDb, medianDb, upperDb } = p1411StreetCanyonLoss(link);
      expect(lowerDb).toBeLessThan(medianDb);
      const farther = p1411StreetCanyonLoss({ ...link, distanceM: link.distanceM * 1.1 });
      expect(farther.medianDb).toBeGreaterThan(medianDb);
      expect(upperDb).toBeGreaterThan(medianDb);
    }),
    { seed: 1411, numRuns: 300 },
  );
});

test('the step where the corner loss is complete is 0.26 dB for 60 m and a 20 m street', () => {
  const corner = { baseToCrossingM: 60, baseStreetWidthM: 20, baseHeightM: 8, userHeightM: 1.5 };
  const at = (userToCrossingM: number): number =>
    p1411RightCornerLoss({
      ...corner,
      userToCrossingM,
      roadHeightM: 0,
      frequencyGhz: 2.6,
      environment: 'urban',
    }).lossDb;
  expect(at(41 + 1e-9) - at(41)).toBeCloseTo(0.26, 2);
});

test('a corner beyond the stated range is marked', () => {
  const corner = { baseToCrossingM: 100, userToCrossingM: 50, baseStreetWidthM: 20, frequencyGhz: 1.8 };
  const any = { ...corner, userStreetWidthM: 20, cornerAngleRad: 1.5 };
  expect(p1411AnyCornerLoss(any).inRange).toBe(true);
  expect(p1411AnyCornerLoss({ ...any, frequencyGhz: 2.6 }).inRange).toBe(false);
  expect(p1411AnyCornerLoss({ ...any, cornerAngleRad: 0.5 }).inRange).toBe(false);
  const right = {
    ...corner,
    baseHeightM: 8,
    userHeightM: 1.5,
    roadHeightM: 0,
    environment: 'urban',
  } as const;
  expect(p1411RightCornerLoss(right).inRange).toBe(false);
  expect(p1411RightCornerLoss({ ...right, frequencyGhz: 2.6 }).inRange).toBe(true);
  expect(p1411RightCornerLoss({ ...right, frequencyGhz: 2.6, baseToCrossingM: 15 }).inRange).toBe(false);
});

const overRoofs: OverRoofLink = {
  frequencyGhz: 2.6,
  distanceM: 500,
  baseHeightM: 30,
  userHeightM: 1.5,
  roofHeightM: 20,
  builtLengthM: 400,
  buildingSeparationM: 40,
  streetWidthM: 20,
  streetAngleDeg: 90,
  city: 'medium',
};

test('an antenna level with the roofs counts as standing 0.3 m off them, on its own side', () => {
  const at = (baseHeightM: number) => p1411OverRoofLoss({ ...overRoofs, baseHeightM }).lossDb;
  expect(at(20)).toBe(at(20.3));
  expect(at(20 - 1e-9)).toBe(at(19.7));
});

test('only a metropolis up to 2 GHz loses more than a medium city', () => {
  const differenceDb = (frequencyGhz: number): number =>
    p1411OverRoofLoss({ ...overRoofs, frequencyGhz, city: 'metropolitan' }).lossDb -
    p1411OverRoofLoss({ ...overRoofs, frequencyGhz }).lossDb;
  expect(differenceDb(2.6)).toBe(0);
  expect(differenceDb(1.8)).toBeGreaterThan(0);
});

test('a receiver above the roofs or a path without buildings is a wrong call; a tall mast is marked', () => {
  expect(() => p1411OverRoofLoss({ ...overRoofs, roofHeightM: 1.5 })).toThrow(RangeError);
  expect(() => p1411OverRoofLoss({ ...overRoofs, builtLengthM: 0 })).toThrow(RangeError);
  expect(p1411OverRoofLoss(overRoofs).inRange).toBe(true);
  expect(p1411OverRoofLoss({ ...overRoofs, baseHeightM: 60 }).inRange).toBe(false);
  expect(p1411OverRoofLoss({ ...overRoofs, frequencyGhz: 1, baseHeightM: 10, streetWidthM: 8 }).inRange).toBe(
    false,
  );
});
