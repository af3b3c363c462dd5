// What is said with a claim: for whom, for which demands or row of a plan, how much of the resource, by when.

import { Input, InputNumber, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { useOperatorOptions } from '../../api/catalogue.ts';
import { useDemandChoices } from '../../api/claims.ts';
import { usePlans } from '../../api/plans.ts';
import { todayInChina } from '../../format/dates.ts';
import { DayField } from '../../parts/day-field.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { useMay } from '../../state/session.ts';
import desk from '../shell/desk.module.css';
import type { ClaimDraft } from './claim-draft.ts';

export interface ClaimFieldsProps {
  readonly draft: ClaimDraft;
  readonly resource: Pick<ResourceJson, 'slots' | 'loadKg' | 'powerKva' | 'siteId'>;
  /** The own organisation, when operators ask for themselves. */
  readonly operator: string | null;
  readonly lacksOperators: boolean;
  readonly onChange: (change: Partial<ClaimDraft>) => void;
}

export function ClaimFields({ draft, resource, operator, lacksOperators, onChange }: ClaimFieldsProps) {
  const { t } = useTranslation();
  const operatorOptions = useOperatorOptions();
  const id = useId();
  const mayPlans = useMay('plan:read');
  const plans = (usePlans(mayPlans && resource.siteId !== null).data ?? []).filter(
    ({ state }) => state === 'done',
  );
  const amount = (key: 'slots' | 'loadKg' | 'powerKva', unit: string, most: number | null) => (
    <Field
      id={`${id}-${key}`}
      label={t(`claims.field.${key}`)}
      hint={
        key === 'slots'
          ? t('claims.hint.slots', { count: most ?? 1 })
          : most === null
            ? t('claims.hint.unknown')
            : t('claims.hint.most', { most, unit })
      }
    >
      <InputNumber
        id={`${id}-${key}`}
        value={draft[key]}
        min={key === 'slots' ? 1 : 0}
        max={key === 'slots' ? 100 : 1e5}
        {...(key === 'slots' ? { precision: 0 } : { suffix: unit })}
        style={{ width: '100%' }}
        onChange={(value) => onChange({ [key]: value })}
        data-testid={`claim-${key}`}
      />
    </Field>
  );
  return (
    <div className={desk.fields}>
      <Field
        id={`${id}-operators`}
        label={t('claims.field.operators')}
        hint={t(
          operator !== null
            ? 'claims.hint.ownOperator'
            : lacksOperators
              ? 'claims.hint.operatorsNeeded'
              : 'claims.hint.operators',
        )}
        isWrong={lacksOperators}
      >
        <Select
          id={`${id}-operators`}
          mode="tags"
          value={[...draft.operators]}
          maxCount={10}
          // an operator asks for itself only
          disabled={operator !== null}
          status={lacksOperators ? 'error' : ''}
          tokenSeparators={[',', '、', ';']}
          options={operatorOptions}
          onChange={(operators) =>
            onChange({ operators: operators.map((one) => one.trim()).filter(Boolean) })
          }
          data-testid="claim-operators"
        />
      </Field>
      <DemandField id={`${id}-demands`} draft={draft} onChange={onChange} />
      {amount('slots', '', resource.slots)}
      {amount('loadKg', 'kg', resource.loadKg)}
      {amount('powerKva', 'kVA', resource.powerKva)}
      <Field id={`${id}-day`} label={t('claims.field.onAirBy')} hint={t('claims.hint.onAirBy')}>
        <DayField
          id={`${id}-day`}
          label={t('claims.field.onAirBy')}
          value={draft.onAirBy}
          from={todayInChina()}
          onChange={(onAirBy) => onChange({ onAirBy })}
          testId="claim-onAirBy"
        />
      </Field>
      {plans.length > 0 || draft.planId !== null ? (
        <Field id={`${id}-plan`} label={t('claims.field.plan')} hint={t('claims.hint.plan')}>
          <Select
            id={`${id}-plan`}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.planId}
            placeholder={t('claims.hint.noPlan')}
            options={plans.map((plan) => ({ value: plan.id, label: plan.name }))}
            onChange={(planId) => onChange({ planId: planId ?? null })}
            data-testid="claim-plan"
          />
        </Field>
      ) : null}
      <Field id={`${id}-note`} label={t('claims.field.note')}>
        <Input.TextArea
          id={`${id}-note`}
          value={draft.note}
          rows={1}
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={500}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      </Field>
    </div>
  );
}

function DemandField({
  id,
  draft,
  onChange,
}: Pick<ClaimFieldsProps, 'draft' | 'onChange'> & { readonly id: string }) {
  const { t } = useTranslation();
  const mayRead = useMay('demand:read');
  const [text, setText] = useState('');
  const found = useDemandChoices(useDebounced(text), draft.demandIds, mayRead);
  if (!mayRead) return null;
  return (
    <Field id={id} label={t('claims.field.demands')} hint={t('claims.hint.demands')}>
      <Select
        id={id}
        mode="multiple"
        value={[...draft.demandIds]}
        maxCount={50}
        showSearch={{ filterOption: false, onSearch: setText }}
        placeholder={t('claims.hint.demandSearch')}
        notFoundContent={t('claims.hint.noDemand')}
        options={found.map((demand) => ({
          value: demand.id,
          label: [demand.name || demand.code, demand.operator].join(' · '),
        }))}
        onChange={(demandIds) => onChange({ demandIds })}
        data-testid="claim-demands"
      />
    </Field>
  );
}

function Field({
  id,
  label,
  hint,
  isWrong = false,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly isWrong?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={desk.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint ? <small className={isWrong ? desk.wrong : ''}>{hint}</small> : null}
    </div>
  );
}
