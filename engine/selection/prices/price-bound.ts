// The bound that prices prove, in double precision over the full list of sites (certificate.ts has the inequality, selection
// reference 6.1 and 6.5 the margins). Made once per search and asked many times, so that its arrays are reused; `at` answers for
// all prices times one factor without reading the footprints again, because earnings grow with the factor.
import type { Certificate } from '../certificate.ts';
import type { CoverPricer } from '../cover/cover-pricer.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { makeCoverPricer } from '../cover/make-cover-pricer.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { FIXED_SITE, FREE_SITE, makeSiteTerms, OUT_SITE, type SiteTerms } from './site-terms.ts';

export interface BoundValue {
  /** Whole yuan rounded up, or whole weight times worth rounded down. */
  readonly bound: number;
  /** The same with nothing rounded: what a search compares. */
  readonly exact: number;
  /** `required`: sum of price times requirement; for `covered` the limit the prices are in, yuan or sites. */
  readonly parts: Certificate['parts'];
}

export interface PriceBound {
  readonly standing: Uint8Array;
  /** Whether the first value is the better one: the larger for `cost`, the smaller for `covered`. */
  readonly isBetter: (one: number, other: number) => boolean;
  /** Takes prices: prices of bins beyond their box are cut off. One pass over all footprints. */
  readonly read: (perTarget: ArrayLike<number>, perBin: Float32Array) => void;
  /** The prices read last as they were cut: the bound is exactly theirs. */
  readonly prices: Float32Array;
  /** The bound at the prices read, all times `factor` > 0. One pass over the sites. */
  readonly at: (factor: number) => BoundValue;
  /** Cost less earnings per site at the prices read, in what the prices are in: one array, filled again by the next call and by `at`. */
  readonly reduced: () => Float64Array;
  /** Which limit the best bound so far is in: the costs it counts, and how much of them there is. */
  readonly measure: () => Measure;
}

export interface Measure {
  /** Per site: yuan, or 1 for each when the count binds; 0 for existing stations. */
  readonly cost: Float64Array;
  readonly limit: number;
}

interface Ledger extends Measure {
  readonly terms: SiteTerms;
  readonly reduced: Float64Array;
}

/** Share of the numbers added up that rounding may have cost at the most. */
const MARGIN = 1e-9;
/** More than one step of single precision. */
const SINGLE_STEP = 2e-7;

/** For `covered` without budget and count sites cost nothing: what rules and ceiling allow. */
export function makePriceBound(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: Certificate['kind'],
  pricer: CoverPricer = makeCoverPricer(problem),
): PriceBound {
  const { cover, fold, targets } = problem;
  const full = fullWorth(problem);
  const sites = new Uint32Array(problem.cost.length);
  for (let site = 0; site < sites.length; site++) sites[site] = site;
  const ledgers = ledgersOf(problem, choice, kind);
  const standing = ledgers[0]!.terms.standing;
  const ceiling = kind === 'covered' ? ceilingOf(problem, standing, full, pricer, sites) : 0;
  const step = kind === 'cost' ? commonDivisor(problem.cost, standing) : 1;
  // Single precision rounded towards 0: prices stay in their box, and a site that serves a share earns no less than it may.
  const u = new Float32Array(cover.binCount);
  const worth = cover.kind === 'grades' ? new Float32Array(cover.binCount) : u;
  const earned = new Float64Array(sites.length);
  let required = 0;
  let bins = 0;
  let size = 0;
  let firstPrice = 0;
  let last = 0;

  const read = (perTarget: ArrayLike<number>, perBin: Float32Array) => {
    required = 0;
    firstPrice = perTarget[0]!;
    if (kind === 'cost')
      for (let target = 0; target < targets.length; target++)
        required += perTarget[target]! * choice.required[target]!;
    const weights = targets.map(({ weight }) => weight);
    const prices = Float64Array.from(weights, (_, target) => full * perTarget[target]!);
    const sums = cutToBox(weights, prices, fold?.sites ?? null, perBin, u, worth);
    bins = sums.bins;
    size = sums.size;
    pricer.earn(sites, u, worth, earned);
  };
  const valueIn = ({ cost, limit, terms, reduced }: Ledger, factor: number): BoundValue => {
    for (let site = 0; site < reduced.length; site++) reduced[site] = cost[site]! - factor * earned[site]!;
    const sitesPart = terms.leastOf(reduced);
    if (kind === 'cost') {
      const exact = factor * (required + bins) + sitesPart;
      // the sites' part rounds as well: with prices near 0 it is all there is
      const safe = exact - MARGIN * (factor * (Math.abs(required) + size) + Math.abs(sitesPart));
      const bound = safe > 0 ? Math.ceil(safe / step) * step : 0;
      return { bound, exact, parts: { required: factor * required, bins: factor * bins, sites: sitesPart } };
    }
    const parts = { required: limit, bins: factor * bins, sites: sitesPart };
    const price = factor * firstPrice;
    const exact = price > 0 ? (limit - factor * bins - sitesPart) / price : Infinity;
    const safe =
      price > 0
        ? exact + (MARGIN * (Math.abs(limit) + factor * size + Math.abs(sitesPart))) / price
        : Infinity;
    const bound = Math.max(0, Math.min(ceiling, Math.floor(safe)));
    return { bound, exact: Math.min(ceiling, exact), parts };
  };
  const isBetter = (one: number, other: number) => (kind === 'cost' ? one > other : one < other);
  return {
    standing,
    isBetter,
    read,
    prices: u,
    at: (factor) => {
      last = 0;
      let best = valueIn(ledgers[0]!, factor);
      for (let at = 1; at < ledgers.length; at++) {
        const value = valueIn(ledgers[at]!, factor);
        if (isBetter(value.exact, best.exact)) {
          best = value;
          last = at;
        }
      }
      return best;
    },
    reduced: () => {
      const { cost, reduced } = ledgers[last]!;
      for (let site = 0; site < reduced.length; site++) reduced[site] = cost[site]! - earned[site]!;
      return reduced;
    },
    measure: () => ledgers[last]!,
  };
}

