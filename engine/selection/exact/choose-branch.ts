// Which site to decide next: the one whose opening and closing both lift the bound most. Sites seen seldom are tried by a few steps of
// the dual method each way (strong branching), others trusted by what they did before (pseudo-costs; Achterberg, Koch and Martin
// 2005). A try that shows that one way leads nowhere settles the site at once.
import { runDual } from './dual-simplex.ts';
import { safeBound, safeBoundOfInfeasible } from './safe-bound.ts';
import { levelOf, OUTSIDE, readLine, type SimplexTable } from './simplex-table.ts';
import type { TableSnapshot } from './table-snapshot.ts';

/** What deciding each site did to the objective so far, per unit of its share, and how often. */
export interface BranchHistory {
  readonly closed: Float64Array;
  readonly closedTimes: Int32Array;
  readonly opened: Float64Array;
  readonly openedTimes: Int32Array;
}

export interface BranchChoice {
  /** Position of the site to decide; -1: every site is settled or whole. */
  readonly site: number;
  /** Positions that the tries settled, with the side that is left. */
  readonly settled: readonly { readonly site: number; readonly isOpen: boolean }[];
}

export function makeBranchHistory(siteCount: number): BranchHistory {
  return {
    closed: new Float64Array(siteCount),
    closedTimes: new Int32Array(siteCount),
    opened: new Float64Array(siteCount),
    openedTimes: new Int32Array(siteCount),
  };
}

/** Sites tried at the most, steps each way, and times after which the history is trusted. */
const MOST_TRIES = 8;
const TRY_STEPS = 15;
const TRUSTED_TIMES = 4;
/** Tries in a row without a better site that end the looking. */
const VAIN_TRIES = 6;
const WHOLE = 1e-6;
/** Of a lift that is not seen at all. */
const LEAST_LIFT = 1e-4;

/** The table is at its optimum, of `objective`; it is left as it was but for its pivots. */
export function chooseBranch(
  table: SimplexTable,
  snapshot: TableSnapshot,
  history: BranchHistory,
  siteCount: number,
  objective: number,
  cutoff: number,
): BranchChoice {
  const candidates = rankSites(table, history, siteCount);
  const settled: { site: number; isOpen: boolean }[] = [];
  let best = -1;
  let most = -1;
  let tries = 0;
  let vain = 0;
  const left = new Float64Array(table.structural);
  snapshot.take();
  const tryBound = (bounds: Float64Array, site: number, value: number): { lift: number; isOut: boolean } => {
    const before = bounds[site]!;
    bounds[site] = value;
    const end = runDual(table, TRY_STEPS, cutoff);
    let isOut = false;
    if (end.kind === 'above') isOut = safeBound(table, left) > cutoff;
    else if (end.kind === 'infeasible')
      isOut = safeBoundOfInfeasible(table, left, end.line, end.sign, cutoff) > cutoff;
    const reached = end.kind === 'infeasible' ? cutoff : Math.min(cutoff, end.objective);
    bounds[site] = before;
    snapshot.restore();
    return { lift: Math.max(0, reached - objective), isOut };
  };
  for (const { site, share, score, times } of candidates) {
    let own = score;
    if (times < TRUSTED_TIMES) {
      if (tries === MOST_TRIES) continue;
      tries++;
      const down = tryBound(table.high, site, 0);
      const up = tryBound(table.low, site, 1);
      history.closed[site]! += down.lift / share;
      history.closedTimes[site]!++;
      history.opened[site]! += up.lift / (1 - share);
      history.openedTimes[site]!++;
      if (down.isOut || up.isOut) settled.push({ site, isOpen: down.isOut });
      own = scoreOf(down.lift, up.lift);
    }
    if (own > most) {
      most = own;
      best = site;
      vain = 0;
    } else if (++vain >= VAIN_TRIES) break;
  }
  return { site: best, settled };
}

interface Candidate {
  readonly site: number;
  /** Between 0 and 1. */
  readonly share: number;
  readonly score: number;
  readonly times: number;
}

/** Sites that are neither open nor closed, the most promising first. */
function rankSites(table: SimplexTable, history: BranchHistory, siteCount: number): Candidate[] {
  const meanClosed = meanOf(history.closed, history.closedTimes);
  const meanOpened = meanOf(history.opened, history.openedTimes);
  const candidates: Candidate[] = [];
  const factors = new Float64Array(table.structural);
  for (let site = 0; site < siteCount; site++) {
    const share = levelOf(table, site);
    if (share <= WHOLE || share >= 1 - WHOLE) continue;
    const times = history.closedTimes[site]!;
    const closed = times > 0 ? history.closed[site]! / times : meanClosed;
    const opened = times > 0 ? history.opened[site]! / times : meanOpened;
    const [down, up] = firstLifts(table, site, share, factors);
    const score = scoreOf(Math.max(down, closed * share), Math.max(up, opened * (1 - share)));
    candidates.push({ site, share, score, times });
  }
  return candidates.sort((a, b) => b.score - a.score || a.site - b.site);
}

/** What the first step of the dual method lifts each way (Driebeek 1966). */
function firstLifts(
  table: SimplexTable,
  site: number,
  share: number,
  factors: Float64Array,
): readonly [number, number] {
  const { entries, structural, stride, width, place, tight, reduced, atHigh, low, high } = table;
  const line = -1 - place[site]!;
  readLine(table, line, factors);
  const base = line * stride;
  let down = Infinity;
  let up = Infinity;
  const see = (variable: number, factor: number): void => {
    if (factor === 0 || low[variable] === high[variable]) return;
    const ratio = Math.abs(reduced[variable]! / factor);
    if (factor > 0 === (atHigh[variable] === 0)) up = Math.min(up, ratio);
    else down = Math.min(down, ratio);
  };
  for (let column = 0; column < width; column++) see(tight[column]!, entries[base + column]!);
  for (let variable = 0; variable < structural; variable++)
    if (place[variable] === OUTSIDE) see(variable, factors[variable]!);
  return [down * share, up * (1 - share)];
}

function scoreOf(down: number, up: number): number {
  return Math.max(down, LEAST_LIFT) * Math.max(up, LEAST_LIFT);
}

function meanOf(sums: Float64Array, times: Int32Array): number {
  let sum = 0;
  let count = 0;
  for (let site = 0; site < sums.length; site++) {
    sum += sums[site]!;
    count += times[site]!;
  }
  return count === 0 ? 1 : sum / count;
}
