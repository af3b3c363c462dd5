// The improvement search: ruin and recreate on the Lagrangian objective, with prices of the targets that adapt until the plan
// hovers around what is required (or around what may be spent); the best plan met on the way is kept (selection reference,
// section 8; Shaw 1998, Schrimpf et al. 2000). Where only a number of sites is limited the number is held and worse plans are
// accepted at first and less and less (threshold accepting, Dueck and Scheuer 1990). Anytime; the same steps and seed give the same plan.
import type { CoverState } from '../cover/cover-state.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { makeCoverState } from '../cover/make-cover-state.ts';
import type { Watch } from '../effort.ts';
import { emptyState, giveBack } from '../problem-facts.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import { type MovingPlan, makeScratch } from './moving-plan.ts';
import { makeNeighboursByPlace } from './neighbours-by-place.ts';
import { makeNeighboursByStretch, sharedStretches } from './neighbours-by-stretch.ts';
import { countStep, hoverStep } from './ruin-and-recreate.ts';
import { makeSeededRandom } from './seeded-random.ts';
import { type PlanDuties, strictStep } from './strict-step.ts';

export interface ImproveGuide {
  /** Yuan per unit of weight times worth, one per target. */
  readonly perTarget: Float64Array;
  /** Reduced cost, one per site. */
  readonly reduced: Float64Array;
}

/** Sites whose reduced cost is above this share of their cost are hardly ever part of a good plan. */
const WORTH_TRYING = 0.6;
/** With grades a gain reads every bin: the best of the sites are tried alone (a district half as long, the same plan; runs lose 1 % by it). */
const MOST_TRIED = 0.25;
/** Small places try them all the same. */
const FEW_SITES = 500;
const STEPS_PER_SLICE = 128;
/** Steps between changes of the targets' prices relative to each other: each costs a pass over the bins. */
const STEPS_PER_PRICING = 200;
/** Below this many open sites half of the steps are strict. */
const SMALL_PLAN = 30;
/** Change of the price level per step: half the shortfall, and at the most so much. */
const LEVEL_GAIN = 0.5;
const LEVEL_MOST = 0.005;
const PRICE_GAIN = 100;
const PRICE_MOST = 0.25;
/** Prices stay within these multiples of where they started. */
const PRICE_FLOOR = 1e-3;
const PRICE_CEILING = 1e6;
/** Share of the covered worth that a first step with a fixed count may lose. */
const WARMTH = 0.0005;
const SAMPLED_SITES = 1000;

/**
 * A plan with every rule and duty of the start kept, never worse than it: cheaper where the required shares are met, otherwise
 * with more of the first target within the limits. `start` and `sites` are new sites without the locked ones, `sites` ascending.
 * `steps` is how many were made before the watch stopped them.
 */
export function improveSelection(
  problem: SelectionProblem,
  choice: SelectionChoice,
  start: readonly number[],
  guide: ImproveGuide | null,
  { steps, seed }: { readonly steps: number; readonly seed: number },
  watch: Watch = {},
): { sites: number[]; steps: number } {
  const search = beginSearch(problem, choice, start, guide, seed);
  let done = 0;
  while (done < steps && search.candidates.length > 0) {
    if (watch.shouldStop?.()) break;
    const end = Math.min(steps, done + STEPS_PER_SLICE);
    for (; done < end; done++) makeStep(search, done, steps);
    watch.onNews?.({
      stage: 'improve',
      done,
      total: steps,
      cost: search.best.cost,
      bound: null,
      covered: search.best.covered,
    });
  }
  giveBack(search.plan.state);
  return { sites: [...search.best.sites.subarray(0, search.best.count)].sort((a, b) => a - b), steps: done };
}

interface Search {
  readonly plan: MovingPlan;
  readonly candidates: Int32Array;
  duties: PlanDuties;
  /** When the count alone is limited it is held. */
  isCounted: boolean;
  /** Worth to reach when everything can be had after all. */
  readonly wanted: Float64Array;
  /** Total weight times worth per target. */
  readonly total: Float64Array;
  readonly firstPrices: Float64Array;
  readonly firstLevel: number;
  readonly targetsInPlay: number;
  readonly best: Best;
}

