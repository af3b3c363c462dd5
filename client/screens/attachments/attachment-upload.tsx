// Bringing files of one kind, dropped or chosen, several at once: one after the other, each with its progress or why it is refused.
import { PaperClipOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AttachmentKind, attachmentKinds } from '../../../engine/index.ts';
import { DropButton } from '../../parts/drop-button.tsx';
import { QueueList } from '../photos/queue-list.tsx';
import { type FileToSend, useFileQueue } from '../photos/use-file-queue.ts';
import desk from '../shell/desk.module.css';
import styles from './attachments.module.css';
import { type AttachmentRefusal, refuseAttachment } from './refuse-attachment.ts';

export interface AttachmentUploadProps {
  readonly firstKind: AttachmentKind;
  /** Resolves when it is there and the list knows of it. */
  readonly send: (file: FileToSend<AttachmentKind>) => Promise<unknown>;
}

export function AttachmentUpload({ firstKind, send }: AttachmentUploadProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<AttachmentKind>(firstKind);
  const { queue, add, remove } = useFileQueue<AttachmentKind, AttachmentRefusal>(async (file) => {
    await send(file);
    return [];
  }, refuseAttachment);
  return (
    <div className={desk.stack}>
      <div className={styles.bring}>
        <Select<AttachmentKind>
          value={kind}
          aria-label={t('attachments.kindLabel')}
          style={{ width: 140 }}
          options={attachmentKinds.map((value) => ({ value, label: t(`attachments.kind.${value}`) }))}
          onChange={setKind}
          data-testid="attachment-kind"
        />
        <DropButton
          className={styles.drop}
          accept="application/pdf,image/jpeg,image/png,image/webp"
          multiple
          onFiles={(files) => add(files, kind)}
          testId="attachment-add"
          inputTestId="attachment-input"
        >
          <strong>
            <PaperClipOutlined aria-hidden /> {t('attachments.add')}
          </strong>
          <small>{t('attachments.note')}</small>
        </DropButton>
      </div>
      <QueueList queue={queue} words="attachments" testId="attachment-queue" onRemove={remove} />
    </div>
  );
}
