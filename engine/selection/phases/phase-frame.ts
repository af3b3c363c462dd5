// What each year of a phased plan may use: stations still standing, sites that may open by then, money and places left beside what
// is locked for later. One frame per plan; every way of planning the years reads it.

import type { CoverState } from '../cover/cover-state.ts';
import { makeCoverState } from '../cover/make-cover-state.ts';
import type { SelectionChoice, SelectionProblem, SelectionRules } from '../selection-problem.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import type { PhasePlan, SolveYear } from './phase-plan.ts';

export interface PhaseFrame {
  readonly problem: SelectionProblem;
  /** The problem with the demand of each year. */
  readonly problems: readonly SelectionProblem[];
  readonly plan: PhasePlan;
  readonly solve: SolveYear;
  /** Index of the last year. */
  readonly last: number;
  /** Per site the first year in which it may open; `last + 1`: never. */
  readonly earliest: Int32Array;
  /** Per year the most that new sites may cost and count so that later years keep theirs too; Infinity: no limit. */
  readonly budget: Float64Array;
  readonly maxSites: Float64Array;
}

export function makePhaseFrame(problem: SelectionProblem, plan: PhasePlan, solve: SolveYear): PhaseFrame {
  const { years } = plan;
  const limits = (of: (year: (typeof years)[number]) => number | null) => {
    const most = Float64Array.from(years, (year) => of(year) ?? Infinity);
    for (let year = years.length - 2; year >= 0; year--) most[year] = Math.min(most[year]!, most[year + 1]!);
    return most;
  };
  return {
    problem,
    problems: years.map(({ targets }) => (targets === null ? problem : { ...problem, targets })),
    plan,
    solve,
    last: years.length - 1,
    earliest: earliestYears(problem, plan),
    budget: limits((year) => year.budget),
    maxSites: limits((year) => year.maxSites),
  };
}

/** Spacing to a station lasts as long as the station; what stands against a locked site never opens. */
function earliestYears(problem: SelectionProblem, plan: PhasePlan): Int32Array {
  const { years, choice, availableFrom } = plan;
  const earliest = new Int32Array(problem.cost.length);
  const locked = new Set(choice.locked);
  const never = years.length;
  const rulesOf = (year: number, beside: readonly number[]) =>
    makeSiteRules(problem, {
      ...choice,
      existing: standingIn(plan, year),
      locked: beside,
      refused: [],
      required: [],
      budget: null,
      maxSites: null,
    });
  const free = years.map((_, year) => rulesOf(year, []));
  const beside = years.map((_, year) => rulesOf(year, choice.locked));
  for (let site = 0; site < earliest.length; site++) {
    let year = Math.min(never, availableFrom?.[site] ?? 0);
    const rules = locked.has(site) ? free : beside;
    while (year < never && !rules[year]!.mayOpen(site)) year++;
    earliest[site] = year;
  }
  for (const site of [...choice.refused, ...choice.existing]) earliest[site] = never;
  return earliest;
}

/** Existing stations that still stand at the end of this year. */
export function standingIn({ years, choice }: PhasePlan, year: number): number[] {
  const gone = new Set(years.slice(0, year + 1).flatMap(({ demolished }) => demolished));
  return choice.existing.filter((site) => !gone.has(site));
}

/** The problem with the demand of this year. */
export function problemOfYear({ problems }: PhaseFrame, year: number): SelectionProblem {
  return problems[year]!;
}

/** A state of this year with its stations and these new sites open. */
export function stateOfYear(frame: PhaseFrame, year: number, sites: Iterable<number>): CoverState {
  const state = makeCoverState(problemOfYear(frame, year));
  for (const site of standingIn(frame.plan, year)) state.openSite(site);
  for (const site of sites) state.openSite(site);
  return state;
}

/** What this year may do if it stood alone: the widest choice any nested plan has in this year, for bounds. */
export function choiceOfYearAlone(frame: PhaseFrame, year: number): SelectionChoice {
  const { plan, last, earliest } = frame;
  const refused: number[] = [];
  const standing = standingIn(plan, year);
  const stands = new Set(standing);
  for (let site = 0; site < earliest.length; site++)
    if (earliest[site]! > year && !stands.has(site)) refused.push(site);
  return {
    required: plan.years[year]!.required,
    budget: finiteOr(frame.budget[year]!, null),
    maxSites: finiteOr(frame.maxSites[year]!, null),
    existing: standing,
    locked: year === last ? plan.choice.locked : [],
    refused,
    rules: year === last ? plan.choice.rules : withoutLeast(plan.choice.rules),
  };
}

/** What this year may do when these sites are open already: locked sites of later years keep their money and their places. */
export function choiceOfYear(frame: PhaseFrame, year: number, opened: readonly number[]): SelectionChoice {
  const alone = choiceOfYearAlone(frame, year);
  const { problem, plan, last } = frame;
  const open = new Set(opened);
  const later = plan.choice.locked.filter((site) => !open.has(site));
  if (year === last) return { ...alone, locked: [...opened, ...later] };
  const kept = later.reduce((sum, site) => sum + problem.cost[site]!, 0);
  const budget = Math.min(frame.budget[year]!, frame.budget[last]! - kept);
  const maxSites = Math.min(frame.maxSites[year]!, frame.maxSites[last]! - later.length);
  return {
    ...alone,
    locked: opened,
    budget: finiteOr(Math.max(0, budget), null),
    maxSites: finiteOr(Math.max(0, maxSites), null),
    rules: keepPlaces(alone.rules, later, problem.cost),
  };
}

function finiteOr<T>(value: number, otherwise: T): number | T {
  return Number.isFinite(value) ? value : otherwise;
}

function withoutLeast({ spacingM, groups }: SelectionRules): SelectionRules {
  return { spacingM, groups: groups.map((group) => ({ ...group, leastSites: null })) };
}

/** Group limits less what sites locked for later will take of them. */
function keepPlaces(rules: SelectionRules, later: readonly number[], cost: Float64Array): SelectionRules {
  if (later.length === 0) return rules;
  const groups = rules.groups.map((group) => {
    const members = new Set(group.sites);
    const own = later.filter((site) => members.has(site));
    const yuan = own.reduce((sum, site) => sum + cost[site]!, 0);
    return {
      ...group,
      mostSites: group.mostSites === null ? null : group.mostSites - own.length,
      mostCost: group.mostCost === null ? null : group.mostCost - yuan,
    };
  });
  return { ...rules, groups };
}
