// States of batches, decisions and opinions in their colours.
import { Tag } from 'antd';
import type { BatchDecision, BatchOpinion, BatchState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';
import type { BatchWords } from './use-batch-words.ts';

export const batchDecisionColours: Readonly<Record<BatchDecision, TagColour>> = {
  同意: 'green',
  退回补正: 'gold',
  不同意: 'red',
  转问题: 'purple',
};
const opinionColours: Readonly<Record<BatchOpinion, string>> = {
  同意: 'green',
  有条件同意: 'gold',
  不同意: 'red',
};
const stateColours: Readonly<Record<BatchState, string>> = {
  草稿: 'default',
  已提交: 'blue',
  审查中: 'processing',
  已关闭: 'green',
  已撤回: 'default',
};

export function DecisionTag({ decision, words }: { decision: BatchDecision | null; words: BatchWords }) {
  return (
    <Tag color={decision === null ? 'default' : batchDecisionColours[decision]} data-testid="batch-decision">
      {words.word('decision', decision)}
    </Tag>
  );
}

export function OpinionTag({ opinion, words }: { opinion: BatchOpinion | null; words: BatchWords }) {
  return (
    <Tag color={opinion === null ? 'default' : opinionColours[opinion]}>{words.word('opinion', opinion)}</Tag>
  );
}

export function BatchStateTag({ state, words }: { state: BatchState; words: BatchWords }) {
  return <Tag color={stateColours[state]}>{words.word('state', state)}</Tag>;
}
