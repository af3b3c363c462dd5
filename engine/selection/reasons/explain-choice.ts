// Reasons for one site of a plan, or for one that is not in it: what it gave in its turn, what would go with it now, who could stand in and
// at what price, which rule placed it or keeps it out. Prices are tried out by a local repair on the plan and taken back, so
// an answer takes milliseconds.

import type { CoverState } from '../cover/cover-state.ts';
import { makeCoverState } from '../cover/make-cover-state.ts';
import { makeSiteReader, type SiteReader } from '../cover/site-reader.ts';
import { closeSuperfluous } from '../repair/close-superfluous.ts';
import { exchangeNear } from '../repair/exchange-near.ts';
import { fillShortage } from '../repair/fill-shortage.ts';
import {
  makeRepairRun,
  mayOpen,
  priceOf,
  type RepairRun,
  revert,
  shortageOf,
  toggle,
  worthOf,
} from '../repair/repair-run.ts';
import { newSitesOf, openPlan } from '../repair/repair-selection.ts';
import { regionOf } from '../repair/settle-repair.ts';
import type { Selection, SelectionChoice, SelectionProblem, SelectionStep } from '../selection-problem.ts';
import type { SiteRuleBreach } from '../wishes/site-rules.ts';

export interface ChosenReason {
  readonly site: number;
  readonly placedBy: SelectionStep['placedBy'];
  /** Place in the order of the plan, from 0, and weight times worth per target that it added in that turn. */
  readonly turn: number;
  readonly gains: readonly number[];
  /** What would be lost without it now, one per target. */
  readonly losses: readonly number[];
  /** Yuan by which its price is above what it earns in the prices of the certificate; null without them. */
  readonly reducedCost: number | null;
  /** Yuan more for the cheapest plan found without it; null when its neighbours cannot make up for it, or for an existing station. */
  readonly extraCostWithout: number | null;
  readonly substitutes: readonly Substitute[];
}

export interface Substitute {
  readonly site: number;
  /** Part of the shortage without the chosen site that this one ends, 0..1. */
  readonly endsShare: number;
  /** Yuan more for the plan with this one instead, shares restored; null when neighbours cannot restore them. */
  readonly extraCost: number | null;
  /** Further sites that it needs beside it, and those that may go with it. */
  readonly alsoOpened: readonly number[];
  readonly alsoClosed: readonly number[];
}

/**
 * unavailable: serves no bin · refused · covered: others serve (nearly) all of its bins · blocked: a rule or limit · too-dear: insisting on
 * it costs more · not-needed: it would cost nothing more, and the plan does as well without it.
 */
export type UnchosenCause = 'unavailable' | 'refused' | 'covered' | 'blocked' | 'too-dear' | 'not-needed';

export interface UnchosenReason {
  readonly site: number;
  readonly cause: UnchosenCause;
  /** Weight times worth, one per target: what it would add now, and what it would cover all alone. */
  readonly gains: readonly number[];
  readonly alone: readonly number[];
  /** Open sites that share most weight with it (first target), most first. */
  readonly coveredBy: readonly { readonly site: number; readonly sharedWeight: number }[];
  readonly breaches: readonly SiteRuleBreach[];
  readonly reducedCost: number | null;
  /** Price at which it would pay in the prices of the certificate; null without them. */
  readonly breakEvenCost: number | null;
  /** Yuan more for the plan with this site insisted on; null when it cannot open. */
  readonly extraCostWith: number | null;
  /** Price at which that plan would cost as much as this one; null when it cannot open. */
  readonly breakEvenInPlan: number | null;
}

export interface Explainer {
  /** RangeError for a site that the plan has not, or has. */
  readonly chosen: (site: number) => ChosenReason;
  readonly unchosen: (site: number) => UnchosenReason;
}

export interface ExplainOptions {
  /** Reduced cost of every site, from `boundOf` or `findPrices`. */
  readonly reduced?: Float64Array | null;
  readonly substitutes?: number;
  /** The other configurations of a site's place: without the site none of them stands in. */
  readonly siblingsOf?: (site: number) => readonly number[];
}

const noSiblings = (): readonly number[] => [];

const NAME_AT_MOST = 5;
/** A site counts as covered by others when it would add at the most this part of what it covers alone. */
const SMALL_SHARE = 0.02;
/** Gains and losses asked for per price tried out. */
const LOOKS = 400;

