// Searches prices that prove a tight bound: the linear relaxation of the covering model by a restarted Halpern primal-dual method
// (Applegate et al. 2021; Lu and Yang 2024; selection reference 6.3) with steps scaled by weights. Single precision inside the
// loop; every bound is summed in double over the full list, so a bad step makes a bound weak and never wrong. Between
// restarts only sites that may matter take part. The prices of the targets follow the shortfall of the fractional plan.
import { exp, log } from '../geo/steady-math.ts';
import type { BinPrices, Certificate } from './certificate.ts';
import type { CoverPricer } from './cover-pricer.ts';
import type { Watch } from './effort.ts';
import { fullWorth } from './full-worth.ts';
import { makeCoverPricer } from './make-cover-pricer.ts';
import { makePriceBound, type PriceBound } from './price-bound.ts';
import { addWeights, moveBins, moveSites, servedWeight, squaredMoves } from './price-steps.ts';
import type { SelectionChoice, SelectionProblem } from './selection-problem.ts';
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
}

/** Sites that take part until the next restart, side by side. */
interface ActiveSites {
  readonly sites: Uint32Array;
  readonly cost: Float64Array;
  /** What the site would earn at the highest prices; 0: does not move. */
  readonly size: Float64Array;
  readonly x: Float64Array;
  readonly anchor: Float64Array;
  readonly moved: Float64Array;
  /** Earnings, then the extrapolated shares. */
  readonly scratch: Float64Array;
}

interface Search {
  readonly problem: SelectionProblem;
  readonly required: readonly number[];
  readonly kind: Certificate['kind'];
  readonly pricer: CoverPricer;
  readonly bound: PriceBound;
  readonly perTarget: Float64Array;
  /** Weight times worth of each target. */
  readonly totals: Float64Array;
  /** Per bin: its worth in the prices of the targets, and the most its price can be (the same array where one site is enough). */
  readonly worth: Float32Array;
  readonly cap: Float32Array;
  readonly u: Float32Array;
  readonly anchor: Float32Array;
  /** How far each bin is served; after a step the moved prices. */
  readonly moved: Float32Array;
  /** Cap over the number of active sites that serve the bin. */
  readonly step: Float32Array;
  readonly x: Float64Array;
  active: ActiveSites;
  /** Weight of the moves of prices against those of shares. */
  balance: number;
  inner: number;
  firstResidual: number;
  residual: number;
  isRising: boolean;
  restarts: number;
  /** Last change of the price of each target, in logarithms, and the most it may change next. */
  readonly moves: Float64Array;
  readonly reaches: Float64Array;
  best: { perTarget: Float64Array; perBin: Float32Array; exact: number; bound: number };
}

const PRICING_STEPS = 50;
const NEWS_STEPS = 10;
const FIRST_BALANCE = 8;
/** A restart when the moves shrank this far, or somewhat and they grow again, or after so long. */
const RESIDUAL_DONE = 0.2;
const RESIDUAL_FAIR = 0.8;
const LEAST_SHORT = 10;
const LEAST_LONG = 40;
const LONG_SHARE = 0.36;
/** Sites with a higher share of their cost left unearned wait for the next restart. */
const ACTIVE_SHARE = 0.05;
const PRICE_GAIN = 10;
/** Without a start the prices of targets are a guess, and move faster at first. */
const GUESS_QUANTILE = 0.25;
const GUESS_RAISE = 3;
const GUESS_REACH = 0.5;
const FIRST_REACH = 0.2;
const MOST_REACH = 0.5;
/** A change that takes back the last one reaches less far than it, so that prices settle where the plan jumps. */
const REACH_FALL = 0.5;
const REACH_RISE = 1.1;
const MOST_COMMON = 0.14;
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
  const pricer = makeCoverPricer(problem);
  const bound = makePriceBound(problem, choice, kind, pricer);
  const required =
    kind === 'cost' ? choice.required : problem.targets.map((_, target) => (target === 0 ? 1 : 0));
  const worth = new Float32Array(binCount);
  const x = new Float64Array(siteCount);
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
    active: packActive(new Uint32Array(0)),
    balance: FIRST_BALANCE,
    inner: 0,
    firstResidual: 0,
    residual: 0,
    isRising: false,
    restarts: 0,
    moves: new Float64Array(problem.targets.length),
    reaches: new Float64Array(problem.targets.length).fill(start === null ? GUESS_REACH : FIRST_REACH),
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

function packActive(sites: Uint32Array): ActiveSites {
  const numbers = () => new Float64Array(sites.length);
  return {
    sites,
    cost: numbers(),
    size: numbers(),
    x: numbers(),
    anchor: numbers(),
    moved: numbers(),
    scratch: numbers(),
  };
}

/** Worth and cap of every bin in the prices of the targets. */
function priceBins({ problem, perTarget, worth, cap }: Search): void {
  const full = fullWorth(problem);
  worth.fill(0);
  problem.targets.forEach(({ weight }, target) => {
    if (perTarget[target]! > 0) addWeights(worth, weight, full * perTarget[target]!);
  });
  const needs = problem.fold?.sites;
  if (needs) for (let bin = 0; bin < cap.length; bin++) cap[bin] = worth[bin]! / needs[bin]!;
}

