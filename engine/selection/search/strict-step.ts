// Steps for small plans, where hovering around the required shares jumps over the best answers: worth beyond the required
// counts nothing, a hole is filled until the shares hold (or the limits are used up), and only plans that keep everything are
// accepted (selection reference, 8.2).
import {
  closeInPlan,
  lackingSites,
  type MovingPlan,
  markPlan,
  openInPlan,
  promiseOf,
  undoMoves,
} from './moving-plan.ts';
import { closePicked, dropEntry, fillLacking, largestKey, pickSites } from './ruin-and-recreate.ts';
import { WINDOW_SITES } from './site-neighbours.ts';

const NOISE_LEAST = 0.6;
const NOISE_WIDTH = 0.8;
const LEAST_CHARGE = 1e-9;
/** Up to so many candidates all of them are looked at instead of the neighbours. */
const ALL_CANDIDATES = 1000;

/** What a plan has to hold. */
export interface PlanDuties {
  /** Worth to reach, one per target; 0: no duty. */
  readonly required: Float64Array;
  /** Prices of the targets, relative to each other; 0: not in play. */
  readonly prices: Float64Array;
  /** True when the first target is maximised within the limits, false when the cost is minimised. */
  readonly isCovering: boolean;
  readonly cost: Float64Array;
  readonly budget: number;
  readonly maxSites: number;
  /** Scratch, one per target. */
  readonly change: Float64Array;
}

/** Keeps the result when all duties hold and it is not worse. Tells whether the plan changed. */
export function strictStep(plan: MovingPlan, duties: PlanDuties, candidates: Int32Array): boolean {
  const { state, rules, random } = plan;
  const lacking = lackingSites(plan);
  const wasMet = areMet(plan, duties);
  const costBefore = rules.cost();
  const coveredBefore = state.covered[0]!;
  markPlan(plan);
  const picked = pickSites(plan, candidates);
  if (random.below(2) === 0) scatterPicked(plan, picked);
  closePicked(plan, picked);
  const isWhole = candidates.length <= ALL_CANDIDATES;
  if (isWhole) plan.lists.window.set(candidates);
  const window = isWhole
    ? candidates.length
    : plan.neighbours.candidates(plan.lists.picked, picked, plan.lists.window);
  fillLacking(plan, window, picked);
  fillDuties(plan, duties, window, picked, duties.isCovering && random.below(2) === 0);
  closeSpare(plan, duties);
  const isKept =
    areMet(plan, duties) &&
    lackingSites(plan) <= lacking &&
    (!wasMet || (duties.isCovering ? state.covered[0]! >= coveredBefore : rules.cost() <= costBefore));
  if (!isKept) undoMoves(plan);
  return isKept && plan.moveCount > 0;
}

/** Whether duties and limits hold; when covering the first target has no end and so no duty. */
export function areMet(
  { state, rules }: MovingPlan,
  { required, isCovering, budget, maxSites }: PlanDuties,
): boolean {
  for (let target = isCovering ? 1 : 0; target < required.length; target++)
    if (state.covered[target]! < required[target]!) return false;
  return rules.cost() <= budget && rules.count() <= maxSites;
}

/** Half of the time the holes lie anywhere: what is saved here may pay for something there. */
function scatterPicked(plan: MovingPlan, picked: number): void {
  for (let index = 1; index < picked; index++)
    plan.lists.picked[index] = plan.open[plan.random.below(plan.openCount)]!;
}

/** What counts of a site's gain: up to what the duties lack. */
function countedGain(
  plan: MovingPlan,
  { required, prices, isCovering, change }: PlanDuties,
  site: number,
): number {
  if (plan.builder !== null) return promiseOf(plan, site);
  plan.state.gains(site, change);
  let sum = 0;
  for (let target = 0; target < prices.length; target++) {
    const missing =
      isCovering && target === 0 ? Infinity : Math.max(0, required[target]! - plan.state.covered[target]!);
    sum += prices[target]! * Math.min(change[target]!, missing);
  }
  return sum;
}

function fillDuties(
  plan: MovingPlan,
  duties: PlanDuties,
  window: number,
  picked: number,
  byGain: boolean,
): void {
  const { lists, random, rules } = plan;
  const { entry, gain, noise, key, stamp } = lists;
  let left = 0;
  for (let index = 0; index < window + picked && left < WINDOW_SITES; index++) {
    const site = index < window ? lists.window[index]! : lists.picked[index - window]!;
    if (
      plan.state.isOpen[site] === 1 ||
      rules.isOut(site) ||
      (index >= window && plan.isCandidate[site] === 1)
    )
      continue;
    entry[left] = site;
    gain[left] = Infinity;
    noise[left] = NOISE_LEAST + NOISE_WIDTH * random.next();
    key[left] = Infinity;
    stamp[left++] = -1;
  }
  let opened = 0;
  while (left > 0 && (duties.isCovering || !areMet(plan, duties))) {
    const best = largestKey(key, left);
    const site = entry[best]!;
    const cost = duties.cost[site]!;
    const fits =
      !duties.isCovering || (rules.cost() + cost <= duties.budget && rules.count() < duties.maxSites);
    if (fits && stamp[best] !== opened) {
      gain[best] = countedGain(plan, duties, site);
      key[best] = (noise[best]! * gain[best]!) / (byGain ? 1 : Math.max(cost, LEAST_CHARGE));
      stamp[best] = opened;
      if (gain[best]! > 0) continue;
    } else if (fits && rules.mayOpen(site)) {
      openInPlan(plan, site, 0);
      opened++;
    }
    left--;
    dropEntry(plan, best, left);
  }
}

/** Closes what the duties do not need, dearest first; when covering, what adds nothing. */
function closeSpare(plan: MovingPlan, duties: PlanDuties): void {
  const { entry, key } = plan.lists;
  let left = Math.min(plan.openCount, WINDOW_SITES);
  for (let index = 0; index < left; index++) {
    entry[index] = plan.open[index]!;
    key[index] = duties.cost[plan.open[index]!]!;
  }
  while (left > 0) {
    const best = largestKey(key, left);
    const site = entry[best]!;
    if (isSpare(plan, duties, site) && plan.rules.mayClose(site)) closeInPlan(plan, site);
    left--;
    entry[best] = entry[left]!;
    key[best] = key[left]!;
  }
}

function isSpare(plan: MovingPlan, { required, isCovering, change }: PlanDuties, site: number): boolean {
  plan.state.losses(site, change);
  if (isCovering && change[0]! > 0) return false;
  for (let target = isCovering ? 1 : 0; target < required.length; target++)
    if (change[target]! > 0 && plan.state.covered[target]! - change[target]! < required[target]!)
      return false;
  return true;
}
