// A state of a demand as a tag: waiting ones gold, matched blue, claimed and served green, cancelled grey.
import { Tag } from 'antd';
import type { DemandState } from '../../../engine/index.ts';
import type { DemandWords } from './use-demand-words.ts';

const colours: Readonly<Record<DemandState, string>> = {
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
  return <Tag color={colours[state]}>{words.state(state)}</Tag>;
}
