// The head of a batch and of its letter: to whom it goes, who gets a copy, which office decides; name and note while it is a draft.
import { App, Input, Modal, Select } from 'antd';
import { useId } from 'react';
import type { BatchChangesJson, BatchJson } from '../../../server/contract/batches.ts';
import { useCopyNames } from '../../api/batch-verbs.ts';
import { freshBatch, useWorkOnBatch } from '../../api/batches.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface HeadDialogProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
  readonly onClose: () => void;
}

const longest = { title: 200, addressee: 200, office: 200, note: 2000 } as const;
type HeadField = keyof typeof longest;
type HeadDraft = Record<HeadField, string> & { readonly copyTo: readonly string[] };
const MOST_COPIES = 20;
const LONGEST_NAME = 100;

const headOf = ({ title, addressee, office, copyTo, note }: BatchJson): HeadDraft => ({
  title,
  addressee,
  office,
  copyTo,
  note,
});

export function HeadDialog({ batch, words, onClose }: HeadDialogProps) {
  const { t } = words;
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnBatch();
  const fields: readonly HeadField[] =
    batch.state === '草稿' ? ['title', 'addressee', 'office', 'note'] : ['addressee', 'office'];
  const edit = useLateEdit(batch, headOf);
  const { base, draft } = edit;
  const names = useCopyNames(batch.id).data?.organisations ?? [];
  const isCopied = JSON.stringify(draft.copyTo) !== JSON.stringify(base.copyTo);
  const changes: BatchChangesJson = {
    ...Object.fromEntries(
      fields.flatMap((field) => {
        const text = draft[field].trim();
        return text === base[field] ? [] : [[field, text]];
      }),
    ),
    ...(isCopied && { copyTo: [...draft.copyTo] }),
  };
  const isNameless = draft.title.trim() === '';
  const save = () => {
    if (Object.keys(changes).length === 0) {
      onClose();
      return;
    }
    work.mutate(
      { batch: base, work: { kind: 'change', changes } },
      {
        onSuccess: () => {
          void message.success(t('batches.act.saved'));
          onClose();
        },
        onError: (error) => edit.takeFresh(freshBatch(error)),
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
        <LateNote
          news={edit.news}
          label={(field) => t(`batches.head.${field}`)}
          value={(field) => (field === 'copyTo' ? words.list(base.copyTo) : base[field]) || '—'}
        />
        {fields.map((field) => (
          <div key={field} className={styles.field}>
            <label htmlFor={`${id}-${field}`}>{t(`batches.head.${field}`)}</label>
            <Input
              id={`${id}-${field}`}
              value={draft[field]}
              maxLength={longest[field]}
              onChange={({ target }) => edit.change({ [field]: target.value })}
              data-testid={`head-${field}`}
            />
          </div>
        ))}
        <div className={styles.field}>
          <label htmlFor={`${id}-copyTo`}>{t('batches.head.copyTo')}</label>
          <Select
            id={`${id}-copyTo`}
            mode="tags"
            maxCount={MOST_COPIES}
            tokenSeparators={[',', '，', '、', ';', '；']}
            value={[...draft.copyTo]}
            options={names.map((value) => ({ value, label: value }))}
            onChange={(copyTo: string[]) => edit.change({ copyTo: tidied(copyTo) })}
            data-testid="head-copyTo"
          />
          <small>{t('batches.head.copyToHint')}</small>
        </div>
        <RefusalNote error={freshBatch(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}

const tidied = (names: readonly string[]): string[] => [
  ...new Set(names.map((name) => name.trim().slice(0, LONGEST_NAME)).filter((name) => name !== '')),
];
