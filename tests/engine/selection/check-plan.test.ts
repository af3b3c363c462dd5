// The independent check: it lets every right plan pass, in all shapes of cover and under all rules, and notices each way to spoil one.
import { expect, test } from 'vitest';
import type { BinPrices, Certificate } from '../../../engine/selection/certificate.ts';
import { takenOnTrust } from '../../../engine/selection/check/check-certificate.ts';
import type { PlanFindingCode } from '../../../engine/selection/check/plan-finding.ts';
import { checkPlan } from '../../../engine/selection/check-plan.ts';
import { boundOf } from '../../../engine/selection/prices/bound-of.ts';
import type {
  Selection,
  SelectionChoice,
  SelectionStep,
} from '../../../engine/selection/selection-problem.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { bestPlans, planByHand, randomCase } from './random-case.ts';
import { type CoverKind, choiceOf, coverKinds, problemOfTable, type Table } from './table-problem.ts';

test('the best plan of every small problem passes, counted by hand and found by trying all', () => {
  let passed = 0;
  for (let seed = 0; seed < 400; seed++) {
    const example = randomCase(seed);
    const { cheapest, widest } = bestPlans(example);
    const sites = cheapest ?? widest;
    if (sites === null) continue;
    passed++;
    expect(checkPlan(example.problem, example.choice, planByHand(example, sites)), `seed ${seed}`).toEqual(
      [],
    );
  }
  expect(passed).toBeGreaterThan(300);
});

test('every plan of the solver passes, at each effort, in each shape of cover and under all rules', () => {
  const statuses = new Map<Selection['status'], number>();
  const shapes = new Set<string>();
  let byPrices = 0;
  for (let seed = 1000; seed < 1600; seed++) {
    const { problem, choice, kind } = randomCase(seed, seed % 10 === 0 ? { sites: 40 } : {});
    const effort = { priceSteps: 25 * (seed % 4), improveSteps: 30 * (seed % 3), seed: 1 };
    const plan = solveSelection(problem, choice, effort);
    expect(checkPlan(problem, choice, plan), `seed ${seed}`).toEqual([]);
    expect(takenOnTrust(problem, choice, plan)).toBeNull();
    statuses.set(plan.status, (statuses.get(plan.status) ?? 0) + 1);
    shapes.add(`${kind} ${problem.fold?.counts ?? 'once'}`);
    if (plan.certificate.method === 'prices') byPrices++;
  }
  expect([...statuses.keys()].sort()).toEqual([
    'budget-spent',
    'count-reached',
    'not-reachable',
    'reached',
    'rules-bind',
  ]);
  expect(shapes.size).toBe(7);
  expect(byPrices).toBeGreaterThan(200);
});

// Four blocks of three bins; c and d stand close together, e is refused, x stands already, a is locked. Cheapest: b and d.
const table: Table = {
  weights: [1, 2, 1, 3, 1, 2, 1, 1, 4, 2, 1, 1],
  moreTargets: [[1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]],
  sites: [
    { id: 'x', items: [1, 2], cost: 50 },
    { id: 'a', items: [3, 4], cost: 20 },
    { id: 'b', items: [5, 6, 7], cost: 30 },
    { id: 'c', items: [8, 9, 10], cost: 30 },
    { id: 'd', items: [8, 9, 10, 11], cost: 30 },
    { id: 'e', items: [11, 12], cost: 10 },
    { id: 'f', items: [12], cost: 90 },
  ],
  places: [
    [0, 0],
    [100, 0],
    [200, 0],
    [300, 0],
    [304, 3],
    [400, 0],
    [500, 0],
  ],
};
const [X, A, B, C, D, E, F] = [0, 1, 2, 3, 4, 5, 6] as const;
const choice: SelectionChoice = choiceOf({
  required: [19, 4],
  budget: 95,
  maxSites: 3,
  existing: [X],
  locked: [A],
  refused: [E],
  rules: {
    spacingM: new Float64Array(7).fill(10),
    groups: [
      { id: 'west', sites: [X, A, B], leastSites: 1, mostSites: 2, mostCost: 60 },
      { id: 'mast', sites: [C, D], leastSites: null, mostSites: 1, mostCost: null },
      { id: 'east', sites: [E, F], leastSites: null, mostSites: null, mostCost: 80 },
    ],
  },
});

