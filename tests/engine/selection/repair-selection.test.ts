// Strike and re-plan: the hand examples of the selection reference (section 15.1), then laws on tiny instances in every shape of cover.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSiteReader } from '../../../engine/selection/check/recount.ts';
import { recountSites } from '../../../engine/selection/exact/recount-sites.ts';
import { orderSteps } from '../../../engine/selection/order-steps.ts';
import { compareSelections } from '../../../engine/selection/reasons/compare-selections.ts';
import { makeRepairer } from '../../../engine/selection/repair/make-repairer.ts';
import { type Repair, repairSelection } from '../../../engine/selection/repair/repair-selection.ts';
import { selectGreedily } from '../../../engine/selection/search/select-greedily.ts';
import type {
  Selection,
  SelectionChoice,
  SelectionProblem,
  SelectionRules,
} from '../../../engine/selection/selection-problem.ts';
import { type CoverKind, choiceOf, coverKinds, problemOfTable, type Table, tables } from './table-problem.ts';

/** Example 15.1: six bins of weight 1. */
const example: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
    { id: 'Z', items: [1], cost: 20 },
  ],
};

test('striking A of the plan A, B brings G and Z: nothing cheaper holds all six bins (15.1)', () => {
  for (const kind of coverKinds) {
    const problem = problemOfTable(example, kind);
    const repair = repairSelection(problem, choiceOf({ required: [6], refused: [0] }), [0, 1]);
    expect(repair.status).toBe('reached');
    expect([...repair.sites].sort()).toEqual([1, 2, 3]);
    expect(repair.closed).toEqual([{ site: 0, because: 'refused' }]);
    expect(repair).toMatchObject({ cost: 86, extraCost: 26, covered: [6], reach: 'near' });
    expect(repair.opened.find(({ site }) => site === 2)).toMatchObject({ replaces: 0, sharedWeight: 2 });
    expect(repair.opened.find(({ site }) => site === 3)).toMatchObject({ replaces: 0, sharedWeight: 1 });
  }
});

test('striking A with five of six required: G comes in its place (15.1)', () => {
  const repair = repairSelection(problemOfTable(example), choiceOf({ required: [5], refused: [0] }), [0, 1]);
  expect(repair.sites).toEqual([1, 2]);
  expect(repair).toMatchObject({ status: 'reached', cost: 66, extraCost: 6 });
});

test('locking G into the plan A, B closes nothing that the share still needs', () => {
  const repair = repairSelection(problemOfTable(example), choiceOf({ required: [6], locked: [2] }), [0, 1]);
  expect(repair.sites).toEqual([0, 1, 2]);
  expect(repair.opened).toEqual([{ site: 2, because: 'locked', replaces: null, sharedWeight: 0 }]);
});

test('locking a site that makes another superfluous closes that one', () => {
  const repair = repairSelection(problemOfTable(example), choiceOf({ required: [4], locked: [2] }), [0, 1]);
  expect(repair.sites).toEqual([2]);
  expect(repair.closed).toEqual([
    { site: 0, because: 'superfluous' },
    { site: 1, because: 'superfluous' },
  ]);
  expect(repair.extraCost).toBe(-24);
});

test('striking a superfluous site changes nothing else', () => {
  const repair = repairSelection(
    problemOfTable(example),
    choiceOf({ required: [6], refused: [2] }),
    [0, 1, 2],
  );
  expect(repair).toMatchObject({ reach: 'kept', sites: [0, 1], opened: [], extraCost: -36 });
});

test('what no candidate can replace is said: not reachable, and all that helps stands', () => {
  const repair = repairSelection(problemOfTable(example), choiceOf({ required: [6], refused: [1] }), [0, 1]);
  expect(repair).toMatchObject({ status: 'not-reachable', covered: [5] });
  expect([...repair.sites].sort()).toEqual([0, 2]);
});

test('under a budget the freed money goes where it adds most', () => {
  const repair = repairSelection(problemOfTable(example), choiceOf({ budget: 60, refused: [0] }), [0, 1]);
  expect(repair.status).toBe('not-reachable');
  expect(repair.sites).toEqual([1, 3]);
  expect(repair.cost).toBe(50);
});

