// Imports: one file per request, read in a child process, stored in one transaction together with its key, so that the same upload sent
// again is answered with the first report.
import { type Static, Type } from 'typebox';
import { findLibraryType, findResourceType, siteStatuses } from '../../engine/index.ts';
import {
  datums,
  type ImportReportJson,
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
import { onceHeadersSchema, onceWithin, sendOnce } from '../plugins/once-only.ts';
import { loadImport, loadImports } from '../store/imports.ts';
import { readUpload } from './read-upload.ts';
import { goneWith, idParams, replies } from './route-parts.ts';

const LISTED_IMPORTS = 200;

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
  const read = { access: 'import:read' } as const;
  const gate = makeGate(config.importsAtOnce, config.importsAtOnce * 4);

  app.post(
    '/api/imports',
    {
      config: { access: 'import:create' },
      bodyLimit: config.uploadMb * 1024 * 1024 + 64 * 1024,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        querystring: querySchema,
        headers: onceHeadersSchema,
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
      const kept = { replayed: false };
      const report = await gate(async () => {
        const parsed = await parseInChild(bytes, options, limits, gone);
        return storeImport(request.store, parsed, query.mode, {
          upkeep: store,
          run: async (work, deadline) => {
            const outcome = await onceWithin(
              request,
              (inside) => request.store.transaction(inside, deadline),
              async (tx) => ({ status: 200, body: await work(tx) }),
              parsed.digest,
            );
            kept.replayed = outcome.replayed;
            return outcome.body as ImportReportJson; // written above, now or under the same key before
          },
        });
      });
      return sendOnce(reply, { status: 200, body: report, ...kept });
    },
  );

  app.get(
    '/api/imports',
    { config: read, schema: { tags, response: replies(importListSchema) } },
    async ({ store: mine }) => {
      // whoever looks at the imports is about to bring a file
      keepReaderReady(config.importMemoryMb);
      return { imports: await loadImports(mine, LISTED_IMPORTS) };
    },
  );

  app.get(
    '/api/imports/:id',
    { config: read, schema: { tags, params: idParams, response: replies(importReportSchema) } },
    async ({ params: { id }, store: mine }) => {
      const report = await loadImport(mine, id);
      if (!report) throw new ProductError('IMPORT_UNKNOWN', { id });
      return report;
    },
  );
}

function defaultsOf(query: Static<typeof querySchema>) {
  const { defaultType, defaultStatus, defaultHeightM, defaultAreaKind } = query;
  const knownType = query.kind === 'resources' ? findLibraryType : findResourceType;
  if (defaultType !== undefined && !knownType(defaultType)) {
    throw new ProductError('IMPORT_DEFAULT_TYPE', { found: defaultType });
  }
  return {
    ...(defaultType !== undefined && { resourceType: defaultType }),
    ...(defaultStatus !== undefined && { status: defaultStatus }),
    ...(defaultHeightM !== undefined && { heightM: defaultHeightM }),
    ...(defaultAreaKind !== undefined && { areaKind: defaultAreaKind }),
  };
}
