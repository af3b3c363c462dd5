// What of a problem matters to whoever is about to act on it, each in one line as people read it.
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { formatDate } from '../../format/dates.ts';
import type { ProblemWords } from './use-problem-words.ts';

type Shown = Pick<ProblemJson, 'state' | 'level' | 'townCode' | 'ownerUnit' | 'coUnits' | 'dueAt'>;

export const shownOfProblem = (problem: ProblemJson): Shown => {
  const { state, level, townCode, ownerUnit, coUnits, dueAt } = problem;
  return { state, level, townCode, ownerUnit, coUnits, dueAt };
};

export function problemFieldText(problem: Shown, field: keyof Shown, words: ProblemWords): string {
  switch (field) {
    case 'state':
      return words.state(problem.state);
    case 'level':
      return words.level(problem.level);
    case 'townCode':
      return words.place(problem.townCode);
    case 'ownerUnit':
      return problem.ownerUnit || '—';
    case 'coUnits':
      return words.list(problem.coUnits);
    case 'dueAt':
      return formatDate(problem.dueAt, words.language);
  }
}
