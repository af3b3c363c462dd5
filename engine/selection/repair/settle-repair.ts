// The way of a repair after sites were struck, locked or moved: fill the shortage around them, exchange around them, and only when the
// shares cannot be had there look farther; as the last resort the plan is chosen anew.

import { computeCeilings } from '../problem-facts.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import type { Selection, SelectionChoice } from '../selection-problem.ts';
import { closeSuperfluous } from './close-superfluous.ts';
import { exchangeNear } from './exchange-near.ts';
import { fillShortage } from './fill-shortage.ts';
import {
  lackingSites,
  mayOpen,
  priceOf,
  type RepairRun,
  shortageOf,
  toggle,
  tryOut,
  worthOf,
} from './repair-run.ts';

/** kept: nothing had to change · near: around the change · far: sites elsewhere as well · anew: chosen from scratch. */
export type RepairReach = 'kept' | 'near' | 'far' | 'anew';

export interface RepairArea {
  /** Sites that were struck, opened by order or moved. */
  readonly seeds: readonly number[];
  /** Sites that share ground with them. */
  readonly region: readonly number[];
  /** Sites that may return and are worth a try. */
  readonly wished: readonly number[];
}

export interface Settled {
  readonly reach: RepairReach;
  readonly status: Selection['status'];
}

/** `looks`: gains and losses to ask for in exchanges; filling takes what it needs. */
export function settleRepair(run: RepairRun, area: RepairArea, looks: number): Settled {
  const { seeds, region, wished } = area;
  const mark = run.moves.length;
  openLacking(run);
  const isChanged = run.moves.length > mark || seeds.some((site) => run.state.isOpen[site] === 1);
  if (shortageOf(run) > 0) fillShortage(run, region, region, looks);
  else if (isChanged) closeSuperfluous(run, region);
  if (run.moves.length > mark || isChanged || wished.length > 0) exchangeNear(run, region, wished, looks);
  let reach: RepairReach = run.moves.length > mark || isChanged ? 'near' : 'kept';
  if (isSettled(run)) return { reach, status: statusOf(run) };

  if (lookFar(run, looks)) reach = 'far';
  if (!isSettled(run) && mayBeReached(run) && chooseAnew(run)) reach = 'anew';
  if (shortageOf(run) > 0 && openWhatAdds(run) && reach !== 'anew') reach = 'far';
  return { reach, status: statusOf(run) };
}

function isSettled(run: RepairRun): boolean {
  return shortageOf(run) === 0 && lackingSites(run) === 0;
}

/** Members of groups below their least, those that help most per yuan first; whether a rule forbids them all decides the status. */
function openLacking(run: RepairRun): void {
  const { groups } = run.choice.rules;
  while (lackingSites(run) > 0) {
    let best = -1;
    for (const { group } of run.rules.lacking())
      for (const site of groups[group]!.sites)
        if (mayOpen(run, site) && (best < 0 || comesBefore(run, site, best))) best = site;
    if (best < 0) return;
    toggle(run, best);
  }
}

function comesBefore(run: RepairRun, site: number, other: number): boolean {
  const worth = worthOf(run, site);
  const otherWorth = worthOf(run, other);
  const left = worth * Math.max(priceOf(run, other), 0);
  const right = otherWorth * Math.max(priceOf(run, site), 0);
  if (left !== right) return left > right;
  if (priceOf(run, site) !== priceOf(run, other)) return priceOf(run, site) < priceOf(run, other);
  return run.problem.siteIds[site]! < run.problem.siteIds[other]!;
}

function lookFar(run: RepairRun, looks: number): boolean {
  const mark = run.moves.length;
  const everywhere = Array.from(run.problem.cost.keys());
  fillShortage(run, everywhere, [], looks);
  const opened = run.moves.slice(mark);
  if (opened.length === 0) return false;
  exchangeNear(run, regionOf(run, opened), [], looks);
  return true;
}

/** The sites and those that may share ground with them, each once. */
export function regionOf({ overlaps }: RepairRun, sites: readonly number[]): number[] {
  return [...new Set(sites.flatMap((site) => [site, ...overlaps.of(site)]))];
}

function mayBeReached(run: RepairRun): boolean {
  const { required } = run.choice;
  return computeCeilings(run.problem, refusedNow(run)).every((most, target) => most >= required[target]!);
}

/** Takes the plan that greedy makes from scratch when it is better, the price of its changes included. */
function chooseAnew(run: RepairRun): boolean {
  const { problem, state, isFixed } = run;
  const fresh = new Set(selectGreedily(problem, choiceNow(run)));
  return tryOut(run, () => {
    for (const site of problem.cost.keys())
      if (state.isOpen[site] === 1 && isFixed[site] === 0 && !fresh.has(site)) toggle(run, site);
    for (const site of fresh) if (state.isOpen[site] === 0) toggle(run, site);
    return true;
  });
}

/** Short plans use up their limits: whatever still adds to the first target opens, most per yuan first. */
function openWhatAdds(run: RepairRun): boolean {
  const { problem, state, tally } = run;
  const mark = run.moves.length;
  for (;;) {
    let best = -1;
    let bestGain = 0;
    for (const site of problem.cost.keys()) {
      if (!mayOpen(run, site)) continue;
      tally.looks++;
      const gain = state.gain(site);
      if (gain === 0) continue;
      const left = gain * (best < 0 ? 0 : problem.cost[best]!);
      const right = bestGain * problem.cost[site]!;
      const isMore =
        best < 0 || left > right || (left === right && problem.siteIds[site]! < problem.siteIds[best]!);
      if (!isMore) continue;
      best = site;
      bestGain = gain;
    }
    if (best < 0) return run.moves.length > mark;
    toggle(run, best);
  }
}

/** The choice with what is locked and refused by now. */
export function choiceNow(run: RepairRun): SelectionChoice {
  const existing = new Set(run.choice.existing);
  const locked = Array.from(run.problem.cost.keys()).filter(
    (site) => run.isFixed[site] === 1 && !existing.has(site),
  );
  return { ...run.choice, locked, refused: refusedNow(run) };
}

function refusedNow({ isRefused }: RepairRun): number[] {
  return Array.from(isRefused.keys()).filter((site) => isRefused[site] === 1);
}

function statusOf(run: RepairRun): Selection['status'] {
  const { choice, state, rules, problem } = run;
  const isReached = choice.required.every((required, target) => state.covered[target]! >= required);
  if (isReached && lackingSites(run) === 0) return 'reached';
  if (!mayBeReached(run)) return 'not-reachable';
  if (choice.maxSites !== null && rules.count() >= choice.maxSites) return 'count-reached';
  const isTooDear = (site: number) =>
    state.isOpen[site] === 0 && rules.whyNot(site).some(({ rule }) => rule === 'budget');
  if (choice.budget !== null && Array.from(problem.cost.keys()).some(isTooDear)) return 'budget-spent';
  if (choice.rules.spacingM !== null || choice.rules.groups.length > 0) return 'rules-bind';
  if (choice.budget !== null) return 'budget-spent';
  return choice.maxSites !== null ? 'count-reached' : 'not-reachable';
}