/** Prices that prove 70 of 80 yuan: bins of b, c and d at a good part of what their sites cost. */
const prices: BinPrices = {
  perTarget: Float64Array.of(5, 0),
  perBin: Float32Array.of(0, 5, 10, 5, 15, 5, 10, 5, 5, 20, 10, 4, 4),
};

function priced(kind: CoverKind, spoilt: Partial<SelectionChoice> = {}): Selection {
  const problem = problemOfTable(table, kind);
  const asked = { ...choice, ...spoilt };
  const plan = planByHand({ seed: 0, kind, table, problem, choice: asked }, [A, B, D]);
  const { bound, parts } = boundOf(problem, asked, 'cost', prices);
  const gap = (plan.cost - bound) / bound;
  return {
    ...plan,
    certificate: {
      ...plan.certificate,
      bound,
      parts,
      gap,
      method: 'prices',
      optimal: false,
      prices,
      steps: 7,
    },
  };
}

test('a plan with every rule and a bound by prices passes in each shape of cover', () => {
  for (const kind of coverKinds) {
    const plan = priced(kind);
    expect(checkPlan(problemOfTable(table, kind), choice, plan)).toEqual([]);
    expect(plan).toMatchObject({ status: 'reached', cost: 80, covered: [19, 4] });
    expect(plan.certificate.bound).toBeGreaterThan(40);
    expect(plan.certificate.bound).toBeLessThan(80);
  }
});

type Spoil = (plan: Selection) => Selection;

interface Spoiler {
  readonly what: string;
  readonly code: PlanFindingCode;
  readonly plan?: Spoil;
  /** Another question under which the same plan is wrong. */
  readonly choice?: Partial<SelectionChoice>;
}

const certified = (change: (certificate: Certificate) => Partial<Certificate>): Spoil => {
  return (plan) => ({ ...plan, certificate: { ...plan.certificate, ...change(plan.certificate) } });
};
const stepped = (change: (steps: readonly SelectionStep[]) => readonly SelectionStep[]): Spoil => {
  return (plan) => ({ ...plan, steps: change(plan.steps) });
};
const atStep = (index: number, change: (step: SelectionStep) => Partial<SelectionStep>): Spoil =>
  stepped((steps) => steps.map((step, at) => (at === index ? { ...step, ...change(step) } : step)));
const repriced = (change: (perBin: Float32Array, perTarget: Float64Array) => void): Spoil =>
  certified(() => {
    const perBin = prices.perBin.slice();
    const perTarget = prices.perTarget.slice();
    change(perBin, perTarget);
    return { prices: { perBin, perTarget } };
  });
const also = (site: number): Spoil =>
  stepped((steps) => [...steps, { site, placedBy: 'target-gain', gain: 0, coveredAfter: 19 }]);
const withGroup = (index: number, change: object): Partial<SelectionChoice> => ({
  rules: {
    ...choice.rules,
    groups: choice.rules.groups.map((group, at) => (at === index ? { ...group, ...change } : group)),
  },
});

