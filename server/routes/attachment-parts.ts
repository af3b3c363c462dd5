// One attachment taken in, kept and shown. A PDF is judged in the reader process and kept as it came; a picture is rewritten like every
// photo. Bytes lie with those of photos: the file is written before its row and removed after it, under a lock on its digest.
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AttachmentKind, MOST_ATTACHMENTS } from '../../engine/index.ts';
import type { Config } from '../config.ts';
import { ProductError } from '../errors.ts';
import { readPdfInChild } from '../import/read-pdf-in-child.ts';
import { checkPhoto } from '../photos/check-photo.ts';
import { savePhotoBytes } from '../photos/photo-files.ts';
import { startsWith } from '../photos/photo-parts.ts';
import { makeGate } from '../plugins/gate.ts';
import {
  type AttachmentFile,
  type AttachmentOwner,
  findSameAttachment,
  type NewAttachment,
  saveAttachment,
} from '../store/attachments.ts';
import { lockPhotoBytes } from '../store/photos.ts';
import { type Queryable, StoreError } from '../store/store.ts';
import { sendKeptBytes } from './photo-parts.ts';
import { readUpload } from './read-upload.ts';
import { attachment } from './route-parts.ts';

const ATTACHMENT_MB = 20;
export const ATTACHMENT_UPLOAD_BYTES = ATTACHMENT_MB * 1024 * 1024 + 64 * 1024;
/** A scan of that size takes a tenth of it. */
const READER_SECONDS = 20;
/** Each is held in memory here and in its reader. */
const gate = makeGate(2, 32);

export interface SentAttachment extends Omit<NewAttachment, 'id' | 'noun' | 'objectId' | 'kind' | 'bytes'> {
  readonly content: Uint8Array;
}

/** The one file of a form, judged by its bytes. Throws ATTACHMENT_*, PHOTO_*, IMPORT_FILE_*, SERVICE_BUSY. */
export async function takeAttachment(
  request: FastifyRequest,
  config: Pick<Config, 'importSeconds' | 'importMemoryMb'>,
  gone: AbortSignal,
): Promise<SentAttachment> {
  const { bytes, fileName } = await readUpload(request, ATTACHMENT_MB, 'ATTACHMENT_TOO_LARGE');
  return gate(async () => {
    if (!startsWith(bytes, 0, '%PDF-')) return { ...pictureOf(bytes), fileName };
    const limits = {
      seconds: Math.min(READER_SECONDS, config.importSeconds),
      memoryMb: config.importMemoryMb,
    };
    const { pages } = await readPdfInChild(bytes, limits, gone);
    const digest = createHash('sha256').update(bytes).digest('hex');
    return {
      digest,
      sentDigest: digest,
      mediaType: 'application/pdf',
      pages,
      width: null,
      height: null,
      content: bytes,
      fileName,
    };
  });
}

function pictureOf(bytes: Uint8Array): Omit<SentAttachment, 'fileName'> {
  try {
    const { clean: content, digest, sentDigest, mediaType, width, height } = checkPhoto(bytes);
    return { content, digest, sentDigest, mediaType, width, height, pages: null };
  } catch (error) {
    const isNeither = error instanceof ProductError && error.code === 'PHOTO_FORMAT';
    throw isNeither ? new ProductError('ATTACHMENT_FORMAT') : error;
  }
}

/** Writes the file and its row, or finds the same file on the same object. */
export async function keepAttachment(
  tx: Queryable,
  dir: string,
  owner: AttachmentOwner,
  kind: AttachmentKind,
  { content, ...sent }: SentAttachment,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  await lockPhotoBytes(tx, sent.digest);
  await savePhotoBytes(dir, sent.digest, content);
  const same = await findSameAttachment(tx, owner, sent.digest);
  if (same) return { id: same, isNew: false };
  const id = `attachment-${randomUUID()}`;
  try {
    await saveAttachment(tx, { ...sent, ...owner, id, kind, bytes: content.length });
  } catch (error) {
    if (error instanceof StoreError && error.constraint === 'attachments_most')
      throw new ProductError('ATTACHMENT_MOST', { limit: MOST_ATTACHMENTS });
    throw error;
  }
  return { id, isNew: true };
}

/** A picture is shown; a PDF is only handed over, and runs nothing where it is opened. */
export function sendAttachment(
  request: FastifyRequest,
  reply: FastifyReply,
  dir: string,
  id: string,
  file: AttachmentFile,
): Promise<FastifyReply> {
  reply.header('content-security-policy', "sandbox; default-src 'none'");
  const isPdf = file.mediaType === 'application/pdf';
  return sendKeptBytes(request, reply, dir, {
    id,
    file,
    goneCode: 'ATTACHMENT_GONE',
    ...(isPdf && { disposition: attachment(file.fileName.replace(/\.pdf$/i, ''), 'pdf') }),
  });
}
