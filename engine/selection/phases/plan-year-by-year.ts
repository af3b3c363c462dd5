// Myopic years: each year is solved as if it were the last, then stays. What money is left of an early year buys more of the first
// target, as authorities spend what a year allots. The baseline that looking ahead is compared with.
import type { Effort, Watch } from '../effort.ts';
import type { Selection } from '../selection-problem.ts';
import { choiceOfYear, type PhaseFrame, problemOfYear } from './phase-frame.ts';
import type { PhaseOutcome, PlannedYears } from './phase-plan.ts';
import { ceilingOfYear, newSitesOf, reached } from './phase-steps.ts';

export function planYearByYear(frame: PhaseFrame, effort: Effort, watch: Watch): PlannedYears {
  const byYear: number[][] = [];
  const opened: number[] = [];
  const short = new Map<number, PhaseOutcome['status']>();
  let last: Selection | null = null;
  for (let year = 0; year <= frame.last; year++) {
    const solved = solveYear(frame, year, opened, effort, watch);
    if (solved && !reached(solved)) short.set(year, solved.status);
    const before = new Set(opened);
    const own = solved ? newSitesOf(solved).filter((site) => !before.has(site)) : [];
    opened.push(...own);
    byYear.push(own);
    last = solved;
  }
  return { byYear, last: last!, short, isAhead: frame.last === 0 };
}

/** Duties first, then the rest of the money; the last year stops when its duties are done. null: neither duty nor money. */
function solveYear(
  frame: PhaseFrame,
  year: number,
  opened: readonly number[],
  effort: Effort,
  watch: Watch,
): Selection | null {
  const problem = problemOfYear(frame, year);
  const { required, budget, maxSites } = frame.plan.years[year]!;
  const choice = choiceOfYear(frame, year, opened);
  const hasDuty = required.some((value) => value > 0);
  const hasLimit = budget !== null || maxSites !== null;
  const isLast = year === frame.last;
  const done = hasDuty || (isLast && !hasLimit) ? frame.solve(problem, choice, effort, watch) : null;
  if (!hasLimit || (done && (isLast || !reached(done)))) return done;
  const most = required.map((value, target) => (target === 0 ? ceilingOfYear(frame, year) : value));
  const locked = done ? newSitesOf(done) : choice.locked;
  return frame.solve(problem, { ...choice, locked, required: most }, effort, watch);
}
