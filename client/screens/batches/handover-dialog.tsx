// Handing the batch over (转交) to another reviewer: who can take it, what waits in it. Others may decide in it all the same.
import { App, Empty, Input, Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useHandOver, useReviewers } from '../../api/batch-verbs.ts';
import { formatCount } from '../../format/numbers.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { ReplyState } from '../shell/reply-state.tsx';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface HandoverDialogProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
  readonly onClose: () => void;
}

export function HandoverDialog({ batch, words, onClose }: HandoverDialogProps) {
  const { t, language } = words;
  const { message } = App.useApp();
  const id = useId();
  const reply = useReviewers(batch.id);
  const work = useHandOver(batch);
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const reviewers = reply.data?.reviewers ?? [];
  const accountId =
    reviewers.find((one) => one.id === chosen)?.id ?? (reviewers.length === 1 ? reviewers[0]?.id : undefined);
  const send = () => {
    if (accountId === undefined) return;
    work.mutate(
      { accountId, ...(note.trim() !== '' && { note: note.trim() }) },
      {
        onSuccess: ({ handlerName }) => {
          void message.success(t('batches.handover.done', { name: handlerName ?? '' }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('batches.handover.title')}
      okText={t('batches.handover.ok')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ disabled: accountId === undefined, 'data-testid': 'handover-ok' }}
      confirmLoading={work.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="handover-dialog">
        <ReplyState reply={reply} notFound={t('batches.desk.notFound')} />
        {reply.data !== undefined && reviewers.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('batches.handover.none')} />
        ) : null}
        {reviewers.length === 0 ? null : (
          <>
            <p className={styles.soft}>
              {t('batches.handover.preview', { rows: formatCount(batch.counts.undecided, language) })}
            </p>
            <div className={styles.field}>
              <span>{t('batches.handover.to')}</span>
              <Radio.Group
                className={styles.reviewers ?? ''}
                value={accountId ?? null}
                options={reviewers.map((one) => ({
                  value: one.id,
                  label: (
                    <span data-testid={`handover-to-${one.id}`}>
                      {one.name} <small>{t(`batches.handover.role.${one.role}`, { defaultValue: '' })}</small>
                    </span>
                  ),
                }))}
                onChange={({ target }) => setChosen(target.value)}
              />
            </div>
            <div className={styles.field}>
              <label htmlFor={id}>{t('batches.handover.note')}</label>
              <Input
                id={id}
                value={note}
                maxLength={500}
                autoFocus
                onChange={({ target }) => setNote(target.value)}
                onPressEnter={send}
                data-testid="handover-note"
              />
            </div>
          </>
        )}
        <RefusalNote error={work.error} />
      </div>
    </Modal>
  );
}
