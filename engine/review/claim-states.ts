// The life of a claim (认领, domain reference, 8.1 to 8.3): asked for, held for a time, turned into building, or given up, run out, taken
// back, not won. What was not won keeps the rule and the words that say why.
import type { StateMachine, StateMove } from './state-machine.ts';

export const claimStates = ['申请', '持有', '已转建设', '已释放', '已到期', '已撤回', '未获'] as const;
export type ClaimState = (typeof claimStates)[number];

/** States that may still change by themselves or by somebody. */
export const openClaimStates: readonly ClaimState[] = ['申请', '持有', '已转建设'];

const move = (
  from: ClaimState,
  to: ClaimState,
  permissions: readonly string[],
  reasonNeeded = false,
): StateMove<ClaimState> => ({ from, to, permissions, needs: [], reasonNeeded });

export const claimMachine: StateMachine<ClaimState> = {
  noun: 'claims',
  states: claimStates,
  first: '申请',
  moves: [
    // the last operator to agree makes it a holder, the first to decline ends it
    move('申请', '持有', ['claim:create', 'claim:request']),
    move('申请', '未获', ['claim:create', 'claim:request']),
    move('申请', '已撤回', ['claim:create', 'claim:request']),
    move('申请', '已释放', ['claim:release'], true),
    move('申请', '已到期', ['claim:release']),
    move('持有', '已转建设', ['claim:create', 'case:update']),
    move('持有', '已释放', ['claim:release'], true),
    move('持有', '已到期', ['claim:release']),
    move('已转建设', '已释放', ['claim:release'], true),
    // the sharing office sets a rule aside (8.3, rules 3 and 6)
    move('未获', '持有', ['claim:override'], true),
    move('未获', '申请', ['claim:override'], true),
  ],
};
