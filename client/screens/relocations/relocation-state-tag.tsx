// A state of a relocation as a tag.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RelocationState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';

export const relocationColours: Readonly<Record<RelocationState, TagColour>> = {
  登记: 'gold',
  替补建设: 'blue',
  可拆除: 'green',
  已拆除: 'purple',
  已关闭: 'default',
  撤销: 'default',
};

export function RelocationStateTag({ state }: { readonly state: RelocationState }) {
  const { t } = useTranslation();
  return <Tag color={relocationColours[state]}>{t(`relocations.state.${state}`)}</Tag>;
}
