// Which records: kind, action, role, person, object, days, a text in the reason; and the files of what they show.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditExportUrl } from '../../api/audit.ts';
import { messages } from '../../format/messages/zh/audit.ts';
import { DayField } from '../../parts/day-field.tsx';
import { QueryBar, withChosen } from '../../parts/query-bar.tsx';
import { download } from '../../state/download.ts';
import { roles } from '../people/role-list.ts';
import styles from './audit.module.css';
import { type AuditView, exportQueryOf, isFiltered } from './audit-query.ts';
import type { AuditWords } from './use-audit-words.ts';

export interface AuditToolbarProps {
  readonly view: AuditView;
  readonly words: AuditWords;
  /** Of the account the records are of; null: of several, or not known yet. */
  readonly accountName: string | null;
  readonly onChange: (change: Partial<AuditView>) => void;
  readonly onClear: () => void;
}

type ChoiceKey = 'object' | 'action' | 'role';

export function AuditToolbar({ view, words, accountName, onChange, onClear }: AuditToolbarProps) {
  const { t } = useTranslation();
  // what has a word can be chosen; a link may name what has none yet
  const kinds = (key: 'object' | 'action') => ({
    key,
    label: t(`audit.column.${key}`),
    anyLabel: t(key === 'object' ? 'audit.allObjects' : 'audit.allActions'),
    options: withChosen(Object.keys(messages[key]), view[key]).map((value) => ({
      value,
      label: words[key](value),
    })),
  });
  return (
    <QueryBar<ChoiceKey>
      testId="audit"
      search={{ q: view.q, placeholder: t('audit.search'), onSearch: (q) => onChange({ q }) }}
      choices={[
        kinds('object'),
        kinds('action'),
        {
          key: 'role',
          label: t('audit.column.role'),
          anyLabel: t('people.allRoles'),
          options: roles.map((value) => ({ value, label: words.role(value) })),
        },
      ]}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isFiltered(view)}
      onClear={onClear}
    >
      <TextFilter
        value={view.person}
        label={t('audit.person')}
        onDone={(person) => onChange({ person })}
        testId="audit-person"
      />
      <TextFilter
        value={view.objectId}
        label={t('audit.objectId')}
        onDone={(objectId) => onChange({ objectId })}
        testId="audit-objectId"
      />
      {(['from', 'to'] as const).map((key) => (
        <div key={key} className={styles.day}>
          <DayField
            label={t(`audit.${key === 'from' ? 'fromDay' : 'toDay'}`)}
            placeholder={t(`audit.${key === 'from' ? 'fromDay' : 'toDay'}`)}
            value={view[key]}
            from={key === 'to' ? (view.from ?? undefined) : undefined}
            to={key === 'from' ? (view.to ?? undefined) : undefined}
            onChange={(day) => onChange({ [key]: day })}
            testId={`audit-${key}`}
          />
        </div>
      ))}
      {view.account === null ? null : (
        <Tag closable onClose={() => onChange({ account: null })} data-testid="audit-account">
          {t('audit.account', { name: accountName ?? view.account })}
        </Tag>
      )}
    </QueryBar>
  );
}

interface TextFilterProps {
  readonly value: string | null;
  readonly label: string;
  readonly onDone: (value: string | null) => void;
  readonly testId: string;
}

/** Counts when the person is done with it. */
function TextFilter({ value, label, onDone, testId }: TextFilterProps) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const done = (typed: string) => {
    if (typed.trim() !== (value ?? '')) onDone(typed.trim() === '' ? null : typed.trim());
  };
  return (
    <Input
      allowClear
      value={text}
      placeholder={label}
      aria-label={label}
      className={styles.textFilter ?? ''}
      maxLength={100}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === '') done('');
      }}
      onPressEnter={() => done(text)}
      onBlur={() => done(text)}
      data-testid={testId}
    />
  );
}

export function AuditExport({ view }: Pick<AuditToolbarProps, 'view'>) {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['xlsx', 'csv'] as const).map((format) => ({
          key: format,
          label: t(`audit.export.${format}`),
          onClick: () => void download(`audit.${format}`, auditExportUrl(format, exportQueryOf(view))),
        })),
      }}
    >
      <Button icon={<DownloadOutlined />} title={t('audit.export.hint')} data-testid="audit-export">
        {t('audit.export.act')}
      </Button>
    </Dropdown>
  );
}
