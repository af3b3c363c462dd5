// What happened to a row of a desk, newest first, from the row's own history. Columns the desk has no word for are inner matters
// and stay out.
import { Empty, Spin, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './audit.module.css';
import { auditChanges, isNothing } from './audit-changes.ts';
import { useAuditWords } from './use-audit-words.ts';

export interface Moment {
  readonly seq: number;
  readonly at: string;
  readonly accountName: string;
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
}

export interface MomentsProps {
  /** Undefined: still on its way. */
  readonly records: readonly Moment[] | undefined;
  readonly error: unknown;
  /** Where the words of the columns are: `claims.record` has `claims.record.company`. */
  readonly columnWords: string;
  /** Columns whose values have words: state → `claims.state`. */
  readonly valueWords: Readonly<Record<string, string>>;
}

const nobody: readonly string[] = ['-', 'system'];

export function Moments({ records, error, columnWords, valueWords }: MomentsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useAuditWords();
  const column = (name: string): string => t(`${columnWords}.${name}`, { defaultValue: '' });
  const shown = (name: string, value: unknown): string => {
    const list = valueWords[name];
    if (list !== undefined && typeof value === 'string' && value !== '')
      return t(`${list}.${value}`, { defaultValue: value });
    return words.value(name, value);
  };
  return (
    <div data-testid="moments">
      <RefusalNote error={error} />
      {records === undefined && !error ? <Spin /> : null}
      {records?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.timelineEmpty')} />
      ) : null}
      <Timeline
        items={(records ?? []).map((record) => {
          const isNew = isNothing(record.before);
          const changes = auditChanges(record.before, record.after).filter(
            ({ field }) => column(field) !== '',
          );
          return {
            key: record.seq,
            content: (
              <article className={styles.moment}>
                <header>
                  <b>{words.action(record.action)}</b>
                  <span>{nobody.includes(record.accountName) ? t('audit.system') : record.accountName}</span>
                  <time dateTime={record.at}>{formatDateTime(record.at, language)}</time>
                </header>
                {record.reason ? <span>{t('audit.reason', { reason: record.reason })}</span> : null}
                {changes.length === 0 ? null : (
                  <ul>
                    {changes.map(({ field, before, after }) => (
                      <li key={field}>
                        {`${column(field)}: ${isNew ? '' : `${shown(field, before)} → `}${shown(field, after)}`}
                      </li>
                    ))}
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
