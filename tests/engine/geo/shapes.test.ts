import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bearingDeg,
  boxesTouch,
  boxOf,
  curveOrder,
  distanceM,
  growBox,
  joinBoxes,
  type MultiPolygon,
  pointInMultiPolygon,
  polygonAreaKm2,
} from '../../../engine/index.ts';

const frame = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const area = (...polygons: [number, number][][][]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: polygons,
});

test('a degree of a meridian is 111.2 km on the mean sphere', () => {
  expect(distanceM([121, 31], [121, 32])).toBeCloseTo(111_195.08, 1);
  expect(distanceM([121, 31], [121, 31])).toBe(0);
});

test('bearings turn clockwise from north', () => {
  expect(bearingDeg([121, 31], [121, 32])).toBeCloseTo(0, 9);
  expect(bearingDeg([0, 0], [1, 0])).toBeCloseTo(90, 9);
  expect(bearingDeg([121, 31], [121, 30])).toBeCloseTo(180, 9);
  expect(bearingDeg([0, 0], [-1, 0])).toBeCloseTo(270, 9);
});

test('a box holds all positions of a geometry and boxes that share a border touch', () => {
  const west = boxOf(area([frame(121, 31, 122, 32)], [frame(120, 30.5, 120.5, 31)]));
  expect(west).toEqual([120, 30.5, 122, 32]);
  expect(boxesTouch(west, [122, 31, 123, 32])).toBe(true);
  expect(boxesTouch(west, [122.1, 31, 123, 32])).toBe(false);
  expect(joinBoxes(west, [122, 31, 123, 33])).toEqual([120, 30.5, 123, 33]);
  expect(boxOf({ type: 'Point', coordinates: [121, 31] })).toEqual([121, 31, 121, 31]);
});

test('a grown box is at least its margin wider on every side', () => {
  const [west, south, east, north] = growBox([121, 31, 121.1, 31.1], 1000);
  expect(distanceM([west, 31.1], [121, 31.1])).toBeGreaterThanOrEqual(1000);
  expect(distanceM([east, 31.1], [121.1, 31.1])).toBeGreaterThanOrEqual(1000);
  expect(distanceM([121, south], [121, 31])).toBeGreaterThanOrEqual(1000);
  expect(distanceM([121, north], [121, 31.1])).toBeGreaterThanOrEqual(1000);
  expect(distanceM([121, north], [121, 31.1])).toBeLessThan(1020);
});

test('a hole is outside, an island in it inside', () => {
  const ring = area([frame(0, 0, 10, 10), frame(2, 2, 8, 8)], [frame(4, 4, 6, 6)]);
  expect(pointInMultiPolygon([1, 1], ring)).toBe(true);
  expect(pointInMultiPolygon([3, 3], ring)).toBe(false);
  expect(pointInMultiPolygon([5, 5], ring)).toBe(true);
  expect(pointInMultiPolygon([11, 5], ring)).toBe(false);
});

test('a square degree is as large as on the ellipsoid, whatever way its ring turns', () => {
  // Between 31° and 32° north on GRS 80: 10 536.5 km², from the closed formula for a zone.
  const square = area([frame(121, 31, 122, 32)]);
  const turned = area([[...frame(121, 31, 122, 32)].reverse()]);
  expect(polygonAreaKm2(square)).toBeCloseTo(zoneKm2(31, 32), 6);
  expect(polygonAreaKm2(turned)).toBe(polygonAreaKm2(square));
  expect(polygonAreaKm2(area([frame(121, 31, 122, 32), frame(121, 31, 122, 31.5)]))).toBeCloseTo(
    zoneKm2(31.5, 32),
    6,
  );
});

/** Area of one degree of longitude between two parallels: meridian radius times parallel radius, summed finely. */
function zoneKm2(south: number, north: number): number {
  const e2 = (1 / 298.257222101) * (2 - 1 / 298.257222101);
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const lat = ((south + ((i + 0.5) * (north - south)) / steps) * Math.PI) / 180;
    const w = 1 - e2 * Math.sin(lat) ** 2;
    sum += ((6378.137 ** 2 * (1 - e2)) / w ** 2) * Math.cos(lat);
  }
  return sum * ((((north - south) / steps) * Math.PI) / 180) * (Math.PI / 180);
}

test('curve order is a permutation that keeps neighbours together', () => {
  const side = 64;
  const eastM = Float64Array.from({ length: side * side }, (_, i) => (i % side) * 10);
  const northM = Float64Array.from({ length: side * side }, (_, i) => Math.floor(i / side) * 10);
  const order = curveOrder(eastM, northM);
  expect(new Set(order).size).toBe(side * side);
  let walked = 0;
  for (let i = 1; i < order.length; i++) {
    walked += Math.hypot(
      eastM[order[i]!]! - eastM[order[i - 1]!]!,
      northM[order[i]!]! - northM[order[i - 1]!]!,
    );
  }
  // On a full square a Hilbert walk makes one step per point.
  expect(walked / (order.length - 1)).toBeLessThan(11);
});

test('curve order takes any points, also none and equal ones', () => {
  expect([...curveOrder(new Float64Array(0), new Float64Array(0))]).toEqual([]);
  expect([...curveOrder(new Float64Array(3), new Float64Array(3))]).toEqual([0, 1, 2]);
  const metres = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
  const law = fc.property(metres, (values) => {
    const order = curveOrder(Float64Array.from(values), Float64Array.from(values).reverse());
    return new Set(order).size === values.length;
  });
  fc.assert(law, { seed: 1, numRuns: 100 });
});
