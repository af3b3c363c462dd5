// Searches prices that prove a tight bound: the linear relaxation of the covering model by a restarted Halpern primal-dual method
// (Applegate et al. 2021; Lu and Yang 2024; selection reference 6.3) with steps scaled by weights. Single precision inside the
// loop; every bound is summed in double over the full list, so a bad step makes a bound weak and never wrong. Between
// restarts only sites that may matter take part. The prices of the targets follow the shortfall of the fractional plan.
import type { BinPrices, Certificate } from '../certificate.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { makeCoverPricer } from '../cover/make-cover-pricer.ts';
import type { Watch } from '../effort.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makePriceBound, type PriceBound } from './price-bound.ts';
import type { ActiveSites, Search } from './price-search.ts';
import { moveBins, moveSites, sitesWhere, squaredMoves } from './price-steps.ts';
import { costPerEarned, guessTargetPrices, priceBins, targetFactors } from './price-targets.ts';
import { FIXED_SITE, FREE_SITE } from './site-terms.ts';

export interface PriceSearch {
  readonly prices: BinPrices;
  /** What `prices` prove: whole yuan, or weight times worth. */
  readonly bound: number;
  readonly parts: Certificate['parts'];
  /** The fractional plan, 0..1 per site. */
  readonly x: Float64Array;
  /** Cost less earnings per site at `prices`. */
  readonly reduced: Float64Array;
  readonly steps: number;
}

export interface PriceStart {
  /** Price per unit of weight times worth, per target: what the last sites of a plan paid for it. */
  readonly perTarget: ArrayLike<number>;
  /** Prices of bins of an earlier search. */
  readonly perBin?: Float32Array;
  /** Its fractional plan. */
  readonly x?: Float64Array;
  /** Whether the prices of the targets stay as they are: only those of the bins are sought. */
  readonly isHeld?: boolean;
}

const PRICING_STEPS = 50;
const NEWS_STEPS = 10;
const FIRST_BALANCE = 8;
/**
 * With grades a bin's price has a kink at every server: moves stay as small as the width in which the pricer softens it, and the
 * balance stays as it is. Measured on 3200 graded sites: 0.2 % after 200 steps; with the rules of yes or no 7 %, for ever.
 */
const GRADED_STEP = 0.03;
const GRADED_BALANCE = 1;
/** A restart when the moves shrank this far, or somewhat and they grow again, or after so long. */
const RESIDUAL_DONE = 0.2;
const RESIDUAL_FAIR = 0.8;
const LEAST_SHORT = 10;
const LEAST_LONG = 40;
const LONG_SHARE = 0.36;
/** Sites with a higher share of their cost left unearned wait for the next restart. */
const ACTIVE_SHARE = 0.05;
/** Numbers kept per active site, and room for more sites at the next restart. */
const ACTIVE_NUMBERS = 6;
const ACTIVE_SPARE = 1.25;
/** Without a start the prices of targets are a guess, and move faster at first. */
const GUESS_REACH = 0.5;
const FIRST_REACH = 0.2;
const MOST_BALANCE = 100;
/** Multiples of the prices that are tried when they are priced over all sites. */
const FIRST_RANGE = 4;
const LATER_RANGE = 1.25;
const WIDE_RESTARTS = 3;
const FACTOR_TURNS = 14;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** First prices: the share of the cap at which this part of the sites pays for itself. */
const FIRST_QUANTILE = 0.15;
const FIRST_MOST = 0.5;

/** The best prices after `steps` steps, or fewer when the watch stops the search. Takes 40 bytes per bin and 60 per site. */
export function findPrices(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: Certificate['kind'],
  steps: number,
  watch: Watch = {},
  start: PriceStart | null = null,
): PriceSearch {
  const search = makeSearch(problem, choice, kind, start);
  let done = 0;
  while (done < steps && watch.shouldStop?.() !== true) {
    takeStep(search);
    done++;
    if (isRestartDue(search, done)) restart(search);
    else if (done % PRICING_STEPS === 0 || done === steps) priceFully(search);
    if (done % NEWS_STEPS === 0) {
      const { bound } = search.best;
      watch.onNews?.({ stage: 'prices', done, total: steps, cost: null, bound, covered: null });
    }
  }
  return finish(search, done);
}

