// The life of a review batch (批次): put together, submitted, looked at, closed; and what may be said of one of its rows. A closed
// batch is an act of the office: nothing in it changes any more.
import type { StateMachine, StateMove } from './state-machine.ts';

export const batchStates = ['草稿', '已提交', '审查中', '已关闭', '已撤回'] as const;
export type BatchState = (typeof batchStates)[number];

/** 转问题: the site is a difficult one and goes to the problem list. */
export const batchDecisions = ['同意', '退回补正', '不同意', '转问题'] as const;
export type BatchDecision = (typeof batchDecisions)[number];

/** What towns and departments say; the decision is not theirs. */
export const batchOpinions = ['同意', '有条件同意', '不同意'] as const;
export type BatchOpinion = (typeof batchOpinions)[number];

const move = (
  from: BatchState,
  to: BatchState,
  permissions: readonly string[],
  needs: readonly string[] = [],
  reasonNeeded = false,
): StateMove<BatchState> => ({ from, to, permissions, needs, reasonNeeded });

export const batchMachine: StateMachine<BatchState> = {
  noun: 'batches',
  states: batchStates,
  first: '草稿',
  moves: [
    move('草稿', '已提交', ['batch:submit'], ['rows', 'operators']),
    move('草稿', '已撤回', ['batch:submit']),
    move('已提交', '已撤回', ['batch:submit'], [], true),
    // the first opinion or decision
    move('已提交', '审查中', ['batch:opinion', 'batch:decide']),
    move('审查中', '已关闭', ['batch:decide'], ['decisions']),
  ],
};
