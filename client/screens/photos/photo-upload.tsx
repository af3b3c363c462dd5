// Bringing photos of one kind: several at once, one after the other, each with its progress and, where it is refused, why.
import { CameraOutlined } from '@ant-design/icons';
import { Button, Progress, Select, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { newOnceKey } from '../../api/once-key.ts';
import { useLanguage } from '../../format/use-language.ts';
import desk from '../shell/desk.module.css';
import { type QueuedPhoto, queuePhotos } from './photo-queue.ts';
import styles from './photos.module.css';

/** One photo on its way. */
export interface PhotoToSend<Kind extends string> {
  readonly kind: Kind;
  readonly file: File;
  /** The key of this act: sent again after silence it is the same. */
  readonly once: string;
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
}

export interface PhotoUploadProps<Kind extends string> {
  readonly kinds: readonly Kind[];
  readonly firstKind: Kind;
  /** Resolves when it is there and the gallery knows of it. */
  readonly send: (photo: PhotoToSend<Kind>) => Promise<{ readonly warnings: readonly string[] }>;
}

export function PhotoUpload<Kind extends string>({ kinds, firstKind, send }: PhotoUploadProps<Kind>) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<Kind>(firstKind);
  const { queue, add } = usePhotoQueue(send);
  return (
    <div className={desk.stack}>
      <div className={desk.acts}>
        <Select<Kind>
          value={kind}
          aria-label={t('photos.kindLabel')}
          style={{ width: 140 }}
          options={kinds.map((value) => ({ value, label: t(`photos.kind.${value}`) }))}
          onChange={setKind}
          data-testid="photo-kind"
        />
        <Button icon={<CameraOutlined />} onClick={() => input.current?.click()} data-testid="photo-add">
          {t('photos.add')}
        </Button>
        <span className={desk.soft}>{t('photos.note')}</span>
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
            <QueueLine key={photo.key} photo={photo} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function QueueLine({ photo }: { readonly photo: QueuedPhoto }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { file, state, share, refusal, error, warnings } = photo;
  const refused = error === null ? null : describeError(error, language);
  return (
    <li data-state={state}>
      <span className={styles.fileName}>{file.name}</span>
      {state === 'refused' ? (
        <span className={styles.refused} role="alert">
          {refusal === null
            ? `${refused?.message ?? ''} ${refused?.hint ?? ''}`
            : t(`photos.refused.${refusal}`)}
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
          {t(`photos.warning.${warning}`)}
        </Tag>
      ))}
    </li>
  );
}

interface Waiting<Kind> {
  readonly photo: QueuedPhoto;
  readonly kind: Kind;
}

function usePhotoQueue<Kind extends string>(send: PhotoUploadProps<Kind>['send']) {
  const [queue, setQueue] = useState<readonly QueuedPhoto[]>([]);
  const waiting = useRef<Waiting<Kind>[]>([]);
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
        const sent = await send({
          kind,
          file: photo.file,
          once: photo.key,
          signal,
          onSent: (sentBytes, totalBytes) => change(photo.key, { share: sentBytes / totalBytes }),
        });
        change(photo.key, { state: 'sent', share: 1, warnings: sent.warnings });
      } catch (error) {
        change(photo.key, { state: 'refused', error });
      }
    }
    isRunning.current = false;
  };
  const add = (files: readonly File[], kind: Kind) => {
    const photos = queuePhotos(files, newOnceKey);
    setQueue((now) => [...now.filter(({ state }) => state !== 'sent'), ...photos]);
    waiting.current.push(
      ...photos.filter(({ state }) => state === 'waiting').map((photo) => ({ photo, kind })),
    );
    void run();
  };
  return { queue, add };
}
