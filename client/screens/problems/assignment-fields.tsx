// Who gets a problem, who helps, and by when: the same fields for one and for many.
import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../parts/day-field.tsx';
import styles from './problems.module.css';
import { todayInChina } from './ranking-period.ts';
import { UnitField, useKnownUnits } from './unit-field.tsx';

export interface AssignmentDraft {
  readonly ownerUnit: string;
  readonly coUnits: readonly string[];
  /** Null: as it is. */
  readonly dueDate: string | null;
  readonly reason: string;
}

export interface AssignmentFieldsProps {
  readonly draft: AssignmentDraft;
  readonly onChange: (change: Partial<AssignmentDraft>) => void;
  readonly districtCode: string | null;
  /** What stands when no day is chosen. */
  readonly dueHint: string;
  readonly reasonNeeded: boolean;
  readonly isTried: boolean;
}

export function AssignmentFields(props: AssignmentFieldsProps) {
  const { draft, onChange, districtCode, dueHint, reasonNeeded, isTried } = props;
  const { t } = useTranslation();
  const id = useId();
  const known = useKnownUnits(districtCode);
  const lacksUnit = isTried && draft.ownerUnit.trim() === '';
  const lacksReason = isTried && reasonNeeded && draft.reason.trim() === '';
  return (
    <>
      <div className={styles.field}>
        <label htmlFor={`${id}-unit`}>{t('problems.column.ownerUnit')}</label>
        <UnitField
          id={`${id}-unit`}
          value={draft.ownerUnit}
          districtCode={districtCode}
          placeholder={t('problems.assign.unit')}
          status={lacksUnit ? 'error' : ''}
          onChange={(ownerUnit) => onChange({ ownerUnit })}
          testId="assign-unit"
        />
        {lacksUnit ? <small role="alert">{t('problems.assign.unitMissing')}</small> : null}
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-co`}>{t('problems.column.coUnits')}</label>
        <Select
          id={`${id}-co`}
          mode="tags"
          maxCount={20}
          tokenSeparators={[',', '，', '、', ';', '；']}
          value={[...draft.coUnits]}
          placeholder={t('problems.assign.coUnits')}
          options={known.map((unit) => ({ value: unit, label: unit }))}
          onChange={(units: string[]) =>
            onChange({
              coUnits: [...new Set(units.map((unit) => unit.trim()).filter((unit) => unit !== ''))],
            })
          }
          data-testid="assign-co-units"
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-due`}>{t('problems.column.dueAt')}</label>
        <DayField
          id={`${id}-due`}
          label={t('problems.column.dueAt')}
          value={draft.dueDate}
          from={todayInChina()}
          placeholder={dueHint}
          onChange={(dueDate) => onChange({ dueDate })}
          testId="assign-due"
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-reason`}>
          {t(reasonNeeded ? 'problems.reason' : 'problems.assign.remark')}
        </label>
        <Input.TextArea
          id={`${id}-reason`}
          rows={2}
          maxLength={500}
          value={draft.reason}
          status={lacksReason ? 'error' : ''}
          onChange={(event) => onChange({ reason: event.target.value })}
          data-testid="assign-reason"
        />
        {lacksReason ? <small role="alert">{t('problems.reasonMissing')}</small> : null}
      </div>
    </>
  );
}
