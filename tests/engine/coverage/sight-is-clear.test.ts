// One exact ray over roofs and ground, by hand and against sampling it finely.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildingAt } from '../../../engine/coverage/carrier-of.ts';
import { sightIsClear } from '../../../engine/coverage/sight-is-clear.ts';
import type { Surface } from '../../../engine/index.ts';
import { surfaceOf } from './a-surface.ts';

const SIDE = 40;

test('a wall between two places hides them from each other, a low one does not', () => {
  // From 1.5 m to 10 m over 100 m; the wall stands halfway, its foot side at 50 m, ray height 5.75 m.
  const wall = (heightM: number) => surfaceOf([[14, 20, heightM]]);
  expect(sightIsClear(wall(5.7), 20, 97, 1.5, 120, 97, 10, 0)).toBe(true);
  expect(sightIsClear(wall(5.8), 20, 97, 1.5, 120, 97, 10, 0)).toBe(false);
  expect(sightIsClear(wall(5.8), 120, 97, 10, 20, 97, 1.5, 0)).toBe(false);
});

test('the building that carries the antenna never blocks', () => {
  const block = surfaceOf([[20, 20, 60]]);
  const own = buildingAt(block, 102, 97);
  expect(own).toBe(1);
  expect(sightIsClear(block, 20, 97, 1.5, 102, 97, 30, own)).toBe(true);
  expect(sightIsClear(block, 20, 97, 1.5, 102, 97, 30, 0)).toBe(false);
});

test('a ray that only touches the corner of a building is not blocked', () => {
  const corner = surfaceOf([[10, 20, 90]]);
  // The cell spans 50..55 east and 95..100 north; this ray runs through its corner at (50, 100).
  expect(sightIsClear(corner, 30, 80, 1.5, 70, 120, 8, 0)).toBe(true);
});

test('ground outside the surface is open, and rays may come from there', () => {
  const block = surfaceOf([[20, 20, 60]]);
  expect(sightIsClear(block, -300, 97, 1.5, 400, 97, 10, 0)).toBe(false);
  expect(sightIsClear(block, -300, 97, 1.5, 400, 320, 10, 0)).toBe(true);
  expect(sightIsClear(block, -300, -97, 1.5, -400, 97, 10, 0)).toBe(true);
  expect(buildingAt(block, -300, 97)).toBe(0);
});

test('a ridge of ground hides what lies behind it, a slope under the ray hides nothing', () => {
  const open = surfaceOf([]);
  const over = (heightAt: (column: number) => number): Surface => {
    const groundM = Float32Array.from({ length: SIDE * SIDE }, (_, at) => heightAt(at % SIDE));
    return { ...open, groundM, topM: groundM };
  };
  // From 1.5 m over the foot to 11.5 m over it, 100 m apart; the ray is 6.5 m high at the ridge halfway.
  const ridge = (ridgeM: number) => over((column) => Math.max(0, ridgeM - 2 * Math.abs(column - 14)));
  expect(sightIsClear(ridge(6.4), 22.5, 97, 1.5, 122.5, 97, 11.5, 0)).toBe(true);
  expect(sightIsClear(ridge(6.6), 22.5, 97, 1.5, 122.5, 97, 11.5, 0)).toBe(false);
  expect(sightIsClear(ridge(6.6), 122.5, 97, 11.5, 22.5, 97, 1.5, 0)).toBe(false);
  // Even slopes of 20 %: the ray runs 1.5 m to 3 m above the ground all the way.
  const slope = over((column) => column + 0.5);
  for (const northM of [20, 97, 180]) {
    expect(sightIsClear(slope, 20, 100, 4 + 1.5, 180, northM, 36 + 3, 0)).toBe(true);
    expect(sightIsClear(slope, 180, northM, 36 + 3, 20, 100, 4 + 1.5, 0)).toBe(true);
  }
});

/** The same question by brute force: the cells under many points of the ray. */
function blockedBySampling(surface: Surface, from: readonly number[], to: readonly number[]): boolean {
  const samples = 20_000;
  for (let i = 0; i <= samples; i++) {
    const [x, y, z] = [0, 1, 2].map((axis) => from[axis]! + ((to[axis]! - from[axis]!) * i) / samples);
    const column = Math.floor(x! / 5);
    const row = Math.floor((200 - y!) / 5);
    if (surface.topM[row * SIDE + column]! > z! + 1e-9) return true;
  }
  return false;
}

test('rays agree with sampling them finely', () => {
  const cell = fc.tuple(
    fc.integer({ min: 0, max: SIDE - 1 }),
    fc.integer({ min: 0, max: SIDE - 1 }),
    fc.integer({ min: 2, max: 20 }),
  );
  const metres = fc.double({ min: 0.1, max: 199.9, noNaN: true });
  const law = fc.property(
    fc.array(cell, { minLength: 20, maxLength: 200 }),
    metres,
    metres,
    metres,
    metres,
    fc.double({ min: 4, max: 40, noNaN: true }),
    (cells, fromX, fromY, toX, toY, heightM) => {
      const surface = surfaceOf(cells);
      const blocked = blockedBySampling(surface, [fromX, fromY, 1.5], [toX, toY, heightM]);
      const clear = sightIsClear(surface, fromX, fromY, 1.5, toX, toY, heightM, 0);
      // Sampling can miss a grazed corner, so it may find a ray open that is blocked over less than a sample.
      return blocked ? !clear : clear || grazes(surface, fromX, fromY, toX, toY, heightM);
    },
  );
  fc.assert(law, { seed: 1, numRuns: 150 });
});

/** Whether a ray lowered and moved by a centimetre is blocked: then sampling and walking may differ. */
function grazes(
  surface: Surface,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  heightM: number,
): boolean {
  return [-0.01, 0.01].some((shift) =>
    blockedBySampling(
      surface,
      [fromX + shift, fromY - shift, 1.49],
      [toX + shift, toY - shift, heightM - 0.01],
    ),
  );
}
