// Imports: one file per request, read in a child process, stored in one transaction.
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { findResourceType, siteStatuses } from '../../engine/index.ts';
import {
  datums,
  importKinds,
  importListSchema,
  importModes,
  importReportSchema,
} from '../contract/imports.ts';
import { oneOf, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { parseInChild } from '../import/parse-in-child.ts';
import { keepReaderReady } from '../import/reader-process.ts';
import { storeImport } from '../import/store-import.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { loadImport, loadImports } from '../store/imports.ts';
import { goneWith, idParams, replies } from './route-parts.ts';

const LISTED_IMPORTS = 200;
const LONGEST_FILE_NAME = 200;

const querySchema = strictObject({
  kind: oneOf(importKinds),
  mode: oneOf(importModes),
  datum: Type.Optional(oneOf(datums)),
  /** Antenna height of sites that name none, metres. */
  defaultHeightM: Type.Optional(Type.Number({ minimum: 1.5, maximum: 200 })),
  /** Resource type of sites that name none. */
  defaultType: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })),
  defaultStatus: Type.Optional(oneOf(siteStatuses)),
  /** Kind of areas that name none. */
  defaultAreaKind: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })),
});

export function importRoutes(app: App, { store, config }: Services): void {
  const tags = ['imports'];
  const read = { access: 'read' } as const;
  const gate = makeGate(config.importsAtOnce, config.importsAtOnce * 4);

  app.post(
    '/api/imports',
    {
      config: { access: 'import' },
      bodyLimit: config.uploadMb * 1024 * 1024 + 64 * 1024,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        querystring: querySchema,
        response: replies(importReportSchema),
      },
    },
    async (request, reply) => {
      const { query } = request;
      const defaults = defaultsOf(query);
      const { fileName, bytes } = await readUpload(request, config.uploadMb);
      const options = {
        kind: query.kind,
        fileName,
        datum: query.datum ?? 'CGCS2000',
        defaults,
        rowLimit: config.importRows,
      };
      const limits = { seconds: config.importSeconds, memoryMb: config.importMemoryMb };
      // a sender who leaves stops the reader; what is being stored by then is stored whole
      const gone = goneWith(reply);
      return gate(async () =>
        storeImport(store, await parseInChild(bytes, options, limits, gone), query.mode),
      );
    },
  );

  app.get(
    '/api/imports',
    { config: read, schema: { tags, response: replies(importListSchema) } },
    async () => {
      // whoever looks at the imports is about to bring a file
      keepReaderReady(config.importMemoryMb);
      return { imports: await loadImports(store, LISTED_IMPORTS) };
    },
  );

  app.get(
    '/api/imports/:id',
    { config: read, schema: { tags, params: idParams, response: replies(importReportSchema) } },
    async ({ params: { id } }) => {
      const report = await loadImport(store, id);
      if (!report) throw new ProductError('IMPORT_UNKNOWN', { id });
      return report;
    },
  );
}

/** The one file of the form. Throws IMPORT_FILE_MISSING, IMPORT_FILE_FORM, IMPORT_FILE_TOO_LARGE. */
async function readUpload(
  request: FastifyRequest,
  limitMb: number,
): Promise<{ readonly fileName: string; readonly bytes: Buffer }> {
  if (!request.isMultipart()) throw new ProductError('IMPORT_FILE_MISSING');
  let upload: { fileName: string; bytes: Buffer } | null = null;
  try {
    // to the end of the form: a second file must be refused, not dropped
    for await (const part of request.parts()) {
      if (part.type !== 'file' || upload) throw new ProductError('IMPORT_FILE_FORM');
      const bytes = await part.toBuffer().catch((error: unknown) => {
        if (part.file.truncated) throw new ProductError('IMPORT_FILE_TOO_LARGE', { limit: `${limitMb} MB` });
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

function defaultsOf(query: Static<typeof querySchema>) {
  const { defaultType, defaultStatus, defaultHeightM, defaultAreaKind } = query;
  if (defaultType !== undefined && !findResourceType(defaultType)) {
    throw new ProductError('IMPORT_DEFAULT_TYPE', { found: defaultType });
  }
  return {
    ...(defaultType !== undefined && { resourceType: defaultType }),
    ...(defaultStatus !== undefined && { status: defaultStatus }),
    ...(defaultHeightM !== undefined && { heightM: defaultHeightM }),
    ...(defaultAreaKind !== undefined && { areaKind: defaultAreaKind }),
  };
}