/** What a site pays per unit of the target, at a low quantile; the search corrects it from its own shortfall. */
function guessTargetPrices({ problem, pricer, bound, required, worth, u }: Search): Float64Array {
  const full = fullWorth(problem);
  return Float64Array.from(problem.targets, ({ weight }, target) => {
    if (!(required[target]! > 0)) return 0;
    worth.fill(0);
    addWeights(worth, weight, full);
    u.set(worth);
    return GUESS_RAISE * costPerEarned(bound, pricer, u, worth, GUESS_QUANTILE);
  });
}

/** Cost over earnings at these prices, at a quantile of the sites that may open and earn; 1 when there is none. */
function costPerEarned(
  { standing, measure }: PriceBound,
  pricer: CoverPricer,
  u: Float32Array,
  worth: Float32Array,
  quantile: number,
): number {
  const { cost } = measure();
  const sites = sitesWhere(cost.length, () => true);
  const ratios = new Float64Array(sites.length);
  pricer.earn(sites, u, worth, ratios);
  let count = 0;
  for (let site = 0; site < ratios.length; site++)
    if (standing[site] === FREE_SITE && ratios[site]! > 0 && cost[site]! > 0)
      ratios[count++] = cost[site]! / ratios[site]!;
  return count === 0 ? 1 : ratios.subarray(0, count).sort()[Math.floor(quantile * count)]!;
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
function priceFully({ bound, perTarget, moved, best, restarts }: Search): number {
  bound.read(perTarget, moved);
  const factor = bestFactor(bound, restarts < WIDE_RESTARTS ? FIRST_RANGE : LATER_RANGE);
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
  if (ofSites > 0 && ofBins > 0) {
    const balance = Math.sqrt(search.balance * Math.sqrt(ofBins / ofSites));
    search.balance = Math.min(MOST_BALANCE, Math.max(1 / MOST_BALANCE, balance));
  }
  for (let k = 0; k < active.sites.length; k++) x[active.sites[k]!] = active.moved[k]!;
  const multiple = priceFully(search);
  const factors = targetFactors(search, multiple);
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

/** By how much each target's price changes: up when the fractional plan falls short of it. */
function targetFactors(search: Search, multiple: number): Float64Array {
  const { problem, required, kind, bound, perTarget, totals, x, moves, reaches } = search;
  const { cost, limit } = bound.measure();
  let spent = 0;
  for (let site = 0; site < x.length; site++) spent += cost[site]! * x[site]!;
  const common = Math.max(-MOST_COMMON, Math.min(MOST_COMMON, log(multiple)));
  const shares = kind === 'cost' ? coveredShares(search) : totals;
  return Float64Array.from(problem.targets, (_, target) => {
    if (perTarget[target] === 0 || totals[target] === 0) return 1;
    const shortfall =
      kind === 'cost'
        ? required[target]! / totals[target]! - shares[target]!
        : (limit - spent) / Math.max(1, limit);
    const wish = common + PRICE_GAIN * shortfall;
    const turned = wish * moves[target]! < 0;
    reaches[target] = Math.min(MOST_REACH, reaches[target]! * (turned ? REACH_FALL : REACH_RISE));
    const move = Math.max(-reaches[target]!, Math.min(reaches[target]!, wish));
    moves[target] = move;
    return exp(move);
  });
}

/**
 * Share of each target that the fractional plan covers. Yes or no: as it is served. Grades: what is left of the Lagrangian, whose part
 * of one target is that of prices and worth in the proportion of the target.
 */
function coveredShares({
  problem,
  pricer,
  perTarget,
  totals,
  active,
  moved,
  worth,
  u,
  anchor,
}: Search): Float64Array {
  const full = fullWorth(problem);
  const { sites, scratch } = active;
  if (problem.cover.kind !== 'grades') {
    pricer.serve(sites, active.moved, moved, worth, u);
    const needs = problem.fold?.sites ?? null;
    return totals.map(
      (total, target) => (full * servedWeight(problem.targets[target]!.weight, u, needs)) / total,
    );
  }
  return totals.map((total, target) => {
    const { weight } = problem.targets[target]!;
    const price = full * perTarget[target]!;
    let open = 0;
    for (let bin = 0; bin < u.length; bin++) {
      const own = weight[bin]! * price;
      anchor[bin] = own;
      u[bin] = own > 0 ? moved[bin]! * (own / worth[bin]!) : 0;
      open += u[bin]!;
    }
    pricer.earn(sites, u, anchor, scratch);
    for (let k = 0; k < sites.length; k++) open -= scratch[k]! * active.moved[k]!;
    return 1 - open / (perTarget[target]! * total);
  });
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
  );
  u.set(moved);
  anchor.set(moved);
  const { sites, size } = active;
  pricer.serve(sites, active.x.fill(1), cap, worth, step);
  for (let bin = 0; bin < step.length; bin++) step[bin] = cap[bin]! / Math.max(1, step[bin]!);
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

function sitesWhere(siteCount: number, isIn: (site: number) => boolean): Uint32Array {
  const sites = new Uint32Array(siteCount);
  let count = 0;
  for (let site = 0; site < siteCount; site++) if (isIn(site)) sites[count++] = site;
  return sites.slice(0, count);
}

/** The best prices as they are stored, and what exactly these prove. */
function finish({ bound, best, x }: Search, steps: number): PriceSearch {
  const { perTarget, perBin } = best;
  bound.read(perTarget, perBin);
  perBin.set(bound.prices);
  const { bound: value, parts } = bound.at(1);
  return { prices: { perTarget, perBin }, bound: value, parts, x, reduced: bound.reduced(), steps };
}
