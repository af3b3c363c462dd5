// The photos of a resource: a gallery for everybody who sees the resource, and bringing or removing them for whoever may update it.
import { resourcePhotoKinds } from '../../../engine/index.ts';
import {
  resourcePhotoUrl,
  sendResourcePhoto,
  useRefreshResources,
  useRemoveResourcePhoto,
  useResourcePhotos,
} from '../../api/resource-photos.ts';
import { PhotoGallery } from '../photos/photo-gallery.tsx';
import { PhotoUpload } from '../photos/photo-upload.tsx';
import styles from './library.module.css';

export interface ResourcePhotosProps {
  readonly resourceId: string;
  readonly mayChange: boolean;
}

export function ResourcePhotos({ resourceId, mayChange }: ResourcePhotosProps) {
  const reply = useResourcePhotos(resourceId);
  const remove = useRemoveResourcePhoto(resourceId);
  const refresh = useRefreshResources();
  return (
    <div className={styles.stack} data-testid="resource-photos">
      {mayChange ? (
        <PhotoUpload
          kinds={resourcePhotoKinds}
          firstKind="全景"
          send={async (photo) => {
            const sent = await sendResourcePhoto({ ...photo, resourceId });
            await refresh();
            return sent;
          }}
        />
      ) : null}
      <PhotoGallery
        of="resource"
        photos={reply.data}
        error={reply.error ?? remove.error}
        urlOf={resourcePhotoUrl}
        onRemove={({ id }) => (mayChange ? () => remove.mutate(id) : null)}
      />
    </div>
  );
}
