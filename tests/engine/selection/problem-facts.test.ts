// What is kept with a problem: states that are given back start afresh whatever was done with them, and what all sites together are worth.
import { expect, test } from 'vitest';
import {
  computeCeilings,
  emptyState,
  giveBack,
  startWith,
  worthWithout,
} from '../../../engine/selection/problem-facts.ts';
import { coveredOf, randomCase } from './random-case.ts';
import { problemOfTable } from './table-problem.ts';

test('a state that was given back comes again with nothing open, in every shape of cover', () => {
  let opened = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { problem, table, choice } = randomCase(seed);
    const all = [...problem.cost.keys()];
    const fresh = emptyState(problem);
    const gains = all.map((site) => fresh.gain(site));
    fresh.setPrices(
      problem.targets.map((_, target) => 0.3 + target),
      new Float32Array(problem.cover.binCount).fill(0.7),
    );
    for (const site of all) fresh.openSite(site);
    giveBack(fresh);
    const again = emptyState(problem);
    expect(again, `seed ${seed}`).toBe(fresh);
    expect([...again.covered, ...again.isOpen].every((value) => value === 0)).toBe(true);
    expect(
      all.map((site) => again.gain(site)),
      `seed ${seed}`,
    ).toEqual(gains);
    giveBack(again);
    const { state, gain } = startWith(problem, choice.existing);
    expect([...state.covered]).toEqual(coveredOf(table, choice.existing));
    for (const site of all) if (state.isOpen[site] === 0) expect(state.gain(site)).toBe(gain[site]);
    opened += choice.existing.length;
  }
  expect(opened).toBeGreaterThan(50);
});

test('two states at a time are two', () => {
  const problem = problemOfTable({ weights: [1], sites: [{ id: 'a', items: [1], cost: 1 }] }, 'runs');
  const one = emptyState(problem);
  const other = emptyState(problem);
  one.openSite(0);
  expect([one.covered[0], other.covered[0]]).toEqual([1, 0]);
});

test('what everything but the refused is worth, bin by bin and in all, equals a count by hand', () => {
  for (let seed = 0; seed < 300; seed++) {
    const { problem, table, choice } = randomCase(seed);
    const left = [...problem.cost.keys()].filter((site) => !choice.refused.includes(site));
    const covered = coveredOf(table, left);
    expect(computeCeilings(problem, choice.refused), `seed ${seed}`).toEqual(covered);
    const worthAt = worthWithout(problem, choice.refused);
    const sum = problem.targets[0].weight.reduce((total, weight, bin) => total + weight * worthAt(bin), 0);
    expect(sum).toBe(covered[0]);
  }
});

test('whichever sites are refused, one after the other or many at once, the ceilings are those of the rest', () => {
  for (let seed = 0; seed < 240; seed++) {
    const { problem, table } = randomCase(seed, { sites: 6 });
    const all = [...problem.cost.keys()];
    for (let mask = 0; mask < 1 << all.length; mask++) {
      const refused = all.filter((site) => (mask >> site) & 1);
      const left = all.filter((site) => !refused.includes(site));
      expect(computeCeilings(problem, refused), `seed ${seed}, refused ${refused}`).toEqual(
        coveredOf(table, left),
      );
    }
  }
});

test('more sites than sixteen bits count still serve a bin', () => {
  const sites = Array.from({ length: 70_000 }, (_, index) => ({ id: `s${index}`, items: [1], cost: 1 }));
  const problem = problemOfTable({ weights: [3], sites }, 'runs');
  expect(computeCeilings(problem, [])).toEqual([3]);
  expect(computeCeilings(problem, [...sites.keys()].slice(0, 69_999))).toEqual([3]);
  expect(computeCeilings(problem, [...sites.keys()])).toEqual([0]);
});
