// Which of the sites of the last year open when: year by year the site that adds most per yuan among those still to come, as far as the
// money of the year goes; what no longer fits is passed over for the best that does. While a year owes shares, what is missing of
// them counts (each share truncated and normalised), then its first target. Lazy: gains only fall while sites open.
import type { CoverState } from '../cover/cover-state.ts';
import { makeSiteQueue } from '../site-queue.ts';
import { type PhaseFrame, stateOfYear } from './phase-frame.ts';

/** Latest year by which a site has to be open, for sites that have to. */
export type Pins = ReadonlyMap<number, number>;

/** New sites per year, in order of opening; together `sites`. Those pinned to a year open by then at the latest. */
export function orderByYear(frame: PhaseFrame, sites: readonly number[], pins: Pins): number[][] {
  const { plan, last } = frame;
  const byYear: number[][] = [];
  const opened: number[] = [];
  const left = new Set(sites);
  const purse = makePurse(frame, pins);
  plan.years.forEach((year, index) => {
    const state = stateOfYear(frame, index, opened);
    const isLast = index === last;
    const own: number[] = [];
    const open = (site: number) => {
      state.openSite(site);
      purse.pay(site);
      left.delete(site);
      own.push(site);
    };
    const due = [...left].filter((site) => isLast || (pins.get(site) ?? last) <= index);
    fill(frame, state, index, due, () => true, open);
    const mayWait = !isLast && (year.budget !== null || year.maxSites !== null || owes(year.required, state));
    if (mayWait) {
      const ready = [...left].filter((site) => frame.earliest[site]! <= index);
      const ownLimit = year.budget !== null || year.maxSites !== null;
      fill(frame, state, index, ready, (site) => purse.fits(site, index), open, !ownLimit);
    }
    for (const site of due) if (left.has(site)) open(site);
    opened.push(...own);
    byYear.push(own);
  });
  return byYear;
}

/** The same years, each in the order of what its sites add. */
export function orderWithinYears(frame: PhaseFrame, byYear: readonly (readonly number[])[]): number[][] {
  const opened: number[] = [];
  return byYear.map((sites, year) => {
    const state = stateOfYear(frame, year, opened);
    const own: number[] = [];
    const open = (site: number) => {
      state.openSite(site);
      own.push(site);
    };
    fill(frame, state, year, sites, () => true, open);
    own.push(...sites.filter((site) => !own.includes(site)));
    opened.push(...own);
    return own;
  });
}

/** Whether any share of the year is still missing. */
function owes(required: readonly number[], { covered }: CoverState): boolean {
  return required.some((value, target) => covered[target]! < value);
}

/** Opens what adds something and fits, best per yuan first; `dutyOnly` stops when nothing is owed. */
function fill(
  frame: PhaseFrame,
  state: CoverState,
  year: number,
  sites: readonly number[],
  fits: (site: number) => boolean,
  open: (site: number) => void,
  dutyOnly = false,
): void {
  const { required } = frame.plan.years[year]!;
  const duty = owes(required, state);
  if (!duty && dutyOnly) return;
  const passed = greedyPass(frame, state, required, duty, sites, fits, open);
  if (duty && !dutyOnly) greedyPass(frame, state, required, false, passed, fits, open);
}

/** One lazy greedy run by one measure; ends when a duty is done. Returns the sites that were not opened. */
function greedyPass(
  { problem: { cost, siteIds } }: PhaseFrame,
  state: CoverState,
  required: readonly number[],
  duty: boolean,
  sites: readonly number[],
  fits: (site: number) => boolean,
  open: (site: number) => void,
): number[] {
  const into = new Float64Array(required.length);
  const key = new Map<number, number>();
  const keyOf = (site: number) => {
    state.gains(site, into);
    return duty ? dutyGain(into, state.covered, required) : into[0]!;
  };
  for (const site of sites) key.set(site, keyOf(site));
  const queue = makeSiteQueue(sites, (a, b) => {
    const left = key.get(a)! * cost[b]!;
    const right = key.get(b)! * cost[a]!;
    if (left !== right) return left > right;
    if (key.get(a) !== key.get(b)) return key.get(a)! > key.get(b)!;
    if (cost[a] !== cost[b]) return cost[a]! < cost[b]!;
    return siteIds[a]! < siteIds[b]!;
  });
  const opened = new Set<number>();
  while (queue.size() > 0 && !(duty && !owes(required, state))) {
    const site = queue.top();
    const fresh = keyOf(site);
    if (fresh < key.get(site)!) {
      key.set(site, fresh);
      if (fresh > 0) queue.sink();
      else queue.pop();
      continue;
    }
    queue.pop();
    if (fresh <= 0 || !fits(site)) continue;
    open(site);
    opened.add(site);
  }
  return sites.filter((site) => !opened.has(site));
}

/** Sum over targets of what a gain brings of the missing share, each share as 1. */
function dutyGain(gains: Float64Array, covered: Float64Array, required: readonly number[]): number {
  let sum = 0;
  for (let target = 0; target < required.length; target++) {
    const missing = required[target]! - covered[target]!;
    if (missing > 0) sum += Math.min(gains[target]!, missing) / required[target]!;
  }
  return sum;
}

interface Purse {
  /** Whether opening the site now leaves every year its money and its pinned sites theirs. */
  readonly fits: (site: number, year: number) => boolean;
  readonly pay: (site: number) => void;
}

function makePurse({ problem: { cost }, budget, maxSites, last }: PhaseFrame, pins: Pins): Purse {
  const pinnedCost = new Float64Array(last + 1);
  const pinnedSites = new Float64Array(last + 1);
  const keep = (site: number, sign: 1 | -1) => {
    for (let year = pins.get(site) ?? last + 1; year <= last; year++) {
      pinnedCost[year]! += sign * cost[site]!;
      pinnedSites[year]! += sign;
    }
  };
  for (const site of pins.keys()) keep(site, 1);
  let spent = 0;
  let sites = 0;
  return {
    fits: (site, from) => {
      const pin = pins.get(site) ?? last + 1;
      for (let year = from; year < last; year++) {
        const own = year < pin;
        if (spent + pinnedCost[year]! + (own ? cost[site]! : 0) > budget[year]!) return false;
        if (sites + pinnedSites[year]! + (own ? 1 : 0) > maxSites[year]!) return false;
      }
      return true;
    },
    pay: (site) => {
      keep(site, -1);
      spent += cost[site]!;
      sites += 1;
    },
  };
}
