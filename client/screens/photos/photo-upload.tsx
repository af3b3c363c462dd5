// Bringing photos of one kind: several at once, one after the other, each with its progress and, where it is refused, why.
import { CameraOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import desk from '../shell/desk.module.css';
import { QueueList } from './queue-list.tsx';
import { type PhotoRefusal, refusePhoto } from './refuse-photo.ts';
import { type FileToSend, useFileQueue } from './use-file-queue.ts';

export interface PhotoUploadProps<Kind extends string> {
  readonly kinds: readonly Kind[];
  readonly firstKind: Kind;
  /** Resolves when it is there and the gallery knows of it. */
  readonly send: (photo: FileToSend<Kind>) => Promise<{ readonly warnings: readonly string[] }>;
}

export function PhotoUpload<Kind extends string>({ kinds, firstKind, send }: PhotoUploadProps<Kind>) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<Kind>(firstKind);
  const { queue, add, remove } = useFileQueue<Kind, PhotoRefusal>(
    async (photo) => (await send(photo)).warnings,
    refusePhoto,
  );
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
      <QueueList queue={queue} words="photos" testId="photo-queue" onRemove={remove} />
    </div>
  );
}
