// Attachments of problems, cases, relocations and resources, at one address each: whoever may read the object sees them, whoever acts on
// it adds them, whoever brought one takes it away while nothing closed rests on it. The row says who that is, so most routes ask only
// for reading.
import { type AttachmentNoun, attachmentNouns } from '../../engine/index.ts';
import {
  attachmentJsonSchema,
  attachmentListSchema,
  attachmentPaths,
  attachmentQuerySchema,
} from '../contract/attachments.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  type AttachmentFile,
  type AttachmentOwner,
  deleteAttachment,
  loadAttachmentFile,
  loadAttachmentList,
  loadAttachments,
  mayAttach,
} from '../store/attachments.ts';
import type { Queryable } from '../store/store.ts';
import {
  ATTACHMENT_UPLOAD_BYTES,
  keepAttachment,
  sendAttachment,
  takeAttachment,
} from './attachment-parts.ts';
import { caseOf } from './case-parts.ts';
import { forgetPhotoBytes } from './photo-parts.ts';
import { problemOf } from './problem-parts.ts';
import { relocationOf } from './relocation-parts.ts';
import { resourceOf } from './resource-parts.ts';
import { bytes, created, emptied, goneWith, idParams, replies } from './route-parts.ts';

const attachmentParams = strictObject({ id: idSchema, attachmentId: idSchema });

/** What an object is read and changed by, and how it answers to whoever may not see it. */
const desks = {
  problem: { read: 'problem:read', change: 'problem:read', demand: problemOf },
  case: { read: 'case:read', change: 'case:read', demand: caseOf },
  relocation: { read: 'relocation:read', change: 'relocation:read', demand: relocationOf },
  resource: { read: 'resource:read', change: 'resource:update', demand: resourceOf },
} as const satisfies Readonly<
  Record<
    AttachmentNoun,
    { read: string; change: string; demand: (db: Queryable, id: string) => Promise<object> }
  >
>;

export function attachmentRoutes(app: App, services: Services): void {
  for (const noun of attachmentNouns) routesOf(app, services, noun);
}

function routesOf(app: App, { store, config }: Services, noun: AttachmentNoun): void {
  const { photoDir: dir } = config;
  const { read, change, demand } = desks[noun];
  const tags = [attachmentPaths[noun]];
  const listPath = `/api/${attachmentPaths[noun]}/:id/attachments` as const;
  const onePath = `${listPath}/:attachmentId` as const;

  app.get(
    listPath,
    { config: { access: read }, schema: { tags, params: idParams, response: replies(attachmentListSchema) } },
    async (request) => {
      const { id: objectId } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await demand(tx, objectId);
        return loadAttachmentList(tx, { noun, objectId });
      });
    },
  );

  app.post(
    listPath,
    {
      config: { access: change },
      bodyLimit: ATTACHMENT_UPLOAD_BYTES,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        params: idParams,
        querystring: attachmentQuerySchema,
        headers: onceHeadersSchema,
        response: { ...replies(attachmentJsonSchema), 201: created(attachmentJsonSchema)[201] },
      },
    },
    async (request, reply) => {
      const owner = { noun, objectId: request.params.id };
      // nobody's bytes are looked at for something that is not theirs
      await storeOfRequest(request, store).transaction(async (tx) => {
        await demand(tx, owner.objectId);
        if (!(await mayAttach(tx, owner))) throw new ProductError('PERMISSION_DENIED');
      });
      const sent = await takeAttachment(request, config, goneWith(reply));
      const outcome = await onceOnly(
        request,
        store,
        '',
        async (tx) => {
          const { id, isNew } = await keepAttachment(tx, dir, owner, request.query.kind, sent);
          const [saved] = await loadAttachments(tx, owner, id);
          if (!saved) throw new ProductError('ATTACHMENT_UNKNOWN', { id });
          return { status: isNew ? 201 : 200, body: saved };
        },
        sent.sentDigest,
      );
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    onePath,
    { config: { access: read }, schema: { tags, params: attachmentParams, response: bytes } },
    async (request, reply) => {
      const { id: objectId, attachmentId } = request.params;
      const file = await fileOf(storeOfRequest(request, store), { noun, objectId }, attachmentId);
      return sendAttachment(request, reply, dir, attachmentId, file);
    },
  );

  app.delete(
    onePath,
    { config: { access: change }, schema: { tags, params: attachmentParams, response: emptied } },
    async (request, reply) => {
      const { id: objectId, attachmentId } = request.params;
      const digest = await storeOfRequest(request, store).transaction(async (tx) => {
        const file = await fileOf(tx, { noun, objectId }, attachmentId);
        if (!(await deleteAttachment(tx, attachmentId))) throw new ProductError('PERMISSION_DENIED');
        return file.digest;
      });
      await forgetPhotoBytes(store, dir, digest);
      return reply.code(204).send(null);
    },
  );
}

/** Throws ATTACHMENT_UNKNOWN for one of another object, or not for whoever asks. */
async function fileOf(db: Queryable, owner: AttachmentOwner, id: string): Promise<AttachmentFile> {
  const file = await loadAttachmentFile(db, owner, id);
  if (!file) throw new ProductError('ATTACHMENT_UNKNOWN', { id });
  return file;
}
