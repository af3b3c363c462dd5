// The exact mode against trying everything, over all shapes of cover and every rule; what it does with a solver that is stopped,
// fails or lies; and when it is not offered.
import { beforeAll, describe, expect, test } from 'vitest';
import { PlanningError } from '../../../engine/model/planning-error.ts';
import type { MipSolver } from '../../../engine/selection/exact/mip-solver.ts';
import { type ExactResult, solveExactly } from '../../../engine/selection/exact/solve-exactly.ts';
import { makeSeededRandom } from '../../../engine/selection/search/seeded-random.ts';
import type { SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { highsHere } from './highs-here.ts';
import { bestPlans, costOf, coveredOf, keepsRules, type RandomCase, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable, type Table } from './table-problem.ts';

let highs: MipSolver;
beforeAll(async () => {
  highs = await highsHere();
});

const unbranched = { nodes: 0, seconds: 10 };
const branched = { nodes: 1000, seconds: 0 };

/** Reference 15.1: greedy 66 at 5 of 6, best 60. */
const table: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
  ],
};

describe('known answers', () => {
  test.each(coverKinds)('five of six cost 60, whatever greedy says (reference 15.1, %s)', async (kind) => {
    const result = await solveExactly(
      problemOfTable(table, kind),
      choiceOf({ required: [5] }),
      [0, 2],
      null,
      highs,
    );
    expect(result).toMatchObject({ kind: 'cost', sites: [0, 1], bound: 60, optimal: true });
  });

  test('under a budget of 60 the two that meet serve all six (reference 15.2)', async () => {
    const choice = choiceOf({ required: [7], budget: 60 });
    const result = await solveExactly(problemOfTable(table, 'runs'), choice, [2], null, highs);
    expect(result).toMatchObject({ kind: 'covered', sites: [0, 1], bound: 6, optimal: true });
  });

  test('a share that the start missed within the budget is found, at its least cost', async () => {
    const choice = choiceOf({ required: [6], budget: 70 });
    const result = await solveExactly(problemOfTable(table, 'lists'), choice, [2], null, highs);
    expect(result).toMatchObject({ kind: 'cost', sites: [0, 1], bound: 60, optimal: true });
  });

  test('one bin that needs two of three sites: graded counts each, strict both (reference 15.7)', async () => {
    const two = (counts: 'graded' | 'strict'): Table => ({
      weights: [6],
      sites: ['a', 'b', 'c'].map((id, index) => ({ id, items: [1], cost: 1 + index })),
      fold: { sites: [2], counts },
    });
    const solve = (counts: 'graded' | 'strict', required: number) =>
      solveExactly(
        problemOfTable(two(counts), 'runs'),
        choiceOf({ required: [required] }),
        [1, 2],
        null,
        highs,
      );
    // graded: worth 2 per unit, 6 per site
    expect(await solve('graded', 6)).toMatchObject({ sites: [0], bound: 1, optimal: true });
    expect(await solve('graded', 7)).toMatchObject({ sites: [0, 1], bound: 3, optimal: true });
    expect(await solve('strict', 1)).toMatchObject({ sites: [0, 1], bound: 3, optimal: true });
  });
});

describe('against trying everything', () => {
  const never: MipSolver = () => Promise.reject(new Error('asked'));

  test.each([
    [800, 'branching alone', branched],
    [200, 'the solver alone', unbranched],
  ] as const)(
    '%i random problems with every rule there is, in all three shapes: %s',
    async (CASES, _, limits) => {
      const asked = { cost: 0, covered: 0 };
      for (let seed = 1; seed <= CASES; seed++) {
        const random = randomCase(seed);
        const { cheapest, widest } = bestPlans(random);
        const start = seed % 2 === 0 ? [] : startOf(random);
        const solver = limits === branched ? never : highs;
        const result = await solveExactly(random.problem, random.choice, start, null, solver, {}, limits);
        const plan = newSitesOf(random, result);
        const about = `seed ${seed}`;
        if (cheapest === null && widest === null) {
          expect(result.optimal, about).toBe(false);
          continue;
        }
        expect(keepsRules(random.table, random.choice, plan), about).toBe(true);
        asked[result.kind]++;
        if (cheapest !== null) {
          expect([result.kind, costOf(random.table, plan)], about).toEqual([
            'cost',
            costOf(random.table, cheapest),
          ]);
          expect(result.bound, about).toBe(costOf(random.table, cheapest));
          expect(
            coverOf(random, plan).every((value, at) => value >= random.choice.required[at]!),
            about,
          ).toBe(true);
        } else {
          const most = coverOf(random, widest!)[0];
          expect([result.kind, coverOf(random, plan)[0], result.bound], about).toEqual([
            'covered',
            most,
            most,
          ]);
        }
        expect(result.optimal, about).toBe(true);
      }
      expect(Math.min(asked.cost, asked.covered)).toBeGreaterThan(CASES / 10);
    },
  );
});

