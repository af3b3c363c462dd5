// The whole way from a wish to a plan with its proof: greedy at once, then prices that bound every plan from below (selection
// reference 6), greedy once more along those prices (7), ruin and recreate (8), pruning, and an order people can build in.
// Every stage starts from a valid plan and keeps the better one, so that a stop between any two slices of work still gives one.
// Steps instead of seconds: the same problem, choice and effort give the same plan and the same bound on every machine.

import { canonicalOrder, choiceInOrder } from './canonical-order.ts';
import type { Certificate } from './certificate.ts';
import { checkRequest } from './check-request.ts';
import { fullWorth } from './cover/full-worth.ts';
import type { Effort, SelectionNews, Watch } from './effort.ts';
import { type FullCoverPlan, isFullCover, solveFullCover } from './full-cover/solve-full-cover.ts';
import { makeCertificate } from './make-certificate.ts';
import { orderSteps } from './order-steps.ts';
import { boundOf } from './prices/bound-of.ts';
import { findPrices, type PriceSearch, type PriceStart } from './prices/find-prices.ts';
import { computeCeilings, dropSpare, giveBack, startWith } from './problem-facts.ts';
import { improveSelection } from './search/improve-selection.ts';
import { type GreedyGuide, selectGreedily } from './search/select-greedily.ts';
import type { Selection, SelectionChoice, SelectionProblem } from './selection-problem.ts';
import { makeSiteRules } from './wishes/make-site-rules.ts';

/**
 * Sites that the prices leave closed may still be chosen, at this share of the worth of those they open (selection reference, section 7).
 * A graded district starts 11 % over the bound with 1 and 18 % with 0.05. On runs 1 starts lower too, but search ends higher (measured on
 * 200 000 candidates: 2.9 % against 2.2 %).
 */
const LEAST_SITE_FACTOR = { grades: 1, runs: 0.05, lists: 0.05 } as const;
/** Under a limit prices are sought for this share of what greedy covers: what a better plan may reach. */
const AIM_SHARE = 1.03;

/** What a search for an unreachable share is cut to. */
const UNREACHED_PART = 10;
/**
 * Plans of more sites for everything that can be had stay as greedy leaves them: nearly every site is the only one at its best somewhere, so
 * prices lead nowhere (measured: 8 178 lamps, a bound of 2 % of the cost, the same plan after 15 s of search).
 */
const MOST_UNREACHED_SITES = 2_000;
/** Fewer steps are not worth their start. */
const LEAST_IMPROVE_STEPS = 500;

/** Throws PlanningError SELECTION_* for what cannot be meant; what cannot be reached is an answer. */
export function solveSelection(
  problem: SelectionProblem,
  choice: SelectionChoice,
  effort: Effort,
  watch: Watch = {},
): Selection {
  return solveWith(problem, choice, (ordered, wanted, counted) => {
    const isWished = wanted.required.every((required, target) => required === choice.required[target]);
    if (isWished) return searchPlan(ordered, wanted, effort, watch, counted);
    return searchPlan(ordered, wanted, lighter(effort), watch, counted, MOST_UNREACHED_SITES);
  });
}

/** For everything that can be had: thousands of sites for the last corners, which nobody builds. */
function lighter(effort: Effort): Effort {
  return { ...effort, improveSteps: Math.ceil(effort.improveSteps / UNREACHED_PART) };
}

/**
 * A plan whose sites are settled (repaired, shared out over years, put together from districts), with order, status and a bound of its
 * own. `sites`: all new ones, locked or not. `start`: prices that are known already. Throws like `solveSelection`.
 */
export function settleSelection(
  problem: SelectionProblem,
  choice: SelectionChoice,
  sites: readonly number[],
  effort: Pick<Effort, 'priceSteps'>,
  watch: Watch = {},
  start: PriceStart | null = null,
): Selection {
  const placed = new Set([...choice.existing, ...choice.locked]);
  const chosen = sites.filter((site) => !placed.has(site));
  return solveWith(problem, choice, (ordered, wanted, counted, placeOf) => {
    const plan = measure(ordered, wanted, chosen.map(placeOf));
    const isBounded = plan.isMet || isLimited(wanted);
    const isEnough = effort.priceSteps === 0 || watch.shouldStop?.() === true;
    if (!isBounded || (isEnough && start === null)) return { plan, search: null };
    return { plan, search: searchPrices(ordered, wanted, plan, effort.priceSteps, watch, counted, start) };
  });
}

