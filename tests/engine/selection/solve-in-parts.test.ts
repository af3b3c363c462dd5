// A city solved part by part: the stitched plan passes the independent recount, its bound holds, and nobody can tell how many
// threads there were. Tiny tables are judged by trying everything.
import { expect, test } from 'vitest';
import { checkPlan } from '../../../engine/selection/check-plan.ts';
import { makeCoverState } from '../../../engine/selection/cover/make-cover-state.ts';
import type { Effort } from '../../../engine/selection/effort.ts';
import { inOneThread, type PartsPlan, solveInParts } from '../../../engine/selection/parts/solve-in-parts.ts';
import { type PartWork, solvePart } from '../../../engine/selection/parts/solve-part.ts';
import {
  cutPart,
  mapParts,
  PART_COST_UNITS,
  partBuffers,
} from '../../../engine/selection/parts/split-problem.ts';
import { stitchParts } from '../../../engine/selection/parts/stitch-parts.ts';
import { NO_PART, tileParts } from '../../../engine/selection/parts/tile-parts.ts';
import {
  noRules,
  type Selection,
  type SelectionChoice,
  type SelectionProblem,
} from '../../../engine/selection/selection-problem.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { makeSelectionCity } from '../../../scripts/bench/selection-city.ts';
import { bestPlans, costOf, coveredOf, randomCase } from './random-case.ts';

const effort: Effort = { priceSteps: 120, improveSteps: 1500, seed: 1 };
const PART_SITES = 900;
const few: PartsPlan = { ...inOneThread, partSites: PART_SITES };

const city = makeSelectionCity({
  seed: 5,
  areaKm2: 16,
  binSizeM: 25,
  candidates: 2400,
  radiusM: [150, 500],
  weights: 'demand',
  costs: 'mixed',
  bands: 3,
});
const totals = city.targets.map(({ weight }) => weight.reduce((sum, own) => sum + own, 0));
const plain: SelectionProblem = { ...city, targets: [city.targets[0]] };

function choiceOf(changes: Partial<SelectionChoice> = {}): SelectionChoice {
  return {
    required: [Math.ceil(0.93 * totals[0]!)],
    budget: null,
    maxSites: null,
    existing: [],
    locked: [],
    refused: [],
    rules: noRules,
    ...changes,
  };
}

/** Every third candidate from `first` on, `count` of them. */
const some = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + 3 * index);

/** Bins of the first target's parts in west, middle and east. */
const bandParts = Uint16Array.from(city.targets[0].weight, (_, bin) => {
  const band = city.targets.findIndex(({ weight }, target) => target > 0 && weight[bin]! > 0);
  return band < 0 ? NO_PART : band - 1;
});

async function solve(problem: SelectionProblem, choice: SelectionChoice, plan = few): Promise<Selection> {
  const selection = await solveInParts(problem, choice, effort, plan);
  expect(checkPlan(problem, choice, selection)).toEqual([]);
  return selection;
}

test('tiles share every weighted bin out and are about as large as asked for', () => {
  const parts = tileParts(plain, PART_SITES);
  const counts = new Map<number, number>();
  parts.forEach((part, bin) => {
    if (part === NO_PART) return;
    expect(plain.targets[0].weight[bin]).toBeGreaterThan(0);
    counts.set(part, (counts.get(part) ?? 0) + 1);
  });
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3]);
  const map = mapParts(plain, parts);
  const wish = { choice: choiceOf(), plan: [], factors: [1] };
  for (let part = 0; part < map.count; part++) {
    const { length } = cutPart(plain, map, part, wish).sites;
    expect(length).toBeGreaterThan(0.4 * PART_SITES);
    expect(length).toBeLessThan(1.6 * PART_SITES);
  }
});

test('tiles inside districts never cross them', () => {
  const districts = bandParts.map((band) => (band === NO_PART ? 0 : band + 1));
  const districtOf = new Map<number, number>();
  tileParts(plain, 500, districts).forEach((part, bin) => {
    if (part === NO_PART) return;
    expect(districtOf.get(part) ?? districts[bin]).toBe(districts[bin]);
    districtOf.set(part, districts[bin]!);
  });
  expect(new Set(districtOf.values()).size).toBe(3);
  expect(districtOf.size).toBeGreaterThan(3);
});

