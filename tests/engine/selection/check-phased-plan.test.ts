// Plans in years: what the planner makes passes, and each way to spoil one is noticed.
import { expect, test } from 'vitest';
import { checkPhasedPlan } from '../../../engine/selection/check/check-phased-plan.ts';
import type { PlanFindingCode } from '../../../engine/selection/check/plan-finding.ts';
import type {
  PhasedSelection,
  PhaseOutcome,
  PhasePlan,
} from '../../../engine/selection/phases/phase-plan.ts';
import { planPhases } from '../../../engine/selection/phases/plan-phases.ts';
import { coveredOf, type RandomCase, randomCase } from './random-case.ts';
import { coverKinds, problemOfTable } from './table-problem.ts';

const EFFORT = { priceSteps: 60, improveSteps: 20, seed: 1 };

/** Three years of a random case: growing shares and limits, a site that comes late, a station that goes. */
function yearsOf({ seed, table, choice }: RandomCase): PhasePlan {
  const { existing, locked, refused, rules, required } = choice;
  const out = new Set(refused);
  const ceiling = coveredOf(
    table,
    table.sites.map((_, site) => site).filter((site) => !out.has(site) && !existing.includes(site)),
  );
  const years = [0.3, 0.6, 1].map((share, year) => ({
    id: String(2026 + year),
    required: required.map((value, target) => Math.floor(share * Math.min(value, ceiling[target]!))),
    budget: seed % 2 === 0 ? 40 * (year + 1) + 60 : null,
    maxSites: seed % 3 === 0 ? 2 * (year + 1) + 1 : null,
    demolished: year === 1 ? existing.slice(0, 1) : [],
    importance: 3 - year,
    targets: null,
  }));
  const free = table.sites.map((_, site) => site).filter((site) => !locked.includes(site));
  const availableFrom = table.sites.map((_, site) => (seed % 2 === 1 && site === free.at(-1) ? 1 : 0));
  return {
    years,
    choice: {
      existing,
      locked,
      refused,
      rules: { ...rules, groups: rules.groups.map((group) => ({ ...group, leastSites: null })) },
    },
    availableFrom,
    order: seed % 5 === 0 ? 'myopic' : 'final-first',
  };
}

test('every plan in years passes, in each shape of cover', () => {
  let bounds = 0;
  for (let seed = 0; seed < 240; seed++) {
    const example = randomCase(seed);
    const plan = yearsOf(example);
    const phased = planPhases(example.problem, plan, EFFORT);
    expect(checkPhasedPlan(example.problem, plan, phased), `seed ${seed}`).toEqual([]);
    for (const { leastCost } of phased.years) if (leastCost && leastCost.bound > 0) bounds++;
  }
  expect(bounds).toBeGreaterThan(100);
});

// The sites of the guide, 15.5, with a station that goes and a fourth site beside A.
const table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
    { id: 'old', items: [6], cost: 0 },
  ],
  places: [
    [0, 0],
    [50, 0],
    [4, 3],
    [90, 0],
  ] as const,
};
const plan: PhasePlan = {
  years: [
    { id: '2026', required: [3], budget: 36, maxSites: 1, demolished: [], importance: 2, targets: null },
    { id: '2027', required: [6], budget: 70, maxSites: 2, demolished: [3], importance: 1, targets: null },
  ],
  choice: {
    existing: [3],
    locked: [0],
    refused: [],
    rules: {
      spacingM: Float64Array.of(6, 6, 6, 6),
      groups: [{ id: 'all', sites: [0, 1, 2], leastSites: 2, mostSites: 2, mostCost: 60 }],
    },
  },
  availableFrom: null,
  order: 'final-first',
};
const made = (kind: (typeof coverKinds)[number]): PhasedSelection =>
  planPhases(problemOfTable(table, kind), plan, EFFORT);

test('the years of the guide are found and hold: A first, then B, 60 in all', () => {
  for (const kind of coverKinds) {
    const phased = made(kind);
    expect(phased.years.map(({ opened }) => opened)).toEqual([[0], [1]]);
    expect(phased.cost).toBe(60);
    expect(checkPhasedPlan(problemOfTable(table, kind), plan, phased)).toEqual([]);
  }
});

const inYear =
  (year: number, change: (outcome: PhaseOutcome) => Partial<PhaseOutcome>) =>
  (phased: PhasedSelection): PhasedSelection => ({
    ...phased,
    years: phased.years.map((one, at) => (at === year ? { ...one, ...change(one) } : one)),
  });
