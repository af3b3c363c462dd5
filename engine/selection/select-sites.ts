// Greedy selection: existing stations, then locked sites, then again and again the site with the most uncovered weight
// per yuan (gain cut off at what the target still needs), then pruning.
// Lazy queue (Minoux 1978): a stale key is an upper bound because gains never grow, so few sites are looked at twice.
// Ties: higher gain, then lower cost, then smaller id by string order; the same input gives the same plan in any order.
// A limit that binds runs greedy a second time by gain alone and keeps the better plan: that run starts with the best
// single affordable site (without it, ratio greedy under a budget has no guarantee) and under a count of sites it covers
// at least 1 - 1/e of the best possible (Nemhauser et al. 1978).
import type { OnProgress } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import { compareProducts } from './compare-products.ts';
import { computeCeiling, startWith } from './problem-facts.ts';
import { pruneSites } from './prune-sites.ts';
import type { Selection, SelectionChoice, SelectionProblem, SelectionStep } from './selection-problem.ts';
import {
  addSite,
  copySelectionState,
  gainOf,
  makeSelectionState,
  type SelectionState,
} from './selection-state.ts';
import { makeSiteQueue } from './site-queue.ts';

const PROGRESS_EVERY_SITES = 50;

/** Chooses sites until the target, the budget or the count is reached, or nothing adds anything. */
export function selectSites(
  problem: SelectionProblem,
  choice: SelectionChoice,
  onProgress?: OnProgress,
): Selection {
  const run = startRun(problem, choice, onProgress);
  const { state } = run;

  let chosen = chooseSites(run, 'ratio');
  if (state.covered < choice.targetWeight && (choice.budget !== null || choice.maxSites !== null)) {
    const byRatio = { sites: chosen, covered: state.covered, cost: costOf(problem, chosen) };
    restart(run);
    chosen = chooseSites(run, 'gain');
    const byGain = { sites: chosen, covered: state.covered, cost: costOf(problem, chosen) };
    if (!isBetter(byGain, byRatio, choice.targetWeight)) {
      restart(run);
      chosen = byRatio.sites;
      for (const site of chosen) addSite(state, site);
    }
  }

  const ceiling = computeCeiling(problem, run.refused);
  const status = statusOf(choice, state.covered, ceiling, choice.locked.length + chosen.length);
  const placedBy = status === 'budget-spent' || status === 'count-reached' ? 'budget-gain' : 'target-gain';
  return {
    status,
    steps: replay(problem, choice, chosen, placedBy),
    covered: state.covered,
    cost: costOf(problem, choice.locked) + costOf(problem, chosen),
    ceiling,
    best: state.best,
    second: state.second,
  };
}

/** Place of every id in string order, so that ties compare numbers. */
function rankIds(ids: readonly string[]): Uint32Array {
  const order = Uint32Array.from(ids, (_, index) => index).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const rank = new Uint32Array(ids.length);
  for (let place = 0; place < order.length; place++) rank[order[place]!] = place;
  return rank;
}

interface Run {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  /** Existing and locked sites are open; `start` stays so. */
  readonly state: SelectionState;
  readonly start: SelectionState;
  /** Gains with nothing but existing sites open: never less than any later gain. */
  readonly startGain: Float64Array;
  readonly idRank: Uint32Array;
  /** Refused sites that do not stand already. */
  readonly refused: readonly number[];
  /** 1 for sites that greedy may open. */
  readonly free: Uint8Array;
  readonly onProgress: OnProgress | undefined;
}

function startRun(
  problem: SelectionProblem,
  choice: SelectionChoice,
  onProgress: OnProgress | undefined,
): Run {
  const { siteIds, cost } = problem;
  const wrong = cost.findIndex((yuan) => !(yuan >= 0));
  if (wrong >= 0)
    throw new RangeError(`selectSites: ${siteIds[wrong]} costs ${cost[wrong]}, expected 0 or more`);
  const free = new Uint8Array(siteIds.length).fill(1);
  for (const site of choice.existing) free[site] = 0;
  const refused = [...new Set(choice.refused)].filter((site) => free[site] === 1);
  for (const site of refused) free[site] = 0;
  let lockedCost = 0;
  for (const [index, site] of choice.locked.entries()) {
    const siteId = siteIds[site]!;
    lockedCost += cost[site]!;
    if (free[site] === 0) throw new PlanningError('SELECTION_LOCK_CONFLICT', { siteId });
    if (choice.budget !== null && lockedCost > choice.budget)
      throw new PlanningError('SELECTION_BUDGET_RANGE', { siteId, lockedCost, budget: choice.budget });
    if (choice.maxSites !== null && index >= choice.maxSites)
      throw new PlanningError('SELECTION_BUDGET_RANGE', {
        siteId,
        locked: index + 1,
        maxSites: choice.maxSites,
      });
    free[site] = 0;
  }
  const { state, gain } = startWith(problem, choice.existing);
  for (const site of choice.locked) addSite(state, site);
  const start = copySelectionState(state);
  const idRank = rankIds(siteIds);
  return { problem, choice, state, start, startGain: gain, idRank, refused, free, onProgress };
}