test('a locked site pushes out the neighbour that stands too near, and its share is filled again', () => {
  const table: Table = {
    weights: [1, 1, 1, 1],
    sites: [
      { id: 'a', items: [1, 2], cost: 10 },
      { id: 'b', items: [1], cost: 10 },
      { id: 'c', items: [3, 4], cost: 10 },
      { id: 'd', items: [2], cost: 10 },
    ],
    places: [
      [0, 0],
      [50, 0],
      [1000, 0],
      [200, 0],
    ],
  };
  const rules = { spacingM: Float64Array.from([100, 100, 100, 100]), groups: [] };
  const repair = repairSelection(
    problemOfTable(table),
    choiceOf({ required: [4], locked: [1], rules }),
    [0, 2],
  );
  expect(repair.closed).toEqual([{ site: 0, because: 'rules' }]);
  expect([...repair.sites].sort()).toEqual([1, 2, 3]);
  expect(repair.status).toBe('reached');
});

test('a struck member of a group at its least is replaced within the group', () => {
  const table: Table = {
    weights: [1, 1],
    sites: [
      { id: 'a', items: [1], cost: 1 },
      { id: 'b', items: [1, 2], cost: 9 },
      { id: 'c', items: [1, 2], cost: 2 },
    ],
  };
  const rules: SelectionRules = {
    spacingM: null,
    groups: [{ id: 'town', sites: [0, 1], leastSites: 1, mostSites: null, mostCost: null }],
  };
  const repair = repairSelection(
    problemOfTable(table),
    choiceOf({ required: [2], refused: [0], rules }),
    [0, 2],
  );
  expect(repair.status).toBe('reached');
  expect(repair.sites).toContain(1);
});

test('far places stay as they are: only neighbours of the struck site come in', () => {
  const weights = Array.from({ length: 400 }, () => 1);
  const sites = Array.from({ length: 80 }, (_, site) => ({
    id: `s${site}`,
    items: [1, 2, 3, 4, 5].map((item) => item + 5 * Math.floor(site / 2)),
    cost: 10 + (site % 2) - (site > 60 && site % 2 === 1 ? 5 : 0),
  }));
  const plan = Array.from({ length: 40 }, (_, place) => 2 * place);
  for (const kind of coverKinds) {
    const problem = problemOfTable({ weights, sites }, kind);
    const choice = choiceOf({ required: [200], refused: [10] });
    const repair = repairSelection(problem, choice, plan);
    expect(repair.opened).toEqual([{ site: 11, because: 'share', replaces: 10, sharedWeight: 5 }]);
    expect(repair.closed).toEqual([{ site: 10, because: 'refused' }]);
  }
});

test('an unknown site in the plan is a wrong call', () => {
  expect(() => repairSelection(problemOfTable(example), choiceOf(), [9])).toThrow('site 9 is unknown');
});

interface Case {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly plan: readonly number[];
  readonly struck: number;
}

/** Random tables with targets, limits, spacing and groups; the plan is greedy's, one of its sites is struck. */
const cases = fc
  .tuple(
    tables('yes or no', { minSites: 3, maxSites: 9, minItems: 3, maxItems: 14 }),
    fc.constantFrom(...coverKinds),
    fc.record({
      share: fc.double({ min: 0.3, max: 1, noNaN: true }),
      second: fc.option(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 14, maxLength: 14 })),
      budget: fc.option(fc.integer({ min: 0, max: 20 })),
      maxSites: fc.option(fc.integer({ min: 1, max: 5 })),
      spacing: fc.option(fc.integer({ min: 1, max: 3 })),
      most: fc.option(fc.integer({ min: 0, max: 2 })),
      pick: fc.nat(),
    }),
  )
  .map(([table, kind, more]): Case | null => caseOf(table, kind, more));

interface Extras {
  readonly share: number;
  readonly second: number[] | null;
  readonly budget: number | null;
  readonly maxSites: number | null;
  readonly spacing: number | null;
  readonly most: number | null;
  readonly pick: number;
}

function caseOf(table: Table, kind: CoverKind, extras: Extras): Case | null {
  const items = table.weights.length;
  const places = table.sites.map((_, site) => [site % 4, Math.floor(site / 4)] as const);
  const moreTargets = extras.second ? [extras.second.slice(0, items)] : [];
  const problem = problemOfTable({ ...table, places, moreTargets }, kind, 5);
  const sites = problem.cost.length;
  const rules: SelectionRules = {
    spacingM: extras.spacing === null ? null : new Float64Array(sites).fill(extras.spacing * 0.75),
    groups:
      extras.most === null
        ? []
        : [
            {
              id: 'odd',
              sites: [1, 2].filter((site) => site < sites),
              leastSites: null,
              mostSites: extras.most,
              mostCost: null,
            },
          ],
  };
  const required = problem.targets.map(({ weight }) =>
    Math.floor(extras.share * weight.reduce((sum, value) => sum + value, 0)),
  );
  const choice = choiceOf({ required, budget: extras.budget, maxSites: extras.maxSites, rules });
  const plan = selectGreedily(problem, choice);
  if (plan.length === 0) return null;
  const struck = plan[extras.pick % plan.length]!;
  return { problem, choice: { ...choice, refused: [struck] }, plan, struck };
}

