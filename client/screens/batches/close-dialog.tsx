// Closing a batch: the service says beforehand what is undecided and whose town said nothing; then the act that cannot be taken back.
import { Alert, App, Button, Modal, Spin } from 'antd';
import { useEffect, useRef } from 'react';
import type { BatchJson, CloseResultJson } from '../../../server/contract/batches.ts';
import { useCloseBatch } from '../../api/batches.ts';
import { formatCount } from '../../format/numbers.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface CloseDialogProps {
  readonly batch: BatchJson;
  /** Acts on rows that have not reached the service: they would be lost. */
  readonly unsent: number;
  readonly words: BatchWords;
  readonly onRow: (id: string) => void;
  readonly onClose: () => void;
}

/** Undecided rows named; the others are counted. */
const NAMED = 12;

export function CloseDialog({ batch, unsent, words, onRow, onClose }: CloseDialogProps) {
  const { t, language } = words;
  const { message } = App.useApp();
  const ask = useCloseBatch();
  const close = useCloseBatch();
  const { mutate } = ask;
  const asked = useRef(0);
  // asked again when somebody changed the batch meanwhile
  useEffect(() => {
    if (asked.current === batch.version) return;
    asked.current = batch.version;
    mutate({ batch, dryRun: true });
  }, [mutate, batch]);
  const found = ask.data;
  const isReady = found !== undefined && found.undecided.length === 0 && unsent === 0;
  const confirm = () =>
    close.mutate(
      { batch, dryRun: false },
      {
        onSuccess: (result) => {
          void message.success(t('batches.close.done', { number: result.batch.number ?? '' }));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('batches.close.title')}
      okText={t('batches.close.confirm')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ disabled: !isReady, 'data-testid': 'close-ok' }}
      confirmLoading={close.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="close-dialog">
        <p className={styles.soft}>{t('batches.close.note')}</p>
        <dl className={styles.facts}>
          <div>
            <dt>{t('batches.column.number')}</dt>
            <dd>{batch.number ?? '—'}</dd>
          </div>
          <div>
            <dt>{t('batches.close.addressee')}</dt>
            <dd>{batch.addressee || '—'}</dd>
          </div>
          <div>
            <dt>{t('batches.close.office')}</dt>
            <dd>{batch.office || '—'}</dd>
          </div>
        </dl>
        {unsent > 0 ? (
          <Alert type="warning" showIcon title={t('batches.close.unsent', { count: unsent })} />
        ) : null}
        {ask.isPending ? <Spin /> : null}
        {found === undefined ? null : (
          <Found
            found={found}
            words={words}
            onRow={(id) => {
              onClose();
              onRow(id);
            }}
          />
        )}
        {found !== undefined && found.undecided.length === 0 ? (
          <ul className={styles.totals} data-testid="close-totals">
            {(['同意', '退回补正', '不同意', '转问题'] as const).map((decision) => (
              <li key={decision}>
                {words.word('decision', decision)} <b>{formatCount(batch.counts[decision], language)}</b>
              </li>
            ))}
          </ul>
        ) : null}
        <RefusalNote error={close.error ?? ask.error} />
      </div>
    </Modal>
  );
}

interface FoundProps {
  readonly found: CloseResultJson;
  readonly words: BatchWords;
  readonly onRow: (id: string) => void;
}

function Found({ found, words, onRow }: FoundProps) {
  const { t, language } = words;
  const { undecided, withoutTown, countersigning, batch } = found;
  return (
    <>
      {undecided.length === 0 ? (
        <Alert
          type="success"
          showIcon
          title={t('batches.close.ready', { rows: formatCount(batch.counts.rows, language) })}
        />
      ) : (
        <Alert
          type="error"
          showIcon
          title={t('batches.close.undecided', { rows: formatCount(undecided.length, language) })}
          description={
            <>
              {undecided.slice(0, NAMED).map((row) => (
                <Button key={row.id} type="link" size="small" onClick={() => onRow(row.id)}>
                  {row.place} {row.code}
                </Button>
              ))}
              {undecided.length > NAMED
                ? t('batches.close.more', { rows: formatCount(undecided.length, language) })
                : null}
            </>
          }
          data-testid="close-undecided"
        />
      )}
      {withoutTown > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('batches.close.withoutTown', { rows: formatCount(withoutTown, language) })}
        />
      ) : null}
      {countersigning > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('batches.close.countersigning', { rows: formatCount(countersigning, language) })}
          data-testid="close-countersigning"
        />
      ) : null}
    </>
  );
}
