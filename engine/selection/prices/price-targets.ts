// The prices of the targets in a price search (find-prices.ts): first a guess, then from restart to restart what the fractional plan
// lacks of each target. All move together along the best multiple of the bound; each moves against the others by its own shortfall.
import { exp, log } from '../../geo/steady-math.ts';
import type { CoverPricer } from '../cover/cover-pricer.ts';
import { fullWorth } from '../cover/full-worth.ts';
import type { PriceBound } from './price-bound.ts';
import type { Search } from './price-search.ts';
import { addWeights, servedWeight, sitesWhere } from './price-steps.ts';
import { FREE_SITE } from './site-terms.ts';

/** Change of a price, in logarithms, per share that is lacking. */
const PRICE_GAIN = 10;
const MOST_REACH = 0.5;
/** Prices settle where the plan jumps from too little to too much. */
const REACH_FALL = 0.5;
const REACH_RISE = 1.1;
/** The most that the best multiple says, in logarithms. */
const MOST_COMMON = 0.14;
const GUESS_QUANTILE = 0.25;
const GUESS_RAISE = 3;

/** Worth and cap of every bin in the prices of the targets. */
export function priceBins({ problem, perTarget, worth, cap }: Search): void {
  const full = fullWorth(problem);
  worth.fill(0);
  problem.targets.forEach(({ weight }, target) => {
    if (perTarget[target]! > 0) addWeights(worth, weight, full * perTarget[target]!);
  });
  const needs = problem.fold?.sites;
  if (needs) for (let bin = 0; bin < cap.length; bin++) cap[bin] = worth[bin]! / needs[bin]!;
}

/** What a site pays per unit of the target, at a low quantile; the search corrects it from its own shortfall. */
export function guessTargetPrices({ problem, pricer, bound, required, worth, u }: Search): Float64Array {
  const full = fullWorth(problem);
  // Targets overlap, mostly the whole and its parts: they share what a site costs.
  const raise = required.filter((needed) => needed > 0).length > 1 ? GUESS_RAISE / 2 : GUESS_RAISE;
  return Float64Array.from(problem.targets, ({ weight }, target) => {
    if (!(required[target]! > 0)) return 0;
    worth.fill(0);
    addWeights(worth, weight, full);
    u.set(worth);
    return raise * costPerEarned(bound, pricer, u, worth, GUESS_QUANTILE);
  });
}

/** Cost over earnings at these prices, at a quantile of the sites that may open and earn; 1 when there is none. */
export function costPerEarned(
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

/**
 * By how much each target's price changes: all together with the best multiple and with the mean shortfall of the fractional plan, and
 * each against the others with what it lacks more than they do.
 */
export function targetFactors(search: Search, multiple: number): Float64Array {
  const { kind, required, perTarget, totals } = search;
  const isPriced = (target: number) => perTarget[target]! > 0 && totals[target]! > 0;
  const shares = kind === 'cost' ? coveredShares(search) : totals;
  const shortfalls = totals.map((total, target) => {
    if (!isPriced(target)) return 0;
    return kind === 'cost' ? required[target]! / total - shares[target]! : leftOfLimit(search);
  });
  let sum = 0;
  let worth = 0;
  shortfalls.forEach((shortfall, target) => {
    sum += perTarget[target]! * totals[target]! * shortfall;
    worth += perTarget[target]! * totals[target]!;
  });
  const mean = worth > 0 ? sum / worth : 0;
  const common = Math.max(-MOST_COMMON, Math.min(MOST_COMMON, log(multiple)));
  const together = steer(search, perTarget.length, common + PRICE_GAIN * mean);
  const isAlone = shortfalls.filter((_, target) => isPriced(target)).length < 2;
  return shortfalls.map((shortfall, target) =>
    exp(together + (isAlone ? 0 : steer(search, target, PRICE_GAIN * (shortfall - mean)))),
  );
}

/** A change is cut to its reach, which falls when the change takes back the last one and rises slowly otherwise. */
function steer({ moves, reaches }: Search, at: number, wish: number): number {
  const turned = wish * moves[at]! < 0;
  const reach = Math.min(MOST_REACH, reaches[at]! * (turned ? REACH_FALL : REACH_RISE));
  reaches[at] = reach;
  moves[at] = Math.max(-reach, Math.min(reach, wish));
  return moves[at]!;
}

/** Share of the limit that the fractional plan leaves. */
function leftOfLimit({ bound, x }: Search): number {
  const { cost, limit } = bound.measure();
  let spent = 0;
  for (let site = 0; site < x.length; site++) spent += cost[site]! * x[site]!;
  return (limit - spent) / Math.max(1, limit);
}

/**
 * Share of each target that the fractional plan covers. Yes or no: as it is served. Grades: what is left of the Lagrangian, whose part
 * of one target is that of prices and worth in the proportion of the target.
 */
function coveredShares({
  isGraded,
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
  if (!isGraded) {
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
