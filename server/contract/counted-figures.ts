// A figure of a report as the filter of a list: what its text may look like. `readCountedCases` and `readRankedProblems` look at the days.
import { Type } from 'typebox';
import {
  countingForms,
  countingUnits,
  progressParts,
  progressStages,
  rankedFigures,
} from '../../engine/index.ts';

const oneOfWords = (words: readonly string[]) => `(${words.join('|')})`;
const days = '\\d{4}-\\d{2}-\\d{2},\\d{4}-\\d{2}-\\d{2}';

export const countedCasesSchema = Type.String({
  pattern: `^${oneOfWords(progressStages)},${oneOfWords(progressParts)},${days},${oneOfWords(countingUnits)},${oneOfWords(countingForms)}$`,
});
export const rankedProblemsSchema = Type.String({ pattern: `^${oneOfWords(rankedFigures)},${days}$` });