test('on a problem of 140 sites branching and the solver agree, for money and under a budget', async () => {
  const wide = problemOfTable(scatter(1), 'runs', 20);
  const all = wide.siteIds.map((_, site) => site);
  const never: MipSolver = () => Promise.reject(new Error('asked'));
  const ask = async (choice: SelectionChoice, start: readonly number[]) => {
    const own = await solveExactly(wide, choice, start, null, never, {}, branched);
    const other = await solveExactly(wide, choice, start, null, highs, {}, { nodes: 0, seconds: 60 });
    expect([own.optimal, other.optimal]).toEqual([true, true]);
    expect([own.kind, own.bound]).toEqual([other.kind, other.bound]);
    return own;
  };
  const cheapest = await ask(choiceOf({ required: [320] }), all);
  const budget = Math.floor(0.7 * cheapest.bound);
  expect((await ask(choiceOf({ required: [320], budget }), [])).kind).toBe('covered');
});

describe('a solver that is not to be believed', () => {
  const problem = problemOfTable(table, 'runs');
  const choice = choiceOf({ required: [5] });
  const answer =
    (
      ...[status, bound, chosen]: [Awaited<ReturnType<MipSolver>>['status'], number | null, number[] | null]
    ): MipSolver =>
    async () => ({ status, bound, chosen });

  test('stopped with nothing, it leaves the start and says nothing about the best', async () => {
    const result = await solveExactly(
      problem,
      choice,
      [0, 2],
      null,
      answer('limit', null, null),
      {},
      unbranched,
    );
    expect(result).toMatchObject({ sites: [0, 2], bound: 0, optimal: false });
  });

  test('stopped with a bound, the better of both bounds counts', async () => {
    const prices = { perTarget: Float64Array.of(0), perBin: new Float32Array(problem.cover.binCount) };
    const stopped = answer('limit', 7.5, null);
    expect(
      (await solveExactly(problem, choice, [0, 2], { prices, bound: 50 }, stopped, {}, unbranched)).bound,
    ).toBe(50);
    // costs are multiples of 6, so the solver counts in those: 7.5 is at least 8 of them
    expect(
      (await solveExactly(problem, choice, [0, 2], { prices, bound: 40 }, stopped, {}, unbranched)).bound,
    ).toBe(48);
  });

  test('an answer that misses the share or calls the start the best without a bound is not taken', async () => {
    const solve = (solver: MipSolver) => solveExactly(problem, choice, [0, 2], null, solver, {}, unbranched);
    expect(await solve(answer('optimal', 5, [2]))).toMatchObject({
      sites: [0, 2],
      bound: 30,
      optimal: false,
    });
    expect(await solve(answer('failed', null, null))).toMatchObject({
      sites: [0, 2],
      optimal: false,
    });
  });

  test('it is not asked when branching has the proof', async () => {
    const prices = { perTarget: Float64Array.of(12), perBin: new Float32Array(problem.cover.binCount) };
    const never: MipSolver = () => Promise.reject(new Error('asked'));
    expect(await solveExactly(problem, choice, [0, 2], { prices, bound: 48 }, never)).toMatchObject({
      sites: [0, 1],
      bound: 60,
      optimal: true,
    });
  });

  test('what branching gained is the answer where the model is too large for it', async () => {
    const prices = { perTarget: Float64Array.of(12), perBin: new Float32Array(problem.cover.binCount) };
    const never: MipSolver = () => Promise.reject(new Error('asked'));
    // the prices prove 48 of 66: one node finds the plan at 60 or lifts the bound, and does not finish
    const limits = { nodes: 1, seconds: 1, nonzeros: 0 };
    const search = { prices, bound: 40 };
    const { sites, bound } = await solveExactly(problem, choice, [0, 2], search, never, {}, limits);
    expect(bound).toBeGreaterThan(40);
    expect(bound).toBeLessThanOrEqual(60);
    expect([
      [0, 1],
      [0, 2],
    ]).toContainEqual(sites);
  });

  test('its failure is told', async () => {
    const broken: MipSolver = () => Promise.reject(new Error('out of memory'));
    await expect(solveExactly(problem, choice, [0, 2], null, broken, {}, unbranched)).rejects.toThrow(
      'out of memory',
    );
  });

  test('a bound of another question is refused', async () => {
    const prices = { perTarget: Float64Array.of(0), perBin: new Float32Array(problem.cover.binCount) };
    await expect(solveExactly(problem, choice, [0, 2], { prices, bound: 67 }, highs)).rejects.toThrow(
      RangeError,
    );
  });
});

