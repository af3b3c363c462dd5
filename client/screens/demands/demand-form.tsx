// A demand to write down or to change, in three groups: who wants what, where, and with which station.
import { AutoComplete, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  datums,
  demandForms,
  demandReasons,
  demandScenarios,
  usualSearchRadiusM,
} from '../../../engine/index.ts';
import { useTowns } from '../../api/areas.ts';
import { useOperatorOptions } from '../../api/catalogue.ts';
import { DayField } from '../../parts/day-field.tsx';
import { readPosition } from '../library/read-position.ts';
import desk from '../shell/desk.module.css';
import { type DemandDraft, type DraftLack, readAzimuths } from './demand-draft.ts';
import type { DemandWords } from './use-demand-words.ts';

export interface DemandFormProps {
  readonly draft: DemandDraft;
  readonly words: DemandWords;
  /** Shown once somebody tried to save. */
  readonly lacks: readonly DraftLack[];
  /** An operator writes down its own demands only. */
  readonly isOperatorFixed: boolean;
  readonly onChange: (change: Partial<DemandDraft>) => void;
}

export function DemandForm({ draft, words, lacks, isOperatorFixed, onChange }: DemandFormProps) {
  const { t } = useTranslation();
  const operatorOptions = useOperatorOptions();
  const towns = useTowns().data ?? [];
  const choices = (list: 'scenario' | 'form' | 'reason', values: readonly string[]) =>
    values.map((value) => ({ value, label: words.word(list, value) }));
  const unknown = t('demands.form.unknown');
  const read = readPosition(draft.position);
  const wrong = (lack: DraftLack) => (lacks.includes(lack) ? t(`demands.form.lack.${lack}`) : null);
  const field = (key: string, input: (id: string) => ReactNode, error: string | null = null, hint = '') => (
    <Field label={words.field(key)} error={error} hint={hint} input={input} />
  );
  return (
    <div className={desk.stack} data-testid="demand-form">
      <section>
        <h3 className={desk.heading}>{t('demands.form.who')}</h3>
        <div className={desk.fields}>
          {field(
            'operator',
            (id) => (
              <AutoComplete
                id={id}
                value={draft.operator}
                disabled={isOperatorFixed}
                options={operatorOptions}
                onChange={(operator) => onChange({ operator })}
                data-testid="demand-operator"
              />
            ),
            wrong('operator'),
          )}
          {field(
            'code',
            (id) => (
              <Input
                id={id}
                value={draft.code}
                maxLength={200}
                placeholder={t('demands.form.codeHint')}
                onChange={(event) => onChange({ code: event.target.value })}
              />
            ),
            wrong('code'),
          )}
          {field('name', (id) => (
            <Input
              id={id}
              value={draft.name}
              maxLength={200}
              onChange={(event) => onChange({ name: event.target.value })}
              data-testid="demand-name"
            />
          ))}
          {field('batch', (id) => (
            <Input
              id={id}
              value={draft.batch}
              maxLength={100}
              onChange={(event) => onChange({ batch: event.target.value })}
            />
          ))}
          {field('reason', (id) => (
            <Select
              id={id}
              allowClear
              value={draft.reason}
              placeholder={unknown}
              options={choices('reason', demandReasons)}
              onChange={(reason) => onChange({ reason: reason ?? null })}
            />
          ))}
          {field('priority', (id) => (
            <Select
              id={id}
              value={draft.priority}
              options={[1, 2, 3, 4, 5].map((value) => ({
                value,
                label: t(`demands.form.priority.${value}`),
              }))}
              onChange={(priority) => onChange({ priority })}
            />
          ))}
          {field('wantDate', (id) => (
            <DayField
              id={id}
              label={words.field('wantDate')}
              value={draft.wantDate}
              onChange={(wantDate) => onChange({ wantDate })}
            />
          ))}
          {field('shareable', (id) => (
            <Select
              id={id}
              allowClear
              value={draft.shareable === null ? null : String(draft.shareable)}
              placeholder={unknown}
              options={['true', 'false'].map((value) => ({
                value,
                label: t(value === 'true' ? 'library.yes' : 'library.no'),
              }))}
              onChange={(value) => onChange({ shareable: value == null ? null : value === 'true' })}
            />
          ))}
          {field('keyArea', (id) => (
            <Input
              id={id}
              value={draft.keyArea ?? ''}
              maxLength={200}
              onChange={(event) => onChange({ keyArea: event.target.value })}
            />
          ))}
          {field('tags', (id) => (
            <Select
              id={id}
              mode="tags"
              value={[...draft.tags]}
              maxCount={20}
              open={false}
              suffixIcon={null}
              tokenSeparators={['、', '，', ',']}
              onChange={(tags) => onChange({ tags })}
            />
          ))}
        </div>
      </section>
      <section>
        <h3 className={desk.heading}>{t('demands.form.where')}</h3>
        <div className={desk.fields}>
          {field(
            'position',
            (id) => (
              <Input
                id={id}
                value={draft.position}
                maxLength={100}
                onChange={(event) => onChange({ position: event.target.value })}
                data-testid="demand-position"
              />
            ),
            wrong('position'),
            read?.swapped
              ? t('library.locate.swapped', { lon: read.position[0], lat: read.position[1] })
              : t('library.locate.example'),
          )}
          {field('datum', (id) => (
            <Select
              id={id}
              value={draft.datum}
              options={datums.map((value) => ({ value, label: value }))}
              onChange={(datum) => onChange({ datum })}
            />
          ))}
          {field('scenario', (id) => (
            <Select
              id={id}
              allowClear
              value={draft.scenario}
              placeholder={unknown}
              options={choices('scenario', demandScenarios)}
              onChange={(scenario) => onChange({ scenario: scenario ?? null })}
              data-testid="demand-scenario"
            />
          ))}
          {field('searchRadiusM', (id) => (
            <InputNumber
              id={id}
              style={{ width: '100%' }}
              min={10}
              max={20_000}
              suffix="m"
              value={draft.searchRadiusM}
              placeholder={String(usualSearchRadiusM(draft.scenario))}
              onChange={(searchRadiusM) => onChange({ searchRadiusM })}
              data-testid="demand-radius"
            />
          ))}
          {field('townCode', (id) => (
            <Select
              id={id}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={draft.townCode === '' ? null : draft.townCode}
              placeholder={unknown}
              options={towns.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(townCode) => onChange({ townCode: townCode ?? '' })}
            />
          ))}
        </div>
      </section>
      <section>
        <h3 className={desk.heading}>{t('demands.form.station')}</h3>
        <div className={desk.fields}>
          {field('form', (id) => (
            <Select
              id={id}
              allowClear
              value={draft.form}
              placeholder={unknown}
              options={choices('form', demandForms)}
              onChange={(form) => onChange({ form: form ?? null })}
            />
          ))}
          {field('band', (id) => (
            <Input
              id={id}
              value={draft.band ?? ''}
              maxLength={50}
              onChange={(event) => onChange({ band: event.target.value })}
            />
          ))}
          {field('wantHeightM', (id) => (
            <InputNumber
              id={id}
              style={{ width: '100%' }}
              min={0.1}
              max={1000}
              suffix="m"
              value={draft.wantHeightM}
              onChange={(wantHeightM) => onChange({ wantHeightM })}
            />
          ))}
          {field(
            'azimuthsDeg',
            (id) => (
              <Input
                id={id}
                value={draft.azimuths}
                placeholder="0/120/240"
                status={readAzimuths(draft.azimuths) === null ? 'error' : ''}
                onChange={(event) => onChange({ azimuths: event.target.value })}
              />
            ),
            wrong('azimuths'),
          )}
          {field('note', (id) => (
            <Input.TextArea
              id={id}
              rows={2}
              maxLength={500}
              value={draft.note}
              onChange={(event) => onChange({ note: event.target.value })}
            />
          ))}
        </div>
      </section>
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly error: string | null;
  readonly hint: string;
  readonly input: (id: string) => ReactNode;
}

function Field({ label, error, hint, input }: FieldProps) {
  const id = useId();
  return (
    <div className={desk.field}>
      <label htmlFor={id}>{label}</label>
      {input(id)}
      {error !== null ? (
        <small role="alert" className={desk.wrong}>
          {error}
        </small>
      ) : hint === '' ? null : (
        <small>{hint}</small>
      )}
    </div>
  );
}