interface Best {
  readonly sites: Int32Array;
  count: number;
  cost: number;
  covered: number;
  /** Shares of duties that are missing. */
  missing: number;
}

function beginSearch(
  problem: SelectionProblem,
  choice: SelectionChoice,
  start: readonly number[],
  guide: ImproveGuide | null,
  seed: number,
): Search {
  const { cost, targets, cover } = problem;
  const random = makeSeededRandom(seed);
  const rules = makeSiteRules(problem, { ...choice, budget: null, maxSites: null });
  const state = emptyState(problem);
  const builder = makeBuilder(problem);
  for (const site of [...choice.existing, ...choice.locked])
    if (state.isOpen[site] === 0) {
      state.openSite(site);
      builder?.openSite(site);
    }
  const own = start.filter((site) => state.isOpen[site] === 0);
  for (const site of own) {
    state.openSite(site);
    builder?.openSite(site);
    rules.opened(site);
  }
  const wanted = Float64Array.from(choice.required);
  const isLimited = choice.budget !== null || choice.maxSites !== null;
  const isMet = wanted.every((worth, target) => state.covered[target]! >= worth);
  const isCovering = isLimited && !isMet;
  const isCounted = isCovering && choice.budget === null;
  const full = fullWorth(problem);
  const required = wanted.map((worth, target) =>
    !isCovering ? worth : target === 0 || state.covered[target]! < worth ? 0 : worth,
  );
  const isCandidate = candidatesOf(cost, own, rules.isOut, guide, isCounted, problem.cover.kind === 'grades');
  const every = new Int32Array(cost.length).map((_, site) => site); // no list of objects on the way, as `from` makes
  const candidates = every.filter((site) => isCandidate[site] === 1);
  const neighbours =
    problem.places === null
      ? makeNeighboursByStretch(sharedStretches(cover), isCandidate, state.isOpen, random)
      : makeNeighboursByPlace(
          problem.places,
          every,
          candidates,
          own.length + choice.existing.length + choice.locked.length,
        );
  const plan: MovingPlan = {
    state,
    builder,
    builderScale: builder === null ? 1 : full / fullWorth(builder.problem),
    rules,
    charge: isCounted ? new Float64Array(cost.length) : cost,
    isCandidate,
    neighbours,
    random,
    leastGroups: new Map(
      choice.rules.groups.flatMap((group, index) =>
        (group.leastSites ?? 0) > 0 ? [[index, new Set(group.sites)] as const] : [],
      ),
    ),
    open: new Int32Array(cost.length),
    placeOf: new Int32Array(cost.length).fill(-1),
    openCount: 0,
    moves: [],
    moveCount: 0,
    level: 1,
    perSite: 0,
    lists: makeScratch(),
  };
  for (const site of own) {
    neighbours.opened(site);
    plan.placeOf[site] = plan.openCount;
    plan.open[plan.openCount++] = site;
  }
  const inPlay = targets.map((_, target) => (isCovering && target === 0) || required[target]! > 0);
  const targetsInPlay = inPlay.filter(Boolean).length;
  const firstPrices = startPrices(plan, cost, guide, inPlay);
  const only = inPlay.indexOf(true);
  if (targetsInPlay === 1) {
    plan.level = isCounted ? 1 : firstPrices[only]!;
    firstPrices[only] = 1;
  }
  state.setPrices(firstPrices);
  builder?.setPrices(firstPrices);
  const search: Search = {
    plan,
    candidates,
    duties: {
      required,
      prices: firstPrices.slice(),
      isCovering,
      cost,
      budget: choice.budget ?? Infinity,
      maxSites: choice.maxSites ?? Infinity,
      change: new Float64Array(targets.length),
    },
    isCounted,
    wanted,
    total: Float64Array.from(targets, ({ weight }) => full * weight.reduce((sum, value) => sum + value, 0)),
    firstPrices,
    firstLevel: plan.level,
    targetsInPlay,
    best: { sites: new Int32Array(cost.length), count: 0, cost: Infinity, covered: 0, missing: Infinity },
  };
  keepPlan(search, missingShares(search));
  return search;
}

