// Greedy selection: existing stations, then locked sites, then again and again the site that adds most per yuan, then pruning.
// Several targets count as sum of min(covered, required) / required: each is cut off at its duty, so that nothing is paid for an
// area that is done, and the sum stays submodular. Lazy queue (Minoux 1978): a stale key is an upper bound because gains never
// grow, so few sites are looked at twice. Ties: higher gain, then lower cost, then smaller id by string order.
// A limit that binds runs greedy again by gain alone and keeps the better plan: that run starts with the best single
// affordable site (without it, ratio greedy under a budget has no guarantee) and under a count of sites it covers at least
// 1 - 1/e of the best possible (Nemhauser et al. 1978; Khuller, Moss, Naor 1999). Strict folds are not submodular: they are built by
// the graded count and judged, pruned and stopped by the strict one.
import { compareProducts } from '../compare-products.ts';
import type { CoverState } from '../cover/cover-state.ts';
import { makeCoverState } from '../cover/make-cover-state.ts';
import type { Watch } from '../effort.ts';
import { giveBack, startWith } from '../problem-facts.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteQueue } from '../site-queue.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import type { SiteRules } from '../wishes/site-rules.ts';
import { pruneSites } from './prune-sites.ts';

const NEWS_EVERY_SITES = 50;
const THRESHOLD_SHARE = 0.75;
/** Keys from running sums of fractions may understate a gain by their rounding; a bound must not. */
const ROUNDING = 1 + 1e-9;

/** Prices that led a search, to follow instead of plain gains (selection reference, section 7). */
export interface GreedyGuide {
  /** One per target. */
  readonly perTarget: ArrayLike<number>;
  /** 0..1 per bin: its price over its full worth in `perTarget`. */
  readonly binFactor: Float32Array;
  /** Per site; gains are multiplied by it. */
  readonly siteFactor: Float64Array;
}

export interface GreedyOptions {
  readonly guide?: GreedyGuide | null;
  /** New sites to go on from instead of from none; those that are not needed are closed again. */
  readonly from?: readonly number[];
  readonly watch?: Watch | undefined;
}

/**
 * New sites (without existing and locked ones) until every share is reached, a limit binds or nothing adds anything; pruned, every rule kept
 * except a group's least when no order of filling finds room for it. When a limit keeps the shares out of reach, the first target's is maximised.
 */
export function selectGreedily(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { guide = null, from = [], watch }: GreedyOptions = {},
): number[] {
  const run: Run = { problem, choice, guide, from, watch };
  const fills = choice.rules.groups.some((group) => (group.leastSites ?? 0) > 0)
    ? fillOrders
    : [fillOrders[0]];
  let best: Outcome | null = null;
  for (const fill of fills) {
    const outcome = chooseUnder(run, fill);
    if (best === null || outcome.lacking < best.lacking) best = outcome;
    if (best.lacking === 0) break;
  }
  return best?.sites ?? [];
}

/** When groups get their least: once the shares hold; or first, by gain per yuan or by cost, so that no limit is used up before. */
const fillOrders = ['last', 'first', 'cheapest-first'] as const;
type FillOrder = (typeof fillOrders)[number];

interface Run {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly guide: GreedyGuide | null;
  readonly from: readonly number[];
  readonly watch: Watch | undefined;
}

interface Outcome {
  readonly sites: number[];
  readonly reached: boolean;
  readonly covered: number;
  readonly cost: number;
  /** Sites that groups lack. */
  readonly lacking: number;
}

/** By gain per yuan; when a limit binds also towards the first target alone and by gain alone. */
function chooseUnder(run: Run, fill: FillOrder): Outcome {
  const { choice, guide, from, problem } = run;
  let best = chooseSites(run, choice.required, 'ratio', fill);
  const isLimited = choice.budget !== null || choice.maxSites !== null;
  const isOnlyTry = guide !== null || from.length > 0 || !(isLimited || hasSiteRules(choice));
  if (guide !== null && choice.maxSites !== null && !best.reached)
    best = better(best, chooseSites(run, choice.required, 'gain', fill));
  if (best.reached || isOnlyTry) return best;
  const others = choice.required.slice(1);
  const firstOnly =
    isLimited && others.some((value) => value > 0) ? firstTargetAlone(choice) : choice.required;
  if (firstOnly !== choice.required) best = better(best, chooseSites(run, firstOnly, 'ratio', fill));
  if (problem.cost.some((yuan) => yuan !== problem.cost[0]))
    best = better(best, chooseSites(run, firstOnly, 'gain', fill));
  return best;
}