const underPlan = (change: Partial<PhasePlan>): PhasePlan => ({ ...plan, ...change });
const underYear = (year: number, change: Partial<PhasePlan['years'][number]>): PhasePlan =>
  underPlan({ years: plan.years.map((one, at) => (at === year ? { ...one, ...change } : one)) });
const asIs = (phased: PhasedSelection): PhasedSelection => phased;

test.each<
  [what: string, code: PlanFindingCode, spoil: (phased: PhasedSelection) => PhasedSelection, asked: PhasePlan]
>([
  ['a year left out', 'PHASE_YEARS', (phased) => ({ ...phased, years: phased.years.slice(1) }), plan],
  ['a site opened in two years', 'PHASE_SITE_TWICE', inYear(1, () => ({ opened: [0, 1] })), plan],
  ['a station opened again', 'PHASE_SITE_TWICE', inYear(1, () => ({ opened: [1, 3] })), plan],
  ['a site nobody knows', 'PLAN_SITE_UNKNOWN', inYear(1, () => ({ opened: [1, 9] })), plan],
  [
    'a site refused afterwards',
    'PLAN_SITE_REFUSED',
    asIs,
    underPlan({ choice: { ...plan.choice, refused: [1] } }),
  ],
  ['a site before its year', 'PHASE_TOO_EARLY', asIs, underPlan({ availableFrom: [1, 0, 0, 0] })],
  [
    'a locked site that never opens',
    'PHASE_LOCKED',
    asIs,
    underPlan({ choice: { ...plan.choice, locked: [0, 2] } }),
  ],
  ['a station that should be gone', 'PHASE_TOTAL', inYear(1, () => ({ demolished: [] })), plan],
  ['a station counted after it went', 'PHASE_TOTAL', asIs, underYear(0, { demolished: [3] })],
  ['a share one too high', 'PHASE_TOTAL', inYear(0, ({ covered }) => ({ covered: [covered[0]! + 1] })), plan],
  ['a lack that is hidden', 'PHASE_TOTAL', asIs, underYear(0, { required: [5] })],
  ['a year one yuan cheaper', 'PHASE_TOTAL', inYear(0, ({ cost }) => ({ cost: cost - 1 })), plan],
  ['a site not counted', 'PHASE_TOTAL', inYear(1, ({ sites }) => ({ sites: sites - 1 })), plan],
  ['a total one yuan cheaper', 'PHASE_TOTAL', (phased) => ({ ...phased, cost: phased.cost - 1 }), plan],
  ['a worth made up', 'PHASE_TOTAL', (phased) => ({ ...phased, worth: phased.worth + 1 }), plan],
  ['the first year over its budget', 'PHASE_BUDGET', asIs, underYear(0, { budget: 29 })],
  ['the first year over the budget of the second', 'PHASE_BUDGET', asIs, underYear(1, { budget: 29 })],
  ['a year with a site too many', 'PHASE_COUNT', asIs, underYear(0, { maxSites: 0 })],
  ['reached said of a year that falls short', 'PHASE_STATUS', asIs, underYear(0, { required: [5] })],
  [
    'short said of a year that is reached',
    'PHASE_STATUS',
    inYear(0, () => ({ status: 'budget-spent' })),
    plan,
  ],
  ['sites too near in a year', 'PLAN_SPACING', inYear(1, () => ({ opened: [1, 2] })), plan],
  ['a group too large by the last year', 'PLAN_GROUP_MOST', inYear(1, () => ({ opened: [1, 2] })), plan],
  [
    'a bound nobody proved',
    'PHASE_BOUND',
    inYear(1, () => ({ leastCost: { bound: 60.5, prices: 0 } })),
    plan,
  ],
  ['a bound without prices', 'PHASE_BOUND', inYear(1, () => ({ leastCost: { bound: 61, prices: 9 } })), plan],
  [
    'a share nobody bounded',
    'PHASE_BOUND',
    inYear(0, () => ({ mostCovered: { bound: 0, prices: 0 } })),
    plan,
  ],
  [
    'a bound below the year',
    'CERTIFICATE_BOUND_PASSED',
    inYear(0, () => ({ mostCovered: { bound: 3, prices: 0 } })),
    plan,
  ],
])('%s is noticed as %s', (_, code, spoil, asked) => {
  for (const kind of coverKinds) {
    const findings = checkPhasedPlan(problemOfTable(table, kind), asked, spoil(made(kind)));
    expect(findings.map((finding) => finding.code)).toContain(code);
  }
});
