// Where a problem about something is raised: the list of problems, with the form open.
import type { ProblemJson } from '../../../server/contract/problems.ts';

type Noun = ProblemJson['objects'][number]['noun'];

export const raiseProblemPath = (noun: Noun, id: string, name: string): string =>
  `/problems?${new URLSearchParams({ new: '1', noun, id, name })}`;
