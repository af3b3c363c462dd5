// The pricer that fits the shape of the cover.

import type { SelectionProblem } from '../selection-problem.ts';
import type { CoverPricer } from './cover-pricer.ts';
import { makeGradePricer } from './grade-pricer.ts';
import { makeListPricer } from './list-pricer.ts';
import { makeRunPricer } from './run-pricer.ts';

export function makeCoverPricer(problem: SelectionProblem): CoverPricer {
  switch (problem.cover.kind) {
    case 'grades':
      return makeGradePricer(problem.cover);
    case 'runs':
      return makeRunPricer(problem.cover);
    case 'lists':
      return makeListPricer(problem.cover);
  }
}
