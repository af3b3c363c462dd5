// Shares of single areas: a row for each area that has one, and a list to add the others from.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { areasStore } from '../../state/areas.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useStore } from '../../state/make-store.ts';
import type { AreaShares } from '../../state/plan-rules.ts';
import { NumberField } from './number-field.tsx';

export interface AreaShareFieldsProps {
  /** Begins the ids of the inputs; the area id follows. */
  readonly fieldOf: (areaId: string) => string;
  readonly shares: AreaShares;
  /** What an added area starts with. */
  readonly startShare: number;
  readonly onChange: (shares: AreaShares) => void;
  readonly problems: ReadonlyMap<string, string>;
}

export function AreaShareFields({ fieldOf, shares, startShare, onChange, problems }: AreaShareFieldsProps) {
  const { t } = useTranslation();
  const areas = useKnownAreas().data ?? [];
  const chosenIds = useStore(areasStore, (now) => now.chosenIds);
  const nameOf = (areaId: string) => areas.find(({ id }) => id === areaId)?.name ?? areaId;
  const drop = (areaId: string) => {
    const { [areaId]: _gone, ...rest } = shares;
    onChange(rest);
  };
  const free = chosenIds.filter((areaId) => shares[areaId] === undefined);
  const add = t('requirements.areaShares.add');
  return (
    <>
      {chosenIds.map((areaId) => {
        const share = shares[areaId];
        if (share === undefined) return null;
        const name = nameOf(areaId);
        return (
          <div className="area-share" key={areaId}>
            <NumberField
              id={fieldOf(areaId)}
              label={name}
              unit="share"
              value={share}
              onChange={(value) => {
                if (value !== null) onChange({ ...shares, [areaId]: value });
              }}
              problem={problems.get(fieldOf(areaId))}
            />
            <span className="soft">%</span>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('requirements.areaShares.remove', { name })}
              onClick={() => drop(areaId)}
            />
          </div>
        );
      })}
      {free.length === 0 ? null : (
        <Select<string | null>
          size="small"
          value={null}
          placeholder={add}
          aria-label={add}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(areaId) => {
            if (areaId !== null) onChange({ ...shares, [areaId]: startShare });
          }}
          options={free.map((areaId) => ({ value: areaId, label: nameOf(areaId) }))}
          data-testid={fieldOf('add')}
        />
      )}
    </>
  );
}