/** Takes one pass over the chosen sites; answers share the state and leave it as it was. */
export function makeExplainer(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
  { reduced = null, substitutes = NAME_AT_MOST, siblingsOf = noSiblings }: ExplainOptions = {},
): Explainer {
  const plan = newSitesOf(
    problem,
    choice,
    selection.steps.map(({ site }) => site),
  );
  const run = makeRepairRun(problem, choice, plan, 0);
  openPlan(run, plan);
  const turns = new Map(selection.steps.map(({ site }, turn) => [site, turn]));
  const gainsInTurn = replay(problem, selection.steps);
  const existing = new Set(choice.existing);
  const tools = { reader: makeSiteReader(problem.cover), empty: makeCoverState(problem) };
  return {
    chosen: (site) => {
      const turn = turns.get(site);
      if (turn === undefined) throw new RangeError(`explain: site ${site} is not in the plan`);
      const losses = new Float64Array(problem.targets.length);
      run.state.losses(site, losses);
      const stands = existing.has(site);
      return {
        site,
        placedBy: selection.steps[turn]!.placedBy,
        turn,
        gains: gainsInTurn[turn]!,
        losses: Array.from(losses),
        reducedCost: stands || reduced === null ? null : reduced[site]!,
        ...(stands
          ? { extraCostWithout: null, substitutes: [] }
          : insteadOf(run, site, siblingsOf(site), substitutes)),
      };
    },
    unchosen: (site) => {
      if (turns.has(site) || !(site in problem.siteIds))
        throw new RangeError(`explain: site ${site} is in the plan or unknown, expected a closed site`);
      return whyNot(run, tools, site, reduced);
    },
  };
}

function replay(problem: SelectionProblem, steps: readonly SelectionStep[]): number[][] {
  const state = makeCoverState(problem);
  return steps.map(({ site }) => {
    const before = state.covered.slice();
    state.openSite(site);
    return Array.from(state.covered, (covered, target) => covered - before[target]!);
  });
}

