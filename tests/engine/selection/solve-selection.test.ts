// The whole way from a wish to a plan with its proof: hand examples of the selection reference (section 15), then thousands of tiny
// problems with every rule there is, judged by the independent recount and by trying everything.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPlan } from '../../../engine/selection/check-plan.ts';
import { type Effort, quickEffort } from '../../../engine/selection/effort.ts';
import { noRules, type SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { threeSites as example } from './guide-examples.ts';
import { bestPlans, costOf, coveredOf, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, kinds, problemOfTable, type Table, tables, totalOf } from './table-problem.ts';

const greedyAlone: Effort = { priceSteps: 0, improveSteps: 0, seed: 1 };
const full: Effort = { priceSteps: 100, improveSteps: 200, seed: 1 };

function solve(
  table: Table,
  changes: Partial<SelectionChoice>,
  effort: Effort = full,
  cover: (typeof coverKinds)[number] = 'grades',
) {
  const problem = problemOfTable(table, cover);
  const choice = choiceOf(changes);
  const selection = solveSelection(problem, choice, effort);
  expect(checkPlan(problem, choice, selection)).toEqual([]);
  return { ...selection, ids: selection.steps.map((step) => table.sites[step.site]!.id) };
}

for (const cover of coverKinds) {
  test(`six and four of six are found and proved the cheapest (15.1, ${cover})`, () => {
    expect(solve(example, { required: [6] }, full, cover)).toMatchObject({
      ids: ['A', 'B'],
      cost: 60,
      status: 'reached',
      certificate: { kind: 'cost', bound: 60, gap: 0, optimal: true, method: 'prices' },
    });
    expect(solve(example, { required: [4] }, full, cover)).toMatchObject({
      ids: ['G'],
      cost: 36,
      certificate: { bound: 36, optimal: true },
    });
  });

  test(`five of six costs 60, and prices prove no more than 48: a gap of a quarter (15.1, ${cover})`, () => {
    expect(solve(example, { required: [5] }, full, cover)).toMatchObject({
      ids: ['A', 'B'],
      cost: 60,
      certificate: { bound: 48, gap: 0.25, optimal: false },
    });
  });

  test(`a budget of 36 covers four of six at the most, and one of 60 all (15.1 and 15.2, ${cover})`, () => {
    expect(solve(example, { required: [6], budget: 36 }, full, cover)).toMatchObject({
      ids: ['G'],
      status: 'budget-spent',
      certificate: { kind: 'covered', bound: 4, optimal: true },
    });
    expect(solve(example, { required: [6], budget: 60 }, full, cover)).toMatchObject({
      ids: ['A', 'B'],
      status: 'reached',
      certificate: { kind: 'cost', bound: 60, optimal: true },
    });
  });

  test(`one site covers four of six at the most (${cover})`, () => {
    expect(solve(example, { required: [6], maxSites: 1 }, full, cover)).toMatchObject({
      ids: ['G'],
      status: 'count-reached',
      certificate: { kind: 'covered', bound: 4, optimal: true },
    });
  });
}

test('greedy alone still says what it knows: nothing is cheaper than the locked sites', () => {
  expect(solve(example, { required: [5], locked: [0] }, greedyAlone)).toMatchObject({
    ids: ['A', 'B'],
    cost: 60,
    certificate: { kind: 'cost', bound: 30, method: 'counted', optimal: false, prices: null },
  });
});

test('a share above the ceiling is called not reachable, still gets all that helps, and that is the most', () => {
  expect(solve(example, { required: [7] })).toMatchObject({
    status: 'not-reachable',
    ids: ['A', 'B'],
    covered: [6],
    ceiling: [6],
    certificate: { kind: 'covered', bound: 6, optimal: true, method: 'counted' },
  });
  expect(solve(example, { required: [6], refused: [0] })).toMatchObject({
    status: 'not-reachable',
    ceiling: [5],
    covered: [5],
  });
});

test('where nothing is needed nothing is chosen, and that is proved by counting', () => {
  expect(solve(example, { required: [3], existing: [0] })).toMatchObject({
    status: 'reached',
    ids: ['A'],
    cost: 0,
    certificate: { kind: 'cost', bound: 0, gap: 0, optimal: true, method: 'counted' },
  });
});

test('existing stations come first, cost nothing and are not counted', () => {
  const { ids, cost, status, steps } = solve(example, { required: [6], existing: [0], maxSites: 1 });
  expect({ ids, cost, status }).toEqual({ ids: ['A', 'B'], cost: 30, status: 'reached' });
  expect(steps.map((step) => step.placedBy)).toEqual(['existing', 'target-gain']);
  expect(steps.map((step) => [step.gain, step.coveredAfter])).toEqual([
    [3, 3],
    [3, 6],
  ]);
});

test('a locked site stays even when it adds nothing', () => {
  const { ids, cost, steps } = solve(example, { required: [6], locked: [2] });
  expect({ ids, cost, first: steps[0]!.placedBy }).toEqual({
    ids: ['G', 'A', 'B'],
    cost: 96,
    first: 'locked',
  });
});

test('spacing that keeps the share out of reach is named: rules bind', () => {
  const places = [
    [0, 0],
    [50, 0],
    [90, 0],
  ] as const;
  const spacingM = new Float64Array(3).fill(100);
  expect(solve({ ...example, places }, { required: [6], rules: { ...noRules, spacingM } })).toMatchObject({
    status: 'rules-bind',
    ids: ['G'],
    covered: [4],
    certificate: { kind: 'covered', bound: 6 },
  });
});

test('a site that only a group asks for says so', () => {
  const groups = [{ id: 'town', sites: [2], leastSites: 1, mostSites: null, mostCost: null }];
  const { steps } = solve(example, { required: [6], rules: { ...noRules, groups } });
  expect(steps.map((step) => `${example.sites[step.site]!.id} ${step.placedBy}`).sort()).toEqual([
    'A target-gain',
    'B target-gain',
    'G group-least',
  ]);
});

test('chosen sites come in order of what each adds per yuan', () => {
  const table: Table = {
    weights: [1, 2, 3, 4],
    sites: [1, 2, 3, 4].map((item) => ({ id: `s${item}`, items: [item], cost: 5 - item })),
  };
  const { ids, steps } = solve(table, { required: [10] });
  expect(ids).toEqual(['s4', 's3', 's2', 's1']);
  expect(steps.map((step) => step.coveredAfter)).toEqual([4, 7, 9, 10]);
});

test('bad input is refused before anything is chosen', () => {
  const problem = { ...problemOfTable(example), cost: Float64Array.of(30, -1, 36) };
  expect(() => solveSelection(problem, choiceOf(), quickEffort)).toThrow('SELECTION_COST_RANGE');
});

/** What trying everything says about one solved random problem. */
function judge(seed: number, effort: Effort) {
  const one = randomCase(seed);
  const { table, problem, choice } = one;
  const selection = solveSelection(problem, choice, effort);
  const about = `seed ${seed}`;
  expect(checkPlan(problem, choice, selection), about).toEqual([]);
  const { cheapest, widest } = bestPlans(one);
  const { kind, bound, optimal } = selection.certificate;
  if (kind === 'cost') {
    const least = costOf(table, cheapest!);
    expect(bound, about).toBeLessThanOrEqual(least);
    expect(selection.cost, about).toBeGreaterThanOrEqual(least);
    if (optimal) expect(selection.cost, about).toBe(least);
    return { kind, isBest: selection.cost === least, missed: false };
  }
  const most = widest === null ? 0 : coveredOf(table, [...choice.existing, ...widest])[0]!;
  expect(bound, about).toBeGreaterThanOrEqual(most);
  return { kind, isBest: selection.covered[0] === most, missed: cheapest !== null };
}

test('2500 tiny problems by greedy alone: every rule kept, bound <= optimum <= plan in all shapes of cover', () => {
  const found = Array.from({ length: 2500 }, (_, seed) => judge(seed, greedyAlone));
  expect(found.filter(({ missed }) => missed).length).toBeLessThanOrEqual(15);
  expect(found.filter(({ kind }) => kind === 'cost').length).toBeGreaterThan(1500);
});

test('400 tiny problems with prices and improvement: every rule kept, bound <= optimum <= plan, nearly all optimal', () => {
  const found = Array.from({ length: 400 }, (_, at) => judge(5000 + at, full));
  expect(found.filter(({ missed }) => missed).length).toBeLessThanOrEqual(4);
  expect(found.filter(({ isBest }) => isBest).length).toBeGreaterThan(380);
});

for (const kind of kinds) {
  test(`shuffled sites give the same plan and bound (${kind})`, () => {
    const cases = tables(kind).chain((table) =>
      fc.record({
        table: fc.constant(table),
        shuffled: fc.shuffledSubarray([...table.sites], { minLength: table.sites.length }),
        budget: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ table, shuffled, budget }) => {
        const changes = { required: [Math.ceil(0.9 * totalOf(table))], budget };
        const one = solve(table, changes, greedyAlone);
        const other = solve({ ...table, sites: shuffled }, changes, greedyAlone);
        expect(other.ids).toEqual(one.ids);
        expect(other.certificate.bound).toBe(one.certificate.bound);
      }),
      { seed: 6, numRuns: 400 },
    );
  });
}

