// What the person on the screen can do with one problem: the machine says which moves there are and what they need, the person's
// permissions and whether they raised it which of them are theirs. The service asks all of it again.
import {
  clockedStates,
  filledOfProblem,
  type ProblemLevel,
  type ProblemState,
  type ProblemUrgeTarget,
  problemLevels,
  problemMoveAllowed,
  problemWaitsFor,
} from '../../../engine/index.ts';
import type { MeJson } from '../../../server/contract/people.ts';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { permissionsOnRow } from '../library/resource-acts.ts';

type Person = Pick<MeJson, 'permissions' | 'organisation' | 'territory'> & Partial<Pick<MeJson, 'role'>>;
export type ActedProblem = Pick<
  ProblemJson,
  | 'state'
  | 'level'
  | 'ownerUnit'
  | 'evidence'
  | 'evidenceFiles'
  | 'raisedByMe'
  | 'handledByMe'
  | 'districtCode'
  | 'townCode'
  | 'owner'
  | 'dueAt'
>;

/** How a move is called on its button. */
export type ProblemMoveWord = 'start' | 'settle' | 'confirm' | 'override' | 'return' | 'reopen';

export interface OfferedProblemMove {
  readonly word: ProblemMoveWord;
  readonly to: '处理中' | '待确认' | '已销号';
  readonly reasonNeeded: boolean;
  /** What is still missing: evidence. Empty: it can be done now. */
  readonly missing: readonly string[];
}

export interface OfferedProblemWork {
  readonly moves: readonly OfferedProblemMove[];
  readonly assign: boolean;
  /** Levels it can be put to by hand. */
  readonly levels: readonly Exclude<ProblemLevel, '一般'>[];
  /** Whom it waits for and this person urges (催办); null: nobody. */
  readonly urge: ProblemUrgeTarget | null;
  readonly progress: boolean;
  readonly evidence: boolean;
}

const targets = ['处理中', '待确认', '已销号'] as const;

export function offeredProblemWork(me: Person, problem: ActedProblem): OfferedProblemWork {
  const may = permissionsOnRow(me, problem);
  // a town's own are not told by the owner of the row: the service knows
  if (me.permissions['problem:update'] === 'own' && problem.handledByMe) may.add('problem:update');
  const { state, level, ownerUnit, evidence, evidenceFiles, dueAt, raisedByMe } = problem;
  const filled = filledOfProblem({ ownerUnit, evidence, evidenceFiles, dueAt });
  const moves = targets.flatMap((to): OfferedProblemMove[] => {
    const word = wordOf(state, to, raisedByMe);
    if (word === null) return [];
    const verdict = problemMoveAllowed(state, to, {
      isRaiser: raisedByMe,
      permissions: may,
      filled,
      reason: '',
    });
    if (verdict.ok) return [{ word, to, reasonNeeded: false, missing: [] }];
    if (verdict.code === 'STATE_REASON_MISSING') return [{ word, to, reasonNeeded: true, missing: [] }];
    if (verdict.code === 'STATE_FIELDS_MISSING')
      return [{ word, to, reasonNeeded: false, missing: verdict.missing }];
    return [];
  });
  const manages = may.has('problem:manage');
  const isClocked = clockedStates.includes(state);
  const waitsFor = problemWaitsFor(problem);
  return {
    moves,
    assign: manages && isClocked,
    levels:
      manages && isClocked
        ? problemLevels
            .slice(problemLevels.indexOf(level) + 1)
            .flatMap((one) => (one === '一般' ? [] : [one]))
        : [],
    // the district does not urge itself
    urge: (manages || raisedByMe) && !(waitsFor === 'district' && me.role === 'district') ? waitsFor : null,
    progress: state !== '已销号' && (may.has('problem:update') || manages || raisedByMe),
    evidence: state !== '已销号' && (may.has('problem:update') || manages),
  };
}

/** What many at once may be done with; false: nothing is chosen for it. */
export const mayAssign = (me: Pick<MeJson, 'permissions'>): boolean =>
  me.permissions['problem:manage'] !== undefined;

function wordOf(
  from: ProblemState,
  to: (typeof targets)[number],
  raisedByMe: boolean,
): ProblemMoveWord | null {
  if (to === '待确认') return from === '处理中' ? 'settle' : null;
  if (to === '已销号') return from === '待确认' ? (raisedByMe ? 'confirm' : 'override') : null;
  if (from === '分派') return 'start';
  return from === '待确认' ? 'return' : from === '已销号' ? 'reopen' : null;
}