/** What the plan costs without the site, and with each of its best substitutes. */
function insteadOf(
  run: RepairRun,
  site: number,
  siblings: readonly number[],
  most: number,
): Pick<ChosenReason, 'extraCostWithout' | 'substitutes'> {
  const { isRefused, moves, rules } = run;
  const before = rules.cost();
  const mark = moves.length;
  const region = regionOf(run, [site]);
  const barred = [site, ...siblings].filter((one) => isRefused[one] === 0);
  for (const one of barred) isRefused[one] = 1;
  toggle(run, site);
  const shortage = shortageOf(run);
  const offers = region
    .filter((other) => mayOpen(run, other))
    .map((other) => ({ other, worth: worthOf(run, other) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth || comparePrice(run, a.other, b.other));
  const helpful = [
    ...offers.map(({ other }) => other),
    ...region.filter((other) => run.state.isOpen[other] === 1),
  ];
  const closed = moves.length;
  const substitutes = offers.slice(0, most).map(({ other, worth }): Substitute => {
    const extraCost = extraCostOf(run, [other], helpful, before, 0);
    const changed = [...new Set(moves.slice(closed))].filter((one) => one !== other);
    const substitute = {
      site: other,
      endsShare: shortage > 0 ? worth / shortage : 1,
      extraCost,
      alsoOpened: changed.filter((one) => run.state.isOpen[one] === 1 && run.inPlan[one] === 0),
      alsoClosed: changed.filter((one) => run.state.isOpen[one] === 0 && run.inPlan[one] === 1),
    };
    revert(run, closed);
    return substitute;
  });
  const extraCostWithout = extraCostOf(run, [], region, before, LOOKS);
  revert(run, mark);
  for (const one of barred) isRefused[one] = 0;
  return { extraCostWithout, substitutes };
}

function comparePrice(run: RepairRun, a: number, b: number): number {
  return priceOf(run, a) - priceOf(run, b) || (run.problem.siteIds[a]! < run.problem.siteIds[b]! ? -1 : 1);
}

/** Yuan more than `before` with these sites open and the shares restored around them; null when they are not. Leaves the moves. */
function extraCostOf(
  run: RepairRun,
  insisted: readonly number[],
  region: readonly number[],
  before: number,
  looks: number,
): number | null {
  const { isFixed } = run;
  for (const site of insisted) {
    toggle(run, site);
    isFixed[site] = 1;
  }
  fillShortage(run, region, region, looks);
  closeSuperfluous(run, region);
  exchangeNear(run, region, [], looks);
  for (const site of insisted) isFixed[site] = 0;
  return shortageOf(run) > 0 ? null : run.rules.cost() - before;
}

/** What is made once for all answers. */
interface Tools {
  readonly reader: SiteReader;
  /** Nothing open. */
  readonly empty: CoverState;
}

function whyNot(run: RepairRun, tools: Tools, site: number, reduced: Float64Array | null): UnchosenReason {
  const { problem, state, rules, isRefused, moves } = run;
  const gains = new Float64Array(problem.targets.length);
  state.gains(site, gains);
  const { alone, coveredBy } = compareWithOpen(run, tools, site);
  const breaches = rules.whyNot(site);
  let extraCostWith: number | null = null;
  if (mayOpen(run, site)) {
    const mark = moves.length;
    extraCostWith = extraCostOf(run, [site], regionOf(run, [site]), rules.cost(), LOOKS);
    revert(run, mark);
  }
  const cost = problem.cost[site]!;
  const reducedCost = reduced === null ? null : reduced[site]!;
  const { serves, isCovered } =
    problem.fold?.counts === 'strict'
      ? standingAmongServers(run, tools, site)
      : {
          serves: alone.some((weight) => weight > 0),
          isCovered: gains.every((gain, target) => gain <= SMALL_SHARE * alone[target]!),
        };
  const cause: UnchosenCause = !serves
    ? 'unavailable'
    : isRefused[site] === 1
      ? 'refused'
      : isCovered
        ? 'covered'
        : breaches.length > 0
          ? 'blocked'
          : extraCostWith !== null && extraCostWith > 0
            ? 'too-dear'
            : 'not-needed';
  return {
    site,
    cause,
    gains: Array.from(gains),
    alone,
    coveredBy,
    breaches: isRefused[site] === 1 ? [{ rule: 'refused', with: null }, ...breaches] : breaches,
    reducedCost,
    breakEvenCost: reducedCost === null ? null : Math.max(0, cost - reducedCost),
    extraCostWith,
    breakEvenInPlan: extraCostWith === null ? null : Math.max(0, cost - extraCostWith),
  };
}

/**
 * Where bins count all or nothing a site alone covers nothing, and may add nothing for want of a second one: it is covered when nearly
 * all of its weight has enough servers without it.
 */
function standingAmongServers(
  { problem, state, overlaps }: RepairRun,
  { reader }: Tools,
  site: number,
): { readonly serves: boolean; readonly isCovered: boolean } {
  const { cover, fold, targets } = problem;
  const own = reader.bins.slice(0, reader.read(site));
  const servers = new Uint32Array(cover.binCount);
  for (const other of overlaps.of(site)) {
    if (state.isOpen[other] !== 1) continue;
    const count = reader.read(other);
    for (let at = 0; at < count; at++) servers[reader.bins[at]!]!++;
  }
  let serves = false;
  const isCovered = targets.every(({ weight }) => {
    let whole = 0;
    let lacking = 0;
    for (const bin of own) {
      whole += weight[bin]!;
      if (servers[bin]! < (fold?.sites[bin] ?? 1)) lacking += weight[bin]!;
    }
    serves ||= whole > 0;
    return lacking <= SMALL_SHARE * whole;
  });
  return { serves, isCovered };
}

/** What the site covers with nothing else open, and which open sites share its weight. */
function compareWithOpen(
  { problem, state, overlaps }: RepairRun,
  { reader, empty }: Tools,
  site: number,
): Pick<UnchosenReason, 'alone' | 'coveredBy'> {
  const alone = new Float64Array(problem.targets.length);
  empty.gains(site, alone);
  const isOwn = new Uint8Array(problem.cover.binCount);
  const own = reader.read(site);
  for (let at = 0; at < own; at++) isOwn[reader.bins[at]!] = 1;
  const { weight } = problem.targets[0];
  const sharedWith = (other: number): number => {
    const count = reader.read(other);
    let sum = 0;
    for (let at = 0; at < count; at++) if (isOwn[reader.bins[at]!] === 1) sum += weight[reader.bins[at]!]!;
    return sum;
  };
  const coveredBy = overlaps
    .of(site)
    .filter((other) => state.isOpen[other] === 1)
    .map((other) => ({ site: other, sharedWeight: sharedWith(other) }))
    .filter(({ sharedWeight }) => sharedWeight > 0)
    .sort(
      (a, b) =>
        b.sharedWeight - a.sharedWeight || (problem.siteIds[a.site]! < problem.siteIds[b.site]! ? -1 : 1),
    )
    .slice(0, NAME_AT_MOST);
  return { alone: Array.from(alone), coveredBy };
}
