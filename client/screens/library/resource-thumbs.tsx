// A few photos of a resource in one line, where somebody decides about it; large on a click. Nothing where there are none.
import { Image } from 'antd';
import { useTranslation } from 'react-i18next';
import { resourcePhotoUrl, useResourcePhotos } from '../../api/resource-photos.ts';
import { useMay } from '../../state/session.ts';
import desk from '../shell/desk.module.css';

const MOST_SHOWN = 6;

export function ResourceThumbs({ resourceId }: { readonly resourceId: string }) {
  const { t } = useTranslation();
  const mayRead = useMay('resource:read');
  const photos = useResourcePhotos(resourceId, mayRead).data ?? [];
  if (photos.length === 0) return null;
  return (
    <Image.PreviewGroup>
      <div className={desk.line} style={{ margin: '6px 0' }} data-testid="resource-thumbs">
        {photos.slice(0, MOST_SHOWN).map((photo) => (
          <Image
            key={photo.id}
            src={resourcePhotoUrl(photo)}
            alt={`${t(`photos.kind.${photo.kind}`)} ${photo.fileName}`}
            width={72}
            height={54}
            style={{ objectFit: 'cover', borderRadius: 4 }}
          />
        ))}
      </div>
    </Image.PreviewGroup>
  );
}
