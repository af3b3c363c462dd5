// The files on their way, each with its progress or, where it is refused, why.
import { Progress, Tag } from 'antd';
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
}

export function QueueList({ queue, words, testId }: QueueListProps) {
  if (queue.length === 0) return null;
  return (
    <ul className={styles.queue} data-testid={testId}>
      {queue.map((queued) => (
        <QueueLine key={queued.key} queued={queued} words={words} />
      ))}
    </ul>
  );
}

interface QueueLineProps {
  readonly queued: QueuedFile<string>;
  readonly words: QueueListProps['words'];
}

function QueueLine({ queued: { file, state, share, refusal, error, warnings }, words }: QueueLineProps) {
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
      {warnings.map((warning) => (
        <Tag key={warning} color="orange">
          {t(`${words}.warning.${warning}`)}
        </Tag>
      ))}
    </li>
  );
}
