// The benchmark on the smallest place: every step is measured.
import { expect, test } from 'vitest';
import { benchEngine } from '../../scripts/bench/bench-engine.ts';

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