/** The same bins counted by degrees, for folds that count all or nothing. */
function makeBuilder(problem: SelectionProblem): CoverState | null {
  if (problem.fold?.counts !== 'strict') return null;
  return makeCoverState({ ...problem, fold: { ...problem.fold, counts: 'graded' } });
}

/** 1 for the sites worth opening: those of the start, and those whose reduced cost is low where it is known. */
function candidatesOf(
  cost: Float64Array,
  own: readonly number[],
  isOut: (site: number) => boolean,
  guide: ImproveGuide | null,
  isCounted: boolean,
  isGraded: boolean,
): Uint8Array {
  const isCandidate = new Uint8Array(cost.length);
  const unearned = (site: number) => guide!.reduced[site]! / (isCounted ? 1 : Math.max(1, cost[site]!));
  const most =
    guide === null
      ? Infinity
      : isGraded
        ? Math.min(WORTH_TRYING, quantileOf(cost.length, unearned))
        : WORTH_TRYING;
  for (let site = 0; site < cost.length; site++)
    if (!isOut(site) && (guide === null || unearned(site) <= most)) isCandidate[site] = 1;
  for (const site of own) isCandidate[site] = 1;
  return isCandidate;
}

/** The value that `MOST_TRIED` of the sites, or a few hundred, stay at or below. */
function quantileOf(sites: number, shareOf: (site: number) => number): number {
  const values = Float64Array.from({ length: sites }, (_, site) => shareOf(site)).sort();
  return values[Math.min(sites - 1, Math.max(FEW_SITES, Math.floor(MOST_TRIED * sites)))] ?? Infinity;
}

/** The guide's prices; without it what the dearer part of the open sites pay for what they alone serve. */
function startPrices(
  plan: MovingPlan,
  cost: Float64Array,
  guide: ImproveGuide | null,
  inPlay: readonly boolean[],
): Float64Array {
  const losses = new Float64Array(inPlay.length);
  const paid = inPlay.map((): number[] => []);
  const stride = Math.max(1, Math.floor(plan.openCount / SAMPLED_SITES));
  for (let at = 0; at < plan.openCount; at += stride) {
    const site = plan.open[at]!;
    plan.state.losses(site, losses);
    inPlay.forEach((isIn, target) => {
      if (isIn && losses[target]! > 0 && cost[site]! > 0) paid[target]!.push(cost[site]! / losses[target]!);
    });
  }
  return Float64Array.from(inPlay, (isIn, target) => {
    if (!isIn) return 0;
    const sorted = paid[target]!.sort((a, b) => a - b);
    const seen = sorted[Math.floor(sorted.length * 0.7)] ?? 1;
    const guided = guide?.perTarget[target] ?? 0;
    return guided > 0 ? guided : guide === null ? seen : seen * PRICE_FLOOR;
  });
}

function makeStep(search: Search, done: number, steps: number): void {
  const { plan, duties, candidates } = search;
  const isStrict = plan.openCount < SMALL_PLAN && done % 2 === 1;
  let isChanged: boolean;
  if (isStrict) isChanged = strictStep(plan, duties, candidates);
  else if (search.isCounted) {
    const warmth = WARMTH * plan.state.covered[0]! * duties.prices[0]! * (1 - done / steps);
    isChanged = countStep(plan, candidates, duties.maxSites, warmth * plan.random.next());
  } else isChanged = hoverStep(plan, candidates);
  if (isChanged) noteBest(search);
  if (search.targetsInPlay > 1 && done % STEPS_PER_PRICING === STEPS_PER_PRICING - 1) adaptPrices(search);
  if (!search.isCounted) adaptLevel(search);
}

