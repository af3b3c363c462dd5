// What a row is against the directory before, as a tag; its colours are those of the marks on the map.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowChange } from '../../../server/contract/directories.ts';
import type { TagColour } from '../../format/map-colours.ts';

export const changeColours: Readonly<Record<RowChange, TagColour>> = {
  added: 'green',
  changed: 'blue',
  removed: 'red',
  unchanged: 'default',
};

export function ChangeTag({ change }: { readonly change: RowChange }) {
  const { t } = useTranslation();
  return <Tag color={changeColours[change]}>{t(`directory.diff.change.${change}`)}</Tag>;
}
