// What happened to a resource, newest first, with the fields that changed in the words of the library.
import { Empty, Spin, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { useResourceHistory } from '../../api/resources.ts';
import { formatDateTime } from '../../format/dates.ts';
import { auditChanges, isNothing } from '../audit/audit-changes.ts';
import { useAuditWords } from '../audit/use-audit-words.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';
import { fieldOfColumn } from './resource-fields.ts';
import { useLibraryWords } from './use-library-words.ts';

const SHOWN_FIELDS = 12;
/** Follow from other fields, or count changes: no news to a person. */
const inner: readonly string[] = [
  'id',
  'version',
  'updated_at',
  'created_at',
  'geom',
  'created_by',
  'import_id',
  'district_located',
  'owner_confirmed_by',
  'site_id',
  'original_lon',
  'original_lat',
];

const degrees: readonly string[] = ['lon', 'lat'];
const moments: readonly string[] = ['owner_confirmed_at'];
const nobody: readonly string[] = ['-', 'system'];
/** Where the words of a file of the resource are. */
const fileWords: Readonly<Record<string, string>> = {
  'resource-photo': 'photos',
  'resource-attachment': 'attachments',
};

export function HistoryPanel({ resourceId }: { readonly resourceId: string }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const audit = useAuditWords();
  const reply = useResourceHistory(resourceId);
  const records = reply.data?.records ?? [];
  const shown = (field: string, value: unknown): string => {
    if (isNothing(value)) return '—';
    if (typeof value === 'object' && !Array.isArray(value)) return '…';
    if (typeof value === 'string' && moments.includes(field)) return formatDateTime(value, words.language);
    // degrees: six decimals are 0.1 m on the ground
    if (typeof value === 'number' && degrees.includes(field)) return value.toFixed(6);
    return words.value(fieldOfColumn(field), value);
  };
  return (
    <div data-testid="resource-history">
      <RefusalNote error={reply.error} />
      {reply.isPending ? <Spin /> : null}
      {reply.data && records.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('library.historyEmpty')} />
      ) : null}
      <Timeline
        items={records.map((record) => {
          const of = fileWords[record.object];
          const changes =
            of !== undefined
              ? []
              : auditChanges(record.before, record.after).filter(({ field }) => !inner.includes(field));
          const file = of === undefined ? null : fileOf(record.after ?? record.before);
          const isNew = isNothing(record.before);
          return {
            key: record.seq,
            content: (
              <article className={styles.moment}>
                <header>
                  <b>{of === undefined ? audit.action(record.action) : t(`${of}.told.${record.action}`)}</b>
                  <span>{nobody.includes(record.accountName) ? t('audit.system') : record.accountName}</span>
                  <time dateTime={record.at}>{formatDateTime(record.at, words.language)}</time>
                </header>
                {record.reason ? <span>{t('audit.reason', { reason: record.reason })}</span> : null}
                {file === null ? null : (
                  <span>{`${t(`${of}.kind.${file.kind}`, { defaultValue: file.kind })} ${file.fileName}`}</span>
                )}
                {changes.length === 0 ? null : (
                  <ul>
                    {changes.slice(0, SHOWN_FIELDS).map(({ field, before, after }) => {
                      const name = fieldOfColumn(field);
                      const old = isNew ? '' : `${shown(field, before)} → `;
                      return <li key={field}>{`${words.field(name)}: ${old}${shown(field, after)}`}</li>;
                    })}
                    {changes.length > SHOWN_FIELDS ? <li>+{changes.length - SHOWN_FIELDS}</li> : null}
                  </ul>
                )}
              </article>
            ),
          };
        })}
      />
    </div>
  );
}

/** Of a record about a photo or an attachment: what it is and what its file was called. */
function fileOf(row: unknown): { readonly kind: string; readonly fileName: string } {
  const { kind = '', file_name: fileName = '' } = row as {
    readonly kind?: string;
    readonly file_name?: string;
  };
  return { kind, fileName };
}
