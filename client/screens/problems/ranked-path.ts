// The way from a figure of the ranking board to its problems.
import { NO_PLACE, type RankedProblems, rankedProblemsText } from '../../../engine/index.ts';
import type { RankingJson } from '../../../server/contract/problems.ts';
import { type ProblemView, plainProblemView, writeProblemView } from './problem-query.ts';

type Place = Pick<RankingJson['rows'][number], 'code' | 'districtCode'>;

/** The place of a line as filters: what lies in no town is asked for in its district. */
export const placeOfRank = (
  by: RankingJson['by'],
  { code, districtCode }: Place,
): Pick<ProblemView, 'districtCode' | 'townCode'> => {
  if (by === 'district') return { districtCode: code || NO_PLACE, townCode: null };
  return code === ''
    ? { districtCode: districtCode || NO_PLACE, townCode: NO_PLACE }
    : { districtCode: null, townCode: code };
};

export function rankedPath(
  { from, to, by }: Pick<RankingJson, 'from' | 'to' | 'by'>,
  figure: RankedProblems['figure'],
  place: Place,
): string {
  const ranked = rankedProblemsText({ figure, from, to });
  return `/problems?${writeProblemView({ ...plainProblemView, ...placeOfRank(by, place), ranked })}`;
}
