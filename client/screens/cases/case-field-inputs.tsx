// The fields that go with a move of a case: days, words, a site, a plan.
import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { pastCaseDays } from '../../../engine/index.ts';
import { usePlans } from '../../api/plans.ts';
import { todayInChina } from '../../format/dates.ts';
import { DayField } from '../../parts/day-field.tsx';
import { useMay } from '../../state/session.ts';
import desk from '../shell/desk.module.css';
import { type CaseField, type CaseFieldValues, kindOfCaseField } from './case-move-fields.ts';
import { SiteSelect } from './site-select.tsx';
import { useCaseWords } from './use-case-words.ts';

export interface CaseFieldInputsProps {
  readonly fields: readonly CaseField[];
  readonly values: CaseFieldValues;
  readonly onChange: (field: CaseField, value: string | null) => void;
}

export function CaseFieldInputs({ fields, values, onChange }: CaseFieldInputsProps) {
  const words = useCaseWords();
  const id = useId();
  if (fields.length === 0) return null;
  return (
    <div className={desk.fields}>
      {fields.map((field) => (
        <div key={field} className={desk.field}>
          <label htmlFor={`${id}-${field}`}>{words.field(field)}</label>
          <FieldInput
            id={`${id}-${field}`}
            field={field}
            value={values[field] ?? null}
            onChange={(value) => onChange(field, value)}
          />
        </div>
      ))}
    </div>
  );
}

interface FieldInputProps {
  readonly id: string;
  readonly field: CaseField;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

function FieldInput({ id, field, value, onChange }: FieldInputProps) {
  const words = useCaseWords();
  const testId = `case-field-${field}`;
  switch (kindOfCaseField(field)) {
    case 'day':
      return (
        <DayField
          id={id}
          label={words.field(field)}
          value={value}
          to={isPast(field) ? todayInChina() : undefined}
          onChange={onChange}
          testId={testId}
        />
      );
    case 'site':
      return (
        <SiteSelect
          id={id}
          siteIds={value === null ? [] : [value]}
          isMany={false}
          onChange={([siteId]) => onChange(siteId ?? null)}
          testId={testId}
        />
      );
    case 'plan':
      return <PlanSelect id={id} value={value} onChange={onChange} testId={testId} />;
    default:
      return (
        <Input
          id={id}
          value={value ?? ''}
          maxLength={field === 'filingNumber' ? 100 : 200}
          onChange={({ target }) => onChange(target.value)}
          data-testid={testId}
        />
      );
  }
}

/** The day has happened; the service asks again. */
const isPast = (field: CaseField) => pastCaseDays.some((day) => day === field);

export interface PlanSelectProps {
  readonly id: string;
  readonly value: string | null;
  readonly onChange: (planId: string | null) => void;
  readonly testId: string;
}

export function PlanSelect({ id, value, onChange, testId }: PlanSelectProps) {
  const { t } = useTranslation();
  const plans = (usePlans(useMay('plan:read')).data ?? []).filter(({ state }) => state === 'done');
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      placeholder={t('cases.planSearch')}
      options={plans.map((plan) => ({ value: plan.id, label: plan.name }))}
      onChange={(planId) => onChange(planId ?? null)}
      data-testid={testId}
    />
  );
}