const spoilers: readonly Spoiler[] = [
  { what: 'a site number beyond the list', code: 'PLAN_SITE_UNKNOWN', plan: atStep(2, () => ({ site: 7 })) },
  {
    what: 'a site number that is no whole number',
    code: 'PLAN_SITE_UNKNOWN',
    plan: atStep(2, () => ({ site: 1.5 })),
  },
  { what: 'a site opened twice', code: 'PLAN_SITE_TWICE', plan: also(B) },
  {
    what: 'a step dropped, its weight still claimed',
    code: 'PLAN_COVERED',
    plan: stepped((steps) => steps.slice(0, -1)),
  },
  {
    what: 'a step dropped, its price still claimed',
    code: 'PLAN_COST',
    plan: stepped((steps) => steps.slice(0, -1)),
  },
  {
    what: 'a step dropped, its gain claimed by the next',
    code: 'PLAN_STEP_COVERED',
    plan: stepped((steps) => steps.toSpliced(2, 1)),
  },
  {
    what: 'the existing station not first',
    code: 'PLAN_FIXED_FIRST',
    plan: stepped(([x, a, ...rest]) => [a!, x!, ...rest]),
  },
  {
    what: 'the existing station left out',
    code: 'PLAN_FIXED_FIRST',
    plan: stepped((steps) => steps.slice(1)),
  },
  {
    what: 'the locked site after a chosen one',
    code: 'PLAN_FIXED_FIRST',
    plan: stepped(([x, a, b, d]) => [x!, b!, a!, d!]),
  },
  {
    what: 'a locked site said to be chosen',
    code: 'PLAN_PLACED_BY',
    plan: atStep(1, () => ({ placedBy: 'target-gain' })),
  },
  {
    what: 'a chosen site said to be existing',
    code: 'PLAN_PLACED_BY',
    plan: atStep(2, () => ({ placedBy: 'existing' })),
  },
  { what: 'a refused site opened', code: 'PLAN_SITE_REFUSED', plan: also(E) },
  { what: 'a site refused afterwards', code: 'PLAN_SITE_REFUSED', choice: { refused: [B, E] } },
  {
    what: 'two gains swapped',
    code: 'PLAN_STEP_GAIN',
    plan: stepped(([x, a, b, d]) => [x!, a!, { ...b!, gain: d!.gain }, { ...d!, gain: b!.gain }]),
  },
  {
    what: 'a gain one too high',
    code: 'PLAN_STEP_GAIN',
    plan: atStep(3, ({ gain }) => ({ gain: gain + 1 })),
  },
  {
    what: 'a running share one too high',
    code: 'PLAN_STEP_COVERED',
    plan: atStep(1, ({ coveredAfter }) => ({ coveredAfter: coveredAfter + 1 })),
  },
  {
    what: 'the share of the whole one too high',
    code: 'PLAN_COVERED',
    plan: (plan) => ({ ...plan, covered: [20, 4] }),
  },
  {
    what: 'the share of the second target one too low',
    code: 'PLAN_COVERED',
    plan: (plan) => ({ ...plan, covered: [19, 3] }),
  },
  {
    what: 'the share of the second target left out',
    code: 'PLAN_COVERED',
    plan: (plan) => ({ ...plan, covered: [19] }),
  },
  { what: 'a price one yuan too low', code: 'PLAN_COST', plan: (plan) => ({ ...plan, cost: 79 }) },
  { what: 'existing stations paid for', code: 'PLAN_COST', plan: (plan) => ({ ...plan, cost: 130 }) },
  { what: 'a budget one yuan too small', code: 'PLAN_BUDGET', choice: { budget: 79 } },
  { what: 'one site too many', code: 'PLAN_COUNT', choice: { maxSites: 2 } },
  { what: 'two sites too near', code: 'PLAN_SPACING', plan: also(C) },
  {
    what: 'a chosen site too near the existing station',
    code: 'PLAN_SPACING',
    choice: { rules: { ...choice.rules, spacingM: new Float64Array(7).fill(200.5) } },
  },
  {
    what: 'a quota from below missed',
    code: 'PLAN_GROUP_LEAST',
    choice: withGroup(0, { leastSites: 3, mostSites: 3 }),
  },
  {
    what: 'an existing station counted into a quota',
    code: 'PLAN_GROUP_LEAST',
    choice: withGroup(0, { sites: [X, A], leastSites: 2 }),
  },
  {
    what: 'a quota from above passed',
    code: 'PLAN_GROUP_MOST',
    choice: withGroup(0, { sites: [A, B, D], mostSites: 2, mostCost: null }),
  },
  { what: 'two configurations of one mast', code: 'PLAN_CONFIGURATIONS', plan: also(C) },
  { what: 'the money of a group passed', code: 'PLAN_GROUP_COST', choice: withGroup(0, { mostCost: 49 }) },
  {
    what: 'a ceiling one too high',
    code: 'PLAN_CEILING',
    plan: (plan) => ({ ...plan, ceiling: [plan.ceiling[0]! + 1, plan.ceiling[1]!] }),
  },
  { what: 'a ceiling that counts the refused site', code: 'PLAN_CEILING', choice: { refused: [E, F] } },
  {
    what: 'the status of a spent budget on a reached plan',
    code: 'PLAN_STATUS',
    plan: (plan) => ({ ...plan, status: 'budget-spent' }),
  },
  { what: 'reached said of a share that is missed', code: 'PLAN_STATUS', choice: { required: [20, 4] } },
  {
    what: 'reached said of a second share that is missed',
    code: 'PLAN_STATUS',
    choice: { required: [19, 5] },
  },
  {
    what: 'a share missed with room left',
    code: 'PLAN_ROOM_LEFT',
    choice: { required: [20, 4], budget: null, maxSites: null, rules: { spacingM: null, groups: [] } },
  },
  {
    what: 'a bound on the share instead of the cost',
    code: 'CERTIFICATE_KIND',
    plan: certified(() => ({ kind: 'covered', bound: 30 })),
  },
  {
    what: 'a bound one step higher',
    code: 'CERTIFICATE_BOUND',
    plan: certified(({ bound }) => ({ bound: bound + 10, gap: (80 - bound - 10) / (bound + 10) })),
  },
  {
    what: 'a bound above the plan',
    code: 'CERTIFICATE_BOUND_PASSED',
    plan: certified(() => ({ bound: 100, gap: -0.2 })),
  },
  {
    what: 'a bound that is no number',
    code: 'CERTIFICATE_BOUND',
    plan: certified(() => ({ bound: Number.NaN })),
  },
  {
    what: 'a bound whose prices are gone',
    code: 'CERTIFICATE_PRICES_MISSING',
    plan: certified(() => ({ prices: null })),
  },
  {
    what: 'nothing but counting behind a bound',
    code: 'CERTIFICATE_METHOD',
    plan: certified(() => ({ method: 'counted', prices: null })),
  },
  {
    what: 'one bin price above what the bin is worth',
    code: 'CERTIFICATE_BIN_PRICE',
    plan: repriced((perBin) => {
      perBin[9] = 20.1;
    }),
  },
  {
    what: 'one bin price below 0',
    code: 'CERTIFICATE_BIN_PRICE',
    plan: repriced((perBin) => {
      perBin[1] = -0.1;
    }),
  },
  {
    what: 'one bin price that is no number',
    code: 'CERTIFICATE_BIN_PRICE',
    plan: repriced((perBin) => {
      perBin[1] = Number.NaN;
    }),
  },
  {
    what: 'a price on a guard',
    code: 'CERTIFICATE_BIN_PRICE',
    plan: repriced((perBin) => {
      perBin[0] = 1;
    }),
  },
  {
    what: 'prices for other bins',
    code: 'CERTIFICATE_BIN_PRICE',
    plan: certified(() => ({ prices: { ...prices, perBin: prices.perBin.slice(1) } })),
  },
  {
    what: 'a target price below 0',
    code: 'CERTIFICATE_TARGET_PRICE',
    plan: repriced((_, perTarget) => {
      perTarget[1] = -1;
    }),
  },
  {
    what: 'a target price that is no number',
    code: 'CERTIFICATE_TARGET_PRICE',
    plan: repriced((_, perTarget) => {
      perTarget[0] = Number.NaN;
    }),
  },
  {
    what: 'a target price too few',
    code: 'CERTIFICATE_TARGET_PRICE',
    plan: certified(() => ({ prices: { ...prices, perTarget: Float64Array.of(5) } })),
  },
  {
    what: 'a candidate left out of the pricing',
    code: 'CERTIFICATE_PART_SITES',
    plan: certified(({ parts }) => ({
      parts: {
        ...parts,
        sites: boundOf(problemOfTable(table), { ...choice, refused: [D, E] }, 'cost', prices).parts.sites,
      },
    })),
  },
  {
    what: 'a candidate left out of the bound',
    code: 'CERTIFICATE_BOUND',
    plan: certified(() => {
      const { bound } = boundOf(problemOfTable(table), { ...choice, refused: [D, E, C] }, 'cost', prices);
      return { bound, gap: (80 - bound) / bound };
    }),
  },
  {
    what: 'a required part that asks for more',
    code: 'CERTIFICATE_PART_REQUIRED',
    plan: certified(({ parts }) => ({ parts: { ...parts, required: parts.required + 5 } })),
  },
  {
    what: 'a bins part that leaves a bin out',
    code: 'CERTIFICATE_PART_BINS',
    plan: certified(({ parts }) => ({ parts: { ...parts, bins: parts.bins + 5 } })),
  },
  {
    what: 'a gap of half the size',
    code: 'CERTIFICATE_GAP',
    plan: certified(({ gap }) => ({ gap: gap / 2 })),
  },
  { what: 'a gap that is no number', code: 'CERTIFICATE_GAP', plan: certified(() => ({ gap: Number.NaN })) },
  {
    what: 'optimal said without proof',
    code: 'CERTIFICATE_OPTIMAL',
    plan: certified(() => ({ optimal: true })),
  },
  {
    what: 'optimal denied where bound and plan meet',
    code: 'CERTIFICATE_OPTIMAL',
    plan: certified(() => ({ method: 'exact', bound: 80, gap: 0, optimal: false })),
  },
  { what: 'a number of steps below 0', code: 'CERTIFICATE_STEPS', plan: certified(() => ({ steps: -1 })) },
];

