// Better years for the same sites: a site trades its year with one of a later year, or moves forward into money left over, when that
// lessens what early years owe, or else raises the sum of importance times coverage. Gains are exact: the earlier site is closed in
// the years between before the others are asked. Works on one state per year; ends when nothing helps or the steps are used up.
import type { CoverState } from '../cover/cover-state.ts';
import type { Watch } from '../effort.ts';
import type { Pins } from './order-by-year.ts';
import { type PhaseFrame, stateOfYear } from './phase-frame.ts';

/** Shares closer than this are the same: they are sums of a few quotients. */
const ROUNDING = 1e-12;

/** `byYear`: new sites per year; the same sites come back, better placed. A step tries one site against all of one later year. */
export function exchangeYears(
  frame: PhaseFrame,
  byYear: readonly (readonly number[])[],
  pins: Pins,
  steps: number,
  watch: Watch = {},
): number[][] {
  const years = byYear.map((sites) => [...sites]);
  if (steps === 0 || frame.last === 0) return years;
  const desk = makeDesk(frame, years, pins);
  let left = steps;
  for (let changed = true; changed; ) {
    changed = false;
    for (let early = 0; early < frame.last; early++) {
      for (let late = early + 1; late <= frame.last; late++) {
        for (const site of [null, ...years[early]!]) {
          if (left-- <= 0 || watch.shouldStop?.()) return years;
          if (desk.trade(site, early, late)) changed = true;
        }
      }
    }
  }
  return years;
}

interface Desk {
  /** Makes the best helpful trade of this site (null: none goes) with one of the later year. */
  readonly trade: (site: number | null, early: number, late: number) => boolean;
}

function makeDesk(frame: PhaseFrame, years: number[][], pins: Pins): Desk {
  const { problem, plan, last, earliest, budget, maxSites } = frame;
  const { cost, siteIds } = problem;
  const spent = new Float64Array(last + 1);
  const count = new Float64Array(last + 1);
  const states: CoverState[] = [];
  const open: number[] = [];
  years.forEach((sites, year) => {
    open.push(...sites);
    states.push(stateOfYear(frame, year, open));
    count[year] = open.length;
    spent[year] = open.reduce((sum, site) => sum + cost[site]!, 0);
  });
  const gains = new Float64Array(plan.years[0]!.required.length);

  const fits = (more: number, sites: number, early: number, late: number) => {
    for (let year = early; year < late; year++)
      if (spent[year]! + more > budget[year]! || count[year]! + sites > maxSites[year]!) return false;
    return true;
  };
  /** Owed shares and worth of the years from `early` to before `late`, with `site` open besides. */
  const judge = (site: number | null, early: number, late: number): [owed: number, worth: number] => {
    let owed = 0;
    let worth = 0;
    for (let year = early; year < late; year++) {
      const { required, importance } = plan.years[year]!;
      const { covered, gains: ask } = states[year]!;
      if (site === null) gains.fill(0);
      else ask(site, gains);
      worth += importance * (covered[0]! + gains[0]!);
      for (let target = 0; target < required.length; target++) {
        const missing = required[target]! - covered[target]! - gains[target]!;
        if (missing > 0) owed += missing / required[target]!;
      }
    }
    return [owed, worth];
  };
  const openIn = (site: number | null, early: number, late: number) => {
    if (site !== null) for (let year = early; year < late; year++) states[year]!.openSite(site);
  };
  const closeIn = (site: number | null, early: number, late: number) => {
    if (site !== null) for (let year = early; year < late; year++) states[year]!.closeSite(site);
  };

  return {
    trade: (site, early, late) => {
      const limited = plan.years[early]!.budget !== null || plan.years[early]!.maxSites !== null;
      if (site === null ? !limited : (pins.get(site) ?? last) < late || !years[early]!.includes(site))
        return false;
      const freed = site === null ? 0 : cost[site]!;
      let [bestOwed, bestWorth] = judge(null, early, late);
      let best: number | null = null;
      closeIn(site, early, late);
      for (const other of years[late]!) {
        const more = cost[other]! - freed;
        if (earliest[other]! > early || (!limited && more > 0)) continue;
        if (!fits(more, site === null ? 1 : 0, early, late)) continue;
        const [owed, worth] = judge(other, early, late);
        const less = owed < bestOwed - ROUNDING;
        const same = !less && owed <= bestOwed + ROUNDING;
        const wins =
          worth > bestWorth || (best !== null && worth === bestWorth && siteIds[other]! < siteIds[best]!);
        if (!less && !(same && wins)) continue;
        bestOwed = owed;
        bestWorth = worth;
        best = other;
      }
      if (best === null) {
        openIn(site, early, late);
        return false;
      }
      openIn(best, early, late);
      for (let year = early; year < late; year++) {
        spent[year]! += cost[best]! - freed;
        count[year]! += site === null ? 1 : 0;
      }
      years[late]!.splice(years[late]!.indexOf(best), 1);
      years[early]!.push(best);
      if (site !== null) {
        years[early]!.splice(years[early]!.indexOf(site), 1);
        years[late]!.push(site);
      }
      return true;
    },
  };
}
