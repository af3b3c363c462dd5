// The photos of a case by kind, each with when and where it was taken and what is doubtful about it; large on a click.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Empty, Image, Popconfirm, Spin, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PhotoJson } from '../../../server/contract/photos.ts';
import { photoUrl, usePhotos, useRemovePhoto } from '../../api/cases.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatDistance } from '../../format/measures.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './cases.module.css';
import type { CaseWords } from './use-case-words.ts';

export interface PhotoGalleryProps {
  readonly caseId: string;
  readonly words: CaseWords;
  readonly mayRemove: boolean;
}

export function PhotoGallery({ caseId, words, mayRemove }: PhotoGalleryProps) {
  const { t } = useTranslation();
  const reply = usePhotos(caseId);
  const remove = useRemovePhoto();
  const photos = reply.data ?? [];
  if (reply.isPending) return <Spin />;
  return (
    <div className={desk.stack} data-testid="photo-gallery">
      <RefusalNote error={reply.error ?? remove.error} />
      {reply.data && photos.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.photos.none')} />
      ) : null}
      <Image.PreviewGroup>
        <div className={styles.gallery}>
          {photos.map((photo) => (
            <figure key={photo.id} data-testid="photo">
              <Image
                src={photoUrl(photo.id)}
                alt={`${words.photoKind(photo.kind)} ${photo.fileName}`}
                width={156}
                height={117}
                style={{ objectFit: 'cover' }}
              />
              <Caption
                photo={photo}
                words={words}
                onRemove={mayRemove && photo.mine && !photo.used ? () => remove.mutate(photo.id) : null}
              />
            </figure>
          ))}
        </div>
      </Image.PreviewGroup>
    </div>
  );
}

function Caption({
  photo,
  words,
  onRemove,
}: {
  readonly photo: PhotoJson;
  readonly words: CaseWords;
  readonly onRemove: (() => void) | null;
}) {
  const { t } = useTranslation();
  const far = photo.warnings.includes('far') && photo.distanceM !== null;
  return (
    <figcaption>
      <div className={desk.line}>
        <strong>{words.photoKind(photo.kind)}</strong>
        {onRemove === null ? null : (
          <Popconfirm
            title={t('cases.photos.removeAsk')}
            okText={t('cases.photos.remove')}
            cancelText={t('cases.close')}
            onConfirm={onRemove}
          >
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('cases.photos.remove')}
            />
          </Popconfirm>
        )}
      </div>
      <small>{formatDateTime(photo.takenAt ?? photo.uploadedAt, words.language)}</small>
      <small>{photo.uploader}</small>
      {far ? (
        <Tag color="red">
          {t('cases.photos.far', { distance: formatDistance(photo.distanceM, words.language) })}
        </Tag>
      ) : null}
      {photo.warnings
        .filter((warning) => warning !== 'far' || !far)
        .map((warning) => (
          <Tag key={warning} color="orange">
            {t(`cases.photos.warning.${warning}`)}
          </Tag>
        ))}
    </figcaption>
  );
}