type SearchInOrder = [problem: SelectionProblem, wanted: SelectionChoice, counted: Counted];
type SearchIn = (
  problem: SelectionProblem,
  wanted: SelectionChoice,
  counted: Counted,
  /** Where a site of the caller's list stands in `problem`. */
  placeOf: (site: number) => number,
) => { plan: Plan; search: KindSearch | null };

/** In one order of the sites, however they are listed. */
function solveWith(problem: SelectionProblem, choice: SelectionChoice, searchIn: SearchIn): Selection {
  checkRequest(problem, choice);
  const order = canonicalOrder(problem);
  if (order === null) return solveOrdered(problem, choice, (...given) => searchIn(...given, (site) => site));
  const selection = solveOrdered(order.problem, choiceInOrder(choice, order), (...given) =>
    searchIn(...given, (site) => order.forth[site]!),
  );
  return {
    ...selection,
    steps: selection.steps.map((step) => ({ ...step, site: order.back[step.site]! })),
  };
}

/** What can be had at all, then the search, then order, status and bound. */
function solveOrdered(
  problem: SelectionProblem,
  choice: SelectionChoice,
  searchIn: (...given: SearchInOrder) => ReturnType<SearchIn>,
): Selection {
  const standing = new Set(choice.existing);
  const ceiling = computeCeilings(
    problem,
    choice.refused.filter((site) => !standing.has(site)),
  );
  const isReachable = choice.required.every((required, target) => required <= ceiling[target]!);
  // Where a share is out of reach, everything that can be had is wanted.
  const wanted = isReachable ? choice : { ...choice, required: ceiling };

  const counted = { cost: countedCost(problem, choice), covered: ceiling[0]! };
  const { plan, search } = searchIn(problem, wanted, counted);
  const isMet = isReachable && plan.isMet;
  const status = statusOf(problem, choice, plan, isReachable);
  const kind = isMet ? 'cost' : 'covered';
  const value = isMet ? plan.cost : plan.covered[0]!;
  const { steps, covered } = orderSteps(problem, choice, plan.sites, status);
  const holds = search?.kind === kind && plan.lacking === 0;
  return {
    status,
    steps,
    covered,
    cost: plan.cost,
    ceiling,
    // a plan that groups leave short keeps no rule a bound may lean on
    certificate: makeCertificate(kind, value, counted[kind], holds ? search : null),
  };
}

/** The better one of two lists of new sites without the locked ones: rules first, then the shares, then money. */
export function betterSites(
  problem: SelectionProblem,
  choice: SelectionChoice,
  one: readonly number[],
  other: readonly number[],
): readonly number[] {
  const plan = measure(problem, choice, one);
  return isBetter(measure(problem, choice, other), plan, choice) ? other : one;
}

interface Plan {
  /** New sites without the locked ones. */
  readonly sites: readonly number[];
  readonly covered: readonly number[];
  readonly cost: number;
  readonly count: number;
  /** Sites that groups lack. */
  readonly lacking: number;
  /** Shares that are missing, summed over the targets. */
  readonly missing: number;
  /** Every wanted share and every group's least. */
  readonly isMet: boolean;
}

/** Bounds that need no prices. */
type Counted = Readonly<Record<Certificate['kind'], number>>;

type KindSearch = PriceSearch & { readonly kind: Certificate['kind'] };

function searchPlan(
  problem: SelectionProblem,
  wanted: SelectionChoice,
  effort: Effort,
  watch: Watch,
  counted: Counted,
  mostSites = Infinity,
): { plan: Plan; search: KindSearch | null } {
  let plan = measure(problem, wanted, selectGreedily(problem, wanted, { watch }));
  if (plan.isMet && plan.count > mostSites) return { plan, search: null };
  let search: KindSearch | null = null;
  const keep = (sites: readonly number[]) => {
    const other = measure(problem, wanted, sites);
    if (isBetter(other, plan, wanted)) plan = other;
  };
  const told: Watch = {
    ...watch,
    ...(watch.onNews && { onNews: tellWith(watch.onNews, () => ({ plan, search })) }),
  };
  const isDone = () => watch.shouldStop?.() === true || isProved(wanted, plan, search, counted);
  const price = () => {
    const kind = plan.isMet ? 'cost' : 'covered';
    const isBounded = plan.isMet || isLimited(wanted);
    if (effort.priceSteps === 0 || !isBounded || search?.kind === kind || isDone()) return;
    search = searchPrices(problem, wanted, plan, effort.priceSteps, told, counted);
    if (!isDone()) keep(selectGreedily(problem, wanted, { guide: guideOf(problem, search) }));
  };

  if (effort.priceSteps > 0 && isFullCover(problem, wanted)) {
    const full = solveFullCover(problem, wanted, effort, told);
    search = fullCoverSearch(problem, wanted, full);
    keep(full.sites);
    return { plan, search };
  }
  price();
  if (effort.improveSteps > 0 && !isDone()) {
    const prices = search as KindSearch | null;
    const guide = prices && { perTarget: prices.prices.perTarget, reduced: prices.reduced };
    const { sites } = improveSelection(
      problem,
      wanted,
      plan.sites,
      guide,
      { steps: improveStepsOf(effort, plan.count), seed: effort.seed },
      told,
    );
    keep(sites);
    keep(selectGreedily(problem, wanted, { from: plan.sites }));
  }
  price(); // a plan that came to meet the shares under a limit has a cost to be bounded instead
  return { plan, search };
}

