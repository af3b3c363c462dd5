// A state of a claim as a tag: held green, waiting gold, lost red, over grey.
import { Tag } from 'antd';
import type { ClaimState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';
import type { ClaimWords } from './use-claim-words.ts';

export const claimColours: Readonly<Record<ClaimState, TagColour>> = {
  申请: 'gold',
  持有: 'green',
  已转建设: 'blue',
  已释放: 'default',
  已到期: 'orange',
  已撤回: 'default',
  未获: 'red',
};

export interface ClaimStateTagProps {
  readonly state: ClaimState;
  readonly words: Pick<ClaimWords, 'state'>;
}

export function ClaimStateTag({ state, words }: ClaimStateTagProps) {
  return <Tag color={claimColours[state]}>{words.state(state)}</Tag>;
}