function makeSearch(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: Certificate['kind'],
  start: PriceStart | null,
): Search {
  const { binCount, siteCount } = problem.cover;
  const full = fullWorth(problem);
  const isGraded = problem.cover.kind === 'grades';
  const pricer = makeCoverPricer(problem);
  const bound = makePriceBound(problem, choice, kind, pricer);
  const required =
    kind === 'cost' ? choice.required : problem.targets.map((_, target) => (target === 0 ? 1 : 0));
  const worth = new Float32Array(binCount);
  const x = new Float64Array(siteCount);
  if (start?.x) x.set(start.x);
  for (let site = 0; site < siteCount; site++) if (bound.standing[site] === FIXED_SITE) x[site] = 1;
  const search: Search = {
    problem,
    required,
    kind,
    pricer,
    bound,
    perTarget: new Float64Array(problem.targets.length),
    totals: Float64Array.from(
      problem.targets,
      ({ weight }) => full * weight.reduce((sum, own) => sum + own, 0),
    ),
    worth,
    cap: problem.fold === null ? worth : new Float32Array(binCount),
    u: new Float32Array(binCount),
    anchor: new Float32Array(binCount),
    moved: new Float32Array(binCount),
    step: new Float32Array(binCount),
    x,
    active: packActive(new Uint32Array(0), null),
    isGraded,
    isHeld: start?.isHeld ?? false,
    balance: isGraded ? GRADED_BALANCE : FIRST_BALANCE,
    inner: 0,
    firstResidual: 0,
    residual: 0,
    isRising: false,
    restarts: 0,
    moves: new Float64Array(problem.targets.length + 1),
    reaches: new Float64Array(problem.targets.length + 1).fill(start === null ? GUESS_REACH : FIRST_REACH),
    best: {
      perTarget: new Float64Array(problem.targets.length),
      perBin: new Float32Array(binCount),
      exact: kind === 'cost' ? -Infinity : Infinity,
      bound: 0,
    },
  };
  search.perTarget.set(start?.perTarget ?? guessTargetPrices(search));
  required.forEach((needed, target) => {
    if (!(needed > 0)) search.perTarget[target] = 0;
  });
  priceBins(search);
  search.moved.set(start?.perBin ?? search.cap);
  if (!start?.perBin) {
    const share = Math.min(FIRST_MOST, costPerEarned(bound, pricer, search.cap, worth, FIRST_QUANTILE));
    for (let bin = 0; bin < binCount; bin++) search.moved[bin] = search.moved[bin]! * share;
  }
  priceFully(search);
  activate(search);
  return search;
}

/** In the room of the sites before, whose numbers are lost, where it is large enough. */
function packActive(sites: Uint32Array, before: ActiveSites | null): ActiveSites {
  const { length } = sites;
  const fits = before !== null && before.room.length >= ACTIVE_NUMBERS * length;
  const room = fits ? before.room : new Float64Array(Math.ceil(ACTIVE_SPARE * ACTIVE_NUMBERS * length));
  const numbers = (place: number) => room.subarray(place * length, (place + 1) * length);
  return {
    sites,
    room,
    cost: numbers(0),
    size: numbers(1),
    x: numbers(2),
    anchor: numbers(3),
    moved: numbers(4),
    scratch: numbers(5),
  };
}

function takeStep(search: Search): void {
  const { problem, pricer, active, worth, cap, u, anchor, moved, step, balance } = search;
  const keep = (search.inner + 1) / (search.inner + 2);
  pricer.earn(active.sites, u, worth, active.scratch);
  const ofSites = moveSites(
    active.cost,
    active.size,
    active.anchor,
    active.x,
    active.moved,
    active.scratch,
    balance,
    keep,
  );
  pricer.serve(active.sites, active.scratch, u, worth, moved);
  const ofBins = moveBins(cap, step, problem.fold?.sites ?? null, anchor, u, moved, balance, keep);
  const residual = Math.sqrt(balance * ofSites + Math.max(0, ofBins));
  search.isRising = search.inner > 0 && residual > search.residual;
  if (search.inner === 0) search.firstResidual = residual;
  search.residual = residual;
  search.inner++;
}

function isRestartDue({ inner, residual, firstResidual, isRising }: Search, done: number): boolean {
  if (inner < LEAST_SHORT) return false;
  return (
    residual <= RESIDUAL_DONE * firstResidual ||
    (isRising && residual <= RESIDUAL_FAIR * firstResidual) ||
    inner >= Math.max(LEAST_LONG, LONG_SHARE * done)
  );
}