function firstTargetAlone({ required }: SelectionChoice): number[] {
  return required.map((_, target) => (target === 0 ? Number.MAX_SAFE_INTEGER : 0));
}

function dutiesOf(required: readonly number[]): Pick<Pass, 'required' | 'duties'> {
  return { required, duties: required.flatMap((value, target) => (value > 0 ? [target] : [])) };
}

function hasSiteRules({ rules }: SelectionChoice): boolean {
  return rules.spacingM !== null || rules.groups.length > 0;
}

function better(a: Outcome, b: Outcome): Outcome {
  if (a.lacking !== b.lacking) return a.lacking < b.lacking ? a : b;
  if (a.reached !== b.reached) return a.reached ? a : b;
  if (a.covered !== b.covered) return a.covered > b.covered ? a : b;
  return a.cost <= b.cost ? a : b;
}

/** Greedy and pruning in turns: what pruning pays back under a limit may open another site. */
function chooseSites(run: Run, required: readonly number[], by: 'ratio' | 'gain', fill: FillOrder): Outcome {
  const { problem, choice } = run;
  const pass = startPass(run, required, by);
  const { state, rules } = pass;
  let chosen = [...run.from];
  for (const site of chosen) openIn(pass, site);
  if (fill !== 'last') chosen.push(...fillGroups(run, pass, fill));
  for (;;) {
    const coveredBefore = state.covered.slice();
    chosen.push(...openGreedily(run, pass));
    // What cannot be reached leaves its room to the first target.
    if (!isReached(state, required))
      chosen.push(...openGreedily(run, { ...pass, ...dutiesOf(firstTargetAlone(choice)) }));
    if (fill === 'last') chosen.push(...fillGroups(run, pass, fill));
    const closable = chosen.length;
    chosen = pruneSites(state, rules, chosen, isReached(state, required) ? required : state.covered.slice());
    pass.mirror?.();
    const isStuck =
      pass.builder !== state && state.covered.every((now, target) => now <= coveredBefore[target]!);
    if (isReached(state, required) || chosen.length === closable || isStuck) break;
  }
  // Strict counts judge otherwise than the builder built: room that is left goes to what really adds.
  if (pass.builder !== state && !isReached(state, required)) {
    const last = { ...pass, ...dutiesOf(firstTargetAlone(choice)), builder: state };
    for (let more = openGreedily(run, last); more.length > 0; more = openGreedily(run, last))
      chosen.push(...more);
  }
  const lacking = rules.lacking().reduce((sum, { sites }) => sum + sites, 0);
  const outcome = {
    sites: chosen,
    reached: isReached(state, choice.required),
    covered: Math.min(state.covered[0]!, problem.targets.length === 1 ? required[0]! : Infinity),
    cost: rules.cost(),
    lacking,
  };
  giveBack(state);
  return outcome;
}

interface Pass {
  /** Judges: what is covered. */
  readonly state: CoverState;
  /** Builds: what a site adds. The same unless folds are strict. */
  readonly builder: CoverState;
  readonly rules: SiteRules;
  /** Of the first target with nothing but existing sites open (not to be written to): never less than any later gain. */
  readonly firstGain: Float64Array;
  readonly required: readonly number[];
  /** Targets with a duty. */
  readonly duties: readonly number[];
  readonly by: 'ratio' | 'gain';
  /** Scratch, one per target. */
  readonly gains: Float64Array;
  /** Brings the builder to the sites that stay; null when it is the judge itself. */
  readonly mirror: (() => void) | null;
}

