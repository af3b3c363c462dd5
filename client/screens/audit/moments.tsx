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
  /** Kind of what was changed, where a history tells of several. */
  readonly object?: string;
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
  /** Columns whose values have words, in one place or the first of several: state → `claims.state`. */
  readonly valueWords: Readonly<Record<string, string | readonly string[]>>;
  /** Values the desk knows by name; null: as it is recorded. */
  readonly valueName?: (column: string, value: unknown) => string | null;
}

/** The records of one transaction stand this close. */
const SAME_ACT_MS = 1000;

const nobody: readonly string[] = ['-', 'system'];
const isAttachment = ({ object = '' }: Moment): boolean => object.endsWith('-attachment');

export function Moments({ records, error, columnWords, valueWords, valueName }: MomentsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useAuditWords();
  const column = (name: string): string => t(`${columnWords}.${name}`, { defaultValue: '' });
  const shown = (name: string, value: unknown): string => {
    const named = valueName?.(name, value) ?? null;
    if (named !== null) return named;
    const list = valueWords[name];
    if (list !== undefined && typeof value === 'string' && value !== '')
      return t(
        [list].flat().map((place) => `${place}.${value}`),
        { defaultValue: value },
      );
    return words.value(name, value);
  };
  const told = (records ?? []).map((record) => ({
    record,
    changes: auditChanges(record.before, record.after).filter(({ field }) => column(field) !== ''),
  }));
  /** Inner matters alone are no news to a person, and the reason they carry is told with what the same act changed besides. */
  const isInner = ({ record, changes }: (typeof told)[number]): boolean =>
    record.action === 'change' &&
    changes.length === 0 &&
    (!record.reason ||
      told.some(
        (other) =>
          other.changes.length > 0 &&
          other.record.reason === record.reason &&
          Math.abs(Date.parse(other.record.at) - Date.parse(record.at)) < SAME_ACT_MS,
      ));
  return (
    <div data-testid="moments">
      <RefusalNote error={error} />
      {records === undefined && !error ? <Spin /> : null}
      {records?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.timelineEmpty')} />
      ) : null}
      <Timeline
        items={told.flatMap((moment) => {
          const { record, changes } = moment;
          const isNew = isNothing(record.before);
          if (isInner(moment)) return [];
          return {
            key: record.seq,
            content: (
              <article className={styles.moment}>
                <header>
                  <b>
                    {isAttachment(record)
                      ? t(`attachments.told.${record.action}`)
                      : words.action(record.action)}
                  </b>
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
