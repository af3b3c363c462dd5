// Bringing photos of one kind: several at once, one after the other, each with its progress and, where it is refused, why.
import { CameraOutlined } from '@ant-design/icons';
import { Button, Progress, Select, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PhotoKind, photoKinds } from '../../../engine/index.ts';
import { sendPhoto, useRefreshCases } from '../../api/cases.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { newOnceKey } from '../../api/once-key.ts';
import desk from '../shell/desk.module.css';
import styles from './cases.module.css';
import { type QueuedPhoto, queuePhotos } from './photo-queue.ts';
import type { CaseWords } from './use-case-words.ts';

export interface PhotoUploadProps {
  readonly caseId: string;
  readonly words: CaseWords;
  /** Kinds the survey still lacks come first. */
  readonly firstKind: PhotoKind;
}

export function PhotoUpload({ caseId, words, firstKind }: PhotoUploadProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<PhotoKind>(firstKind);
  const { queue, add } = usePhotoQueue(caseId);
  return (
    <div className={desk.stack}>
      <div className={desk.acts}>
        <Select
          value={kind}
          aria-label={t('cases.photos.kind')}
          style={{ width: 140 }}
          options={photoKinds.map((value) => ({ value, label: words.photoKind(value) }))}
          onChange={setKind}
          data-testid="photo-kind"
        />
        <Button icon={<CameraOutlined />} onClick={() => input.current?.click()} data-testid="photo-add">
          {t('cases.photos.add')}
        </Button>
        <span className={desk.soft}>{t('cases.photos.note')}</span>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept="image/jpeg,image/png,image/webp"
          data-testid="photo-input"
          onChange={(event) => {
            add([...(event.target.files ?? [])], kind);
            // the same file may be chosen again
            event.target.value = '';
          }}
        />
      </div>
      {queue.length > 0 ? (
        <ul className={styles.queue} data-testid="photo-queue">
          {queue.map((photo) => (
            <QueueLine key={photo.key} photo={photo} words={words} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function QueueLine({ photo, words }: { readonly photo: QueuedPhoto; readonly words: CaseWords }) {
  const { t } = useTranslation();
  const { file, state, share, refusal, error, warnings } = photo;
  const refused = error === null ? null : describeError(error, words.language);
  return (
    <li data-state={state}>
      <span className={styles.fileName}>{file.name}</span>
      {state === 'refused' ? (
        <span className={styles.refused} role="alert">
          {refusal === null
            ? `${refused?.message ?? ''} ${refused?.hint ?? ''}`
            : t(`cases.photos.refused.${refusal}`)}
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
          {t(`cases.photos.warning.${warning}`)}
        </Tag>
      ))}
    </li>
  );
}

interface Waiting {
  readonly photo: QueuedPhoto;
  readonly kind: PhotoKind;
}

function usePhotoQueue(caseId: string) {
  const [queue, setQueue] = useState<readonly QueuedPhoto[]>([]);
  const refresh = useRefreshCases();
  const waiting = useRef<Waiting[]>([]);
  const isRunning = useRef(false);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    // the effect runs twice while developing
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);

  const change = (key: string, part: Partial<QueuedPhoto>) =>
    setQueue((now) => now.map((photo) => (photo.key === key ? { ...photo, ...part } : photo)));
  const run = async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    for (let next = waiting.current.shift(); next !== undefined; next = waiting.current.shift()) {
      const { photo, kind } = next;
      const { signal } = leaving.current;
      if (signal.aborted) break;
      change(photo.key, { state: 'sending' });
      try {
        const sent = await sendPhoto({
          caseId,
          kind,
          file: photo.file,
          signal,
          onSent: (sentBytes, totalBytes) => change(photo.key, { share: sentBytes / totalBytes }),
        });
        change(photo.key, { state: 'sent', share: 1, warnings: sent.warnings });
        await refresh();
      } catch (error) {
        change(photo.key, { state: 'refused', error });
      }
    }
    isRunning.current = false;
  };
  const add = (files: readonly File[], kind: PhotoKind) => {
    const photos = queuePhotos(files, newOnceKey);
    setQueue((now) => [...now.filter(({ state }) => state !== 'sent'), ...photos]);
    waiting.current.push(
      ...photos.filter(({ state }) => state === 'waiting').map((photo) => ({ photo, kind })),
    );
    void run();
  };
  return { queue, add };
}
