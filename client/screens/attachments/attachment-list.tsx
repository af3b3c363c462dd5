// What is attached, the oldest first: a small picture or the sign of a paper, the name that opens it, what it is, who brought it when.
import { DeleteOutlined, DownloadOutlined, FilePdfOutlined } from '@ant-design/icons';
import { Button, Image, Popconfirm, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AttachmentJson } from '../../../server/contract/attachments.ts';
import { attachmentUrl } from '../../api/attachments.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatFileSize } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import styles from './attachments.module.css';

export interface AttachmentListProps {
  readonly attachments: readonly AttachmentJson[];
  readonly onRemove: (id: string) => void;
}

export function AttachmentList({ attachments, onRemove }: AttachmentListProps) {
  return (
    <Image.PreviewGroup>
      <ul className={styles.list} data-testid="attachment-list">
        {attachments.map((one) => (
          <AttachmentLine key={one.id} one={one} onRemove={() => onRemove(one.id)} />
        ))}
      </ul>
    </Image.PreviewGroup>
  );
}

interface AttachmentLineProps {
  readonly one: AttachmentJson;
  readonly onRemove: () => void;
}

function AttachmentLine({ one, onRemove }: AttachmentLineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const url = attachmentUrl(one);
  const isPicture = one.pages === null;
  const size = formatFileSize(one.bytes, language);
  return (
    <li data-testid="attachment">
      {isPicture ? (
        <Image src={url} alt={one.fileName} width={48} height={48} style={{ objectFit: 'cover' }} />
      ) : (
        <span className={styles.paper} aria-hidden>
          <FilePdfOutlined />
        </span>
      )}
      <div className={styles.about}>
        <span className={styles.name}>
          {/* a PDF is handed over for download by the service itself */}
          <a href={url} target="_blank" rel="noreferrer" data-testid="attachment-open">
            {one.fileName}
          </a>
        </span>
        <span className={styles.tags}>
          <Tag>{t(`attachments.kind.${one.kind}`)}</Tag>
          {one.isEvidence ? <Tag color="green">{t('attachments.evidence')}</Tag> : null}
          <small>{one.pages === null ? size : t('attachments.pages', { count: one.pages, size })}</small>
        </span>
        <small>
          {one.uploader === 'system' ? t('audit.system') : one.uploader} ·{' '}
          {formatDateTime(one.uploadedAt, language)}
        </small>
      </div>
      <span className={styles.acts}>
        <Button
          type="text"
          size="small"
          icon={<DownloadOutlined />}
          href={url}
          download={one.fileName}
          aria-label={t('attachments.download', { name: one.fileName })}
          data-testid="attachment-download"
        />
        {one.removable ? (
          <Popconfirm
            title={t('attachments.removeAsk')}
            okText={t('attachments.removeAct')}
            cancelText={t('attachments.keep')}
            onConfirm={onRemove}
            okButtonProps={{ danger: true, 'data-testid': 'attachment-remove-ok' }}
          >
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('attachments.remove', { name: one.fileName })}
              data-testid="attachment-remove"
            />
          </Popconfirm>
        ) : null}
      </span>
    </li>
  );
}
