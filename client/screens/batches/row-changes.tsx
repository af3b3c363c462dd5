// What is different in a row that came back: all a reviewer has to look at.
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export function RowChanges({ row, words }: { readonly row: BatchRowJson; readonly words: BatchWords }) {
  const { t, language } = words;
  return (
    <section className={`${styles.group} ${styles.changed}`} data-testid="row-changes">
      <h3>
        {row.changes.length === 0
          ? t('batches.row.noChanges')
          : t('batches.row.changes', { count: row.changes.length })}
      </h3>
      {row.changes.length === 0 ? null : (
        <table className={styles.changes} lang={language}>
          <thead>
            <tr>
              <th />
              <th>{t('batches.row.before')}</th>
              <th>{t('batches.row.after')}</th>
            </tr>
          </thead>
          <tbody>
            {row.changes.map(({ field, before, after }) => (
              <tr key={field} data-field={field}>
                <th scope="row">{words.field(field)}</th>
                <td>{isUnknown(before) ? '—' : <del>{words.value(field, before)}</del>}</td>
                <td>
                  <ins>{words.value(field, after)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const isUnknown = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