test('a problem of more than 400 000 entries is refused with its counts', async () => {
  const items = 5000;
  let state = 1;
  const half = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 31 === 1;
  };
  const sites = Array.from({ length: 200 }, (_, site) => ({
    id: `s${site}`,
    items: Array.from({ length: items }, (_, item) => item + 1).filter(half),
    cost: 10 + (site % 3),
  }));
  const wide = problemOfTable({ weights: Array.from({ length: items }, () => 1), sites }, 'lists');
  const refusal = solveExactly(wide, choiceOf({ required: [1] }), [0], null, highs);
  await expect(refusal).rejects.toMatchObject({
    code: 'SELECTION_EXACT_TOO_LARGE',
    found: { limit: 400_000 },
  });
  await expect(refusal).rejects.toBeInstanceOf(PlanningError);
});

test('news tell yuan and stop the solver when asked to', async () => {
  const stops: boolean[] = [];
  const talking: MipSolver = async (_, { onNews }) => {
    stops.push(onNews!({ seconds: 1, objective: 11, bound: 8 }));
    return { status: 'limit', bound: 8, chosen: null };
  };
  const heard: unknown[] = [];
  const watch = { onNews: (news: unknown) => heard.push(news), shouldStop: () => true };
  const problem = problemOfTable(table, 'runs');
  await solveExactly(problem, choiceOf({ required: [5] }), [0, 2], null, talking, watch, unbranched);
  expect(stops).toEqual([true]);
  expect(heard).toEqual([{ stage: 'exact', done: 0, total: 1, cost: 66, bound: 48, covered: null }]);
});

/** Opens what may be opened, one after the other: any start will do. */
function startOf({ table: own, choice }: RandomCase): number[] {
  const free = own.sites
    .map((_, site) => site)
    .filter((site) => ![...choice.existing, ...choice.locked, ...choice.refused].includes(site));
  const open: number[] = [];
  for (const site of free) {
    const next = [...choice.locked, ...open, site];
    const loose = {
      ...choice,
      rules: {
        ...choice.rules,
        groups: choice.rules.groups.map((group) => ({ ...group, leastSites: null })),
      },
    };
    if (keepsRules(own, loose, next)) open.push(site);
  }
  return open;
}

function newSitesOf({ choice }: RandomCase, { sites }: ExactResult): number[] {
  return [...choice.locked.filter((site) => !choice.existing.includes(site)), ...sites];
}

function coverOf({ table: own, choice }: RandomCase, newSites: readonly number[]): number[] {
  return coveredOf(own, [...choice.existing, ...newSites]);
}

/** Square footprints on 20 x 20 bins, dearer the larger. */
function scatter(seed: number): Table {
  const { next: random } = makeSeededRandom(seed);
  const sites = Array.from({ length: 140 }, (_, index) => {
    const reach = 1 + Math.floor(3 * random());
    const [row, column] = [Math.floor(20 * random()), Math.floor(20 * random())];
    const items = Array.from({ length: 400 }, (__, item) => item).filter(
      (item) =>
        Math.abs(Math.floor(item / 20) - row) <= reach &&
        Math.abs((item % 20) - column) <= reach &&
        random() < 0.9,
    );
    return {
      id: `s${index}`,
      items: items.map((item) => item + 1),
      cost: 10 * reach + Math.floor(8 * random()),
    };
  });
  return { weights: Array.from({ length: 400 }, () => 1), sites };
}
