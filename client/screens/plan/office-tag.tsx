// Where a plan stands in the office, as a tag.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OfficeState } from '../../../engine/index.ts';
import type { TagColour } from '../../format/map-colours.ts';

const colours: Readonly<Record<OfficeState, TagColour>> = {
  草稿: 'default',
  征求意见: 'blue',
  公示: 'cyan',
  审查: 'gold',
  批复: 'purple',
  生效: 'green',
  被替代: 'default',
};

export interface OfficeTagProps {
  readonly state: OfficeState;
  readonly isReturned: boolean;
}

export function OfficeTag({ state, isReturned }: OfficeTagProps) {
  const { t } = useTranslation();
  return (
    <Tag color={isReturned ? 'red' : colours[state]} data-testid="office-tag">
      {isReturned ? t('office.returned') : t(`office.state.${state}`)}
    </Tag>
  );
}
