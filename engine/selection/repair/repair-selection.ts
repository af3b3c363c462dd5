// Strike and re-plan: what a plan becomes after sites were refused, locked or moved. Everything that may still stand stands, what is
// missing is filled around the change with the cheapest sites, and a change has a price of its own, so that few changes win unless many
// save much. A heuristic of small exact steps (best single, best pair, exchanges of one and two), every rule kept throughout.

import { checkRequest } from '../check-request.ts';
import { makeSiteReader } from '../cover/site-reader.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeWay } from './make-way.ts';
import { makeRepairRun, mayOpen, overlapsOf, type RepairRun, toggle } from './repair-run.ts';
import { type RepairReach, regionOf, type Settled, settleRepair } from './settle-repair.ts';

export interface RepairOptions {
  /** What one changed site has to save, in parts of the mean site cost. Default 0.25. */
  readonly changePrice?: number;
  /** Gains and losses to ask for in exchanges, 0 for none: the time a repair may take, in steps. Default 25 000. */
  readonly looks?: number;
  /** Sites whose footprint is another one than in the plan, and the problem as it was, so that the ground they left is filled first. */
  readonly moved?: { readonly sites: readonly number[]; readonly before: SelectionProblem | null };
}

export const repairDefaults = { changePrice: 0.25, looks: 25_000 } as const;

export interface Repair {
  readonly status: Selection['status'];
  readonly reach: RepairReach;
  /** New sites, locked ones included: those of the plan in their order, then the opened ones. */
  readonly sites: readonly number[];
  readonly opened: readonly OpenedSite[];
  readonly closed: readonly ClosedSite[];
  /** Yuan more than the plan cost before (in the prices of this problem); negative when it became cheaper. */
  readonly extraCost: number;
  readonly cost: number;
  /** Weight times worth, one per target. */
  readonly covered: readonly number[];
}

export interface OpenedSite {
  readonly site: number;
  readonly because: 'locked' | 'share';
  /** The closed site that shares most weight with it, and that weight (first target); null and 0 when none does. */
  readonly replaces: number | null;
  readonly sharedWeight: number;
}

export interface ClosedSite {
  readonly site: number;
  /** refused · a rule or limit leaves no room for it · its share is served without it. */
  readonly because: 'refused' | 'rules' | 'superfluous';
}

/**
 * `plan`: the new sites before, locked ones or not. `choice`: with the lists of now. Throws like `checkRequest`; RangeError for an
 * unknown site in `plan`.
 */
export function repairSelection(
  problem: SelectionProblem,
  choice: SelectionChoice,
  plan: readonly number[],
  options: RepairOptions = {},
): Repair {
  checkRequest(problem, choice);
  const before = newSitesOf(problem, choice, plan);
  const { changePrice = repairDefaults.changePrice, looks = repairDefaults.looks, moved } = options;
  const run = makeRepairRun(problem, choice, before, changePrice);
  const displaced = openPlan(run, before);
  const missing = before.filter((site) => run.state.isOpen[site] === 0);
  const ordered = choice.locked.filter((site) => run.inPlan[site] === 0);
  const seeds = [...new Set([...missing, ...ordered, ...(moved?.sites ?? [])])];
  const left = moved?.before ? moved.sites.flatMap((site) => groundBefore(moved.before!, problem, site)) : [];
  const region = [...new Set([...regionOf(run, seeds), ...left])];
  const settled = settleRepair(run, { seeds, region, wished: [] }, looks);
  return describeRepair(run, before, displaced, settled);
}

/** Each once, without existing stations. */
export function newSitesOf(
  { siteIds }: SelectionProblem,
  { existing }: SelectionChoice,
  plan: readonly number[],
): number[] {
  const unknown = plan.find((site) => !(site in siteIds));
  if (unknown !== undefined)
    throw new RangeError(
      `repair: site ${unknown} is unknown, expected a place among ${siteIds.length} sites`,
    );
  const standing = new Set(existing);
  return [...new Set(plan)].filter((site) => !standing.has(site));
}

/** Opens locked sites and what of the plan may still stand; returns what the rules have no room for any more. */
export function openPlan(run: RepairRun, plan: readonly number[]): Set<number> {
  const { choice, isFixed, inPlan, state } = run;
  const displaced = new Set<number>();
  const kept = choice.locked.filter((site) => inPlan[site] === 1);
  for (const site of choice.locked) isFixed[site] = 1;
  for (const site of [...kept, ...plan]) {
    if (state.isOpen[site] === 1 || run.isRefused[site] === 1) continue;
    if (mayOpen(run, site)) toggle(run, site);
    else displaced.add(site);
  }
  for (const site of choice.locked)
    if (state.isOpen[site] === 0) for (const rival of makeWay(run, site)) displaced.add(rival);
  return displaced;
}

/** Sites that share ground with where the site was. */
function groundBefore(before: SelectionProblem, problem: SelectionProblem, site: number): number[] {
  if (site >= before.cover.siteCount) return [];
  return overlapsOf(before.cover)
    .of(site)
    .filter((other) => other < problem.cover.siteCount);
}

/** The difference to `before`, listed; `mark`: the first move since. */
export function describeRepair(
  run: RepairRun,
  before: readonly number[],
  displaced: ReadonlySet<number>,
  { status, reach }: Settled,
  mark = 0,
): Repair {
  const { problem, state, rules, isFixed, isRefused } = run;
  const known = new Set(before);
  const kept = before.filter((site) => state.isOpen[site] === 1);
  const gone = before.filter((site) => state.isOpen[site] === 0);
  const made = [...new Set(run.moves.slice(mark))].filter(
    (site) => state.isOpen[site] === 1 && !known.has(site),
  );
  const shared = sharedWeights(problem, gone, made);
  return {
    status,
    reach,
    sites: [...kept, ...made],
    opened: made.map((site, index) => ({
      site,
      because: isFixed[site] === 1 ? 'locked' : 'share',
      ...shared[index]!,
    })),
    closed: gone.map((site) => ({
      site,
      because: isRefused[site] === 1 ? 'refused' : displaced.has(site) ? 'rules' : 'superfluous',
    })),
    extraCost: rules.cost() - before.reduce((sum, site) => sum + problem.cost[site]!, 0),
    cost: rules.cost(),
    covered: Array.from(state.covered),
  };
}

/** For each opened site the gone one with most weight in common; ties go to the smaller id. */
function sharedWeights(
  problem: SelectionProblem,
  gone: readonly number[],
  opened: readonly number[],
): { replaces: number | null; sharedWeight: number }[] {
  const best = opened.map((): { replaces: number | null; sharedWeight: number } => ({
    replaces: null,
    sharedWeight: 0,
  }));
  if (gone.length === 0 || opened.length === 0) return best;
  const { siteIds, targets } = problem;
  const reader = makeSiteReader(problem.cover);
  const isServed = new Uint8Array(problem.cover.binCount);
  const mark = (site: number, value: 0 | 1) => {
    const count = reader.read(site);
    for (let at = 0; at < count; at++) isServed[reader.bins[at]!] = value;
  };
  for (const replaces of gone.toSorted((a, b) => (siteIds[a]! < siteIds[b]! ? -1 : 1))) {
    mark(replaces, 1);
    opened.forEach((site, index) => {
      const count = reader.read(site);
      let sharedWeight = 0;
      for (let at = 0; at < count; at++)
        if (isServed[reader.bins[at]!] === 1) sharedWeight += targets[0].weight[reader.bins[at]!]!;
      if (sharedWeight > best[index]!.sharedWeight) best[index] = { replaces, sharedWeight };
    });
    mark(replaces, 0);
  }
  return best;
}
