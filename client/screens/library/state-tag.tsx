// A state of a resource as a tag: open ones green, waiting ones gold, closed ones grey.
import { Tag } from 'antd';
import type { ResourceState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';
import type { LibraryWords } from './use-library-words.ts';

export const resourceColours: Readonly<Record<ResourceState, TagColour>> = {
  待定位: 'orange',
  待产权确认: 'gold',
  已开放: 'green',
  已锁定: 'blue',
  部分占用: 'cyan',
  满载: 'purple',
  暂停: 'red',
  退出: 'default',
};

export function StateTag({ state, words }: { readonly state: ResourceState; readonly words: LibraryWords }) {
  return <Tag color={resourceColours[state]}>{words.state(state)}</Tag>;
}
