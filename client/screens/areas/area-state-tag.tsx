// A state of a target area as a tag; water has none.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AreaState, waterKind } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import type { TagColour } from '../../format/map-colours.ts';

const colours: Readonly<Record<AreaState, TagColour>> = {
  草稿: 'default',
  已送审: 'gold',
  已批准: 'green',
  退回: 'red',
};

export function AreaStateTag({ area: { state, kind } }: { readonly area: Pick<AreaJson, 'state' | 'kind'> }) {
  const { t } = useTranslation();
  return kind === waterKind ? null : <Tag color={colours[state]}>{t(`areas.state.${state}`)}</Tag>;
}
