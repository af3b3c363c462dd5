// Photos of a resource: whoever may read the resource sees them, whoever may update it (its owner too) adds and removes them. Nothing
// of the camera is in what is served.
import {
  resourcePhotoJsonSchema,
  resourcePhotoListSchema,
  resourcePhotoQuerySchema,
} from '../contract/photos.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { deletePhoto, loadPhotoFile, loadPhotosOfResource, type PhotoFile } from '../store/photos.ts';
import type { Queryable } from '../store/store.ts';
import { forgetPhotoBytes, keepPhoto, PHOTO_UPLOAD_BYTES, sendPhotoBytes, takePhoto } from './photo-parts.ts';
import { resourceOf } from './resource-parts.ts';
import { bytes, created, emptied, idParams, replies } from './route-parts.ts';

const tags = ['resources'];
const read = { access: 'resource:read' } as const;
const update = { access: 'resource:update' } as const;
const photoParams = strictObject({ id: idSchema, photoId: idSchema });

export function resourcePhotoRoutes(app: App, { store, config: { photoDir: dir } }: Services): void {
  app.get(
    '/api/resources/:id/photos',
    { config: read, schema: { tags, params: idParams, response: replies(resourcePhotoListSchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await resourceOf(tx, id);
        return { photos: await loadPhotosOfResource(tx, id) };
      });
    },
  );

  app.post(
    '/api/resources/:id/photos',
    {
      config: update,
      bodyLimit: PHOTO_UPLOAD_BYTES,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        params: idParams,
        querystring: resourcePhotoQuerySchema,
        headers: onceHeadersSchema,
        response: { ...replies(resourcePhotoJsonSchema), 201: created(resourcePhotoJsonSchema)[201] },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { kind } = request.query;
      // nobody's bytes are looked at for a resource that is not theirs
      const resource = await resourceOf(storeOfRequest(request, store), id);
      const { principal } = signedInPerson(request);
      if (!permissionsOnRow(principal, resource).has('resource:update'))
        throw new ProductError('PERMISSION_DENIED');
      const photo = await takePhoto(request);
      const outcome = await onceOnly(
        request,
        store,
        '',
        async (tx) => {
          const kept = await keepPhoto(tx, dir, { of: 'resource', ownerId: id, kind }, photo);
          const [saved] = await loadPhotosOfResource(tx, id, kept.id);
          if (!saved) throw new ProductError('PHOTO_UNKNOWN', { id: kept.id });
          return { status: kept.isNew ? 201 : 200, body: saved };
        },
        photo.sentDigest,
      );
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/resources/:id/photos/:photoId',
    { config: read, schema: { tags, params: photoParams, response: bytes } },
    async (request, reply) => {
      const { id, photoId } = request.params;
      const file = await fileOf(storeOfRequest(request, store), id, photoId);
      return sendPhotoBytes(request, reply, dir, { id: photoId, file });
    },
  );

  app.delete(
    '/api/resources/:id/photos/:photoId',
    { config: update, schema: { tags, params: photoParams, response: emptied } },
    async (request, reply) => {
      const { id, photoId } = request.params;
      const digest = await storeOfRequest(request, store).transaction(async (tx) => {
        const file = await fileOf(tx, id, photoId);
        if (!file) throw new ProductError('PHOTO_UNKNOWN', { id: photoId });
        if (!(await deletePhoto(tx, 'resource', photoId))) throw new ProductError('PERMISSION_DENIED');
        return file.digest;
      });
      await forgetPhotoBytes(store, dir, digest);
      return reply.code(204).send(null);
    },
  );
}

/** Null: of another resource, or not for whoever asks. */
async function fileOf(db: Queryable, resourceId: string, photoId: string): Promise<PhotoFile | null> {
  const file = await loadPhotoFile(db, 'resource', photoId);
  return file?.ownerId === resourceId ? file : null;
}
