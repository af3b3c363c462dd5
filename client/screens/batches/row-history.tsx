// Everything that was ever decided on a row, oldest first; what was undone stays in sight.

import { useBatchRowDetail } from '../../api/batches.ts';
import { useDebounced } from '../../parts/use-debounced.ts';
import styles from './batches.module.css';
import { DecisionTag } from './decision-tag.tsx';
import type { ShownRow } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';

/** Who walks through the rows does not ask for the history of each. */
const STAY_MS = 350;

export function RowHistory({ row, words }: { readonly row: ShownRow; readonly words: BatchWords }) {
  const { t } = words;
  const stayedOn = useDebounced(row.version, STAY_MS);
  const isWanted = stayedOn === row.version && !row.unsent && row.version > 1;
  const history = useBatchRowDetail(row, isWanted).data?.history ?? [];
  if (history.length === 0) return null;
  return (
    <section className={styles.group} data-testid="row-history">
      <h3>{t('batches.row.history')}</h3>
      <ol className={styles.history}>
        {history.map((one) => (
          <li key={`${one.id}`} data-undone={one.undoneAt !== null}>
            <DecisionTag decision={one.decision} words={words} />
            {one.reasonCode === null ? null : <span>{words.reason(one.reasonCode)}</span>}
            {one.reasonText === '' ? null : <span>{one.reasonText}</span>}
            <small>
              {t('batches.row.round', { round: one.round })} ·{' '}
              {t('batches.row.byAt', { name: one.byName, at: words.time(one.at) })}
              {one.undoneAt === null
                ? ''
                : ` · ${t('batches.row.undone', { name: one.undoneByName ?? '—', at: words.time(one.undoneAt) })}`}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