function searchPrices(
  problem: SelectionProblem,
  wanted: SelectionChoice,
  plan: Plan,
  steps: number,
  watch: Watch,
  counted: Counted,
  start: PriceStart | null = null,
): KindSearch {
  dropSpare(problem); // prices take as much, and what follows them counts in fractions
  return plan.isMet
    ? { ...findPrices(problem, wanted, 'cost', steps, watch, start), kind: 'cost' }
    : { ...findLimitPrices(problem, wanted, plan, counted.covered, steps, watch, start), kind: 'covered' };
}

/** The prices of rows, evaluated like any others. */
function fullCoverSearch(
  problem: SelectionProblem,
  wanted: SelectionChoice,
  full: FullCoverPlan,
): KindSearch {
  const { prices, steps } = full;
  return {
    ...boundOf(problem, wanted, 'cost', prices),
    prices,
    steps,
    x: new Float64Array(problem.cost.length),
    kind: 'cost',
  };
}

/**
 * Prices for the most (at the most `most`) that a limit allows: those of the cheapest way to a little more than the plan covers (in sites where the count
 * binds). The same prices bound both questions (selection reference, 6.1), and the price of the target follows a share more
 * surely than a limit (measured: a gap of 3 % where following the limit ends at the ceiling).
 */
function findLimitPrices(
  problem: SelectionProblem,
  wanted: SelectionChoice,
  plan: Plan,
  most: number,
  priceSteps: number,
  watch: Watch,
  start: PriceStart | null,
): PriceSearch {
  const isCounted = wanted.maxSites !== null && (wanted.budget === null || plan.count >= wanted.maxSites);
  const measured = isCounted ? { ...problem, cost: new Float64Array(problem.cost.length).fill(1) } : problem;
  const aim = Math.min(most, Math.max(1, Math.ceil(AIM_SHARE * plan.covered[0]!)));
  const { onNews } = watch;
  const search = findPrices(
    measured,
    {
      ...wanted,
      required: wanted.required.map((_, target) => (target === 0 ? aim : 0)),
      budget: null,
      maxSites: null,
    },
    'cost',
    priceSteps,
    { ...watch, ...(onNews && { onNews: (news: SelectionNews) => onNews({ ...news, bound: null }) }) },
    start,
  );
  return { ...search, ...boundOf(problem, wanted, 'covered', search.prices) };
}

function improveStepsOf({ improveSteps, improvePerSite = Infinity }: Effort, sites: number): number {
  return Math.min(improveSteps, Math.max(LEAST_IMPROVE_STEPS, improvePerSite * sites));
}

function measure(problem: SelectionProblem, wanted: SelectionChoice, sites: readonly number[]): Plan {
  const { state } = startWith(problem, wanted.existing);
  const rules = makeSiteRules(problem, wanted);
  for (const site of wanted.locked) state.openSite(site);
  for (const site of sites) {
    state.openSite(site);
    rules.opened(site);
  }
  const lacking = rules.lacking().reduce((sum, group) => sum + group.sites, 0);
  let missing = 0;
  wanted.required.forEach((required, target) => {
    if (state.covered[target]! < required) missing += 1 - state.covered[target]! / required;
  });
  const covered = Array.from(state.covered);
  giveBack(state);
  return {
    sites,
    covered,
    cost: rules.cost(),
    count: rules.count(),
    lacking,
    missing,
    isMet: missing === 0 && lacking === 0,
  };
}

function isLimited({ budget, maxSites }: SelectionChoice): boolean {
  return budget !== null || maxSites !== null;
}