const someCases = cases.filter((one): one is Case => one !== null);

function checkFigures({ problem, choice, plan }: Case, repair: Repair): void {
  const recount = recountSites(problem, choice, repair.sites);
  expect(repair.covered).toEqual(Array.from(recount.covered));
  expect(repair.cost).toBe(recount.cost);
  expect(repair.extraCost).toBe(recount.cost - plan.reduce((sum, site) => sum + problem.cost[site]!, 0));
  expect(recount.keepsRules).toBe(true);
  const before = new Set(plan);
  const after = new Set(repair.sites);
  expect(after.size).toBe(repair.sites.length);
  expect(repair.opened.map(({ site }) => site)).toEqual(repair.sites.filter((site) => !before.has(site)));
  expect(repair.closed.map(({ site }) => site)).toEqual(plan.filter((site) => !after.has(site)));
}

test('figures recount, every rule holds, and a share the full solver reaches is reached', () => {
  let reached = 0;
  fc.assert(
    fc.property(someCases, (one) => {
      const repair = repairSelection(one.problem, one.choice, one.plan);
      checkFigures(one, repair);
      const fresh = recountSites(one.problem, one.choice, selectGreedily(one.problem, one.choice));
      if (fresh.reaches) expect(repair.status).toBe('reached');
      if (repair.status === 'reached') reached++;
    }),
    { seed: 11, numRuns: 1200 },
  );
  expect(reached).toBeGreaterThan(200);
});

test('seldom more changes than a fresh plan has', () => {
  let tried = 0;
  let fewer = 0;
  let more = 0;
  fc.assert(
    fc.property(someCases, ({ problem, choice, plan, struck }) => {
      const repair = repairSelection(problem, choice, plan);
      const fresh = new Set(selectGreedily(problem, choice));
      const before = new Set(plan);
      const changes =
        [...fresh].filter((site) => !before.has(site)).length +
        plan.filter((site) => !fresh.has(site)).length;
      const own = repair.opened.length + repair.closed.length;
      expect(repair.closed.map(({ site }) => site)).toContain(struck);
      tried++;
      if (own < changes) fewer++;
      if (own > changes) more++;
    }),
    { seed: 12, numRuns: 1000 },
  );
  // more only where they save more than they cost
  expect(more).toBeLessThan(0.02 * tried);
  expect(fewer).toBeGreaterThan(2 * more);
});

test('a repaired plan is never dearer than the cheapest way to add one or two neighbours', () => {
  fc.assert(
    fc.property(someCases, ({ problem, choice, plan, struck }) => {
      const kept = plan.filter((site) => site !== struck);
      const options = neighboursOf(problem, struck).filter((site) => !kept.includes(site));
      const added = [[], ...options.map((site) => [site])];
      for (const one of options) for (const two of options) if (one < two) added.push([one, two]);
      const prices = added
        .filter((sites) => {
          const recount = recountSites(problem, choice, [...kept, ...sites]);
          return recount.reaches && recount.keepsRules;
        })
        .map((sites) => sites.reduce((sum, site) => sum + problem.cost[site]! + changeCost(problem), 0));
      if (prices.length === 0) return;
      const repair = repairSelection(problem, choice, plan);
      const cost = repair.cost - kept.reduce((sum, site) => sum + problem.cost[site]!, 0);
      const changes = repair.opened.length + repair.closed.length - 1;
      expect(repair.status).toBe('reached');
      expect(cost + changes * changeCost(problem)).toBeLessThanOrEqual(Math.min(...prices) + 1e-9);
    }),
    { seed: 13, numRuns: 800 },
  );
});

/** Sites that share a bin with this one. */
function neighboursOf(problem: SelectionProblem, site: number): number[] {
  const reader = makeSiteReader(problem);
  const binsOf = (one: number) => reader.bins.slice(0, reader.read(one));
  const own = new Set(binsOf(site));
  return [...problem.cost.keys()].filter(
    (other) => other !== site && binsOf(other).some((bin) => own.has(bin)),
  );
}

