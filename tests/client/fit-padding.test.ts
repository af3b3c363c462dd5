// What is shown whole stands beside legend and card, and on a small map it keeps most of the room.
import { expect, test } from 'vitest';
import { fitPadding, focusOffset } from '../../client/map/fit-padding.ts';

test('a wide map keeps legend and card free', () => {
  const { left, right } = fitPadding({ widthPx: 1150, heightPx: 760 }, true);
  expect(left).toBeGreaterThanOrEqual(220);
  expect(right).toBeGreaterThanOrEqual(340);
});

test('without a card the right edge is only a margin', () => {
  expect(fitPadding({ widthPx: 1150, heightPx: 760 }, false).right).toBe(40);
});

test.each([
  [360, 300],
  [700, 120],
  [720, 200],
  [2500, 1200],
])('a map of %i × %i px keeps at least half of its width and most of its height', (widthPx, heightPx) => {
  const { top, right, bottom, left } = fitPadding({ widthPx, heightPx }, true);
  expect(left + right).toBeLessThanOrEqual(widthPx / 2);
  expect(top + bottom).toBeLessThanOrEqual(heightPx * 0.15);
});

test('only a wide map moves a focused place aside for the card', () => {
  expect([focusOffset({ widthPx: 1150 })[0] < 0, focusOffset({ widthPx: 400 })]).toEqual([true, [0, 0]]);
});
