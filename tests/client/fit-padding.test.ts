// What is shown whole stands beside legend and card, and on a small map it keeps most of the room.
import { expect, test } from 'vitest';
import { fitPadding, focusOffset, sheetPx } from '../../client/map/fit-padding.ts';

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
  [600, 120],
  [720, 200],
  [2500, 1200],
])('a map of %i × %i px keeps at least half of its width and most of its height', (widthPx, heightPx) => {
  const { top, right, bottom, left } = fitPadding({ widthPx, heightPx }, true);
  expect(left + right).toBeLessThanOrEqual(widthPx / 2);
  expect(top + bottom).toBeLessThanOrEqual(heightPx * 0.15);
});

test('a focused place moves aside for the card on a wide map and up for the sheet on a phone', () => {
  expect(focusOffset({ widthPx: 1150, heightPx: 700 }, 0)).toEqual([-170, 0]);
  expect(focusOffset({ widthPx: 580, heightPx: 700 }, 0)).toEqual([0, 0]);
  const hiddenPx = sheetPx(830, { widthPx: 420, heightPx: 860 });
  expect(hiddenPx).toBeCloseTo(486);
  expect(focusOffset({ widthPx: 420, heightPx: 620 }, hiddenPx)).toEqual([0, -hiddenPx / 2]);
  expect(sheetPx(830, { widthPx: 900, heightPx: 860 })).toBe(0);
});