/** Greedy and pruning in turns: what pruning pays back under a limit may open another site. */
function chooseSites(run: Run, key: 'ratio' | 'gain'): number[] {
  const { state, choice, idRank } = run;
  let chosen: number[] = [];
  for (;;) {
    const coveredBefore = state.covered;
    chosen = [...chosen, ...openGreedily(run, key, chosen)];
    const closable = chosen.length;
    chosen = pruneSites(state, chosen, Math.min(choice.targetWeight, state.covered), idRank);
    const reached = state.covered >= choice.targetWeight;
    if (reached || chosen.length === closable || state.covered === coveredBefore) return chosen;
  }
}

/** One lazy greedy pass from the current state; returns what it opened, in order. */
function openGreedily(run: Run, key: 'ratio' | 'gain', opened: readonly number[]): number[] {
  const { problem, choice, state, startGain, idRank, free, onProgress } = run;
  const { cost } = problem;
  const target = choice.targetWeight;
  const siteLimit =
    choice.maxSites === null ? Infinity : choice.maxSites - choice.locked.length - opened.length;
  let budget =
    choice.budget === null
      ? Infinity
      : choice.budget - costOf(problem, choice.locked) - costOf(problem, opened);

  const gain = new Float64Array(cost.length);
  const gainsHold = choice.locked.length + opened.length === 0;
  const lookedAt = new Int32Array(cost.length).fill(gainsHold ? 0 : -1);
  const alreadyOpen = new Set(opened);
  const queued: number[] = [];
  for (let site = 0; site < cost.length; site++) {
    if (free[site] === 0 || cost[site]! > budget || alreadyOpen.has(site)) continue;
    gain[site] = Math.min(startGain[site]!, target - state.covered);
    if (gain[site]! > 0) queued.push(site);
  }
  const before = (a: number, b: number) => {
    if (key === 'ratio') {
      const order = compareProducts(gain[a]!, cost[b]!, gain[b]!, cost[a]!);
      if (order !== 0) return order > 0;
    }
    if (gain[a] !== gain[b]) return gain[a]! > gain[b]!;
    if (cost[a] !== cost[b]) return cost[a]! < cost[b]!;
    return idRank[a]! < idRank[b]!;
  };
  const queue = makeSiteQueue(queued, before);

  const chosen: number[] = [];
  while (queue.size() > 0 && state.covered < target && chosen.length < siteLimit) {
    const site = queue.top();
    if (cost[site]! > budget) {
      queue.pop();
      continue;
    }
    if (lookedAt[site] !== chosen.length) {
      lookedAt[site] = chosen.length;
      gain[site] = Math.min(gainOf(state, site), target - state.covered);
      if (gain[site] === 0) queue.pop();
      else queue.sink();
      continue;
    }
    queue.pop();
    addSite(state, site);
    budget -= cost[site]!;
    chosen.push(site);
    if (chosen.length % PROGRESS_EVERY_SITES === 0)
      onProgress?.({ step: 'selection', done: Math.min(state.covered, target), total: target });
  }
  return chosen;
}

interface Outcome {
  readonly sites: number[];
  readonly covered: number;
  readonly cost: number;
}

function isBetter(next: Outcome, than: Outcome, target: number): boolean {
  const nextCovered = Math.min(next.covered, target);
  const thanCovered = Math.min(than.covered, target);
  return nextCovered > thanCovered || (nextCovered === thanCovered && next.cost < than.cost);
}

function statusOf(
  choice: SelectionChoice,
  covered: number,
  ceiling: number,
  newSites: number,
): Selection['status'] {
  if (covered >= choice.targetWeight) return 'reached';
  if (ceiling < choice.targetWeight) return 'not-reachable';
  return choice.maxSites !== null && newSites >= choice.maxSites ? 'count-reached' : 'budget-spent';
}

/** Gains in the final order: pruning and refilling make the gains seen on the way out of date. */
function replay(
  problem: SelectionProblem,
  choice: SelectionChoice,
  chosen: readonly number[],
  placedBy: 'target-gain' | 'budget-gain',
): SelectionStep[] {
  const state = makeSelectionState(problem);
  const open = (rule: SelectionStep['placedBy']) => (site: number) => {
    const gain = addSite(state, site);
    return { site, placedBy: rule, gain, coveredAfter: state.covered };
  };
  return [
    ...choice.existing.map(open('existing')),
    ...choice.locked.map(open('locked')),
    ...chosen.map(open(placedBy)),
  ];
}

/** Back to existing and locked sites. */
function restart({ state, start }: Run): void {
  state.best.set(start.best);
  state.second.set(start.second);
  state.open = [...start.open];
  state.covered = start.covered;
}

function costOf(problem: SelectionProblem, sites: readonly number[]): number {
  let sum = 0;
  for (const site of sites) sum += problem.cost[site]!;
  return sum;
}