for (const cover of coverKinds) {
  test(`shuffled sites give the same plan, bound and prices after prices and local search (${cover})`, () => {
    const cases = tables('yes or no', { minSites: 4, maxSites: 12, minItems: 8 }).chain((table) =>
      fc.record({
        table: fc.constant(table),
        shuffled: fc.shuffledSubarray([...table.sites], { minLength: table.sites.length }),
        hasPlaces: fc.boolean(),
      }),
    );
    // by the site, not by its place in the list
    const placed = (table: Table, hasPlaces: boolean): Table =>
      hasPlaces
        ? { ...table, places: table.sites.map(({ items, id }) => [90 * (items[0] ?? 0), 70 * id.length]) }
        : table;
    fc.assert(
      fc.property(cases, ({ table, shuffled, hasPlaces }) => {
        const changes = { required: [Math.ceil(0.8 * totalOf(table))] };
        const one = solve(placed(table, hasPlaces), changes, full, cover);
        const other = solve(placed({ ...table, sites: shuffled }, hasPlaces), changes, full, cover);
        expect(other.ids).toEqual(one.ids);
        expect(other.certificate).toEqual(one.certificate);
      }),
      { seed: 8, numRuns: 100 },
    );
  });
}

test('seven times the costs make the same plan seven times as dear', () => {
  fc.assert(
    fc.property(tables('yes or no'), (table) => {
      const dear = { ...table, sites: table.sites.map((site) => ({ ...site, cost: 7 * site.cost })) };
      const changes = { required: [Math.ceil(0.8 * totalOf(table))] };
      const plain = solve(table, changes, { ...full, improveSteps: 0 });
      const scaled = solve(dear, changes, { ...full, improveSteps: 0 });
      expect(scaled.cost).toBe(7 * plain.cost);
      expect(scaled.ids).toEqual(plain.ids);
    }),
    { seed: 7, numRuns: 100 },
  );
});

