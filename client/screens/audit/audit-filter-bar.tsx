// Which records: object, action, person and days. A text counts when the person is done with it.
import { ClearOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './audit.module.css';
import type { AuditFilters } from './audit-query.ts';
import type { AuditWords } from './use-audit-words.ts';

const objects = [
  'account',
  'token',
  'plan',
  'area',
  'import',
  'antenna',
  'raster',
  'setting',
  'site',
] as const;
const actions = [
  'create',
  'change',
  'remove',
  'review',
  'import',
  'export',
  'sign-in',
  'sign-out',
  'sign-in-refused',
  'password',
] as const;

export interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  readonly words: AuditWords;
  readonly onChange: (change: Partial<AuditFilters>) => void;
  readonly children: ReactNode;
}

export function AuditFilterBar({ filters, words, onChange, children }: AuditFilterBarProps) {
  const { t } = useTranslation();
  const { page: _page, ...set } = filters;
  const choice = (
    key: 'object' | 'action',
    all: string,
    values: readonly string[],
    label: (value: string) => string,
  ) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={filters[key] ?? null}
      placeholder={t(all)}
      aria-label={t(`audit.column.${key}`)}
      style={{ width: 140 }}
      // a link may name a word this page has no list for
      options={[...new Set([...values, ...(filters[key] ? [filters[key]] : [])])].map((value) => ({
        value,
        label: label(value),
      }))}
      onChange={(value: string | null) => onChange({ [key]: value ?? '' })}
      data-testid={`audit-${key}`}
    />
  );
  const text = (key: 'objectId' | 'account', label: string) => (
    <Input
      key={`${key} ${filters[key] ?? ''}`}
      allowClear
      defaultValue={filters[key] ?? ''}
      placeholder={t(label)}
      aria-label={t(label)}
      style={{ width: 170 }}
      maxLength={100}
      onChange={(event) => {
        if (event.target.value === '') onChange({ [key]: '' });
      }}
      onPressEnter={(event) => onChange({ [key]: event.currentTarget.value.trim() })}
      onBlur={(event) => {
        const value = event.target.value.trim();
        if (value !== (filters[key] ?? '')) onChange({ [key]: value });
      }}
      data-testid={`audit-${key}`}
    />
  );
  const dayField = (key: 'from' | 'to') => (
    <Input
      type="date"
      value={filters[key] ?? ''}
      aria-label={`${t('audit.time')} ${key === 'from' ? '≥' : '≤'}`}
      style={{ width: 140 }}
      onChange={(event) => onChange({ [key]: event.target.value })}
      data-testid={`audit-${key}`}
    />
  );
  return (
    <div className={styles.bar}>
      {choice('object', 'audit.allObjects', objects, words.object)}
      {text('objectId', 'audit.objectId')}
      {choice('action', 'audit.allActions', actions, words.action)}
      {text('account', 'audit.account')}
      {dayField('from')}
      <span className={styles.soft}>–</span>
      {dayField('to')}
      {Object.keys(set).length > 0 ? (
        <Button
          type="text"
          icon={<ClearOutlined />}
          onClick={() => onChange({ object: '', objectId: '', account: '', action: '', from: '', to: '' })}
          data-testid="audit-clear"
        >
          {t('audit.clear')}
        </Button>
      ) : null}
      {children}
    </div>
  );
}