function startPass(run: Run, required: readonly number[], by: 'ratio' | 'gain'): Pass {
  const { problem, choice } = run;
  const { state, gain: firstGain } = startWith(problem, choice.existing);
  for (const site of choice.locked) state.openSite(site);
  const strict = problem.fold?.counts === 'strict';
  let builder = state;
  let mirror: Pass['mirror'] = null;
  if (strict) {
    const graded = makeCoverState({ ...problem, fold: { sites: problem.fold.sites, counts: 'graded' } });
    for (const site of [...choice.existing, ...choice.locked]) graded.openSite(site);
    builder = graded;
    mirror = () => {
      for (let site = 0; site < graded.isOpen.length; site++)
        if (graded.isOpen[site] === 1 && state.isOpen[site] === 0) graded.closeSite(site);
    };
  }
  return {
    state,
    builder,
    rules: makeSiteRules(problem, choice),
    firstGain,
    ...dutiesOf(required),
    by,
    gains: new Float64Array(required.length),
    mirror,
  };
}

function isReached({ covered }: CoverState, required: readonly number[]): boolean {
  for (let target = 0; target < required.length; target++)
    if (covered[target]! < required[target]!) return false;
  return true;
}

function openIn({ state, builder, rules }: Pass, site: number): void {
  state.openSite(site);
  if (builder !== state) builder.openSite(site);
  rules.opened(site);
}

/**
 * One lazy greedy pass from the current state; returns what it opened, in order. Only sites whose key may pass a falling threshold wait in
 * the queue: it stays small, and the others are looked at again together, in their own order (measured: half the time of one queue).
 */
function openGreedily(run: Run, pass: Pass): number[] {
  const { problem, guide, watch } = run;
  const { state, builder, rules, required, by } = pass;
  const { cost, siteIds } = problem;
  if (isReached(state, required)) return [];
  const isRatio = by === 'ratio';
  const value = new Float64Array(cost.length);
  const key = isRatio ? new Float64Array(cost.length) : value;
  const lookedAt = new Int32Array(cost.length);
  const keys: Keys = { value, key, lookedAt, isRatio };
  const isExact = guide === null && pass.duties.length === 1;
  if (guide) builder.setPrices(guide.perTarget, guide.binFactor);
  fillBounds(run, pass, value);
  // The first keys hold as they are, unless several duties are cut off one by one.
  if (guide === null && !isExact) lookedAt.fill(-1);
  const most =
    isExact && builder === state ? required[pass.duties[0]!]! - state.covered[pass.duties[0]!]! : Infinity;
  const largest = fillKeys(keys, cost, state.isOpen, most);
  const before = (a: number, b: number) => {
    if (key[a] !== key[b]) return key[a]! > key[b]!;
    if (isExact && isRatio) {
      const order = compareProducts(value[a]!, cost[b]!, value[b]!, cost[a]!); // quotients may round alike
      if (order !== 0) return order > 0;
    }
    if (value[a] !== value[b]) return value[a]! > value[b]!;
    if (cost[a] !== cost[b]) return cost[a]! < cost[b]!;
    return siteIds[a]! < siteIds[b]!;
  };

  const chosen: number[] = [];
  const hopeful = new Uint32Array(cost.length);
  const below = new Float64Array(1);
  let unmet = unmetOf(state, required);
  for (let least = thresholdBelow(largest); least > 0 && unmet > 0; ) {
    const maybe = sitesAbove(key, least, hopeful, below);
    if (maybe === 0) {
      least = thresholdBelow(below[0]!);
      continue;
    }
    const hopes = lookAgain(run, pass, keys, least, hopeful, maybe, chosen.length);
    const queue = makeSiteQueue(hopeful.subarray(0, hopes), before);
    while (queue.size() > 0 && unmet > 0) {
      const site = queue.top();
      if (!rules.mayOpen(site)) {
        setKey(keys, cost, site, 0); // while nothing closes, what forbids it stays
        queue.pop();
        continue;
      }
      if (lookedAt[site] !== chosen.length) {
        lookedAt[site] = chosen.length;
        setKey(keys, cost, site, valueNow(run, pass, site));
        if (key[site]! < least) queue.pop();
        else queue.sink();
        continue;
      }
      queue.pop();
      setKey(keys, cost, site, 0);
      if (guide && !addsToDuty(pass, site)) continue;
      openIn(pass, site);
      chosen.push(site);
      const left = unmetOf(state, required);
      if (guide && left > 0 && left !== unmet) repriceUnmet(pass, guide);
      unmet = left;
      if (chosen.length % NEWS_EVERY_SITES === 0) tellNews(watch, state, required);
    }
    least *= THRESHOLD_SHARE;
  }
  if (guide) builder.setPrices(required.map((_, target) => (target === 0 ? 1 : 0)));
  return chosen;
}