/** The bound at the moved prices over all sites, at the best multiple of them; kept when it is the best so far. Returns the multiple. */
function priceFully(search: Search): number {
  const { bound, perTarget, moved, best, restarts } = search;
  bound.read(perTarget, moved);
  const range = restarts < WIDE_RESTARTS ? FIRST_RANGE : LATER_RANGE;
  const factor = search.isHeld ? 1 : bestFactor(bound, range);
  const value = bound.at(factor);
  bound.at(1);
  if (!bound.isBetter(value.exact, best.exact)) return factor;
  best.exact = value.exact;
  best.bound = value.bound;
  for (let target = 0; target < perTarget.length; target++)
    best.perTarget[target] = factor * perTarget[target]!;
  for (let bin = 0; bin < moved.length; bin++) best.perBin[bin] = factor * moved[bin]!;
  return factor;
}

/** Golden section over multiples: the bound is concave in them (for coverage, convex along the ratio). */
function bestFactor({ at, isBetter }: PriceBound, range: number): number {
  let low = 1 / range;
  let high = range;
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let leftValue = at(left).exact;
  let rightValue = at(right).exact;
  for (let turn = 0; turn < FACTOR_TURNS; turn++) {
    if (isBetter(leftValue, rightValue)) {
      high = right;
      right = left;
      rightValue = leftValue;
      left = high - GOLDEN * (high - low);
      leftValue = at(left).exact;
    } else {
      low = left;
      left = right;
      leftValue = rightValue;
      right = low + GOLDEN * (high - low);
      rightValue = at(right).exact;
    }
  }
  return (low + high) / 2;
}

function restart(search: Search): void {
  const { active, anchor, moved, step, x, cap, u } = search;
  const ofSites = squaredMoves(active.moved, active.anchor, active.size, false);
  const ofBins = squaredMoves(moved, anchor, step, true);
  if (!search.isGraded && ofSites > 0 && ofBins > 0) {
    const balance = Math.sqrt(search.balance * Math.sqrt(ofBins / ofSites));
    search.balance = Math.min(MOST_BALANCE, Math.max(1 / MOST_BALANCE, balance));
  }
  for (let k = 0; k < active.sites.length; k++) x[active.sites[k]!] = active.moved[k]!;
  const multiple = priceFully(search);
  const factors = search.isHeld ? search.perTarget.map(() => 1) : targetFactors(search, multiple);
  u.set(cap);
  search.perTarget.forEach((price, target) => {
    search.perTarget[target] = price * factors[target]!;
  });
  priceBins(search);
  for (let bin = 0; bin < moved.length; bin++)
    if (u[bin]! > 0) moved[bin] = moved[bin]! * (cap[bin]! / u[bin]!);
  activate(search);
  search.restarts++;
}

/** From here on with the sites that may matter, at the moved prices; earnings over all sites are fresh. */
function activate(search: Search): void {
  const { pricer, bound, x, cap, worth, u, anchor, moved, step } = search;
  const reduced = bound.reduced();
  const { cost } = bound.measure();
  const { standing } = bound;
  const active = packActive(
    sitesWhere(
      cost.length,
      (site) =>
        standing[site] === FIXED_SITE ||
        (standing[site] === FREE_SITE && (x[site]! > 0 || reduced[site]! < ACTIVE_SHARE * cost[site]!)),
    ),
    search.active,
  );
  u.set(moved);
  anchor.set(moved);
  const { sites, size } = active;
  pricer.serve(sites, active.x.fill(1), cap, worth, step);
  const most = search.isGraded ? GRADED_STEP / search.balance : 1;
  for (let bin = 0; bin < step.length; bin++)
    step[bin] = cap[bin]! * Math.min(most, 1 / Math.max(1, step[bin]!));
  // Without what better servers leave out: a site is as heavy as all bins it can reach.
  pricer.earn(sites, cap, moved.fill(0), size);
  for (let k = 0; k < sites.length; k++) {
    const site = sites[k]!;
    if (standing[site] === FIXED_SITE) size[k] = 0;
    active.cost[k] = cost[site]!;
    active.x[k] = x[site]!;
    active.anchor[k] = x[site]!;
  }
  search.active = active;
  search.inner = 0;
}

/** The best prices as they are stored, and what exactly these prove. */
function finish({ bound, best, x }: Search, steps: number): PriceSearch {
  const { perTarget, perBin } = best;
  bound.read(perTarget, perBin);
  perBin.set(bound.prices);
  const { bound: value, parts } = bound.at(1);
  return { prices: { perTarget, perBin }, bound: value, parts, x, reduced: bound.reduced(), steps };
}