function changeCost({ cost }: SelectionProblem): number {
  return (0.25 * cost.reduce((sum, yuan) => sum + yuan, 0)) / cost.length;
}

test('grades repair like everything else', () => {
  fc.assert(
    fc.property(
      tables('grades', { minSites: 3 }),
      fc.nat(),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (table, pick, share) => {
        const problem = problemOfTable(table, 'grades', 5);
        const all = recountSites(problem, choiceOf(), [...problem.cost.keys()]).covered[0]!;
        const plan = selectGreedily(problem, choiceOf({ required: [Math.floor(share * all)] }));
        if (plan.length === 0) return;
        const struck = plan[pick % plan.length]!;
        const choice = choiceOf({ required: [Math.floor(share * all)], refused: [struck] });
        const repair = repairSelection(problem, choice, plan);
        checkFigures({ problem, choice, plan, struck }, repair);
        const fresh = recountSites(problem, choice, selectGreedily(problem, choice));
        expect(repair.status === 'reached').toBe(fresh.reaches);
      },
    ),
    { seed: 14, numRuns: 800 },
  );
});

test('several sites per bin: graded and strict repairs reach what the full solver reaches', () => {
  for (const counts of ['graded', 'strict'] as const) {
    let reached = 0;
    fc.assert(
      fc.property(tables('yes or no', { minSites: 4, minItems: 4 }), fc.nat(), (table, pick) => {
        const fold = { sites: table.weights.map((_, item) => 1 + (item % 2)), counts };
        const problem = problemOfTable({ ...table, fold }, 'runs', 5);
        const all = recountSites(problem, choiceOf(), [...problem.cost.keys()]).covered[0]!;
        const required = [Math.floor(0.7 * all)];
        const plan = selectGreedily(problem, choiceOf({ required }));
        if (plan.length === 0) return;
        const choice = choiceOf({ required, refused: [plan[pick % plan.length]!] });
        const repair = repairSelection(problem, choice, plan);
        checkFigures({ problem, choice, plan, struck: plan[pick % plan.length]! }, repair);
        const fresh = recountSites(problem, choice, selectGreedily(problem, choice));
        if (fresh.reaches) expect(repair.status).toBe('reached');
        if (fresh.reaches) reached++;
      }),
      { seed: 15, numRuns: 800 },
    );
    expect(reached).toBeGreaterThan(100);
  }
});

test('the order of the sites changes nothing but their numbers', () => {
  fc.assert(
    fc.property(tables('yes or no', { minSites: 4, maxSites: 9 }), fc.nat(), (table, pick) => {
      const required = [Math.ceil(0.8 * table.weights.reduce((sum, weight) => sum + weight, 0))];
      const turned: Table = { ...table, sites: table.sites.toReversed() };
      const last = table.sites.length - 1;
      const plan = selectGreedily(problemOfTable(table), choiceOf({ required }));
      if (plan.length === 0) return;
      const struck = plan[pick % plan.length]!;
      const one = repairSelection(problemOfTable(table), choiceOf({ required, refused: [struck] }), plan);
      const other = repairSelection(
        problemOfTable(turned),
        choiceOf({ required, refused: [last - struck] }),
        plan.map((site) => last - site),
      );
      expect(other.sites.map((site) => last - site).sort()).toEqual([...one.sites].sort());
    }),
    { seed: 16, numRuns: 800 },
  );
});

test('every click can be taken back exactly', () => {
  fc.assert(
    fc.property(
      someCases,
      fc.array(fc.tuple(fc.constantFrom('strike', 'lock', 'free', 'turn'), fc.nat()), { maxLength: 6 }),
      ({ problem, choice, plan }, clicks) => {
        const repairer = makeRepairer(problem, { ...choice, refused: [] }, plan);
        const past = [snapshot(repairer)];
        for (const [click, pick] of clicks) {
          try {
            repairer[click](pick % problem.cost.length);
          } catch (error) {
            expect(String(error)).toContain('SELECTION_');
            expect(snapshot(repairer)).toEqual(past.at(-1));
            continue;
          }
          past.push(snapshot(repairer));
        }
        while (past.length > 1) {
          past.pop();
          expect(repairer.undo()).toBe(true);
          expect(snapshot(repairer)).toEqual(past.at(-1));
        }
        expect(repairer.undo()).toBe(false);
      },
    ),
    { seed: 17, numRuns: 500 },
  );
});