/** What sites add and what orders them: all of it as it was when they were looked at last. */
interface Keys {
  readonly value: Float64Array;
  /** By gain alone the same array. */
  readonly key: Float64Array;
  /** How many sites had been chosen then; -1: a bound from the start. */
  readonly lookedAt: Int32Array;
  readonly isRatio: boolean;
}

function setKey({ value, key, isRatio }: Keys, cost: Float64Array, site: number, now: number): void {
  value[site] = now;
  if (isRatio) key[site] = now > 0 ? now / cost[site]! : 0;
}

/** From the values, which are `most` at the most and nothing where a site is open; returns the largest. */
function fillKeys(
  { value, key, isRatio }: Keys,
  cost: Float64Array,
  isOpen: Uint8Array,
  most: number,
): number {
  let largest = 0;
  for (let site = 0; site < value.length; site++) {
    const own = value[site]!;
    const now = isOpen[site] === 1 || !(own > 0) ? 0 : Math.min(own, most);
    const by = isRatio && now > 0 ? now / cost[site]! : now;
    value[site] = now;
    key[site] = by;
    if (by > largest) largest = by;
  }
  return largest;
}

/** A share of the largest key; the largest finite number when that is Infinity (sites that cost nothing). */
function thresholdBelow(largest: number): number {
  return largest === Infinity ? Number.MAX_VALUE : THRESHOLD_SHARE * largest;
}

/**
 * Sites whose key is at least this, into `into`, and how many; the largest of the other keys into `below`. By itself, so that it is fast
 * from the first plan on.
 */
function sitesAbove(key: Float64Array, least: number, into: Uint32Array, below: Float64Array): number {
  let count = 0;
  let largest = 0;
  for (let site = 0; site < key.length; site++) {
    const own = key[site]!;
    if (own >= least) into[count++] = site;
    else if (own > largest) largest = own;
  }
  below[0] = largest;
  return count;
}

/** What the first `count` of `sites` add by now; those still above the threshold come to the front, and how many they are. */
function lookAgain(
  run: Run,
  pass: Pass,
  keys: Keys,
  least: number,
  sites: Uint32Array,
  count: number,
  turn: number,
): number {
  const { cost } = run.problem;
  let left = 0;
  for (let at = 0; at < count; at++) {
    const site = sites[at]!;
    if (keys.lookedAt[site] !== turn) {
      keys.lookedAt[site] = turn;
      setKey(keys, cost, site, pass.rules.mayOpen(site) ? valueNow(run, pass, site) : 0);
    }
    if (keys.key[site]! >= least) sites[left++] = site;
  }
  return left;
}

/** What `valueNow` would say of each closed site, before cutting off; with several duties at least that. One pass over the sites. */
function fillBounds({ problem, guide }: Run, pass: Pass, into: Float64Array): void {
  const { builder, state, required, duties } = pass;
  const isPlain = guide === null && duties.length === 1;
  if (isPlain && duties[0] === 0 && builder === state && pass.rules.count() === 0) {
    into.set(pass.firstGain);
    return;
  }
  if (isPlain) builder.setPrices(required.map((_, target) => (target === duties[0] ? 1 : 0)));
  else if (guide === null) builder.setPrices(required.map((value) => (value > 0 ? 1 / value : 0)));
  const factor = isPlain ? 1 : ROUNDING;
  for (let site = 0; site < problem.cover.siteCount; site++) {
    if (builder.isOpen[site] === 1) continue;
    into[site] = builder.gain(site) * (guide ? guide.siteFactor[site]! : factor);
  }
  if (guide === null) builder.setPrices(required.map((_, target) => (target === 0 ? 1 : 0)));
}

