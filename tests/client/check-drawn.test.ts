// A drawn border that crosses itself is refused when it is finished, and the person can draw on.
import { expect, test } from 'vitest';
import { areasStore, finishDrawing, startDrawing } from '../../client/state/areas.ts';
import { checkDrawn } from '../../client/state/check-drawn.ts';
import type { LonLat, MultiPolygon } from '../../engine/index.ts';

const figure = (...corners: LonLat[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [[[...corners, corners[0] ?? [0, 0]]]],
});
const square = figure([121.2, 31.3], [121.21, 31.3], [121.21, 31.31], [121.2, 31.31]);
const bowTie = figure([121.2, 31.3], [121.21, 31.31], [121.21, 31.3], [121.2, 31.31]);

test('a plain and a hollowed border are fine', () => {
  const hollowed = figure([121.2, 31.3], [121.21, 31.3], [121.205, 31.305], [121.21, 31.31], [121.2, 31.31]);
  expect([checkDrawn(square), checkDrawn(hollowed)]).toEqual([null, null]);
});

test('a bow tie and a loop cross themselves', () => {
  const loop = figure(
    [121.2, 31.3],
    [121.22, 31.3],
    [121.22, 31.32],
    [121.21, 31.32],
    [121.21, 31.29],
    [121.2, 31.29],
  );
  expect([checkDrawn(bowTie), checkDrawn(loop)]).toEqual(['crosses', 'crosses']);
});

test('a corner clicked twice is no crossing', () => {
  const twice = figure([121.2, 31.3], [121.21, 31.3], [121.21, 31.3], [121.21, 31.31], [121.2, 31.31]);
  expect(checkDrawn(twice)).toBeNull();
});

test('fewer than three different corners are no area', () => {
  expect(checkDrawn(figure([121.2, 31.3], [121.21, 31.3], [121.21, 31.3]))).toBe('too-few-corners');
});

test('a refused figure is not kept and drawing goes on until a good one comes', () => {
  startDrawing('polygon');
  expect(finishDrawing(bowTie)).toBe(false);
  expect(areasStore.get()).toMatchObject({ drawing: 'polygon', drawn: null, problem: 'crosses' });
  expect(finishDrawing(square)).toBe(true);
  expect(areasStore.get()).toMatchObject({ drawing: 'off', drawn: square, problem: null });
});
