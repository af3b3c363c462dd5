// What a repair works on: the open plan, its rules, what is fixed or refused now, and a log of moves, so that whatever was tried is
// taken back exactly. Changes against the plan before have a price, so that few of them win unless many save much.
import type { Cover } from '../cover/cover.ts';
import type { CoverState } from '../cover/cover-state.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { makeSiteOverlaps, type SiteOverlaps } from '../cover/site-overlaps.ts';
import { startWith } from '../problem-facts.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import type { SiteRules } from '../wishes/site-rules.ts';

export interface RepairRun {
  readonly problem: SelectionProblem;
  /** Duties, limits and rules; what is locked or refused now stands in `isFixed` and `isRefused`. */
  readonly choice: SelectionChoice;
  readonly rules: SiteRules;
  readonly state: CoverState;
  readonly overlaps: SiteOverlaps;
  /** What counts per target: the required weight, at the most all of it; 0: no duty. */
  readonly needed: Float64Array;
  /** 1 for existing and locked sites: they never close. */
  readonly isFixed: Uint8Array;
  readonly isRefused: Uint8Array;
  /** 1 for new sites of the plan that changes are counted against. */
  readonly inPlan: Uint8Array;
  /** Yuan that one site more or less than in the plan has to save. */
  readonly changeCost: number;
  /** The same where the shares stay short: summed shares that a change has to bring. */
  readonly changeShare: number;
  readonly moves: number[];
  readonly scratch: Float64Array;
  /** Sites that differ from the plan; gains and losses asked for so far, target by target. */
  readonly tally: { changes: number; looks: number };
}

/** Existing stations and nothing else open; `plan` is what changes are counted against. `changePrice` in parts of the mean site cost. */
export function makeRepairRun(
  problem: SelectionProblem,
  choice: SelectionChoice,
  plan: readonly number[],
  changePrice: number,
): RepairRun {
  const { cost, targets, cover } = problem;
  const full = fullWorth(problem);
  const needed = Float64Array.from(targets, ({ weight }, target) => {
    let total = 0;
    for (const value of weight) total += value;
    return Math.min(choice.required[target]!, total * full);
  });
  const { state } = startWith(problem, choice.existing);
  const isFixed = new Uint8Array(cover.siteCount);
  const isRefused = new Uint8Array(cover.siteCount);
  for (const site of choice.refused) isRefused[site] = 1;
  for (const site of choice.existing) {
    isFixed[site] = 1;
    isRefused[site] = 0;
  }
  let sum = 0;
  for (const yuan of cost) sum += yuan;
  const duties = needed.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const inPlan = new Uint8Array(cover.siteCount);
  for (const site of plan) inPlan[site] = 1;
  return {
    problem,
    choice,
    rules: makeSiteRules(problem, { ...choice, locked: [], refused: [] }),
    state,
    overlaps: overlapsOf(cover),
    needed,
    isFixed,
    isRefused,
    inPlan,
    changeCost: (changePrice * sum) / Math.max(1, cost.length),
    changeShare: (changePrice * duties) / Math.max(1, plan.length),
    moves: [],
    scratch: new Float64Array(targets.length),
    tally: { changes: plan.length, looks: 0 },
  };
}

/** Kept with the cover: a second repair on the same footprints starts at once. */
const overlapsKnown = new WeakMap<Cover, SiteOverlaps>();

export function overlapsOf(cover: Cover): SiteOverlaps {
  let known = overlapsKnown.get(cover);
  if (!known) {
    known = makeSiteOverlaps(cover);
    overlapsKnown.set(cover, known);
  }
  return known;
}

/** Opens a closed site, closes an open one, and notes it. */
export function toggle(run: RepairRun, site: number): void {
  turnOver(run, site);
  run.moves.push(site);
}

/** Takes back every move after the first `mark`. */
export function revert(run: RepairRun, mark: number): void {
  while (run.moves.length > mark) turnOver(run, run.moves.pop()!);
}

function turnOver({ state, rules, inPlan, tally }: RepairRun, site: number): void {
  if (state.isOpen[site] === 1) {
    state.closeSite(site);
    rules.closed(site);
  } else {
    state.openSite(site);
    rules.opened(site);
  }
  tally.changes += state.isOpen[site] === inPlan[site] ? -1 : 1;
}

