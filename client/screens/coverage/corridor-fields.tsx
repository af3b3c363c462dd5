// Shares of roads by length: a row for each road or class that has one, and a list of those in the chosen areas to add others from.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { corridorKinds } from '../../../engine/index.ts';
import { useRoads } from '../../api/roads.ts';
import { formatDistance } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { areasStore } from '../../state/areas.ts';
import { corridorField } from '../../state/check-plan-rules.ts';
import { useStore } from '../../state/make-store.ts';
import type { CorridorShares } from '../../state/plan-rules.ts';
import { NumberField } from './number-field.tsx';
import { useCorridorName } from './use-corridor-name.ts';

export interface CorridorFieldsProps {
  readonly shares: CorridorShares;
  /** What an added road starts with. */
  readonly startShare: number;
  readonly onChange: (shares: CorridorShares) => void;
  readonly problems: ReadonlyMap<string, string>;
}

export function CorridorFields({ shares, startShare, onChange, problems }: CorridorFieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useCorridorName();
  const areaIds = useStore(areasStore, (now) => now.chosenIds);
  const roads = useRoads(areaIds).data;
  const drop = (corridorId: string) => {
    const { [corridorId]: _gone, ...rest } = shares;
    onChange(rest);
  };
  const free = (roads ?? []).filter(({ corridorId }) => shares[corridorId] === undefined);
  const add = t('requirements.corridors.add');
  const note = areaIds.length === 0 ? 'few' : roads !== undefined && roads.length === 0 ? 'none' : 'note';
  return (
    <div className="requirement" data-testid="corridors">
      <span className="field-title">{t('requirements.corridors.title')}</span>
      {Object.entries(shares).map(([corridorId, share]) => {
        const name = nameOf(corridorId);
        const field = corridorField(corridorId);
        return (
          <div className="area-share" key={corridorId}>
            <NumberField
              id={field}
              label={name}
              unit="share"
              value={share}
              onChange={(value) => {
                if (value !== null) onChange({ ...shares, [corridorId]: value });
              }}
              problem={problems.get(field)}
            />
            <span className="soft">%</span>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('requirements.corridors.remove', { name })}
              onClick={() => drop(corridorId)}
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
          onChange={(corridorId) => {
            if (corridorId !== null) onChange({ ...shares, [corridorId]: startShare });
          }}
          options={[...corridorKinds].reverse().map((kind) => ({
            label: t(`requirements.corridors.${kind === 'class' ? 'classes' : 'names'}`),
            options: free
              .filter(({ by }) => by === kind)
              .map(({ corridorId, lengthKm }) => ({
                value: corridorId,
                label: t('requirements.corridors.option', {
                  name: nameOf(corridorId),
                  length: formatDistance(lengthKm * 1000, language),
                }),
              })),
          }))}
          data-testid="corridor-add"
        />
      )}
      <small className="soft">{t(`requirements.corridors.${note}`)}</small>
    </div>
  );
}
