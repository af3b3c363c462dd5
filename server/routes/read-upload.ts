// The one file of a form with an upload.
import type { FastifyRequest } from 'fastify';
import { type ErrorCode, ProductError } from '../errors.ts';

const LONGEST_FILE_NAME = 200;

/** Reads no more than the limit. Throws IMPORT_FILE_MISSING, IMPORT_FILE_FORM, `tooLarge`. */
export async function readUpload(
  request: FastifyRequest,
  limitMb: number,
  tooLarge: ErrorCode = 'IMPORT_FILE_TOO_LARGE',
): Promise<{ readonly fileName: string; readonly bytes: Buffer }> {
  if (!request.isMultipart()) throw new ProductError('IMPORT_FILE_MISSING');
  let upload: { fileName: string; bytes: Buffer } | null = null;
  try {
    // to the end of the form: a second file must be refused, not dropped
    for await (const part of request.parts({ limits: { fileSize: limitMb * 1024 * 1024 } })) {
      if (part.type !== 'file' || upload) throw new ProductError('IMPORT_FILE_FORM');
      const bytes = await part.toBuffer().catch((error: unknown) => {
        if (part.file.truncated) throw new ProductError(tooLarge, { limit: `${limitMb} MB` });
        throw error;
      });
      upload = { fileName: nameOfFile(part.filename), bytes };
    }
  } catch (error) {
    // the form reader has codes for its limits, but none for a form without boundary, end or headers
    if (error instanceof Error && 'code' in error) throw error;
    throw new ProductError('IMPORT_FILE_FORM');
  }
  if (!upload) throw new ProductError('IMPORT_FILE_MISSING');
  return upload;
}

/** The sender's name is data: shown, never a path, and without characters that no screen shows. */
const nameOfFile = (name: string | undefined): string =>
  (name || 'file').slice(-LONGEST_FILE_NAME).replace(/[\p{Cc}\p{Cs}]/gu, '_');
