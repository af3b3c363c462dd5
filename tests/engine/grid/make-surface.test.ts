import { expect, test } from 'vitest';
import { type BuildingSet, makeSurface } from '../../../engine/index.ts';
import { at, buildingsOf, corners, ORIGIN_EAST_M, ORIGIN_NORTH_M, zone } from '../../support/flat-ground.ts';

const box = [ORIGIN_EAST_M, ORIGIN_NORTH_M, ORIGIN_EAST_M + 200, ORIGIN_NORTH_M + 200] as const;

function heightAt(surface: ReturnType<typeof makeSurface>, eastM: number, northM: number): number {
  const column = Math.floor((ORIGIN_EAST_M + eastM - surface.westM) / surface.cellM);
  const row = Math.floor((surface.northM - ORIGIN_NORTH_M - northM) / surface.cellM);
  return surface.heightDm[row * surface.columns + column]! / 10;
}

test('a building fills the cells whose centres it holds', () => {
  const surface = makeSurface(buildingsOf([50, 50, 90, 70, 21.5]), zone, box);
  expect([...surface.heightDm].filter((height) => height > 0).length).toBe(8 * 4);
  expect(heightAt(surface, 52, 52)).toBe(21.5);
  expect(heightAt(surface, 48, 52)).toBe(0);
});

test('the higher roof wins where outlines overlap', () => {
  const surface = makeSurface(buildingsOf([50, 50, 90, 90, 60], [0, 0, 150, 150, 12]), zone, box);
  expect(heightAt(surface, 70, 70)).toBe(60);
  expect(heightAt(surface, 20, 20)).toBe(12);
});

test('a courtyard stays open', () => {
  const rings = [corners(20, 20, 120, 120), corners(50, 50, 90, 90)];
  const yard: BuildingSet = {
    positions: Float64Array.from(rings.flat().flatMap(([e, n]) => [...at(e, n)])),
    ringStarts: Uint32Array.from([0, 4, 8]),
    buildingStarts: Uint32Array.from([0, 2]),
    heightM: Float32Array.from([18]),
  };
  const surface = makeSurface(yard, zone, box);
  expect(heightAt(surface, 70, 70)).toBe(0);
  expect(heightAt(surface, 30, 30)).toBe(18);
});

test('a missing height is assumed from the roof and counted; buildings outside the box are not', () => {
  const surface = makeSurface(
    buildingsOf([20, 20, 40, 40, Number.NaN], [60, 60, 65, 65, Number.NaN], [5000, 0, 5050, 50, Number.NaN]),
    zone,
    box,
  );
  expect(surface.assumedHeights).toBe(2);
  expect(heightAt(surface, 30, 30)).toBe(18);
  expect(heightAt(surface, 62, 62)).toBe(3);
});

test('a building cut by the edge of the box keeps its inner part', () => {
  const surface = makeSurface(buildingsOf([-50, -50, 20, 20, 9]), zone, box);
  expect([...surface.heightDm].filter((height) => height > 0).length).toBe(16);
});
