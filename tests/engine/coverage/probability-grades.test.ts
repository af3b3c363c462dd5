// Grades are a coarser probability: the laws here say how much coarser, and that a share over many bins stays right.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  FULL_GRADE_VALUE,
  findCoverageRule,
  GRADE_VALUE,
  GRADES,
  gradeOf,
  gradePercent,
  HALF_GRADE,
  makePlan,
  normalTail,
  plainChoice,
  prepareCoverage,
} from '../../../engine/index.ts';
import { townPlanInput } from '../../support/town-plan-input.ts';

/** Narrower than one entry of the grade table (1/65 536). */
const PART = 1 / 65_536;

test('grade 0 is worth nothing, worth never falls, the last grade is worth all', () => {
  expect(GRADE_VALUE.length).toBe(GRADES);
  expect(GRADE_VALUE[0]).toBe(0);
  expect(GRADE_VALUE.at(-1)).toBe(10_000);
  expect(FULL_GRADE_VALUE).toBe(10_000);
  for (let grade = 1; grade < GRADES; grade++)
    expect(GRADE_VALUE[grade]).toBeGreaterThanOrEqual(GRADE_VALUE[grade - 1]!);
  expect([gradePercent(0), gradePercent(GRADES - 1)]).toEqual([0, 100]);
});

test('nothing is grade 0, certainty the last grade, and one half exactly starts HALF_GRADE', () => {
  expect([gradeOf(0), gradeOf(1)]).toEqual([0, GRADES - 1]);
  expect(gradeOf(0.5)).toBe(HALF_GRADE);
  expect(gradeOf(0.5 - PART)).toBe(HALF_GRADE - 1);
  expect(gradeOf(0.5 - Number.EPSILON)).toBe(HALF_GRADE - 1);
  // A median exactly at the threshold counts as covered.
  expect(gradeOf(normalTail(0))).toBe(HALF_GRADE);
});

test('a higher probability never has a lower grade, and every grade occurs', () => {
  const grades = new Set<number>();
  let last = 0;
  for (let step = 0; step <= 4 * 65_536; step++) {
    const grade = gradeOf(step / (4 * 65_536));
    if (grade < last) expect({ step, grade }).toEqual({ step, grade: last });
    last = grade;
    grades.add(grade);
  }
  expect(grades.size).toBe(GRADES);
});

test('the worth of a grade differs from no probability inside it by more than 0.32 percentage points', () => {
  const law = fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (probability) => {
    expect(Math.abs(gradePercent(gradeOf(probability)) - 100 * probability)).toBeLessThanOrEqual(0.32);
  });
  fc.assert(law, { seed: 1, numRuns: 20_000 });
  for (let part = 0; part <= 65_536; part++)
    if (Math.abs(gradePercent(gradeOf(part * PART)) - 100 * part * PART) > 0.32) expect(part).toBe(-1);
});

test('at both ends, where most bins lie, a grade is right to a fiftieth of a percentage point', () => {
  for (const probability of [0.00001, 0.0001, 0.9999, 0.99999])
    expect(Math.abs(gradePercent(gradeOf(probability)) - 100 * probability)).toBeLessThanOrEqual(0.02);
});

/** Seeded draws 0..1. */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const distributions: [what: string, draw: (random: () => number) => number][] = [
  ['evenly spread', (random) => random()],
  ['crowded at one, as in a finished plan', (random) => 1 - random() ** 4],
  ['nearly all above 95 %', (random) => 1 - 0.05 * random() ** 2],
  ['crowded at zero, as of one site alone', (random) => random() ** 5],
  ['in the middle only', (random) => 0.3 + 0.4 * random()],
  ['of normal margins', (random) => normalTail(3 - 12 * random())],
];
for (const [what, draw] of distributions) {
  test(`a mean over 20 000 bins is right to a hundredth of a percentage point: ${what}`, () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = drawsOf(seed);
      let exact = 0;
      let graded = 0;
      for (let bin = 0; bin < 20_000; bin++) {
        const probability = draw(random);
        exact += probability;
        graded += GRADE_VALUE[gradeOf(probability)]!;
      }
      expect(Math.abs(graded / 10_000 - exact) / 20_000).toBeLessThan(0.0001);
    }
  });
}

test('the share of a plan for a town equals the mean of the exact chances to a hundredth of a percentage point', async () => {
  const rule = findCoverageRule('连续覆盖')!;
  const prepared = prepareCoverage(await townPlanInput());
  const { grid, model } = prepared;
  const choice = {
    rule,
    targetShare: rule.targetShare,
    budgetCny: null,
    maxSites: null,
    refusedSiteIds: [],
    lockedSiteIds: [],
    ...plainChoice,
  };
  const { raster, summary } = makePlan(prepared, choice);
  const exact = new Float64Array(grid.binCount);
  for (const id of raster.siteIds) {
    const site = prepared.siteIndexes.get(id)!;
    const sigma = model.forms.get(prepared.places[site]!.form)!;
    const { bins, level, seen } = prepared.siteLevels.get(site)!;
    bins.forEach((bin, index) => {
      const sigmaDb = seen[index] === 1 ? sigma.losSigmaDb : sigma.nlosSigmaDb;
      const chance = normalTail((model.thresholdDbm - level[index]! / 10) / sigmaDb);
      exact[bin] = Math.max(exact[bin]!, chance);
    });
  }
  let covered = 0;
  grid.weight.forEach((weight, bin) => {
    covered += weight * exact[bin]!;
  });
  expect(summary.bins).toBeGreaterThan(3000);
  expect(Math.abs(summary.coveredShare - covered / grid.totalWeight)).toBeLessThan(0.0001);
});
