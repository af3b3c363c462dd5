// Departments that are asked about the row (加签) and have not answered: who asked, when, until when. The district takes an asking back.
import { Button } from 'antd';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import { useNow } from '../../parts/use-now.ts';
import styles from './batches.module.css';
import { nameOfDepartment } from './department-names.ts';
import type { BatchWords } from './use-batch-words.ts';

export interface RowCountersignsProps {
  readonly row: Pick<BatchRowJson, 'countersigns'>;
  readonly words: BatchWords;
  /** Null: not this person's to take back. */
  readonly onBack: ((department: string) => void) | null;
}

export function RowCountersigns({ row, words, onBack }: RowCountersignsProps) {
  const { t } = words;
  const now = new Date(useNow());
  return row.countersigns.map(({ department, byName, at, dueAt, note }) => (
    <div key={department} className={styles.opinion} data-testid="row-countersign">
      <b>{nameOfDepartment(department, words)}</b>
      <em className={styles.asked}>{t('batches.countersign.standing')}</em>
      {note === '' ? null : <span>{note}</span>}
      <small>
        {at === ''
          ? byName
          : t('batches.countersign.asked', {
              name: byName,
              at: words.time(at),
              due: words.due(dueAt, now),
            })}
      </small>
      {onBack === null || at === '' ? null : (
        <Button size="small" type="link" onClick={() => onBack(department)} data-testid="countersign-back">
          {t('batches.countersign.back')}
        </Button>
      )}
    </div>
  ));
}
