// One step of the improvement search: close a few neighbouring sites, fill the hole greedily with a little chance in the keys,
// close what that made superfluous, and keep the result unless it is worse (Shaw 1998; Schrimpf et al. 2000; selection reference,
// section 8). A step costs what its neighbourhood holds.
import {
  closeInPlan,
  lackingSites,
  type MovingPlan,
  markPlan,
  openInPlan,
  promiseOf,
  undoMoves,
} from './moving-plan.ts';
import { WINDOW_SITES } from './site-neighbours.ts';

const MOST_PICKED = 4;
/** One step in so many starts from a candidate instead of an open site: ground that no open site is near is found so. */
const FROM_CANDIDATE = 16;
const NOISE_LEAST = 0.75;
const NOISE_WIDTH = 0.5;
/** What a free site counts as in keys. */
const LEAST_CHARGE = 1e-9;
/** A change of E below this part of what was moved is rounding. */
const ROUNDING = 1e-9;
/** One step in so many with a fixed count also moves the weakest of a few far sites. */
const FAR_EVERY = 8;
const FAR_TRIED = 12;

/** Ruin and recreate on E; keeps the result when E does not rise. Tells whether the plan changed. */
export function hoverStep(plan: MovingPlan, candidates: Int32Array): boolean {
  const lacking = lackingSites(plan);
  markPlan(plan);
  const picked = pickSites(plan, candidates);
  let change = closePicked(plan, picked);
  const window = plan.neighbours.candidates(plan.lists.picked, picked, plan.lists.window);
  change += fillLacking(plan, window, picked);
  change += recreate(plan, listEntries(plan, window, picked), Infinity);
  change += closeSuperfluous(plan, picked);
  return keepOrUndo(plan, change, 0, lacking);
}

/** The same with at most `count` new sites, however many it takes to get there; E may rise by `allowed`. */
export function countStep(plan: MovingPlan, candidates: Int32Array, count: number, allowed: number): boolean {
  const lacking = lackingSites(plan);
  markPlan(plan);
  const picked = pickSites(plan, candidates);
  let change = closePicked(plan, picked);
  if (plan.random.below(FAR_EVERY) === 0) change += closeWeakest(plan);
  const window = plan.neighbours.candidates(plan.lists.picked, picked, plan.lists.window);
  change += fillLacking(plan, window, picked);
  const from = plan.moveCount;
  change += recreate(plan, listEntries(plan, window, picked), count - plan.rules.count());
  const to = plan.moveCount;
  for (let move = from; move < to; move++) change += shiftSite(plan, plan.moves[move]! - 1);
  return keepOrUndo(plan, change, plan.rules.count() > count ? -Infinity : allowed, lacking);
}

export function keepOrUndo(plan: MovingPlan, change: number, allowed: number, lacking: number): boolean {
  const isKept = change <= allowed + ROUNDING * (1 + Math.abs(plan.level)) && lackingSites(plan) <= lacking;
  if (!isKept) undoMoves(plan);
  return isKept && plan.moveCount > 0;
}

/** Fills `picked` with one to four neighbouring open sites, mostly; the first may be a closed candidate that stands in their middle. */
export function pickSites(plan: MovingPlan, candidates: Int32Array): number {
  const { random, neighbours, open, openCount, lists } = plan;
  const count = 1 + random.below(MOST_PICKED);
  const fromCandidate = random.below(FROM_CANDIDATE) === 0 || openCount === 0;
  if (fromCandidate && candidates.length > 0)
    return neighbours.pick(candidates[random.below(candidates.length)]!, count, lists.picked);
  return openCount === 0 ? 0 : neighbours.pick(open[random.below(openCount)]!, count, lists.picked);
}

export function closePicked(plan: MovingPlan, picked: number): number {
  let change = 0;
  for (let index = 0; index < picked; index++) {
    const site = plan.lists.picked[index]!;
    if (plan.state.isOpen[site] === 1 && plan.placeOf[site]! >= 0) change += closeInPlan(plan, site);
  }
  return change;
}

/** The closed sites of the window and the picked ones, each once, as entries; number of entries. */
export function listEntries(plan: MovingPlan, window: number, picked: number): number {
  const { isCandidate, lists, random } = plan;
  const { isOpen } = plan.state;
  let entries = 0;
  for (let index = 0; index < window; index++) {
    const site = lists.window[index]!;
    if (isOpen[site] === 0) lists.entry[entries++] = site;
  }
  for (let index = 0; index < picked && entries < WINDOW_SITES; index++) {
    const site = lists.picked[index]!;
    if (isOpen[site] === 0 && isCandidate[site] === 0 && plan.rules.isOut(site) === false)
      lists.entry[entries++] = site;
  }
  let kept = 0;
  for (let index = 0; index < entries; index++) {
    const site = lists.entry[index]!;
    const gain = promiseOf(plan, site);
    const charge = plan.charge[site]! + plan.perSite;
    if (plan.level * gain <= charge) continue;
    lists.entry[kept] = site;
    lists.gain[kept] = gain;
    lists.noise[kept] = NOISE_LEAST + NOISE_WIDTH * random.next();
    lists.key[kept] = (lists.noise[kept]! * gain) / Math.max(charge, LEAST_CHARGE);
    lists.stamp[kept] = 0;
    kept++;
  }
  return kept;
}

