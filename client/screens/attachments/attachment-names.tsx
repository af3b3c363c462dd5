// The attachments of some kinds by their names, where a fact they prove is told; nothing where there are none.
import type { AttachmentKind } from '../../../engine/index.ts';
import { type AttachmentOwner, attachmentUrl, useAttachments } from '../../api/attachments.ts';
import styles from './attachments.module.css';

export interface AttachmentNamesProps extends AttachmentOwner {
  readonly kinds: readonly AttachmentKind[];
}

export function AttachmentNames({ noun, objectId, kinds }: AttachmentNamesProps) {
  const all = useAttachments({ noun, objectId }).data?.attachments ?? [];
  const named = all.filter(({ kind }) => kinds.includes(kind));
  if (named.length === 0) return null;
  return (
    <span className={styles.names} data-testid="attachment-names">
      {named.map((one) => (
        <a key={one.id} href={attachmentUrl(one)} target="_blank" rel="noreferrer">
          {one.fileName}
        </a>
      ))}
    </span>
  );
}
