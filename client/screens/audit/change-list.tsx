// Before and after of one record, field by field.
import { useTranslation } from 'react-i18next';
import type { AuditRecordJson } from '../../../server/contract/audit.ts';
import styles from './audit.module.css';
import { auditChanges, isNothing } from './audit-changes.ts';
import type { AuditWords } from './use-audit-words.ts';

export interface ChangeListProps {
  readonly record: AuditRecordJson;
  readonly words: AuditWords;
  /** Only the first ones, with a mark that there are more. */
  readonly most?: number;
}

export function ChangeList({ record, words, most = Number.POSITIVE_INFINITY }: ChangeListProps) {
  const { t } = useTranslation();
  // the id stands beside the object already
  const changes = auditChanges(record.before, record.after).filter(({ field }) => field !== 'id');
  if (changes.length === 0) return <span className={styles.soft}>{t('audit.noChange')}</span>;
  const hasBefore = record.before !== null && record.before !== undefined;
  const hasAfter = record.after !== null && record.after !== undefined;
  return (
    <dl className={styles.changes} data-testid="audit-changes">
      {changes.slice(0, most).map(({ field, before, after }) => (
        <div key={field}>
          <dt>{words.field(field)}</dt>
          <dd>
            {hasBefore && !isNothing(before) ? (
              <del title={t('audit.before')}>{words.value(field, before, record.object)}</del>
            ) : null}
            {hasBefore && hasAfter && !isNothing(before) ? <span aria-hidden="true"> → </span> : null}
            {hasAfter ? <ins title={t('audit.after')}>{words.value(field, after, record.object)}</ins> : null}
          </dd>
        </div>
      ))}
      {changes.length > most ? <span className={styles.soft}>+{changes.length - most}</span> : null}
    </dl>
  );
}