/** Opens entries by noisy gain per yuan while they pay, `most` at the most. */
function recreate(plan: MovingPlan, entries: number, most: number): number {
  const { entry, gain, noise, key, stamp } = plan.lists;
  let left = entries;
  let opened = 0;
  let change = 0;
  while (left > 0 && opened < most) {
    const best = largestKey(key, left);
    const site = entry[best]!;
    const charge = plan.charge[site]! + plan.perSite;
    if (stamp[best] !== opened) {
      gain[best] = promiseOf(plan, site);
      key[best] = (noise[best]! * gain[best]!) / Math.max(charge, LEAST_CHARGE);
      stamp[best] = opened;
      if (plan.level * gain[best]! > charge) continue;
    } else if (plan.rules.mayOpen(site)) {
      change += openInPlan(plan, site, gain[best]!);
      opened++;
    }
    left--;
    dropEntry(plan, best, left);
  }
  return change;
}

export function largestKey(key: Float64Array, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (key[index]! > key[best]!) best = index;
  return best;
}

/** The last entry takes the place of a dropped one. */
export function dropEntry({ lists }: MovingPlan, index: number, last: number): void {
  lists.entry[index] = lists.entry[last]!;
  lists.gain[index] = lists.gain[last]!;
  lists.noise[index] = lists.noise[last]!;
  lists.key[index] = lists.key[last]!;
  lists.stamp[index] = lists.stamp[last]!;
}

/** Opens the sites of the window (and the picked ones) that groups lack, best value first. */
export function fillLacking(plan: MovingPlan, window: number, picked: number): number {
  if (plan.leastGroups.size === 0) return 0;
  let change = 0;
  for (const { group, sites } of plan.rules.lacking()) {
    const members = plan.leastGroups.get(group)!;
    for (let missing = sites; missing > 0; missing--) {
      const site = bestMember(plan, window, picked, members);
      if (site < 0) break;
      change += openInPlan(plan, site, promiseOf(plan, site));
    }
  }
  return change;
}

function bestMember(plan: MovingPlan, window: number, picked: number, members: ReadonlySet<number>): number {
  let best = -1;
  let bestValue = -Infinity;
  for (let index = 0; index < window + picked; index++) {
    const site = index < window ? plan.lists.window[index]! : plan.lists.picked[index - window]!;
    if (!members.has(site) || plan.state.isOpen[site] === 1 || !plan.rules.mayOpen(site)) continue;
    const noise = NOISE_LEAST + NOISE_WIDTH * plan.random.next();
    const value = plan.level * promiseOf(plan, site) * noise - plan.charge[site]! - plan.perSite;
    if (value <= bestValue) continue;
    best = site;
    bestValue = value;
  }
  return best;
}

/** Closes open sites near the picked ones that cost more than they bring, the worst first. */
function closeSuperfluous(plan: MovingPlan, picked: number): number {
  const { window, entry, key } = plan.lists;
  const { state, rules, placeOf, charge, level, perSite } = plan;
  const near = picked === 0 ? 0 : plan.neighbours.open(plan.lists.picked, picked, window);
  let left = 0;
  for (let index = 0; index < near; index++) {
    const site = window[index]!;
    if (placeOf[site]! < 0) continue;
    const saved = charge[site]! + perSite - level * state.loss(site);
    if (saved <= 0) continue;
    entry[left] = site;
    key[left++] = saved;
  }
  let change = 0;
  let closed = 0;
  while (left > 0) {
    const best = largestKey(key, left);
    const site = entry[best]!;
    const saved = closed === 0 ? key[best]! : charge[site]! + perSite - level * state.loss(site);
    if (saved > 0 && saved < key[best]!) {
      key[best] = saved;
      continue;
    }
    if (saved > 0 && rules.mayClose(site)) {
      change += closeInPlan(plan, site);
      closed++;
    }
    left--;
    entry[best] = entry[left]!;
    key[best] = key[left]!;
  }
  return change;
}

/** Closes the open site that is missed least of a few drawn from anywhere. */
function closeWeakest(plan: MovingPlan): number {
  let weakest = -1;
  let least = Infinity;
  for (let tried = 0; tried < FAR_TRIED && plan.openCount > 0; tried++) {
    const site = plan.open[plan.random.below(plan.openCount)]!;
    const loss = plan.state.loss(site);
    if (loss >= least || !plan.rules.mayClose(site)) continue;
    weakest = site;
    least = loss;
  }
  return weakest < 0 ? 0 : closeInPlan(plan, weakest);
}

/** Moves a site that was just opened to where it adds most among its neighbours. */
function shiftSite(plan: MovingPlan, site: number): number {
  let change = closeInPlan(plan, site);
  const { window } = plan.lists;
  const near = plan.neighbours.beside(site, window);
  let best = site;
  let bestGain = promiseOf(plan, site);
  for (let index = 0; index < near; index++) {
    const other = window[index]!;
    if (plan.state.isOpen[other] === 1) continue;
    const gain = promiseOf(plan, other);
    if (gain <= bestGain || !plan.rules.mayOpen(other)) continue;
    best = other;
    bestGain = gain;
  }
  change += openInPlan(plan, best, bestGain);
  return change;
}
