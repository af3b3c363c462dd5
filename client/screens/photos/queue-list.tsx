// The files on their way, each with its progress and a way to call it off or, where it is refused, why.
import { CloseOutlined } from '@ant-design/icons';
import { Button, Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { QueuedFile } from './file-queue.ts';
import styles from './photos.module.css';

export interface QueueListProps {
  readonly queue: readonly QueuedFile<string>[];
  /** Where the words are: `photos` has `photos.refused.size` and `photos.warning.far`. */
  readonly words: 'photos' | 'attachments';
  readonly testId: string;
  readonly onRemove: (key: string) => void;
}

export function QueueList({ queue, words, testId, onRemove }: QueueListProps) {
  if (queue.length === 0) return null;
  return (
    <ul className={styles.queue} data-testid={testId}>
      {queue.map((queued) => (
        <QueueLine key={queued.key} queued={queued} words={words} onRemove={onRemove} />
      ))}
    </ul>
  );
}

interface QueueLineProps {
  readonly queued: QueuedFile<string>;
  readonly words: QueueListProps['words'];
  readonly onRemove: QueueListProps['onRemove'];
}

function QueueLine({ queued, words, onRemove }: QueueLineProps) {
  const { key, file, state, share, refusal, error, again, warnings } = queued;
  const { t } = useTranslation();
  const language = useLanguage();
  const refused = error === null ? null : describeError(error, language);
  return (
    <li data-state={state}>
      <span className={styles.fileName}>{file.name}</span>
      {state === 'refused' ? (
        <span className={styles.refused} role="alert">
          {refusal === null
            ? `${refused?.message ?? ''} ${refused?.hint ?? ''}`
            : t(`${words}.refused.${refusal}`)}
        </span>
      ) : (
        <Progress
          percent={Math.round(share * 100)}
          size="small"
          status={state === 'sent' ? 'success' : 'normal'}
          style={{ width: 160 }}
        />
      )}
      {again === null ? null : (
        <Button size="small" onClick={again} data-testid="queue-again">
          {t('photos.again')}
        </Button>
      )}
      {state === 'sent' ? null : (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t(state === 'refused' ? 'photos.dismiss' : 'photos.cancel', { name: file.name })}
          title={t(state === 'refused' ? 'photos.dismiss' : 'photos.cancel', { name: file.name })}
          onClick={() => onRemove(key)}
          data-testid="queue-remove"
        />
      )}
      {warnings.map((warning) => (
        <Tag key={warning} color="orange">
          {t(`${words}.warning.${warning}`)}
        </Tag>
      ))}
    </li>
  );
}
