// What a row proposes, field by field in the order people read it.
import { type ReviewedField, reviewedFields } from '../../../engine/index.ts';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface RowFactsProps {
  readonly row: BatchRowJson;
  readonly words: BatchWords;
  /** They were reviewed before and are not looked at again. */
  readonly locked: boolean;
  /** Shown elsewhere. */
  readonly without: readonly ReviewedField[];
}

export function RowFacts({ row, words, locked, without }: RowFactsProps) {
  const reviewed = reviewedFields
    .filter((field) => !without.includes(field))
    .map((field) => [field, words.value(field, row[field])] as const);
  const [name = null, ...others] = reviewed;
  const facts = [
    ...(name === null ? [] : [name]),
    ['code', row.code],
    ['town', row.townName === '' ? words.place(row.townCode) : row.townName],
    ...others,
  ] as const;
  return (
    <dl className={styles.facts} data-locked={locked} data-testid="row-facts">
      {facts.map(([field, text]) => (
        <div key={field} data-wide={field === 'note' || field === 'address'}>
          <dt>{words.field(field)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
