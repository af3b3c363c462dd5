// Deadlines of key areas become duties of the years, and the years never ask for less than before.
import { expect, test } from 'vitest';
import { dutiesByDeadline } from '../../../engine/selection/phases/duties-by-deadline.ts';

test('a duty is owed from the year of its deadline on', () => {
  const duties = [
    { target: 0, required: 95, deadline: 2022 },
    { target: 1, required: 40, deadline: 2020 },
    { target: 1, required: 48, deadline: 2021 },
  ];
  expect(dutiesByDeadline([2020, 2021, 2022], 2, duties)).toEqual([
    [0, 40],
    [0, 48],
    [95, 48],
  ]);
});

test('what was due before the first year is due in it, what is due after the last is left out', () => {
  const duties = [
    { target: 0, required: 5, deadline: 2018 },
    { target: 1, required: 7, deadline: 2025 },
  ];
  expect(dutiesByDeadline([2020, 2021], 2, duties)).toEqual([
    [5, 0],
    [5, 0],
  ]);
  expect(() => dutiesByDeadline([2020], 1, duties)).toThrow(RangeError);
});
