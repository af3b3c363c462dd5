import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localZone, localZoneOf } from '../../../engine/index.ts';

test('Shanghai lies in the 120 degree zone, EPSG 4549', () => {
  expect(localZoneOf([121.49, 31.24]).epsg).toBe(4549);
});

test('zones run from 75 to 135 degrees, EPSG 4534 to 4554', () => {
  expect(localZoneOf([73.6, 39.5]).epsg).toBe(4534);
  expect(localZoneOf([134.9, 48]).epsg).toBe(4554);
});

test('outside China it is UTM, north and south', () => {
  expect(localZoneOf([24.94, 60.17]).epsg).toBe(32635);
  expect(localZoneOf([144.96, -37.81]).epsg).toBe(32755);
  expect(localZoneOf([180, 0]).epsg).toBe(32660);
});

test('the central meridian has easting 500 000 without a zone prefix', () => {
  const [eastM, northM] = localZone(4549).toMetres([120, 31]);
  expect(eastM).toBeCloseTo(500_000, 6);
  // Meridian arc on GRS 80: 111 132.95255·31 − 16 038.50868·sin 62° + 16.83261·sin 124° − 0.02198·sin 186° (Helmert).
  expect(northM).toBeCloseTo(3_430_974.324, 2);
});

test('there and back again moves nothing by more than 1e-9 degrees', () => {
  const law = fc.property(
    fc.double({ min: 73, max: 136, noNaN: true }),
    fc.double({ min: 3, max: 54, noNaN: true }),
    (lon, lat) => {
      const zone = localZoneOf([lon, lat]);
      const back = zone.toDegrees(...zone.toMetres([lon, lat]));
      return Math.abs(back[0] - lon) < 1e-9 && Math.abs(back[1] - lat) < 1e-9;
    },
  );
  fc.assert(law, { seed: 1, numRuns: 300 });
});

test('an unknown code is refused by its number', () => {
  expect(() => localZone(4490)).toThrow(/4490/);
  expect(() => localZone(32661)).toThrow(/32661/);
  expect(() => localZoneOf([200, 0])).toThrow(/200/);
});