/** Rules first, then the shares, then money; under a limit that keeps the shares out of reach the first target alone. */
function isBetter(a: Plan, b: Plan, wanted: SelectionChoice): boolean {
  if (a.lacking !== b.lacking) return a.lacking < b.lacking;
  if (a.isMet !== b.isMet) return a.isMet;
  if (!a.isMet) {
    if (!isLimited(wanted) && a.missing !== b.missing) return a.missing < b.missing;
    if (a.covered[0] !== b.covered[0]) return a.covered[0]! > b.covered[0]!;
  }
  if (a.cost !== b.cost) return a.cost < b.cost;
  return a.covered[0]! > b.covered[0]!;
}

/** Whether no plan can be better, as far as is known. */
function isProved(wanted: SelectionChoice, plan: Plan, search: KindSearch | null, counted: Counted): boolean {
  if (!plan.isMet) {
    const most = search?.kind === 'covered' ? Math.min(counted.covered, search.bound) : counted.covered;
    return isLimited(wanted) && plan.lacking === 0 && plan.covered[0] === most;
  }
  const least = search?.kind === 'cost' ? search.bound : 0;
  return plan.cost === Math.max(least, counted.cost);
}

/** Yuan that every plan has to pay: the locked sites, and what groups must have at the least. */
function countedCost(problem: SelectionProblem, choice: SelectionChoice): number {
  let locked = 0;
  for (const site of choice.locked) locked += problem.cost[site]!;
  if (!choice.rules.groups.some((group) => (group.leastSites ?? 0) > 0)) return locked;
  const prices = {
    perTarget: new Float64Array(problem.targets.length),
    perBin: new Float32Array(problem.cover.binCount),
  };
  return Math.max(locked, boundOf(problem, choice, 'cost', prices).bound);
}

/** Prices as greedy follows them. */
export function guideOf(
  problem: SelectionProblem,
  { prices, x }: Pick<PriceSearch, 'prices' | 'x'>,
): GreedyGuide {
  const { targets, fold } = problem;
  const full = fullWorth(problem);
  const binFactor = new Float32Array(problem.cover.binCount);
  for (let bin = 0; bin < binFactor.length; bin++) {
    let worth = 0;
    for (let target = 0; target < targets.length; target++)
      worth += prices.perTarget[target]! * targets[target]!.weight[bin]! * full;
    const needed = fold ? fold.sites[bin]! : 1;
    if (worth > 0) binFactor[bin] = Math.min(1, (needed * prices.perBin[bin]!) / worth);
  }
  return {
    perTarget: prices.perTarget,
    binFactor,
    siteFactor: x.map((share) => LEAST_SITE_FACTOR[problem.cover.kind] + share),
  };
}

/** News of a stage, completed by the best plan and bound known so far. */
function tellWith(
  onNews: (news: SelectionNews) => void,
  known: () => { plan: Plan; search: KindSearch | null },
): (news: SelectionNews) => void {
  return (news) => {
    const { plan, search } = known();
    onNews({
      ...news,
      cost: news.cost ?? plan.cost,
      covered: news.covered ?? plan.covered[0]!,
      bound: news.bound ?? search?.bound ?? null,
    });
  };
}

function statusOf(
  problem: SelectionProblem,
  choice: SelectionChoice,
  plan: Plan,
  isReachable: boolean,
): Selection['status'] {
  if (!isReachable) return 'not-reachable';
  if (plan.isMet) return 'reached';
  if (plan.lacking > 0) return 'rules-bind';
  if (choice.maxSites !== null && plan.count >= choice.maxSites) return 'count-reached';
  if (choice.budget !== null && wantsMoney(problem, choice, plan)) return 'budget-spent';
  // where bins count by all their servers or not at all, the last sites a limit allows may add nothing and stay closed
  const { spacingM, groups } = choice.rules;
  return choice.maxSites !== null && spacingM === null && groups.length === 0
    ? 'count-reached'
    : 'rules-bind';
}

/** Whether money keeps any useful site closed, or nothing else could. */
function wantsMoney(problem: SelectionProblem, choice: SelectionChoice, plan: Plan): boolean {
  const { rules: asked } = choice;
  if (asked.spacingM === null && asked.groups.length === 0) return true;
  const { state } = startWith(problem, choice.existing);
  const rules = makeSiteRules(problem, choice);
  for (const site of choice.locked) state.openSite(site);
  for (const site of plan.sites) {
    state.openSite(site);
    rules.opened(site);
  }
  const gains = new Float64Array(choice.required.length);
  for (let site = 0; site < problem.cost.length; site++) {
    if (state.isOpen[site] === 1 || rules.isOut(site) || plan.cost + problem.cost[site]! <= choice.budget!)
      continue;
    state.gains(site, gains);
    if (gains.some((gain) => gain > 0)) return true;
  }
  return false;
}
