// Ways to equip a site as rows: what each is built on, how high, which way it looks, which band, and what it costs.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { siteStructures } from '../../../engine/index.ts';
import { useProfiles } from '../../api/catalogue.ts';
import {
  type ConfigurationRow,
  configurationField,
  configurationPreset,
  configurationPresets,
  newConfigurationRow,
  sectorSets,
} from '../../state/configuration-rows.ts';
import { FieldProblem, NumberField } from './number-field.tsx';

export interface ConfigurationFieldsProps {
  readonly rows: readonly ConfigurationRow[];
  readonly onChange: (rows: readonly ConfigurationRow[]) => void;
  readonly problems: ReadonlyMap<string, string>;
}

export function ConfigurationFields({ rows, onChange, problems }: ConfigurationFieldsProps) {
  const { t } = useTranslation();
  const usesBands = rows.some(({ profileId }) => profileId !== null);
  return (
    <div className="requirement" data-testid="configurations">
      <div className="field-label">
        <span>{t('configurations.title')}</span>
        <span className="field-buttons">
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined />}
            onClick={() =>
              onChange([
                ...rows,
                newConfigurationRow(t('configurations.newName', { number: rows.length + 1 })),
              ])
            }
            data-testid="configuration-add"
          >
            {t('configurations.add')}
          </Button>
          {rows.length === 0 ? null : (
            <Button type="link" size="small" onClick={() => onChange([])}>
              {t('configurations.clear')}
            </Button>
          )}
        </span>
      </div>
      <div className="field-buttons">
        {configurationPresets.map((preset) => (
          <Button
            key={preset}
            size="small"
            onClick={() =>
              onChange([
                ...rows,
                ...configurationPreset(preset, (key, values) =>
                  t(`configurations.presetNames.${key}`, { ...values }),
                ),
              ])
            }
            data-testid={`configuration-preset-${preset}`}
          >
            {t(`configurations.presets.${preset}`)}
          </Button>
        ))}
      </div>
      {rows.map((row, index) => (
        <ConfigurationCard
          key={row.key}
          row={row}
          number={index + 1}
          problems={problems}
          onChange={(changes) =>
            onChange(rows.map((one) => (one.key === row.key ? { ...one, ...changes } : one)))
          }
          onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      <small className="soft">{t('configurations.note')}</small>
      {rows.length === 0 ? null : <small className="soft">{t('configurations.priceNote')}</small>}
      {usesBands ? <small className="soft">{t('configurations.bandNote')}</small> : null}
    </div>
  );
}

interface ConfigurationCardProps {
  readonly row: ConfigurationRow;
  readonly number: number;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (changes: Partial<ConfigurationRow>) => void;
  readonly onRemove: () => void;
}

function ConfigurationCard({ row, number, problems, onChange, onRemove }: ConfigurationCardProps) {
  const { t } = useTranslation();
  const title = t('configurations.row', { number });
  const nameId = configurationField(row.key, 'name');
  const structuresId = configurationField(row.key, 'structures');
  return (
    <fieldset className="requirement-card" aria-label={title} data-testid={`configuration-${number}`}>
      <div className="card-line">
        <Input
          id={nameId}
          size="small"
          value={row.name}
          maxLength={100}
          status={problems.has(nameId) ? 'error' : ''}
          aria-label={`${title} ${t('configurations.name')}`}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('configurations.remove', { number })}
          onClick={onRemove}
        />
      </div>
      <FieldProblem id={nameId} problem={problems.get(nameId)} />
      <Checkbox.Group
        aria-label={`${title} ${t('configurations.structures')}`}
        value={[...row.structures]}
        onChange={(structures) => onChange({ structures })}
        options={siteStructures.map((value) => ({ value, label: t(`terms.structure.${value}`) }))}
      />
      <FieldProblem id={structuresId} problem={problems.get(structuresId)} />
      <HeightField row={row} title={title} onChange={onChange} />
      <SectorField row={row} title={title} problems={problems} onChange={onChange} />
      <div className="field-three">
        <ProfileField row={row} onChange={onChange} />
        <div className="field">
          <label htmlFor={`configuration-${row.key}-factor`}>{t('configurations.costFactor')}</label>
          <InputNumber
            id={`configuration-${row.key}-factor`}
            size="small"
            min={0}
            max={100}
            step={0.05}
            value={row.costFactor}
            onChange={(factor) => onChange({ costFactor: factor ?? 1 })}
          />
        </div>
        <NumberField
          id={`configuration-${row.key}-extra`}
          label={t('configurations.extraCost')}
          unit="extraWan"
          value={row.extraCostCny}
          onChange={(extra) => onChange({ extraCostCny: extra ?? 0 })}
        />
      </div>
    </fieldset>
  );
}

type PartProps = Pick<ConfigurationCardProps, 'row' | 'onChange'> & { readonly title: string };

const heightWays = ['asListed', 'absolute', 'delta'] as const;
type HeightWay = (typeof heightWays)[number];
const START_HEIGHT_M = 8;
const START_DELTA_M = 3;

function HeightField({ row, title, onChange }: PartProps) {
  const { t } = useTranslation();
  const { heightM, heightDeltaM } = row;
  const way: HeightWay = heightM !== null ? 'absolute' : heightDeltaM !== null ? 'delta' : 'asListed';
  return (
    <div className="card-line">
      <Select<HeightWay>
        size="small"
        value={way}
        aria-label={`${title} ${t('configurations.height')}`}
        onChange={(next) =>
          onChange({
            heightM: next === 'absolute' ? START_HEIGHT_M : null,
            heightDeltaM: next === 'delta' ? START_DELTA_M : null,
          })
        }
        options={heightWays.map((value) => ({
          value,
          label: t(`configurations.heights.${value}`),
        }))}
      />
      {way === 'asListed' ? null : (
        <InputNumber
          size="small"
          min={way === 'absolute' ? 1 : -100}
          max={way === 'absolute' ? 500 : 100}
          value={heightM ?? heightDeltaM}
          aria-label={`${title} ${t(`configurations.heights.${way}`)}`}
          onChange={(metres) =>
            onChange(
              way === 'absolute'
                ? { heightM: metres ?? START_HEIGHT_M }
                : { heightDeltaM: metres ?? START_DELTA_M },
            )
          }
        />
      )}
    </div>
  );
}

const sectorWays = ['asListed', '3', '4', '0', 'own'] as const;
type SectorWay = (typeof sectorWays)[number];

function wayOfSectors(azimuthsDeg: readonly number[] | null): SectorWay {
  if (azimuthsDeg === null) return 'asListed';
  if (azimuthsDeg.length === 0) return '0';
  const known = ([3, 4] as const).find((count) => sectorSets[count].join() === azimuthsDeg.join());
  return known === undefined ? 'own' : `${known}`;
}

function SectorField({
  row,
  title,
  problems,
  onChange,
}: PartProps & Pick<ConfigurationCardProps, 'problems'>) {
  const { t } = useTranslation();
  const id = configurationField(row.key, 'azimuths');
  const way = wayOfSectors(row.azimuthsDeg);
  const setOf: Readonly<Record<SectorWay, readonly number[] | null>> = {
    asListed: null,
    '3': sectorSets[3],
    '4': sectorSets[4],
    '0': [],
    own: [30, 150, 270],
  };
  return (
    <>
      <div className="card-line">
        <Select<SectorWay>
          size="small"
          value={way}
          aria-label={`${title} ${t('configurations.sectors')}`}
          onChange={(next) => {
            const azimuths = setOf[next];
            onChange({ azimuthsDeg: azimuths && [...azimuths] });
          }}
          options={sectorWays.map((value) => ({
            value,
            label: `${t('configurations.sectors')} · ${t(`configurations.sectorSets.${value}`)}`,
          }))}
        />
        {way === 'own' ? (
          <Input
            id={id}
            size="small"
            defaultValue={row.azimuthsDeg?.join(' / ')}
            status={problems.has(id) ? 'error' : ''}
            aria-label={`${title} ${t('configurations.azimuths')}`}
            onChange={(event) => onChange({ azimuthsDeg: readAzimuths(event.target.value) })}
          />
        ) : null}
      </div>
      <FieldProblem id={id} problem={problems.get(id)} />
    </>
  );
}

/** What is no number is told like a direction that is none. */
function readAzimuths(text: string): number[] {
  return text
    .split(/[/,，、\s]+/)
    .filter((word) => word !== '')
    .map(Number);
}

function ProfileField({ row, onChange }: Omit<PartProps, 'title'>) {
  const { t } = useTranslation();
  const profiles = useProfiles().data ?? [];
  const id = `configuration-${row.key}-profile`;
  return (
    <div className="field">
      <label htmlFor={id}>{t('configurations.profile')}</label>
      <Select<string>
        id={id}
        size="small"
        value={row.profileId ?? ''}
        popupMatchSelectWidth={false}
        onChange={(value) => onChange({ profileId: value === '' ? null : value })}
        options={[
          { value: '', label: t('configurations.ownProfile') },
          ...profiles.map((profile) => ({ value: profile.id, label: profile.name })),
        ]}
      />
    </div>
  );
}