/** What is counted against what: for `cost` yuan without a limit, for `covered` one ledger per limit, the other one a rule. */
function ledgersOf(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: Certificate['kind'],
): [Ledger, ...Ledger[]] {
  const { budget, maxSites } = choice;
  const isExisting = new Uint8Array(problem.cost.length);
  for (const site of choice.existing) isExisting[site] = 1;
  const yuan =
    choice.existing.length === 0
      ? problem.cost
      : problem.cost.map((cost, site) => (isExisting[site] === 1 ? 0 : cost));
  const reduced = new Float64Array(yuan.length);
  const rules = (mostSites: number | null, mostCost: number | null) =>
    makeSiteTerms(problem, choice, { mostSites, mostCost });
  const inYuan = (limit: number, mostSites: number | null): Ledger => ({
    cost: yuan,
    limit,
    terms: rules(mostSites, null),
    reduced,
  });
  if (kind === 'cost') return [inYuan(0, null)];
  if (budget === null && maxSites === null)
    return [{ cost: new Float64Array(yuan.length), limit: 0, terms: rules(null, null), reduced }];
  if (maxSites === null) return [inYuan(budget!, null)];
  const ones = yuan.map((_, site) => 1 - isExisting[site]!);
  const inSites: Ledger = { cost: ones, limit: maxSites, terms: rules(null, budget), reduced };
  return budget === null ? [inSites] : [inYuan(budget, maxSites), inSites];
}

/**
 * Prices between 0 and the worth of the bin over the sites it needs into `u`, and the worth into `worth` unless that is the same array.
 * `bins`: sum of needs times price less worth, `size`: sum of the prices.
 */
function cutToBox(
  weights: readonly Int32Array[],
  prices: Float64Array,
  needs: Uint8Array | null,
  perBin: Float32Array,
  u: Float32Array,
  worth: Float32Array,
): { bins: number; size: number } {
  let bins = 0;
  let size = 0;
  for (let bin = 0; bin < u.length; bin++) {
    let full = 0;
    for (let target = 0; target < weights.length; target++) full += weights[target]![bin]! * prices[target]!;
    const needed = needs === null ? 1 : needs[bin]!;
    const most = full / needed;
    const price = perBin[bin]!;
    const kept = price > 0 ? (price <= most ? price : roundDown(most)) : 0;
    if (worth !== u) worth[bin] = roundDown(full);
    u[bin] = kept;
    size += kept;
    bins += needed * kept - full;
  }
  return { bins, size };
}

/** The next single below a double that is 0 or more. */
function roundDown(value: number): number {
  const near = Math.fround(value);
  if (near <= value) return near;
  const below = Math.fround(value * (1 - SINGLE_STEP));
  return below <= value ? below : 0;
}

/** Of the costs that can still be spent: every plan costs a multiple of it. */
function commonDivisor(cost: Float64Array, standing: Uint8Array): number {
  let divisor = 0;
  for (let site = 0; site < cost.length; site++) {
    if (standing[site] === OUT_SITE) continue;
    let a = cost[site]!;
    while (a > 0) {
      const rest = divisor % a;
      divisor = a;
      a = rest;
    }
  }
  return divisor === 0 ? 1 : divisor;
}

/** First target's weight times worth of all bins any site reaches, where one reaches it fully; never below the true ceiling. */
function ceilingOf(
  problem: SelectionProblem,
  standing: Uint8Array,
  full: number,
  pricer: CoverPricer,
  sites: Uint32Array,
): number {
  const { cover, fold, targets } = problem;
  const x = Float64Array.from(standing, (own) => (own === FREE_SITE || own === FIXED_SITE ? 1 : 0));
  const ones = new Float32Array(cover.binCount).fill(1);
  const served = new Float32Array(cover.binCount);
  pricer.serve(sites, x, ones, ones, served);
  const { weight } = targets[0];
  let sum = 0;
  for (let bin = 0; bin < served.length; bin++) {
    if (!(served[bin]! > 0)) continue;
    const needed = fold?.sites[bin] ?? 1;
    const share = Math.min(1, Math.round(Math.max(1, served[bin]!)) / needed);
    sum += weight[bin]! * full * (fold?.counts === 'strict' ? Math.floor(share) : share);
  }
  return Math.round(sum);
}
