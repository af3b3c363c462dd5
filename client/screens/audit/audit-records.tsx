// The records in the table of every desk, newest first; one opens beside it.
import { useMemo } from 'react';
import type { AuditRecordJson } from '../../../server/contract/audit.ts';
import { useAuditPage } from '../../api/audit.ts';
import { DeskTable } from '../../parts/desk-table.tsx';
import { useTableSettings } from '../../state/table-settings.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { auditColumns } from './audit-columns.tsx';
import {
  type AuditView,
  isFiltered,
  pageQueryOf,
  plainView,
  readAuditView,
  writeAuditView,
} from './audit-query.ts';
import { AuditExport, AuditToolbar } from './audit-toolbar.tsx';
import type { AuditWords } from './use-audit-words.ts';

export interface AuditRecordsProps {
  readonly view: AuditView;
  readonly words: AuditWords;
  readonly onChange: (change: Partial<AuditView>) => void;
}

export function AuditRecords({ view, words, onChange }: AuditRecordsProps) {
  const { t } = words;
  const settings = useTableSettings('audit');
  const page = useAuditPage(pageQueryOf(view));
  const refused = useTableError(page);
  const columns = useMemo(() => auditColumns(words), [words]);
  const records = page.data?.records ?? [];
  const { order, pageSize } = view;
  const clear = () => onChange({ ...plainView, order, pageSize });
  return (
    <DeskTable<AuditRecordJson>
      testId="audit"
      rows={records}
      rowKey={({ seq }) => String(seq)}
      columns={columns}
      settings={settings}
      total={page.data?.total ?? null}
      page={view.page}
      pageSize={view.pageSize}
      onPage={onChange}
      sort={order === plainView.order ? null : { key: 'seq', order }}
      onSort={(sort) => onChange({ order: sort?.order ?? plainView.order })}
      isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
      error={refused}
      focusId={view.record === null ? null : String(view.record)}
      onOpen={(seq) => onChange({ record: Number(seq) })}
      toolbar={
        <AuditToolbar
          view={view}
          words={words}
          accountName={records.find(({ accountId }) => accountId === view.account)?.accountName ?? null}
          onChange={onChange}
          onClear={clear}
        />
      }
      actions={<AuditExport view={view} />}
      view={{
        query: writeAuditView({ ...view, page: 1, record: null }).toString(),
        onTake: (query) => onChange(readAuditView(new URLSearchParams(query))),
      }}
      empty={{ isFiltered: isFiltered(view), text: t('audit.timelineEmpty'), onClear: clear }}
    />
  );
}
