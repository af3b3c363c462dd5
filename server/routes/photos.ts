// Photos of a case: taken in with a check of their bytes, shown to whoever may read the case, removed by whoever brought them while
// nothing names them.
import { photoJsonSchema, photoListSchema, photoQuerySchema } from '../contract/photos.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { deletePhoto, loadPhoto, loadPhotoFile, loadPhotosOfCase } from '../store/photos.ts';
import { caseOf, mayAddPhotos } from './case-parts.ts';
import { forgetPhotoBytes, keepPhoto, PHOTO_UPLOAD_BYTES, sendPhotoBytes, takePhoto } from './photo-parts.ts';
import { bytes, created, emptied, idParams, replies } from './route-parts.ts';

const tags = ['cases'];
const read = { access: 'case:read' } as const;

export function photoRoutes(app: App, { store, config: { photoDir: dir } }: Services): void {
  app.get(
    '/api/cases/:id/photos',
    { config: read, schema: { tags, params: idParams, response: replies(photoListSchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await caseOf(tx, id);
        return { photos: await loadPhotosOfCase(tx, id) };
      });
    },
  );

  app.post(
    '/api/photos',
    {
      // the tower company and the operator of the station: the row says who may
      config: read,
      bodyLimit: PHOTO_UPLOAD_BYTES,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        querystring: photoQuerySchema,
        response: { ...replies(photoJsonSchema), 201: created(photoJsonSchema)[201] },
      },
    },
    async (request, reply) => {
      const { caseId, kind } = request.query;
      const { principal } = signedInPerson(request);
      const mine = storeOfRequest(request, store);
      // nobody's bytes are looked at for a case that is not theirs
      if (!mayAddPhotos(principal, await caseOf(mine, caseId))) throw new ProductError('PERMISSION_DENIED');
      const photo = await takePhoto(request);
      const { id, isNew } = await mine.transaction((tx) =>
        keepPhoto(tx, dir, { of: 'case', ownerId: caseId, kind }, photo),
      );
      const saved = await loadPhoto(mine, id);
      if (!saved) throw new ProductError('PHOTO_UNKNOWN', { id });
      return reply.code(isNew ? 201 : 200).send(saved);
    },
  );

  app.get(
    '/api/photos/:id',
    { config: read, schema: { tags, params: idParams, response: bytes } },
    async (request, reply) => {
      const { id } = request.params;
      const file = await loadPhotoFile(storeOfRequest(request, store), 'case', id);
      return sendPhotoBytes(request, reply, dir, { id, file });
    },
  );

  app.delete(
    '/api/photos/:id',
    { config: read, schema: { tags, params: idParams, response: emptied } },
    async (request, reply) => {
      const { id } = request.params;
      const digest = await storeOfRequest(request, store).transaction(async (tx) => {
        const file = await loadPhotoFile(tx, 'case', id);
        if (!file) throw new ProductError('PHOTO_UNKNOWN', { id });
        if (!(await deletePhoto(tx, 'case', id))) throw new ProductError('PERMISSION_DENIED');
        return file.digest;
      });
      await forgetPhotoBytes(store, dir, digest);
      return reply.code(204).send(null);
    },
  );
}
