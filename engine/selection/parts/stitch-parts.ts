// Plans of parts as one plan: every site once, rules kept across borders, what became superfluous closed, what is missing opened, and the
// borders searched again, where every part saw only its own side; the inside of the parts stays as it is meanwhile. A short search over
// everything ends it, because shares were guessed: what one part has too much of closes a site in another.

import { compareProducts } from '../compare-products.ts';
import type { CoverState } from '../cover/cover-state.ts';
import { eachPiece } from '../cover/site-pieces.ts';
import type { Watch } from '../effort.ts';
import { giveBack, startWith } from '../problem-facts.ts';
import { type ImproveGuide, improveSelection } from '../search/improve-selection.ts';
import { pruneSites } from '../search/prune-sites.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteQueue } from '../site-queue.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import type { SiteRules } from '../wishes/site-rules.ts';
import { mainPart, type PartMap } from './split-problem.ts';

/** Steps over everything at the end, so that what one part has too much of closes another's. */
const WHOLE_SHARE = 0.1;

/** New sites of one part without the locked ones, in the numbers of the whole. */
export interface PartSites {
  readonly part: number;
  readonly sites: readonly number[];
}

/**
 * New sites without the locked ones, ascending. `choice.required` has to be reachable. Every rule is kept, except a group's least when nothing of the group
 * may open. `improveSteps`: of the whole; the borders get their share by candidates.
 */
export function stitchParts(
  problem: SelectionProblem,
  choice: SelectionChoice,
  map: PartMap,
  plans: readonly PartSites[],
  guide: ImproveGuide | null,
  effort: { readonly improveSteps: number; readonly seed: number },
  watch: Watch = {},
): number[] {
  const joined = joinSites(problem, choice, map, plans);
  const filled = selectGreedily(problem, choice, { from: joined, watch });
  if (effort.improveSteps === 0 || watch.shouldStop?.()) return filled.sort((a, b) => a - b);
  const improved = improveBorders(problem, choice, map, filled, guide, effort, watch);
  const { improveSteps, seed } = effort;
  const steps = Math.ceil(WHOLE_SHARE * improveSteps);
  const { sites } = improveSelection(problem, choice, improved, guide, { steps, seed }, watch);
  return selectGreedily(problem, choice, { from: sites, watch }).sort((a, b) => a - b);
}

/** The sites of all parts that may stand together, the superfluous closed again, within every limit. */
function joinSites(
  problem: SelectionProblem,
  choice: SelectionChoice,
  map: PartMap,
  plans: readonly PartSites[],
): number[] {
  const { state } = startWith(problem, choice.existing);
  for (const site of choice.locked) state.openSite(site);
  // money and count only once it is known who is superfluous
  const rules = makeSiteRules(problem, { ...choice, budget: null, maxSites: null });
  const joined: number[] = [];
  const open = (site: number) => {
    if (state.isOpen[site] === 1 || !rules.mayOpen(site)) return;
    state.openSite(site);
    rules.opened(site);
    joined.push(site);
  };
  // on a border the side that has most of a site is heard first
  for (const { part, sites } of plans) for (const site of sites) if (mainPart(map, site) === part) open(site);
  for (const { sites } of plans) for (const site of sites) open(site);
  const staying = pruneSites(state, rules, joined, choice.required);
  const sites = closeBeyond(state, rules, staying, choice);
  giveBack(state);
  return sites;
}

/** Smallest loss per yuan first until money and count suffice. */
function closeBeyond(
  state: CoverState,
  rules: SiteRules,
  sites: readonly number[],
  { budget, maxSites }: SelectionChoice,
): number[] {
  const isBeyond = () =>
    (budget !== null && rules.cost() > budget) || (maxSites !== null && rules.count() > maxSites);
  if (!isBeyond()) return [...sites];
  const { cost, siteIds } = state.problem;
  const loss = new Float64Array(cost.length);
  for (const site of sites) loss[site] = state.loss(site);
  const isCounted = budget === null || rules.cost() <= budget;
  const priceOf = (site: number) => (isCounted ? 1 : cost[site]!);
  const before = (a: number, b: number) => {
    const order = compareProducts(loss[a]!, priceOf(b), loss[b]!, priceOf(a));
    if (order !== 0) return order < 0;
    if (cost[a] !== cost[b]) return cost[a]! > cost[b]!;
    return siteIds[a]! > siteIds[b]!;
  };
  const closeWhere = (mayClose: (site: number) => boolean) => {
    const queue = makeSiteQueue(
      sites.filter((site) => state.isOpen[site] === 1),
      before,
    );
    while (queue.size() > 0 && isBeyond()) {
      const site = queue.top();
      const now = state.loss(site);
      if (now !== loss[site]) {
        loss[site] = now;
        queue.sink();
        continue;
      }
      queue.pop();
      if (!mayClose(site)) continue;
      state.closeSite(site);
      rules.closed(site);
    }
  };
  closeWhere(rules.mayClose);
  closeWhere(() => true); // a group's least does not excuse passing a limit
  return sites.filter((site) => state.isOpen[site] === 1);
}

/** Ruin and recreate among the candidates that share a bin with an open site of several parts; all others stay as they are. */
function improveBorders(
  problem: SelectionProblem,
  choice: SelectionChoice,
  map: PartMap,
  plan: readonly number[],
  guide: ImproveGuide | null,
  { improveSteps, seed }: { readonly improveSteps: number; readonly seed: number },
  watch: Watch,
): readonly number[] {
  const isNear = borderSites(problem, map, plan);
  let near = 0;
  for (const is of isNear) near += is;
  const steps = Math.ceil((improveSteps * near) / isNear.length);
  if (near === 0) return plan;
  const inside = plan.filter((site) => isNear[site] === 0);
  const isKept = new Set([...choice.existing, ...choice.locked, ...inside]);
  const refused = [...choice.refused];
  for (let site = 0; site < isNear.length; site++)
    if (isNear[site] === 0 && !isKept.has(site)) refused.push(site);
  const { sites } = improveSelection(
    problem,
    { ...choice, locked: [...choice.locked, ...inside], refused },
    plan.filter((site) => isNear[site] === 1),
    guide,
    { steps, seed },
    watch,
  );
  return [...inside, ...sites];
}

/** 1 for every candidate that serves a bin beside an open site of several parts. */
function borderSites(problem: SelectionProblem, map: PartMap, plan: readonly number[]): Uint8Array {
  const isNear = new Uint8Array(problem.cost.length);
  const isBeside = new Uint8Array(problem.cover.binCount);
  const { siteStarts } = map;
  for (const site of plan)
    if (siteStarts[site + 1]! - siteStarts[site]! > 1)
      eachPiece(problem.cover, site, (first, length) => {
        isBeside.fill(1, first, first + length);
      });
  for (let site = 0; site < isNear.length; site++)
    eachPiece(problem.cover, site, (first, length) => {
      for (let bin = first; bin < first + length && isNear[site] === 0; bin++)
        if (isBeside[bin] === 1) isNear[site] = 1;
    });
  return isNear;
}