test.each(spoilers)('$what is noticed as $code', ({ code, plan: spoil, choice: asked }) => {
  for (const kind of coverKinds) {
    const spoilt = spoil ? spoil(priced(kind)) : priced(kind);
    const findings = checkPlan(problemOfTable(table, kind), { ...choice, ...asked }, spoilt);
    expect(findings.map((finding) => finding.code)).toContain(code);
  }
});

test('a bound below what the prices prove is weak and not wrong', () => {
  const plan = priced('runs');
  const weak = { ...plan, certificate: { ...plan.certificate, bound: 20, gap: 3 } };
  expect(checkPlan(problemOfTable(table, 'runs'), choice, weak)).toEqual([]);
});

test('what a complete search proved is taken on trust, and said', () => {
  const problem = problemOfTable(table, 'lists');
  const exact = planByHand({ seed: 0, kind: 'lists', table, problem, choice }, [A, B, D], {
    prices,
    parts: priced('lists').certificate.parts,
  });
  expect(checkPlan(problem, choice, exact)).toEqual([]);
  expect(takenOnTrust(problem, choice, exact)).toEqual({
    claimed: 80,
    proved: priced('lists').certificate.bound,
  });
  expect(takenOnTrust(problem, choice, priced('lists'))).toBeNull();
});

test('a finding says in both languages what was found and what was expected', () => {
  const [finding] = checkPlan(problemOfTable(table), choice, { ...priced('grades'), cost: 79 });
  expect(finding).toEqual({
    code: 'PLAN_COST',
    about: '',
    found: 79,
    expected: 80,
    sentence: { zh: '造价应为 80 元，写作 79 元', en: 'the cost is 80 yuan, not 79' },
  });
});
