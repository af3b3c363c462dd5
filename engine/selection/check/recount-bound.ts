// The bound that prices prove, evaluated again from the cover: one pass over every site of the full list, sums in double precision, and
// the rules that decompose (certificate.ts; selection reference, 6.1, 6.4, 6.5). Any prices in the box prove something; bad prices prove
// little, never too much. Shares nothing with the price search.
import type { BinPrices, Certificate } from '../certificate.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { recountFullWorth, type SiteReader } from './recount.ts';
import { recountSitesTerm, type WholeLimits } from './recount-sites-term.ts';

/** One way to count a bound: what a new site costs in it, how much of that a plan has, and the limits that it does not price. */
interface Ledger {
  readonly cost: Float64Array;
  readonly limit: number;
  readonly others: WholeLimits;
}

export interface RecountedBound {
  /** cost: whole yuan, at the most this is proved. covered: weight times worth, at the least this is proved. */
  readonly bound: number;
  readonly bins: number;
  /** Price times requirement, or the limit of each ledger, with the strongest sites term the rules give there. */
  readonly ledgers: readonly { readonly required: number; readonly sites: number }[];
  /** Size of what was added up: rounding errors are a billionth of it at the most. */
  readonly scale: number;
}

/** Rounding of the sums, as a share of their size; half of what the price search leaves. */
const MARGIN = 5e-10;

/** `prices` must lie in the box (checked elsewhere; here they are clipped). Takes one pass over the cover. */
export function recountBound(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: Certificate['kind'],
  prices: BinPrices,
  reader: SiteReader,
): RecountedBound {
  const { perTarget } = prices;
  const full = fullPrices(problem, perTarget);
  const u = clippedPrices(problem, prices, full);
  let bins = 0;
  let scale = 0;
  for (let bin = 0; bin < u.length; bin++) {
    const needed = neededAt(problem, bin);
    bins += needed * u[bin]! - full[bin]!;
    scale += u[bin]!;
  }
  const earned = earnings(problem, reader, u, full);
  if (kind === 'cost') {
    let required = 0;
    for (let target = 0; target < perTarget.length; target++)
      required += perTarget[target]! * choice.required[target]!;
    scale += required;
    const noLimits = { mostSites: null, mostCost: null };
    const sites = recountSitesTerm(problem, choice, problem.cost, earned, noLimits);
    const bound = roundUp(
      required + bins + sites - MARGIN * (scale + Math.abs(sites)),
      greatestStep(problem, choice),
    );
    return { bound, bins, ledgers: [{ required, sites }], scale };
  }
  let bound = Infinity;
  const counted = ledgersOf(problem, choice).map(({ cost, limit, others }) => {
    const sites = recountSitesTerm(problem, choice, cost, earned, others);
    const most = Math.floor((limit - bins - sites + MARGIN * (limit + scale)) / perTarget[0]!);
    if (most < bound) bound = Math.max(0, most);
    return { required: limit, sites };
  });
  return { bound, bins, ledgers: counted, scale };
}

/** In yuan, in sites, or, where neither is limited, by the rules alone. */
function ledgersOf({ cost }: SelectionProblem, { budget, maxSites }: SelectionChoice): Ledger[] {
  const others = { mostSites: null, mostCost: null };
  const ledgers: Ledger[] = [];
  if (budget !== null) ledgers.push({ cost, limit: budget, others: { ...others, mostSites: maxSites } });
  if (maxSites !== null)
    ledgers.push({ cost: cost.map(() => 1), limit: maxSites, others: { ...others, mostCost: budget } });
  if (ledgers.length === 0) ledgers.push({ cost: cost.map(() => 0), limit: 0, others });
  return ledgers;
}

/** What each bin is worth fully served, in the prices of the targets. */
export function fullPrices(problem: SelectionProblem, perTarget: Float64Array): Float64Array {
  const full = new Float64Array(problem.cover.binCount);
  const worth = recountFullWorth(problem);
  problem.targets.forEach(({ weight }, target) => {
    for (let bin = 0; bin < full.length; bin++) full[bin]! += perTarget[target]! * weight[bin]! * worth;
  });
  return full;
}

/** Sites the bin needs before it counts fully. */
export function neededAt({ fold }: SelectionProblem, bin: number): number {
  return fold === null ? 1 : fold.sites[bin]!;
}

function clippedPrices(problem: SelectionProblem, { perBin }: BinPrices, full: Float64Array): Float64Array {
  return Float64Array.from(full, (most, bin) =>
    Math.min(Math.max(perBin[bin]!, 0), most / neededAt(problem, bin)),
  );
}

/** Per site the prices of its bins, less what it leaves unserved of them. */
function earnings(
  problem: SelectionProblem,
  reader: SiteReader,
  u: Float64Array,
  full: Float64Array,
): Float64Array {
  const most = problem.cover.kind === 'grades' ? recountFullWorth(problem) : 1;
  const earned = new Float64Array(problem.cost.length);
  for (let site = 0; site < earned.length; site++) {
    const count = reader.read(site);
    let sum = 0;
    for (let at = 0; at < count; at++) {
      const bin = reader.bins[at]!;
      const left = 1 - reader.worth[at]! / most;
      sum += Math.max(0, u[bin]! - left * full[bin]!);
    }
    earned[site] = sum;
  }
  return earned;
}

/** Every cost a plan can have is a multiple of this. */
function greatestStep(problem: SelectionProblem, choice: SelectionChoice): number {
  const free = new Set([...choice.existing, ...choice.refused]);
  let step = 0;
  problem.cost.forEach((cost, site) => {
    if (free.has(site)) return;
    let [a, b] = [step, cost];
    while (b > 0) [a, b] = [b, a % b];
    step = a;
  });
  return step;
}

function roundUp(value: number, step: number): number {
  return value > 0 ? Math.ceil(value / (step || 1)) * (step || 1) : 0;
}
