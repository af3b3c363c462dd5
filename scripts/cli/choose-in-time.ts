// Sites for a plan of files, with the clock that the engine does not have: `--seconds` ends the search with the best plan so far, and
// `--effort exact` goes on with HiGHS where that can answer.
import {
  type ChosenSites,
  chooseExactly,
  chooseSites,
  mayChooseExactly,
  type OnProgress,
  PlanningError,
  type SelectionNews,
  type SelectionRequest,
  type Watch,
  watchOf,
} from '../../engine/index.ts';
import { describeCode } from '../../server/errors.ts';
import { makeHighsSolver } from '../../server/jobs/highs-solver.ts';

export interface TimedChoice {
  readonly chosen: ChosenSites;
  /** Steps of price search and exchanges together. */
  readonly iterations: number;
  /** Whether the clock ended the search. */
  readonly isStopped: boolean;
  /** Whether there is no time left for more. */
  readonly isOver: () => boolean;
}

/** Of the time, for the search before a complete one. */
const SEARCH_SHARE = 0.4;
/** For rows, raster and files after it. */
const WRITING_SECONDS = 1;

/** `secondsNow`: since the command began. `seconds`: null for no clock. */
export async function chooseInTime(
  request: SelectionRequest,
  onProgress: OnProgress,
  seconds: number | null,
  secondsNow: () => number,
): Promise<TimedChoice> {
  const done = new Map<SelectionNews['stage'], number>();
  let isStopped = false;
  const until = (share: number): Watch => {
    const { onNews } = watchOf(onProgress);
    return {
      onNews: (news) => {
        done.set(news.stage, Math.max(done.get(news.stage) ?? 0, news.done));
        onNews?.(news);
      },
      ...(seconds !== null && {
        shouldStop: () => {
          const isOver = secondsNow() > share * (seconds - WRITING_SECONDS);
          isStopped ||= isOver;
          return isOver;
        },
      }),
    };
  };
  const isExact = mayChooseExactly(request);
  if (request.effort === 'exact' && !isExact)
    console.error(
      'exact: 分期、建设方式优先与保持原方案时不求最优，按 deep 处理 / with phases, build order or --keep the search is that of deep',
    );
  let chosen = chooseSites(request, until(isExact ? SEARCH_SHARE : 1));
  if (isExact) {
    isStopped = false;
    chosen = await exactOr(chosen, until(1));
  }
  const steps = (done.get('prices') ?? 0) + (done.get('improve') ?? 0);
  return {
    chosen,
    iterations: Math.max(steps, chosen.selection.certificate.steps),
    isStopped,
    isOver: () => seconds !== null && secondsNow() > seconds - WRITING_SECONDS,
  };
}

/** A model that is too large leaves the searched plan, which has a certificate of its own; that is said. */
async function exactOr(chosen: ChosenSites, watch: Watch): Promise<ChosenSites> {
  try {
    return await chooseExactly(chosen, makeHighsSolver(), watch);
  } catch (error) {
    if (!(error instanceof PlanningError && error.code === 'SELECTION_EXACT_TOO_LARGE')) throw error;
    const { message, hint } = describeCode(error.code, error.found);
    console.error(`warning ${error.code}: ${message.zh} / ${message.en}\n    → ${hint.zh} / ${hint.en}`);
    return chosen;
  }
}
