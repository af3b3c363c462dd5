// The columns of the audit trail: what matters at a look first, numbers for whoever checks the chain on request.
import type { AuditRecordJson } from '../../../server/contract/audit.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import styles from './audit.module.css';
import { ChangeList } from './change-list.tsx';
import type { AuditWords } from './use-audit-words.ts';

export function auditColumns(words: AuditWords): readonly DeskColumn<AuditRecordJson>[] {
  const { t, language } = words;
  const column = (key: string) => ({ key, title: t(`audit.column.${key}`) });
  return [
    {
      ...column('seq'),
      widthPx: 84,
      fixed: true,
      sortable: true,
      align: 'right',
      render: ({ seq }) => <span data-testid={`audit-${seq}`}>{formatCount(seq, language)}</span>,
    },
    { ...column('at'), widthPx: 150, render: ({ at }) => formatDateTime(at, language) },
    { ...column('person'), widthPx: 130, render: (record) => words.person(record) },
    {
      ...column('role'),
      widthPx: 130,
      render: ({ role }) => (role === null ? '—' : words.role(role)),
    },
    { ...column('action'), widthPx: 100, render: ({ action }) => <b>{words.action(action)}</b> },
    { ...column('object'), widthPx: 120, render: ({ object }) => words.object(object) },
    {
      ...column('objectId'),
      widthPx: 130,
      render: ({ objectId }) => (objectId === null ? '—' : <span className={styles.id}>{objectId}</span>),
    },
    {
      ...column('what'),
      widthPx: 420,
      render: (record) => (
        <div className={styles.brief}>
          <ChangeList record={record} words={words} most={2} />
        </div>
      ),
    },
    { ...column('reason'), widthPx: 200, render: ({ reason }) => reason ?? '—' },
    { ...column('address'), widthPx: 130, optional: true, render: ({ address }) => address ?? '—' },
    {
      ...column('requestId'),
      widthPx: 160,
      optional: true,
      render: ({ requestId }) => requestId ?? '—',
    },
    {
      ...column('hash'),
      widthPx: 160,
      optional: true,
      render: ({ hash }) => <code>{hash}</code>,
    },
  ];
}