/** Whether the repair may open the site now. */
export function mayOpen({ state, rules, isRefused }: RepairRun, site: number): boolean {
  return state.isOpen[site] === 0 && isRefused[site] === 0 && rules.mayOpen(site);
}

export function mayClose({ state, rules, isFixed }: RepairRun, site: number): boolean {
  return state.isOpen[site] === 1 && isFixed[site] === 0 && rules.mayClose(site);
}

/** What opening or closing the site changes in yuan, the price of the change included. */
export function priceOf({ problem, inPlan, changeCost }: RepairRun, site: number): number {
  return problem.cost[site]! + (inPlan[site] === 1 ? -changeCost : changeCost);
}

/** Sum over the duties of the missing part, 0 when every share is reached. */
export function shortageOf({ needed, state }: RepairRun): number {
  let sum = 0;
  for (let target = 0; target < needed.length; target++) {
    const missing = needed[target]! - state.covered[target]!;
    if (missing > 0) sum += missing / needed[target]!;
  }
  return sum;
}

/** What opening the site takes off the shortage; equal to the shortage when it ends it. */
export function worthOf(run: RepairRun, site: number): number {
  const { needed, state, scratch, tally } = run;
  tally.looks += needed.length;
  if (needed.length === 1) scratch[0] = state.gain(site);
  else state.gains(site, scratch);
  let sum = 0;
  for (let target = 0; target < needed.length; target++) {
    const missing = needed[target]! - state.covered[target]!;
    if (missing > 0) sum += Math.min(scratch[target]!, missing) / needed[target]!;
  }
  return sum;
}

/** The loss of closing the site, summed like a shortage, when no share suffers by it; otherwise -1. */
export function spareLossOf(run: RepairRun, site: number): number {
  const { needed, state, scratch, tally } = run;
  tally.looks += needed.length;
  if (needed.length === 1) scratch[0] = state.loss(site);
  else state.losses(site, scratch);
  let sum = 0;
  for (let target = 0; target < needed.length; target++) {
    if (needed[target] === 0) continue;
    const slack = Math.max(0, state.covered[target]! - needed[target]!);
    if (scratch[target]! > slack) return -1;
    sum += scratch[target]! / needed[target]!;
  }
  return sum;
}

/** How good the open plan is: groups that lack sites, then shares that are short, then money. */
export interface Standing {
  readonly lacking: number;
  readonly shortage: number;
  /** Shortage with the price of the changes, for plans that stay short. */
  readonly burden: number;
  /** Yuan with the price of the changes. */
  readonly price: number;
}

export function standingOf(run: RepairRun): Standing {
  const { rules, tally, changeCost, changeShare } = run;
  const shortage = shortageOf(run);
  return {
    lacking: lackingSites(run),
    shortage,
    burden: shortage + tally.changes * changeShare,
    price: rules.cost() + tally.changes * changeCost,
  };
}

export function isBetter(a: Standing, b: Standing): boolean {
  if (a.lacking !== b.lacking) return a.lacking < b.lacking;
  if ((a.shortage === 0) !== (b.shortage === 0)) return a.shortage === 0;
  if (a.shortage > 0 && a.burden !== b.burden) return a.burden < b.burden;
  return a.price < b.price;
}

/** Keeps what `change` did when the plan is better for it; takes it back otherwise, or when `change` gives up with false. */
export function tryOut(run: RepairRun, change: (before: Standing) => boolean): boolean {
  const before = standingOf(run);
  const mark = run.moves.length;
  if (change(before) && isBetter(standingOf(run), before)) return true;
  revert(run, mark);
  return false;
}

/** Sites that groups still lack, all together. */
export function lackingSites({ choice, rules }: RepairRun): number {
  if (choice.rules.groups.every((group) => group.leastSites === null)) return 0;
  return rules.lacking().reduce((sum, { sites }) => sum + sites, 0);
}

/** From now on changes are counted against `plan`, which has to be what is open. */
export function rebase(run: RepairRun, before: readonly number[], plan: readonly number[]): void {
  for (const site of before) run.inPlan[site] = 0;
  for (const site of plan) run.inPlan[site] = 1;
  run.tally.changes = 0;
}
