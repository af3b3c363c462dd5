// The state that fits the shape of the cover.

import type { SelectionProblem } from '../selection-problem.ts';
import type { CoverState } from './cover-state.ts';
import { makeGradeState } from './grade-state.ts';
import { makeListState } from './list-state.ts';
import { makeRunState } from './run-state.ts';

/** Nothing open yet. */
export function makeCoverState(problem: SelectionProblem): CoverState {
  switch (problem.cover.kind) {
    case 'grades':
      return makeGradeState(problem, problem.cover);
    case 'runs':
      return makeRunState(problem, problem.cover);
    case 'lists':
      return makeListState(problem, problem.cover);
  }
}
