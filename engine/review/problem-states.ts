// The life of a problem (问题清单, domain reference 8.1): raised, given to a unit, handled, put to whoever raised it, closed (销号).
// Reopened it goes on under its number. Whoever raised it confirms; a district closes over their head only with a reason.
// Beside its state it has a level that rises with the clock: overdue it is supervised (督办), later it goes to the leading group.
import {
  type GivenForMove,
  type MoveVerdict,
  moveAllowed,
  type StateMachine,
  type StateMove,
} from './state-machine.ts';

export const problemStates = ['新建', '分派', '处理中', '待确认', '已销号'] as const;
export type ProblemState = (typeof problemStates)[number];

export const problemLevels = ['一般', '督办', '领导小组'] as const;
export type ProblemLevel = (typeof problemLevels)[number];

/** While it waits for whoever raised it, and when it is closed, nobody is late. */
export const clockedStates: readonly ProblemState[] = ['新建', '分派', '处理中'];

const move = (
  from: ProblemState,
  to: ProblemState,
  permissions: readonly string[],
  needs: readonly string[] = [],
  reasonNeeded = false,
): StateMove<ProblemState> => ({ from, to, permissions, needs, reasonNeeded });

/** Of whoever raised it; a district stands in for them. */
const raiser = ['problem:create', 'problem:manage'];

export const problemMachine: StateMachine<ProblemState> = {
  noun: 'problems',
  states: problemStates,
  first: '新建',
  moves: [
    move('新建', '分派', ['problem:manage'], ['ownerUnit', 'dueAt']),
    move('分派', '处理中', ['problem:update']),
    move('处理中', '分派', ['problem:manage'], ['ownerUnit', 'dueAt'], true),
    move('处理中', '待确认', ['problem:update'], ['evidence']),
    move('待确认', '已销号', raiser),
    move('待确认', '处理中', raiser, [], true),
    move('已销号', '处理中', raiser, [], true),
  ],
};

/** `isRaiser`: whoever wants the move is the one who raised the problem. To raise problems gives no right over those of others. */
export function problemMoveAllowed(
  from: ProblemState,
  to: ProblemState,
  { isRaiser, permissions, ...given }: GivenForMove & { readonly isRaiser: boolean },
): MoveVerdict<ProblemState> {
  const held = isRaiser
    ? permissions
    : new Set([...permissions].filter((permission) => permission !== 'problem:create'));
  const verdict = moveAllowed(problemMachine, from, to, { ...given, permissions: held });
  const overrides = verdict.ok && to === '已销号' && !isRaiser;
  return overrides && given.reason.trim() === '' ? { ok: false, code: 'STATE_REASON_MISSING' } : verdict;
}

/** What `needs` of the machine is filled in by a problem. */
export function filledOfProblem({
  ownerUnit,
  dueAt,
  evidence,
  evidenceFiles,
}: {
  readonly ownerUnit: string;
  readonly dueAt: string | null;
  /** Pieces in words since it was raised or reopened last. */
  readonly evidence: number;
  /** Files since then, of those who handle it: a signed paper says as much as words. */
  readonly evidenceFiles: number;
}): ReadonlySet<string> {
  return new Set([
    ...(ownerUnit.trim() === '' ? [] : ['ownerUnit']),
    ...(dueAt === null ? [] : ['dueAt']),
    ...(evidence + evidenceFiles > 0 ? ['evidence'] : []),
  ]);
}
