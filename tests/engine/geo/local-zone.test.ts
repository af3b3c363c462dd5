import fc from 'fast-check';
import proj4 from 'proj4';
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

// PROJ's own test suite (test/gie/builtins.gie, +proj=tmerc +ellps=GRS80), given there to 50 nm; the second lies 45 degrees
// from the meridian, far outside any zone.
test('check points of PROJ on GRS 80 are met', () => {
  const [eastM, northM] = localZone(4549).toMetres([122, 1]);
  expect(Math.abs(eastM - 500_000 - 222_650.796797586)).toBeLessThan(5e-8);
  expect(Math.abs(northM - 110_642.229411933)).toBeLessThan(5e-8);
  const far = localZone(4549).toMetres([120 + 44.69, 35.37]);
  expect(Math.abs(far[0] - 500_000 - 4_168_136.489446198)).toBeLessThan(5e-8);
  expect(Math.abs(far[1] - 4_985_511.302287407)).toBeLessThan(5e-8);
});

// 55° N, 12° E in UTM zone 32: the worked example of the proj manual, here with the digits of PROJ 9 on WGS 84.
test('the check point of PROJ for UTM is met, and its mirror south of the equator', () => {
  const [eastM, northM] = localZone(32632).toMetres([12, 55]);
  expect(Math.abs(eastM - 691_875.632137542)).toBeLessThan(1e-8);
  expect(Math.abs(northM - 6_098_907.825129169)).toBeLessThan(1e-8);
  const south = localZone(32732).toMetres([12, -55]);
  expect(south[0]).toBe(eastM);
  expect(Math.abs(south[1] + northM - 10_000_000)).toBeLessThan(1e-8);
});

test('every zone agrees with proj4 to a micrometre, and its inverse to 1e-11 degrees', () => {
  const law = fc.property(
    fc.constantFrom(...ALL_CODES),
    fc.double({ min: -3.5, max: 3.5, noNaN: true }),
    fc.double({ min: -84, max: 84, noNaN: true }),
    (epsg, awayDeg, lat) => {
      const zone = localZone(epsg);
      const lon = zone.centralMeridianDeg + awayDeg;
      const position = [lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, lat] as const;
      const theirs = proj4(proj4Definition(epsg, zone.centralMeridianDeg));
      const ours = zone.toMetres(position);
      const [eastM, northM] = theirs.forward([...position]) as [number, number];
      const back = zone.toDegrees(...ours);
      return (
        Math.abs(ours[0] - eastM) < 1e-6 &&
        Math.abs(ours[1] - northM) < 1e-6 &&
        Math.abs(back[0] - position[0]) < 1e-11 &&
        Math.abs(back[1] - position[1]) < 1e-11
      );
    },
  );
  fc.assert(law, { seed: 1, numRuns: 3000 });
});

test('both sides of the date line lie in one zone', () => {
  const zone = localZone(32660);
  const [eastM] = zone.toMetres([-179.5, 10]);
  expect(eastM).toBeGreaterThan(zone.toMetres([179.5, 10])[0]);
  expect(zone.toDegrees(...zone.toMetres([-179.5, 10]))[0]).toBeCloseTo(-179.5, 11);
});

test('the pole is one point, a quarter of a meridian from the equator', () => {
  // Quarter meridian of GRS 80: H. Moritz, Geodetic Reference System 1980, 10 001 965.729 m.
  for (const lon of [119, 120, 122]) {
    const [eastM, northM] = localZone(4549).toMetres([lon, 90]);
    expect(eastM).toBeCloseTo(500_000, 8);
    expect(northM).toBeCloseTo(10_001_965.729, 3);
  }
});

test('an unknown code is refused by its number', () => {
  expect(() => localZone(4490)).toThrow(/4490/);
  expect(() => localZone(32661)).toThrow(/32661/);
  expect(() => localZoneOf([200, 0])).toThrow(/200/);
});

const ALL_CODES = [
  ...Array.from({ length: 21 }, (_, index) => 4534 + index),
  ...Array.from({ length: 60 }, (_, index) => 32_601 + index),
  ...Array.from({ length: 60 }, (_, index) => 32_701 + index),
];

function proj4Definition(epsg: number, meridianDeg: number): string {
  const place = `+proj=tmerc +lat_0=0 +lon_0=${meridianDeg} +x_0=500000 +units=m +no_defs +a=6378137`;
  if (epsg < 5000) return `${place} +k=1 +y_0=0 +rf=298.257222101`;
  return `${place} +k=0.9996 +y_0=${epsg < 32_700 ? 0 : 10_000_000} +rf=298.257223563`;
}
