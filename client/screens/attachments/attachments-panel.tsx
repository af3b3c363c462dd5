// The attachments of a problem, case, relocation or resource: a list for everybody who sees it, and bringing others for whoever acts on
// it. Who that is, and which may go, comes with the list.
import { Empty, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AttachmentKind } from '../../../engine/index.ts';
import {
  type AttachmentOwner,
  sendAttachment,
  useAttachments,
  useRefreshAttachments,
  useRemoveAttachment,
} from '../../api/attachments.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { AttachmentList } from './attachment-list.tsx';
import { AttachmentUpload } from './attachment-upload.tsx';

export interface AttachmentsPanelProps extends AttachmentOwner {
  /** What is mostly brought here. */
  readonly firstKind?: AttachmentKind;
}

export function AttachmentsPanel({ noun, objectId, firstKind = '协议' }: AttachmentsPanelProps) {
  const { t } = useTranslation();
  const owner = { noun, objectId };
  const reply = useAttachments(owner);
  const remove = useRemoveAttachment(owner);
  const refresh = useRefreshAttachments(owner);
  const attachments = reply.data?.attachments;
  return (
    <div className={desk.stack} data-testid="attachments">
      {reply.isPending ? <Spin /> : null}
      {reply.data?.mayAdd ? (
        <AttachmentUpload
          firstKind={firstKind}
          send={async (file) => {
            await sendAttachment(owner, file);
            await refresh();
          }}
        />
      ) : null}
      <RefusalNote error={reply.error ?? remove.error} />
      {attachments?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('attachments.none')} />
      ) : null}
      {attachments !== undefined && attachments.length > 0 ? (
        <AttachmentList attachments={attachments} onRemove={(id) => remove.mutate(id)} />
      ) : null}
    </div>
  );
}
