// A state of a case as a tag: planning grey, review gold, building blue, on the air green, trouble red.
import { Tag } from 'antd';
import type { CaseState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';
import type { CaseWords } from './use-case-words.ts';

export const caseColours: Readonly<Record<CaseState, TagColour>> = {
  需求: 'default',
  候选: 'default',
  入方案: 'default',
  已申报: 'gold',
  审查中: 'gold',
  列入计划: 'cyan',
  认领: 'geekblue',
  谈点: 'blue',
  勘察设计: 'blue',
  报建备案: 'blue',
  建设: 'blue',
  交付: 'purple',
  开通: 'green',
  验收: 'green',
  退回补正: 'orange',
  不同意: 'red',
  疑难: 'volcano',
  撤销: 'default',
  迁改: 'magenta',
  退网: 'default',
};

export interface CaseStateTagProps {
  readonly state: CaseState;
  readonly words: Pick<CaseWords, 'state'>;
}

export function CaseStateTag({ state, words }: CaseStateTagProps) {
  return <Tag color={caseColours[state]}>{words.state(state)}</Tag>;
}
