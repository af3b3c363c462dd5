// What a batch is, in one line under its title: state, number, who submitted it, for whom, who handles it, until when.
import type { BatchJson } from '../../../server/contract/batches.ts';
import styles from './batches.module.css';
import { BatchStateTag } from './decision-tag.tsx';
import { DueTag } from './due-tag.tsx';
import type { BatchWords } from './use-batch-words.ts';

export function BatchHead({ batch, words }: { readonly batch: BatchJson; readonly words: BatchWords }) {
  const { t } = words;
  const { organisation, submittedAt, closedAt } = batch;
  const name = batch.submittedByName ?? batch.createdByName;
  const operators = words.list(batch.forOperators);
  return (
    <span className={styles.head} data-testid="batch-head">
      <BatchStateTag state={batch.state} words={words} />
      <b data-testid="batch-number">{batch.number ?? t('batches.noNumber')}</b>
      <span>{batch.districtName}</span>
      <span>
        {submittedAt === null
          ? t('batches.desk.draftBy', { name })
          : t('batches.desk.submittedBy', { organisation, name, at: words.time(submittedAt) })}
      </span>
      {operators === '' ? null : <span>{t('batches.desk.operators', { operators })}</span>}
      {batch.handlerName === null ? null : (
        <b data-testid="batch-handler">
          {batch.handledByMe
            ? t('batches.desk.handlerMe')
            : t('batches.desk.handler', { name: batch.handlerName })}
        </b>
      )}
      {batch.copyTo.length === 0 ? null : (
        <span>{t('batches.desk.copyTo', { names: words.list(batch.copyTo) })}</span>
      )}
      {closedAt === null ? null : (
        <span>
          {t('batches.desk.closedBy', { name: batch.closedByName ?? '—', at: words.time(closedAt) })}
        </span>
      )}
      {batch.dueAt === null ? null : <DueTag dueAt={batch.dueAt} words={words} />}
    </span>
  );
}
