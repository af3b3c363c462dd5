// The photos of a case: bringing them, for those who build or radiate there, and the gallery.
import { type PhotoKind, photoKinds } from '../../../engine/index.ts';
import type { CaseDetailJson } from '../../../server/contract/cases.ts';
import { photoUrl, sendPhoto, usePhotos, useRefreshCases, useRemovePhoto } from '../../api/cases.ts';
import { PhotoGallery } from '../photos/photo-gallery.tsx';
import { PhotoUpload } from '../photos/photo-upload.tsx';

export interface CasePhotosProps {
  readonly detail: Pick<CaseDetailJson, 'id' | 'mayAddPhotos'>;
  /** Kinds the survey still lacks come first. */
  readonly firstKind: PhotoKind;
}

export function CasePhotos({ detail: { id, mayAddPhotos }, firstKind }: CasePhotosProps) {
  const reply = usePhotos(id);
  const remove = useRemovePhoto();
  const refresh = useRefreshCases();
  return (
    <>
      {mayAddPhotos ? (
        <PhotoUpload
          kinds={photoKinds}
          firstKind={firstKind}
          send={async ({ once: _once, ...photo }) => {
            const sent = await sendPhoto({ ...photo, caseId: id });
            await refresh();
            return sent;
          }}
        />
      ) : null}
      <PhotoGallery
        of="case"
        photos={reply.data}
        error={reply.error ?? remove.error}
        urlOf={(photo) => photoUrl(photo.id)}
        onRemove={({ id: photoId, mine, used }) =>
          mayAddPhotos && mine && !used ? () => remove.mutate(photoId) : null
        }
      />
    </>
  );
}
