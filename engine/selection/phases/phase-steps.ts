// Small readings shared by the ways of planning years.

import { computeCeilings } from '../problem-facts.ts';
import type { Selection } from '../selection-problem.ts';
import { choiceOfYearAlone, type PhaseFrame, problemOfYear } from './phase-frame.ts';

export function reached({ status }: Selection): boolean {
  return status === 'reached';
}

/** Sites a selection pays for, in its order. */
export function newSitesOf({ steps }: Selection): number[] {
  return steps.filter(({ placedBy }) => placedBy !== 'existing').map(({ site }) => site);
}

/** Weight times worth of the first target with every site open that may open by this year: what a year without a share strives for. */
export function ceilingOfYear(frame: PhaseFrame, year: number): number {
  return computeCeilings(problemOfYear(frame, year), choiceOfYearAlone(frame, year).refused)[0]!;
}
