// A plan on the move: what is open now, moves with their undoing, and the objective E = charge + perSite * sites - level * worth in
// which neighbourhoods are judged without looking at the rest of the city (selection reference, 8.1). Every move tells what it
// changed in E, so that nothing is ever summed over the whole plan.
import type { CoverState } from '../cover/cover-state.ts';
import type { SiteRules } from '../wishes/site-rules.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type SiteNeighbours, WINDOW_SITES } from './site-neighbours.ts';

export interface MovingPlan {
  readonly state: CoverState;
  /**
   * Bins that count nothing before they have all their sites tell a search nothing while they wait: such plans are built by what
   * graded counting says, and judged by `state`. Null where `state` tells it itself.
   */
  readonly builder: CoverState | null;
  /** Worth of `state` per worth of `builder`. */
  readonly builderScale: number;
  /** Without limits on money and count: those are held by prices, and checked where plans are kept. */
  readonly rules: SiteRules;
  /** What a site counts in E: its yuan, or 0 where only the number of sites is limited. */
  readonly charge: Float64Array;
  readonly isCandidate: Uint8Array;
  readonly neighbours: SiteNeighbours;
  readonly random: SeededRandom;
  /** Sites that must be in certain groups, by group; empty when no group asks for any. */
  readonly leastGroups: ReadonlyMap<number, ReadonlySet<number>>;
  /** Open sites that may close, the first `openCount`, in no order; and where each stands, -1 for closed ones. */
  readonly open: Int32Array;
  readonly placeOf: Int32Array;
  openCount: number;
  /** Moves since the last mark: site + 1 opened, -(site + 1) closed. */
  readonly moves: number[];
  moveCount: number;
  /** Yuan per priced unit of worth, and yuan per site beyond its charge. */
  level: number;
  perSite: number;
  readonly lists: Scratch;
}

interface Scratch {
  readonly picked: Int32Array;
  readonly window: Int32Array;
  readonly entry: Int32Array;
  readonly noise: Float64Array;
  readonly key: Float64Array;
  readonly gain: Float64Array;
  readonly stamp: Int32Array;
}

export function makeScratch(): Scratch {
  return {
    picked: new Int32Array(WINDOW_SITES),
    window: new Int32Array(WINDOW_SITES),
    entry: new Int32Array(WINDOW_SITES),
    noise: new Float64Array(WINDOW_SITES),
    key: new Float64Array(WINDOW_SITES),
    gain: new Float64Array(WINDOW_SITES),
    stamp: new Int32Array(WINDOW_SITES),
  };
}

/** What opening the site promises, in prices: its gain where gains tell enough. */
export function promiseOf({ state, builder, builderScale }: MovingPlan, site: number): number {
  return builder === null ? state.gain(site) : builder.gain(site) * builderScale;
}

/** Opens a closed site; what that changes in E. `gain` is what it promised. */
export function openInPlan(plan: MovingPlan, site: number, gain: number): number {
  const counted = plan.builder === null ? gain : plan.state.gain(site);
  enter(plan, site);
  plan.moves[plan.moveCount++] = site + 1;
  return plan.charge[site]! + plan.perSite - plan.level * counted;
}

/** Closes an open site; what that changes in E. */
export function closeInPlan(plan: MovingPlan, site: number): number {
  const loss = plan.state.loss(site);
  leave(plan, site);
  plan.moves[plan.moveCount++] = -(site + 1);
  return plan.level * loss - plan.charge[site]! - plan.perSite;
}

/** From here on moves can be taken back. */
export function markPlan(plan: MovingPlan): void {
  plan.moveCount = 0;
}

export function undoMoves(plan: MovingPlan): void {
  while (plan.moveCount > 0) {
    const move = plan.moves[--plan.moveCount]!;
    if (move > 0) leave(plan, move - 1);
    else enter(plan, -move - 1);
  }
}

/** Sites that groups still lack. */
export function lackingSites(plan: MovingPlan): number {
  if (plan.leastGroups.size === 0) return 0;
  let sum = 0;
  for (const { sites } of plan.rules.lacking()) sum += sites;
  return sum;
}

function enter(plan: MovingPlan, site: number): void {
  plan.state.openSite(site);
  plan.builder?.openSite(site);
  plan.rules.opened(site);
  plan.neighbours.opened(site);
  plan.placeOf[site] = plan.openCount;
  plan.open[plan.openCount++] = site;
}

function leave(plan: MovingPlan, site: number): void {
  plan.state.closeSite(site);
  plan.builder?.closeSite(site);
  plan.rules.closed(site);
  plan.neighbours.closed(site);
  const place = plan.placeOf[site]!;
  const last = plan.open[--plan.openCount]!;
  plan.open[place] = last;
  plan.placeOf[last] = place;
  plan.placeOf[site] = -1;
}
