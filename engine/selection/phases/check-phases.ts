// Refuses years that cannot be meant: none at all, limits or shares that fall, stations torn down that never stood. A year that
// cannot keep its duties is no error: it is an answer.
import { PlanningError } from '../../model/planning-error.ts';
import { checkRequest } from '../check-request.ts';
import type { SelectionProblem } from '../selection-problem.ts';
import { choiceOfYearAlone, type PhaseFrame, problemOfYear } from './phase-frame.ts';
import type { PhasePlan, PhaseYear } from './phase-plan.ts';

/** Throws PlanningError SELECTION_PHASE_* or SELECTION_PHASES_ORDER. Looks at the years alone; `checkYears` looks at each as a request. */
export function checkPhases(
  { siteIds }: SelectionProblem,
  { years, choice, availableFrom }: PhasePlan,
): void {
  if (years.length === 0) throw new PlanningError('SELECTION_PHASE_EMPTY');
  if (availableFrom && availableFrom.length !== siteIds.length)
    throw new RangeError(`checkPhases: expected ${siteIds.length} first years, got ${availableFrom.length}`);
  const standing = new Set(choice.existing);
  let before: PhaseYear | null = null;
  for (const year of years) {
    if (!(year.importance >= 0 && year.importance < Infinity))
      throw new PlanningError('SELECTION_PHASE_IMPORTANCE', { year: year.id, importance: year.importance });
    for (const site of year.demolished)
      if (!standing.delete(site))
        throw new PlanningError('SELECTION_PHASE_DEMOLISHED', {
          year: year.id,
          siteId: siteIds[site] ?? site,
        });
    if (before) checkRise(before, year);
    before = year;
  }
  for (const limit of ['budget', 'maxSites'] as const) checkLimits(years, limit);
}

/** Throws what checkRequest throws, for the first year that is no sound request by itself. */
export function checkYears(frame: PhaseFrame): void {
  frame.plan.years.forEach((_, year) => {
    checkRequest(problemOfYear(frame, year), choiceOfYearAlone(frame, year));
  });
}

/** Shares of the same demand never fall. */
function checkRise(before: PhaseYear, year: PhaseYear): void {
  if (before.targets !== year.targets) return;
  year.required.forEach((value, target) => {
    if (value < (before.required[target] ?? 0)) throw falling(before, year, 'required');
  });
}

/** Limits are cumulative: a year without one is bound by the next that has one. */
function checkLimits(years: readonly PhaseYear[], limit: 'budget' | 'maxSites'): void {
  let before: PhaseYear | null = null;
  for (const year of years) {
    if (year[limit] === null) continue;
    if (before && year[limit] < before[limit]!) throw falling(before, year, limit);
    before = year;
  }
}

function falling(before: PhaseYear, year: PhaseYear, what: string): PlanningError {
  return new PlanningError('SELECTION_PHASES_ORDER', { what, before: before.id, year: year.id });
}
