// The head of a batch and of its letter: to whom it goes and which office decides; name and note while it is a draft.
import { App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useWorkOnBatch } from '../../api/batches.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface HeadDialogProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
  readonly onClose: () => void;
}

const longest = { title: 200, addressee: 200, office: 200, note: 2000 } as const;
type HeadField = keyof typeof longest;

export function HeadDialog({ batch, words, onClose }: HeadDialogProps) {
  const { t } = words;
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnBatch();
  const fields: readonly HeadField[] =
    batch.state === '草稿' ? ['title', 'addressee', 'office', 'note'] : ['addressee', 'office'];
  const [typed, setTyped] = useState<Partial<Record<HeadField, string>>>({});
  const changes = Object.fromEntries(
    fields.flatMap((field) => {
      const text = typed[field]?.trim();
      return text === undefined || text === batch[field] ? [] : [[field, text]];
    }),
  );
  const isNameless = (typed.title ?? batch.title).trim() === '';
  const save = () => {
    if (Object.keys(changes).length === 0) {
      onClose();
      return;
    }
    work.mutate(
      { batch, work: { kind: 'change', changes } },
      {
        onSuccess: () => {
          void message.success(t('batches.act.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('batches.act.edit')}
      okText={t('batches.act.save')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ disabled: isNameless, 'data-testid': 'head-save' }}
      confirmLoading={work.isPending}
      onOk={save}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="head-dialog">
        {fields.map((field) => (
          <div key={field} className={styles.field}>
            <label htmlFor={`${id}-${field}`}>{t(`batches.head.${field}`)}</label>
            <Input
              id={`${id}-${field}`}
              value={typed[field] ?? batch[field]}
              maxLength={longest[field]}
              onChange={({ target }) => setTyped((now) => ({ ...now, [field]: target.value }))}
              data-testid={`head-${field}`}
            />
          </div>
        ))}
        <RefusalNote error={work.error} />
      </div>
    </Modal>
  );
}
