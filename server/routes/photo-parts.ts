// What the routes of photos of cases and of resources share: one picture taken in, shown, and its bytes removed. The file is written
// before its row and removed after it, under a lock on its digest. Attachments lie in the same folder.
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PhotoKind } from '../../engine/index.ts';
import { type ErrorCode, ProductError } from '../errors.ts';
import { type CheckedPhoto, checkPhoto } from '../photos/check-photo.ts';
import { readPhotoBytes, removePhotoBytes, savePhotoBytes } from '../photos/photo-files.ts';
import { PHOTO_MB } from '../photos/photo-parts.ts';
import { makeGate } from '../plugins/gate.ts';
import {
  findSamePhoto,
  isPhotoWanted,
  lockPhotoBytes,
  type PhotoFile,
  type PhotoOwner,
  savePhoto,
} from '../store/photos.ts';
import type { Queryable, Store } from '../store/store.ts';
import { readUpload } from './read-upload.ts';

export const PHOTO_UPLOAD_BYTES = PHOTO_MB * 1024 * 1024 + 64 * 1024;
/** Each is held in memory twice while it is rewritten, whatever it is of. */
const gate = makeGate(4, 32);
const extensions = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
} as const;

export interface SentPhoto extends CheckedPhoto {
  readonly fileName: string;
}

/** The one picture of a form, judged by its bytes. Throws PHOTO_*, IMPORT_FILE_*, SERVICE_BUSY. */
export async function takePhoto(request: FastifyRequest): Promise<SentPhoto> {
  const upload = await readUpload(request, PHOTO_MB, 'PHOTO_TOO_LARGE');
  const photo = await gate(async () => checkPhoto(upload.bytes));
  return { ...photo, fileName: upload.fileName };
}

export interface KeptPhoto {
  readonly id: string;
  /** False: the same picture was there already. */
  readonly isNew: boolean;
}

/** Writes the file and its row, or finds the same picture of the same kind. */
export async function keepPhoto(
  tx: Queryable,
  dir: string,
  owner: { readonly of: PhotoOwner; readonly ownerId: string; readonly kind: PhotoKind },
  { exif, clean, ...photo }: SentPhoto,
): Promise<KeptPhoto> {
  const { of, ownerId, kind } = owner;
  const { digest } = photo;
  await lockPhotoBytes(tx, digest);
  await savePhotoBytes(dir, digest, clean);
  const same = await findSamePhoto(tx, of, { ownerId, kind, digest });
  if (same) return { id: same, isNew: false };
  const id = `photo-${randomUUID()}`;
  const { takenAt, position } = exif;
  await savePhoto(tx, of, { ...photo, id, ownerId, kind, takenAt, position, bytes: clean.length });
  return { id, isNew: true };
}

/** Whoever may not see it gets null here, and PHOTO_UNKNOWN. Throws PHOTO_GONE when its file is not there. */
export async function sendPhotoBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  dir: string,
  { id, file }: { readonly id: string; readonly file: PhotoFile | null },
): Promise<FastifyReply> {
  if (!file) throw new ProductError('PHOTO_UNKNOWN', { id });
  return sendKeptBytes(request, reply, dir, { id, file, goneCode: 'PHOTO_GONE' });
}

export interface KeptBytes {
  readonly id: string;
  readonly file: {
    readonly digest: string;
    readonly mediaType: keyof typeof extensions;
    readonly bytes: number;
  };
  readonly goneCode: ErrorCode;
  /** Left out: shown where it is asked for. */
  readonly disposition?: string;
}

/** Throws `goneCode` when the file is not there. */
export async function sendKeptBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  dir: string,
  { id, file, goneCode, disposition }: KeptBytes,
): Promise<FastifyReply> {
  const tag = `"${file.digest.slice(0, 32)}"`;
  // asked anew each time whether it may be seen; the bytes never change
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  const content = await readPhotoBytes(dir, file.digest);
  if (content?.length !== file.bytes) throw new ProductError(goneCode);
  return reply
    .type(file.mediaType)
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', disposition ?? `inline; filename="${id}.${extensions[file.mediaType]}"`)
    .send(content);
}

/** After the row is gone for good; whoever brings the same picture now waits and writes it again. */
export async function forgetPhotoBytes(store: Store, dir: string, digest: string): Promise<void> {
  await store.transaction(async (tx) => {
    await lockPhotoBytes(tx, digest);
    if (!(await isPhotoWanted(tx, digest))) await removePhotoBytes(dir, digest);
  });
}