/** What the site adds to the duties now: whole worth with one duty, shares of the duties with several, prices with a guide. */
function valueNow({ guide }: Run, { state, builder, required, duties, gains }: Pass, site: number): number {
  if (guide) return Math.max(0, builder.gain(site)) * guide.siteFactor[site]!;
  const cut = builder === state; // strict folds count otherwise than the builder does
  if (duties.length === 1) {
    const duty = duties[0]!;
    if (duty !== 0) builder.gains(site, gains);
    const gain = duty === 0 ? builder.gain(site) : gains[duty]!;
    return cut ? Math.min(gain, required[duty]! - state.covered[duty]!) : gain;
  }
  builder.gains(site, gains);
  let sum = 0;
  for (const target of duties) {
    const lacking = required[target]! - state.covered[target]!;
    if (lacking > 0) sum += (cut ? Math.min(gains[target]!, lacking) : gains[target]!) / required[target]!;
  }
  return sum;
}

/** Prices can be left over where nothing is missing any more. */
function addsToDuty({ state, builder, required, duties, gains }: Pass, site: number): boolean {
  builder.gains(site, gains);
  return duties.some((target) => gains[target]! > 0 && state.covered[target]! < required[target]!);
}

function unmetOf({ covered }: CoverState, required: readonly number[]): number {
  let unmet = 0;
  for (let target = 0; target < required.length; target++) if (covered[target]! < required[target]!) unmet++;
  return unmet;
}

/** A target that is done is worth nothing more. */
function repriceUnmet({ state, builder, required }: Pass, guide: GreedyGuide): void {
  const prices = required.map((value, target) =>
    state.covered[target]! < value ? guide.perTarget[target]! : 0,
  );
  builder.setPrices(prices, guide.binFactor);
}

function tellNews(watch: Watch | undefined, { covered }: CoverState, required: readonly number[]): void {
  if (!watch?.onNews) return;
  let done = 0;
  let total = 0;
  required.forEach((value, target) => {
    done += Math.min(covered[target]!, value);
    total += value;
  });
  watch.onNews({ stage: 'greedy', done, total, cost: null, bound: null, covered: covered[0]! });
}

/** Opens members of groups below their least: most gain in the first target per yuan, or the cheapest; the cheapest too where nothing adds. */
function fillGroups({ problem, choice }: Run, pass: Pass, fill: FillOrder): number[] {
  const { builder, state, rules } = pass;
  const { cost, siteIds } = problem;
  const { groups } = choice.rules;
  let lacking = new Set(rules.lacking().map(({ group }) => group));
  if (lacking.size === 0) return [];
  const groupsOf = new Map<number, number[]>();
  for (const group of lacking)
    for (const site of groups[group]!.sites) groupsOf.set(site, [...(groupsOf.get(site) ?? []), group]);
  const members = [...groupsOf.keys()].filter((site) => state.isOpen[site] === 0 && rules.mayOpen(site));
  const gain = new Map(members.map((site) => [site, builder.gain(site)]));
  const before = (a: number, b: number) => {
    const [gainA, gainB] = [gain.get(a)!, gain.get(b)!];
    const byRatio = fill === 'cheapest-first' ? 0 : compareProducts(gainA, cost[b]!, gainB, cost[a]!);
    if (byRatio !== 0) return byRatio > 0;
    if (cost[a] !== cost[b]) return cost[a]! < cost[b]!;
    if (gainA !== gainB) return gainA > gainB;
    return siteIds[a]! < siteIds[b]!;
  };
  const queue = makeSiteQueue(members, before);
  const chosen: number[] = [];
  while (queue.size() > 0 && lacking.size > 0) {
    const site = queue.top();
    const now = builder.gain(site);
    if (now !== gain.get(site)) {
      gain.set(site, now);
      queue.sink();
      continue;
    }
    queue.pop();
    if (!rules.mayOpen(site) || !groupsOf.get(site)!.some((group) => lacking.has(group))) continue;
    openIn(pass, site);
    chosen.push(site);
    lacking = new Set(rules.lacking().map(({ group }) => group));
  }
  return chosen;
}
