// The course of a running search: what is kept of its news, and the gap it shows.
import { expect, test } from 'vitest';
import { addToCourse, type CoursePoint, coursePointOf, gapOf } from '../../client/state/search-course.ts';
import type { PlanProgressJson } from '../../server/contract/plans.ts';

const news = (changes: Partial<PlanProgressJson>): PlanProgressJson => ({
  step: 'selection',
  done: 1,
  total: 2,
  stage: 'prices',
  ...changes,
});

test('news of cost and bound become points, everything else leaves the course as it is', () => {
  const empty: readonly CoursePoint[] = [];
  expect(addToCourse(empty, null)).toBe(empty);
  expect(addToCourse(empty, { step: 'coverage', done: 1, total: 2 })).toBe(empty);
  expect(addToCourse(empty, news({ costCny: null, bound: null }))).toBe(empty);
  const one = addToCourse(empty, news({ costCny: 1_000_000 }));
  expect(addToCourse(one, news({ costCny: 990_000, bound: 900_000 }))).toEqual([
    { costCny: 1_000_000, boundCny: null },
    { costCny: 990_000, boundCny: 900_000 },
  ]);
});

test('a bound above the cost bounds something else than yuan', () => {
  expect(coursePointOf(news({ costCny: 1_000_000, bound: 8_000_000_000 }))).toEqual({
    costCny: 1_000_000,
    boundCny: null,
  });
});

test('the gap is relative to the bound and missing without one', () => {
  expect(gapOf({ costCny: 1_030_000, boundCny: 1_000_000 })).toBeCloseTo(0.03, 12);
  expect(gapOf({ costCny: 1_000_000, boundCny: null })).toBeNull();
});

test('a long search is thinned and keeps its beginning and its end', () => {
  let course: readonly CoursePoint[] = [];
  for (let step = 0; step < 2_000; step++)
    course = addToCourse(course, news({ costCny: 5_000_000 - step, bound: 1_000 + step }));
  expect(course.length).toBeLessThanOrEqual(240);
  expect(course[0]).toEqual({ costCny: 5_000_000, boundCny: 1_000 });
  expect(course.at(-1)).toEqual({ costCny: 4_998_001, boundCny: 2_999 });
});
