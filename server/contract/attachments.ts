// Attachments (附件) of problems, cases, relocations and resources. Their bytes come from an address of their own: a PDF as it was sent,
// a picture without the metadata of the camera.
import { type Static, Type } from 'typebox';
import { attachmentKinds, attachmentNouns } from '../../engine/index.ts';
import { photoMediaTypes } from './photos.ts';
import { idSchema, nullable, oneOf, strictObject } from './shared.ts';

export const attachmentMediaTypes = ['application/pdf', ...photoMediaTypes] as const;
export type AttachmentMediaType = (typeof attachmentMediaTypes)[number];

/** The first word of an address: /api/problems/:id/attachments. */
export const attachmentPaths = {
  problem: 'problems',
  case: 'cases',
  relocation: 'relocations',
  resource: 'resources',
} as const satisfies Readonly<Record<(typeof attachmentNouns)[number], string>>;

export const attachmentJsonSchema = strictObject({
  id: idSchema,
  noun: oneOf(attachmentNouns),
  /** Of the problem, case, relocation or resource. */
  objectId: idSchema,
  kind: oneOf(attachmentKinds),
  fileName: Type.String(),
  mediaType: oneOf(attachmentMediaTypes),
  bytes: Type.Integer(),
  /** Of a PDF; null for a picture. */
  pages: nullable(Type.Integer()),
  /** Pixels of a picture as stored; null for a PDF. */
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  /** Of a problem: it is evidence for closing it this time. */
  isEvidence: Type.Boolean(),
  /** Whoever asks brought it, and nothing closed rests on it. */
  removable: Type.Boolean(),
  uploadedAt: Type.String(),
  uploader: Type.String(),
});
export type AttachmentJson = Static<typeof attachmentJsonSchema>;

/** GET /api/…/:id/attachments : the oldest first. */
export const attachmentListSchema = strictObject({
  attachments: Type.Array(attachmentJsonSchema),
  /** Whoever asks adds others: they act on it, and it is not closed. */
  mayAdd: Type.Boolean(),
});
export type AttachmentListJson = Static<typeof attachmentListSchema>;

/**
 * POST /api/…/:id/attachments?kind=… : one file as multipart/form-data, with Idempotency-Key. The same file again answers the one that
 * is there.
 */
export const attachmentQuerySchema = strictObject({ kind: oneOf(attachmentKinds) });
