// The benchmark on the smallest place: every step is measured, and the plain greedy it compares with finds as many sites.
import { expect, test } from 'vitest';
import { benchEngine, benchGreedy } from '../../scripts/bench/bench-engine.ts';

test('the benchmark has a row for each step of the walk', () => {
  const steps = benchEngine('small').map(({ step }) => step);
  expect(steps).toEqual([
    'sample small',
    'grid small',
    'coverage small',
    'selection and plan small',
    're-plan small',
  ]);
});

test('lazy greedy opens no more sites than the plain greedy it is measured against', () => {
  const [lazy, plain] = benchGreedy().map(({ note }) => Number.parseInt(note, 10));
  expect(lazy).toBeGreaterThan(0);
  expect(lazy).toBeLessThanOrEqual(plain!);
});
