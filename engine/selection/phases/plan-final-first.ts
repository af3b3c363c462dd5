// Years from the end: solve the last year, then decide which of its sites open when. A year that falls short of its duties is forced
// to keep them, first with sites of the last year, then with any candidate, after which the last year is solved again around them.
import type { Effort, Watch } from '../effort.ts';
import { repairSelection } from '../repair/repair-selection.ts';
import type { Selection } from '../selection-problem.ts';
import { settleSelection } from '../solve-selection.ts';
import { exchangeYears } from './exchange-years.ts';
import { orderByYear, orderWithinYears, type Pins } from './order-by-year.ts';
import { choiceOfYear, type PhaseFrame, problemOfYear, stateOfYear } from './phase-frame.ts';
import type { PhaseOutcome, PlannedYears } from './phase-plan.ts';
import { ceilingOfYear, newSitesOf, reached } from './phase-steps.ts';

/** Sites with the year by which they have to be open. */
type PinMap = Map<number, number>;

export function planFinalFirst(
  frame: PhaseFrame,
  effort: Effort,
  watch: Watch,
  keep: readonly number[] | null = null,
): PlannedYears {
  const short = new Map<number, PhaseOutcome['status']>();
  /** Years pinned since the last year was solved. */
  const tried = new Set<number>();
  let isForced = false;
  let pins: PinMap = new Map();
  let last = solveLast(frame, pins, effort, watch, keep);
  for (;;) {
    const sites = newSitesOf(last);
    const byYear = orderByYear(frame, sites, pins);
    const better = exchangeYears(frame, byYear, pins, effort.improveSteps, watch);
    const year = firstShort(frame, better, short);
    if (year < 0) return { byYear: orderWithinYears(frame, better), last, short, isAhead: !isForced };
    const inside = solveYear(frame, year, pins, new Set(sites), effort, watch);
    if (reached(inside)) {
      if (tried.has(year)) short.set(year, 'years-bind');
      tried.add(year);
      pins = pinned(pins, newSitesOf(inside), year);
      continue;
    }
    const anywhere = solveYear(frame, year, pins, null, effort, watch);
    if (!reached(anywhere)) {
      short.set(year, whyShort(frame, year, pins, anywhere, effort, watch));
      continue;
    }
    const wider = pinned(upTo(pins, year), newSitesOf(anywhere), year);
    const again = solveLast(frame, wider, effort, watch, keep);
    if (reached(last) && !reached(again)) {
      short.set(year, 'years-bind');
      continue;
    }
    pins = wider;
    isForced = true;
    tried.clear();
    last = again;
  }
}

/** The last year as one target problem around the pinned sites, or with few changes from `keep`; without any share it buys as much as it may. */
function solveLast(
  frame: PhaseFrame,
  pins: Pins,
  effort: Effort,
  watch: Watch,
  keep: readonly number[] | null,
): Selection {
  const choice = choiceOfYear(frame, frame.last, [...pins.keys()]);
  const { required, budget, maxSites } = frame.plan.years[frame.last]!;
  const strives = required.every((value) => value === 0) && (budget !== null || maxSites !== null);
  const most = required.map((value, target) =>
    strives && target === 0 ? ceilingOfYear(frame, frame.last) : value,
  );
  const problem = problemOfYear(frame, frame.last);
  const wanted = { ...choice, required: most };
  if (keep === null) return frame.solve(problem, wanted, effort, watch);
  return settleSelection(problem, wanted, repairSelection(problem, wanted, keep).sites, effort, watch);
}

/** The first early year that owes a share and has not been given up; -1: none. */
function firstShort(
  frame: PhaseFrame,
  byYear: readonly (readonly number[])[],
  short: ReadonlyMap<number, unknown>,
): number {
  const open: number[] = [];
  for (let year = 0; year < frame.last; year++) {
    open.push(...byYear[year]!);
    const { required } = frame.plan.years[year]!;
    if (short.has(year) || required.every((value) => value === 0)) continue;
    const { covered } = stateOfYear(frame, year, open);
    if (required.some((value, target) => covered[target]! < value)) return year;
  }
  return -1;
}

/** An early year as a target problem on top of what is pinned to it or earlier, with these sites or (null) with all. */
function solveYear(
  frame: PhaseFrame,
  year: number,
  pins: Pins,
  among: ReadonlySet<number> | null,
  effort: Effort,
  watch: Watch,
): Selection {
  const choice = choiceOfYear(frame, year, [...upTo(pins, year).keys()]);
  const refused =
    among === null ? choice.refused : refusedBeside(choice.refused, choice.existing, among, frame);
  return frame.solve(problemOfYear(frame, year), { ...choice, refused }, effort, watch);
}

function refusedBeside(
  refused: readonly number[],
  existing: readonly number[],
  among: ReadonlySet<number>,
  { earliest }: PhaseFrame,
): number[] {
  const gone = new Set(refused);
  const standing = new Set(existing);
  return Array.from(earliest.keys()).filter(
    (site) => gone.has(site) || !(among.has(site) || standing.has(site)),
  );
}

/** A year that fails beside earlier years but not alone is bound by them. */
function whyShort(
  frame: PhaseFrame,
  year: number,
  pins: Pins,
  failed: Selection,
  effort: Effort,
  watch: Watch,
): PhaseOutcome['status'] {
  if (upTo(pins, year).size === 0) return failed.status;
  const alone = solveYear(frame, year, new Map(), null, effort, watch);
  return reached(alone) ? 'years-bind' : alone.status;
}

function upTo(pins: Pins, year: number): PinMap {
  return new Map([...pins].filter(([, by]) => by <= year));
}

/** The same pins and these sites by `year`; what was due earlier stays so. */
function pinned(pins: Pins, sites: readonly number[], year: number): PinMap {
  const more = new Map(pins);
  for (const site of sites) more.set(site, Math.min(year, pins.get(site) ?? year));
  return more;
}