test('the same problem, choice and effort give the same plan, bound and prices', () => {
  for (let seed = 0; seed < 40; seed++) {
    const { problem, choice } = randomCase(seed);
    const fresh = { ...problem };
    expect(solveSelection(fresh, choice, full)).toEqual(solveSelection(problem, choice, full));
  }
});

test('a run stopped at any question leaves a valid plan, and thinking longer never makes it worse', () => {
  for (let seed = 100; seed < 160; seed++) {
    const { problem, choice } = randomCase(seed);
    let questions = 0;
    const whole = solveSelection(problem, choice, full, { shouldStop: () => ++questions < 0 });
    for (const at of [0, 1, Math.floor(questions / 2), questions - 1]) {
      let asked = 0;
      const stopped = solveSelection(problem, choice, full, { shouldStop: () => asked++ >= at });
      expect(checkPlan(problem, choice, stopped), `seed ${seed} stopped at ${at}`).toEqual([]);
      if (stopped.status === 'reached' && whole.status === 'reached')
        expect(whole.cost).toBeLessThanOrEqual(stopped.cost);
    }
  }
});

test('news carry the best plan so far, and an error thrown there ends everything', () => {
  const problem = problemOfTable(example);
  const choice = choiceOf({ required: [5] });
  const told: string[] = [];
  solveSelection(problem, choice, full, {
    onNews: ({ stage, cost, covered }) => told.push(`${stage} ${cost} ${covered}`),
  });
  expect(told[0]).toBe('prices 66 5');
  expect(told.at(-1)).toBe('improve 60 6');
  const stop = () => {
    throw new Error('enough');
  };
  expect(() => solveSelection(problem, choice, full, { onNews: stop })).toThrow('enough');
});

test('a problem asked again with other choices answers as a fresh one', () => {
  const choices = [{}, { refused: [0] }, { existing: [0] }, { refused: [0, 1] }, { budget: 4 }, {}];
  fc.assert(
    fc.property(tables('grades', { minSites: 2 }), (table) => {
      const problem = problemOfTable(table, 'grades', 5);
      for (const changes of choices) {
        const choice = choiceOf({ required: [Math.ceil(0.8 * totalOf(table))], ...changes });
        expect(solveSelection(problem, choice, greedyAlone)).toEqual(
          solveSelection(problemOfTable(table, 'grades', 5), choice, greedyAlone),
        );
      }
    }),
    { seed: 12, numRuns: 100 },
  );
});
