// A state of a demand as a tag: waiting ones gold, matched blue, claimed and served green, cancelled grey.
import { Tag } from 'antd';
import type { DemandState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';
import type { DemandWords } from './use-demand-words.ts';

export const demandColours: Readonly<Record<DemandState, TagColour>> = {
  新建: 'gold',
  已匹配: 'blue',
  已认领: 'cyan',
  已满足: 'green',
  已取消: 'default',
};

export function DemandStateTag({
  state,
  words,
}: {
  readonly state: DemandState;
  readonly words: Pick<DemandWords, 'state'>;
}) {
  return <Tag color={demandColours[state]}>{words.state(state)}</Tag>;
}
