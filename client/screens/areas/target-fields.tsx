// What an area is to reach: coverage rule, share and day, each left open where a plan shall say it.
import { InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { useCoverageRules } from '../../api/catalogue.ts';
import { useLanguage } from '../../format/use-language.ts';
import { DayField } from '../../parts/day-field.tsx';
import desk from '../shell/desk.module.css';

export type AreaTarget = Pick<AreaJson, 'coverageRule' | 'targetShare' | 'deadline'>;

export interface TargetFieldsProps {
  readonly target: AreaTarget;
  readonly onChange: (change: Partial<AreaTarget>) => void;
}

const PERCENT = 100;

export function TargetFields({ target, onChange }: TargetFieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const rules = useCoverageRules().data ?? [];
  const share = rules.find(({ word }) => word === target.coverageRule)?.targetShare;
  return (
    <div className={desk.fields}>
      <div className={desk.field}>
        <label htmlFor={`${id}-rule`}>{t('areas.field.coverageRule')}</label>
        <Select
          id={`${id}-rule`}
          allowClear
          value={target.coverageRule}
          placeholder={t('areas.open')}
          options={rules.map(({ word, en }) => ({ value: word, label: language === 'en' ? en : word }))}
          onChange={(word?: string) => onChange({ coverageRule: word ?? null })}
          data-testid="area-rule"
        />
      </div>
      <div className={desk.field}>
        <label htmlFor={`${id}-share`}>{t('areas.field.targetShare')}</label>
        <InputNumber<number>
          id={`${id}-share`}
          value={target.targetShare === null ? null : Math.round(target.targetShare * 1000) / 10}
          min={1}
          max={PERCENT}
          step={1}
          placeholder={share === undefined ? t('areas.open') : String(share * PERCENT)}
          suffix="%"
          style={{ width: '100%' }}
          onChange={(percent) => onChange({ targetShare: percent === null ? null : percent / PERCENT })}
          data-testid="area-share"
        />
      </div>
      <div className={desk.field}>
        <label htmlFor={`${id}-deadline`}>{t('areas.field.deadline')}</label>
        <DayField
          id={`${id}-deadline`}
          label={t('areas.field.deadline')}
          value={target.deadline}
          placeholder={t('areas.open')}
          onChange={(deadline) => onChange({ deadline })}
        />
      </div>
    </div>
  );
}
