// Photos of a case: taken in with a check of their bytes, shown to whoever may read the case, removed by whoever brought them while
// nothing names them. The file is written before its row and removed after it, under a lock on its digest.
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { photoJsonSchema, photoListSchema, photoQuerySchema } from '../contract/photos.ts';
import { ProductError } from '../errors.ts';
import { checkPhoto } from '../photos/check-photo.ts';
import { readPhotoBytes, removePhotoBytes, savePhotoBytes } from '../photos/photo-files.ts';
import { PHOTO_MB } from '../photos/photo-parts.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  deletePhoto,
  findSamePhoto,
  isPhotoWanted,
  loadPhoto,
  loadPhotoFile,
  loadPhotosOfCase,
  lockPhotoBytes,
  savePhoto,
} from '../store/photos.ts';
import { caseOf, mayAddPhotos } from './case-parts.ts';
import { readUpload } from './read-upload.ts';
import { bytes, created, emptied, idParams, replies } from './route-parts.ts';

/** Each is held in memory twice while it is rewritten. */
const CHECKS_AT_ONCE = 4;
const CHECKS_WAITING = 32;
const UPLOAD_BYTES = PHOTO_MB * 1024 * 1024 + 64 * 1024;
const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
const tags = ['cases'];
const read = { access: 'case:read' } as const;

export function photoRoutes(app: App, { store, config: { photoDir: dir } }: Services): void {
  const gate = makeGate(CHECKS_AT_ONCE, CHECKS_WAITING);

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
      bodyLimit: UPLOAD_BYTES,
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
      const upload = await readUpload(request, PHOTO_MB, 'PHOTO_TOO_LARGE');
      const photo = await gate(async () => checkPhoto(upload.bytes));
      const { id, isNew } = await mine.transaction(async (tx) => {
        await lockPhotoBytes(tx, photo.digest);
        await savePhotoBytes(dir, photo.digest, photo.clean);
        const same = await findSamePhoto(tx, caseId, kind, photo.digest);
        if (same) return { id: same, isNew: false };
        const { digest, sentDigest, mediaType, width, height, clean, exif } = photo;
        const { takenAt, position } = exif;
        const newId = `photo-${randomUUID()}`;
        const { fileName } = upload;
        await savePhoto(tx, {
          ...{
            id: newId,
            caseId,
            kind,
            digest,
            sentDigest,
            mediaType,
            width,
            height,
            takenAt,
            position,
            fileName,
          },
          bytes: clean.length,
        });
        return { id: newId, isNew: true };
      });
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
      const file = await loadPhotoFile(storeOfRequest(request, store), id);
      if (!file) throw new ProductError('PHOTO_UNKNOWN', { id });
      const tag = `"${file.digest.slice(0, 32)}"`;
      if (request.headers['if-none-match'] === tag) return sendSame(reply, tag);
      const content = await readPhotoBytes(dir, file.digest);
      if (content?.length !== file.bytes) throw new ProductError('PHOTO_GONE');
      return reply
        .type(file.mediaType)
        .header('etag', tag)
        .header('cache-control', 'private, no-cache')
        .header('x-content-type-options', 'nosniff')
        .header('content-disposition', `inline; filename="${id}.${extensions[file.mediaType]}"`)
        .send(content);
    },
  );

  app.delete(
    '/api/photos/:id',
    { config: read, schema: { tags, params: idParams, response: emptied } },
    async (request, reply) => {
      const { id } = request.params;
      const digest = await storeOfRequest(request, store).transaction(async (tx) => {
        const file = await loadPhotoFile(tx, id);
        if (!file) throw new ProductError('PHOTO_UNKNOWN', { id });
        if (!(await deletePhoto(tx, id))) throw new ProductError('PERMISSION_DENIED');
        return file.digest;
      });
      // after the row is gone for good; whoever brings the same picture now waits and writes it again
      await store.transaction(async (tx) => {
        await lockPhotoBytes(tx, digest);
        if (!(await isPhotoWanted(tx, digest))) await removePhotoBytes(dir, digest);
      });
      return reply.code(204).send(null);
    },
  );
}

/** Asked anew each time whether it may be seen; the bytes never change. */
const sendSame = (reply: FastifyReply, tag: string): FastifyReply =>
  reply.header('etag', tag).header('cache-control', 'private, no-cache').code(304).send();