/** The level follows the one target's shortfall, or the money that is left; a count beside money has a price of its own. */
function adaptLevel(search: Search): void {
  const { plan, duties, total, firstLevel } = search;
  const { required, budget, maxSites, isCovering } = duties;
  let shortfall = 0;
  if (isCovering) shortfall = budget === Infinity ? 0 : (budget - plan.rules.cost()) / Math.max(budget, 1);
  else if (search.targetsInPlay === 1) {
    const target = search.firstPrices.indexOf(1);
    shortfall = (required[target]! - plan.state.covered[target]!) / Math.max(total[target]!, 1);
  }
  const step = Math.max(-LEVEL_MOST, Math.min(LEVEL_MOST, LEVEL_GAIN * shortfall));
  plan.level = Math.max(
    firstLevel * PRICE_FLOOR,
    Math.min(firstLevel * PRICE_CEILING, plan.level * (1 + step)),
  );
  if (maxSites === Infinity) return;
  const over = (plan.rules.count() - maxSites) / Math.max(maxSites, 1);
  const meanCost = plan.rules.cost() / Math.max(plan.rules.count(), 1);
  plan.perSite = Math.max(
    0,
    plan.perSite + meanCost * Math.max(-LEVEL_MOST, Math.min(LEVEL_MOST, LEVEL_GAIN * over)),
  );
}

/** Each duty's price follows its own shortfall; the covered target's price is the measure of the others. */
function adaptPrices({ plan, duties, total, firstPrices }: Search): void {
  const { prices, required, isCovering } = duties;
  for (let target = isCovering ? 1 : 0; target < prices.length; target++) {
    if (prices[target] === 0) continue;
    const shortfall = (required[target]! - plan.state.covered[target]!) / Math.max(total[target]!, 1);
    const step = Math.max(-PRICE_MOST, Math.min(PRICE_MOST, PRICE_GAIN * shortfall));
    const first = firstPrices[target]!;
    prices[target] = Math.max(
      first * PRICE_FLOOR,
      Math.min(first * PRICE_CEILING, prices[target]! * (1 + step)),
    );
  }
  plan.state.setPrices(prices);
  plan.builder?.setPrices(prices);
}

/** Keeps the plan when it is better than the best: fewer missing shares, then what is asked for, then the other of cost and worth. */
function noteBest(search: Search): void {
  const { plan, duties, best } = search;
  const cost = plan.rules.cost();
  const covered = plan.state.covered[0]!;
  if (cost > duties.budget || plan.rules.count() > duties.maxSites) return;
  if (duties.isCovering && isAllReached(search)) {
    search.duties = { ...duties, required: search.wanted.slice(), isCovering: false };
    best.missing = Infinity;
  }
  const missing = missingShares(search);
  if (missing > best.missing) return;
  const isBetter =
    missing < best.missing ||
    (search.duties.isCovering
      ? covered > best.covered || (covered === best.covered && cost < best.cost)
      : cost < best.cost || (cost === best.cost && covered > best.covered));
  if (isBetter) keepPlan(search, missing);
}

function isAllReached({ plan, wanted }: Search): boolean {
  for (let target = 0; target < wanted.length; target++)
    if (plan.state.covered[target]! < wanted[target]!) return false;
  return true;
}

function missingShares({ plan, duties }: Search): number {
  const { required, isCovering } = duties;
  let sum = 0;
  for (let target = isCovering ? 1 : 0; target < required.length; target++)
    if (plan.state.covered[target]! < required[target]!)
      sum += (required[target]! - plan.state.covered[target]!) / required[target]!;
  return sum;
}

function keepPlan({ plan, best }: Search, missing: number): void {
  best.sites.set(plan.open.subarray(0, plan.openCount));
  best.count = plan.openCount;
  best.cost = plan.rules.cost();
  best.covered = plan.state.covered[0]!;
  best.missing = missing;
}