test('parts together hold every bin of every site once, and border sites cost no more than they do', () => {
  for (let seed = 0; seed < 90; seed++) {
    const { problem, choice, table } = randomCase(seed, { sites: 9, rules: false });
    const parts = Uint16Array.from({ length: problem.cover.binCount }, (_, bin) => (bin * 7 + seed) % 3);
    const map = mapParts(problem, parts);
    const free = { ...choice, existing: [], locked: [], refused: [] };
    const covered = problem.targets.map(() => 0);
    const cost = new Float64Array(problem.cost.length);
    const wish = { choice: free, plan: [], factors: problem.targets.map(() => 1) };
    for (let part = 0; part < map.count; part++) {
      const { work, sites } = cutPart(problem, map, part, wish);
      const state = makeCoverState(work.problem);
      for (const site of sites.keys()) state.openSite(site);
      const own = work.problem.fold === null ? 1 : scaleOf(problem, work.problem);
      state.covered.forEach((value, target) => {
        covered[target]! += value * own;
      });
      sites.forEach((site, place) => {
        cost[site]! += work.problem.cost[place]!;
      });
    }
    const all = table.sites.map((_, site) => site);
    const whole = coveredOf(table, all);
    for (const [target, value] of covered.entries()) expect(value).toBeCloseTo(whole[target]!, 6);
    for (const [site, value] of cost.entries())
      expect(value).toBeLessThanOrEqual(PART_COST_UNITS * problem.cost[site]!);
  }
});

/** Parts without some of the counts that bins need may count worth in other units. */
function scaleOf(whole: SelectionProblem, part: SelectionProblem): number {
  return fullOf(whole) / fullOf(part);
}
function fullOf({ fold }: SelectionProblem): number {
  if (fold?.counts !== 'graded') return 1;
  return (fold.sites.includes(2) ? 2 : 1) * (fold.sites.includes(3) ? 3 : 1);
}

test('a stitched plan recounts, costs about what the plan of the whole costs, and neither bound passes a plan', async () => {
  const choice = choiceOf();
  const whole = solveSelection(plain, choice, effort);
  const stitched = await solve(plain, choice);
  expect(stitched.status).toBe('reached');
  expect(stitched.cost).toBeLessThan(1.03 * whole.cost);
  expect(stitched.certificate.method).toBe('prices');
  expect(stitched.certificate.bound).toBeLessThanOrEqual(Math.min(whole.cost, stitched.cost));
  expect(stitched.certificate.bound).toBeGreaterThan(0.97 * whole.certificate.bound);
});

test('threads that hand buffers over, finish in another order and are any number give the same plan', async () => {
  const choice = choiceOf({ existing: some(0, 10), locked: some(1, 5), refused: some(2, 40) });
  const alone = await solve(plain, choice);
  for (const lanes of [2, 3, 8]) {
    let started = 0;
    const runPart: PartsPlan['runPart'] = async (work) => {
      const turn = started++;
      const sent: PartWork = structuredClone(work, { transfer: partBuffers(work) });
      expect(work.problem.cost.length).toBe(0); // gone with its buffer
      for (let wait = 0; wait < (turn % 2 === 0 ? 7 : 1); wait++) await new Promise(setImmediate);
      return structuredClone(solvePart(sent));
    };
    expect(await solve(plain, choice, { ...few, lanes, runPart })).toEqual(alone);
  }
  expect(city.cost.length).toBe(2400);
});

test('a site that two parts choose counts once', () => {
  const choice = choiceOf();
  const map = mapParts(plain, tileParts(plain, PART_SITES));
  const shared = Array.from(plain.cost.keys()).filter((s) => map.siteStarts[s + 1]! - map.siteStarts[s]! > 1);
  const plans = [0, 1, 2, 3].map((part) => ({ part, sites: shared }));
  const sites = stitchParts(plain, choice, map, plans, null, { improveSteps: 0, seed: 1 });
  expect(new Set(sites).size).toBe(sites.length);
  const state = makeCoverState(plain);
  for (const site of sites) state.openSite(site);
  expect(state.covered[0]).toBeGreaterThanOrEqual(choice.required[0]!);
});

