// Photos by kind, each with when and where it was taken and what is doubtful about it; large on a click.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Empty, Image, Popconfirm, Spin, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PhotoJson } from '../../../server/contract/photos.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatDistance } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './photos.module.css';

export type GalleryPhoto = Pick<
  PhotoJson,
  'id' | 'kind' | 'fileName' | 'takenAt' | 'uploadedAt' | 'uploader' | 'distanceM' | 'warnings'
>;

export interface PhotoGalleryProps<Photo extends GalleryPhoto> {
  /** Undefined: still on their way. */
  readonly photos: readonly Photo[] | undefined;
  readonly error: unknown;
  /** From what the distance of a photo is measured. */
  readonly of: 'case' | 'resource';
  readonly urlOf: (photo: Photo) => string;
  /** Null: this one stays. */
  readonly onRemove: (photo: Photo) => (() => void) | null;
}

export function PhotoGallery<Photo extends GalleryPhoto>(props: PhotoGalleryProps<Photo>) {
  const { photos, error, of, urlOf, onRemove } = props;
  const { t } = useTranslation();
  if (photos === undefined && !error) return <Spin />;
  return (
    <div className={desk.stack} data-testid="photo-gallery">
      <RefusalNote error={error} />
      {photos?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('photos.none')} />
      ) : null}
      <Image.PreviewGroup>
        <div className={styles.gallery}>
          {(photos ?? []).map((photo) => (
            <figure key={photo.id} data-testid="photo">
              <Image
                src={urlOf(photo)}
                alt={`${t(`photos.kind.${photo.kind}`)} ${photo.fileName}`}
                width={156}
                height={117}
                style={{ objectFit: 'cover' }}
              />
              <Caption photo={photo} of={of} onRemove={onRemove(photo)} />
            </figure>
          ))}
        </div>
      </Image.PreviewGroup>
    </div>
  );
}

function Caption({
  photo,
  of,
  onRemove,
}: {
  readonly photo: GalleryPhoto;
  readonly of: 'case' | 'resource';
  readonly onRemove: (() => void) | null;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const far = photo.warnings.includes('far') && photo.distanceM !== null;
  return (
    <figcaption>
      <div className={desk.line}>
        <strong>{t(`photos.kind.${photo.kind}`)}</strong>
        {onRemove === null ? null : (
          <Popconfirm
            title={t('photos.removeAsk')}
            okText={t('photos.remove')}
            cancelText={t('photos.keep')}
            onConfirm={onRemove}
            okButtonProps={{ 'data-testid': 'photo-remove-ok' }}
          >
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('photos.remove')}
              data-testid="photo-remove"
            />
          </Popconfirm>
        )}
      </div>
      <small>{formatDateTime(photo.takenAt ?? photo.uploadedAt, language)}</small>
      <small>{photo.uploader}</small>
      {far ? (
        <Tag color="red">
          {t(`photos.far.${of}`, { distance: formatDistance(photo.distanceM, language) })}
        </Tag>
      ) : null}
      {photo.warnings
        .filter((warning) => warning !== 'far' || !far)
        .map((warning) => (
          <Tag key={warning} color="orange">
            {t(`photos.warning.${warning}`)}
          </Tag>
        ))}
    </figcaption>
  );
}
