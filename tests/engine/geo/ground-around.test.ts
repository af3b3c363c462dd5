import { expect, test } from 'vitest';
import { groundAround, localZoneOf, pointInMultiPolygon, polygonAreaKm2 } from '../../../engine/index.ts';

const lamp = [8.65, 49.87] as const;
const zone = localZoneOf(lamp);
const [eastM, northM] = zone.toMetres(lamp);

test('the ground around one lamp is a disc of the distance, made of tiles', () => {
  const ground = groundAround([lamp], zone, 400);
  expect(polygonAreaKm2(ground)).toBeGreaterThan(0.35);
  expect(polygonAreaKm2(ground)).toBeLessThan(0.65);
  expect(pointInMultiPolygon(lamp, ground)).toBe(true);
  expect(pointInMultiPolygon(zone.toDegrees(eastM + 700, northM), ground)).toBe(false);
});

test('two lamps close together share their ground, and it counts once', () => {
  const neighbour = zone.toDegrees(eastM + 30, northM);
  const one = polygonAreaKm2(groundAround([lamp], zone, 400));
  const both = polygonAreaKm2(groundAround([lamp, neighbour], zone, 400));
  expect(both).toBeGreaterThanOrEqual(one);
  expect(both).toBeLessThan(1.4 * one);
});

test('no places have no ground around them', () => {
  expect(groundAround([], zone, 400).coordinates).toEqual([]);
});