test('quotas, caps and spacing hold across borders', async () => {
  const odd = Array.from(plain.cost.keys()).filter((site) => site % 2 === 1);
  const even = Array.from(plain.cost.keys()).filter((site) => site % 4 === 0);
  const choice = choiceOf({
    required: [Math.ceil(0.85 * totals[0]!)],
    rules: {
      spacingM: new Float64Array(plain.cost.length).fill(220),
      groups: [
        { id: 'odd', sites: odd, leastSites: null, mostSites: 20, mostCost: null },
        { id: 'even', sites: even, leastSites: 25, mostSites: null, mostCost: null },
      ],
    },
  });
  const { status, steps } = await solve(plain, choice);
  expect(status).toBe('reached');
  expect(steps.filter(({ site }) => site % 2 === 1).length).toBeLessThanOrEqual(20);
  expect(steps.filter(({ site }) => site % 4 === 0).length).toBeGreaterThanOrEqual(25);
});

test('districts with duties of their own keep them', async () => {
  const shares = [0.85, 0.95, 0.8, 0.9];
  const choice = choiceOf({ required: shares.map((share, target) => Math.ceil(share * totals[target]!)) });
  const { status, covered } = await solve(city, choice, { ...few, parts: bandParts });
  expect(status).toBe('reached');
  for (const [target, worth] of covered.entries())
    expect(worth).toBeGreaterThanOrEqual(choice.required[target]!);
});

test('a budget or a number of sites that binds is kept, and the bound on what it can cover holds', async () => {
  const free = solveSelection(plain, choiceOf(), { ...effort, improveSteps: 0 });
  const limits = [{ budget: Math.floor(0.6 * free.cost) }, { maxSites: 20 }, { maxSites: 34 }];
  for (const limit of limits) {
    const choice = choiceOf(limit);
    const whole = solveSelection(plain, choice, effort);
    const stitched = await solve(plain, choice);
    expect(stitched.covered[0]).toBeGreaterThan(0.97 * whole.covered[0]!);
    expect(stitched.certificate.kind).toBe(whole.certificate.kind);
    if (stitched.certificate.kind === 'cost') {
      expect(stitched.certificate.gap).toBeLessThan(0.1);
      continue;
    }
    expect(stitched.certificate.bound).toBeGreaterThanOrEqual(
      Math.max(whole.covered[0]!, stitched.covered[0]!),
    );
    expect(stitched.certificate.bound).toBeLessThan(1.1 * stitched.covered[0]!);
  }
});

test('a search that has enough from the start still gives a plan that recounts', async () => {
  const selection = await solveInParts(plain, choiceOf(), effort, few, { shouldStop: () => true });
  expect(checkPlan(plain, choiceOf(), selection)).toEqual([]);
  expect(selection.status).toBe('reached');
});

test('tiny problems with every rule there is: each plan recounts and no bound passes the best plan there is', async () => {
  let reached = 0;
  for (let seed = 0; seed < 400; seed++) {
    const one = randomCase(seed);
    const { problem, choice, table } = one;
    const parts = Uint16Array.from({ length: problem.cover.binCount }, (_, bin) => (bin >> 2) % 3);
    const selection = await solveInParts(
      problem,
      choice,
      { priceSteps: 40, improveSteps: 60, seed },
      { ...inOneThread, parts },
    );
    expect(checkPlan(problem, choice, selection), `seed ${seed}`).toEqual([]);
    const best = bestPlans(one);
    const { kind, bound } = selection.certificate;
    if (kind === 'cost' && best.cheapest) {
      expect(bound, `seed ${seed}`).toBeLessThanOrEqual(costOf(table, best.cheapest));
      reached++;
    }
    if (kind === 'covered' && best.widest) {
      const most = coveredOf(table, [...choice.existing, ...best.widest])[0]!;
      expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(most);
    }
  }
  expect(reached).toBeGreaterThan(100);
});