test('a click that was foreseen does what it does unforeseen, and a foresight alone changes nothing', () => {
  let followed = 0;
  fc.assert(
    fc.property(
      someCases,
      fc.array(fc.tuple(fc.constantFrom('strike', 'lock', 'free'), fc.nat(), fc.nat()), { maxLength: 6 }),
      ({ problem, choice, plan }, clicks) => {
        const plain = makeRepairer(problem, { ...choice, refused: [] }, plan);
        const seeing = makeRepairer(problem, { ...choice, refused: [] }, plan);
        for (const [act, pick, other] of clicks) {
          const site = pick % problem.cost.length;
          const before = snapshot(seeing);
          // sometimes another click than the one that comes
          const looked = other % 3 === 0 ? other % problem.cost.length : site;
          const foreseen = outcomeOf(() => seeing.foresee(act, looked));
          expect(snapshot(seeing)).toEqual(before);
          const outcome = outcomeOf(() => plain[act](site));
          if (looked === site && !('refused' in outcome)) followed++;
          if (looked === site) expect('refused' in foreseen).toBe('refused' in outcome);
          expect(outcomeOf(() => seeing[act](site))).toEqual(outcome);
          expect(snapshot(seeing)).toEqual(snapshot(plain));
          if (other % 5 === 0) {
            expect(seeing.undo()).toBe(plain.undo());
            // what was foreseen for the plan that is back still holds
            expect(outcomeOf(() => seeing[act](site))).toEqual(outcomeOf(() => plain[act](site)));
            expect(snapshot(seeing)).toEqual(snapshot(plain));
          }
        }
      },
    ),
    { seed: 23, numRuns: 500 },
  );
  expect(followed).toBeGreaterThan(500);
});

function outcomeOf<Value>(work: () => Value): { value: Value } | { refused: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { refused: String(error) };
  }
}

test('figures between clicks equal a recount, for every site', () => {
  fc.assert(
    fc.property(
      someCases,
      fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      ({ problem, choice, plan }, picks) => {
        const repairer = makeRepairer(problem, { ...choice, refused: [] }, plan);
        for (const pick of picks) repairer.strike(pick % problem.cost.length);
        const now = repairer.choice();
        const sites = repairer.sites();
        const recount = recountSites(problem, now, sites);
        const figures = repairer.figures();
        expect(figures.covered).toEqual(Array.from(recount.covered));
        expect(figures).toMatchObject({ cost: recount.cost, count: recount.count, reached: recount.reaches });
        expect(recount.keepsRules).toBe(true);
        for (const site of problem.cost.keys()) {
          const other = sites.includes(site) ? sites.filter((one) => one !== site) : [...sites, site];
          const change = recountSites(problem, choiceOf(), other).covered[0]! - recount.covered[0]!;
          expect(figures.worth[site]).toBe(Math.abs(change));
        }
      },
    ),
    { seed: 18, numRuns: 600 },
  );
});

function snapshot(repairer: ReturnType<typeof makeRepairer>) {
  const { worth, ...figures } = repairer.figures();
  const { locked, refused } = repairer.choice();
  return { ...figures, worth: Array.from(worth), sites: [...repairer.sites()], locked, refused };
}

test('freeing a struck site brings the old plan back when that is cheaper', () => {
  const repairer = makeRepairer(problemOfTable(example), choiceOf({ required: [6] }), [0, 1]);
  expect(repairer.strike(0).cost).toBe(86);
  const back = repairer.free(0);
  expect([...back.sites].sort()).toEqual([0, 1]);
  expect(back.extraCost).toBe(-26);
});

test('two selections compared: what opened, what closed, what it costs', () => {
  const problem = problemOfTable(example);
  expect(compareSelections(selectionOf(problem, 6, [0, 1]), selectionOf(problem, 4, [2]))).toEqual({
    opened: [2],
    closed: [0, 1],
    kept: 0,
    extraCost: -24,
    extraCovered: [-2],
  });
});

function selectionOf(problem: SelectionProblem, required: number, sites: readonly number[]): Selection {
  const { steps, covered } = orderSteps(problem, choiceOf({ required: [required] }), sites, 'reached');
  const cost = sites.reduce((sum, site) => sum + problem.cost[site]!, 0);
  const parts = { required: 0, bins: 0, sites: 0 };
  const certificate = { bound: 0, gap: 0, optimal: false, prices: null, parts, steps: 0 };
  return {
    status: 'reached',
    steps,
    covered,
    cost,
    ceiling: [6],
    certificate: { ...certificate, kind: 'cost', method: 'counted' },
  };
}
