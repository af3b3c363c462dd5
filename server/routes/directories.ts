// Opening directories: look at what would be published, publish it, read it, take it along. Published ones never change.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  type DirectoryJson,
  directoryDetailSchema,
  directoryJsonSchema,
  directoryPageSchema,
  directoryPreviewSchema,
  directoryQuerySchema,
  directoryRowsQuerySchema,
  newDirectorySchema,
  previewQuerySchema,
} from '../contract/directories.ts';
import { ProductError } from '../errors.ts';
import { directoryGeojson, directorySheets } from '../export/directory-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { reachesRow } from '../permission/reaches-row.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import {
  countOpen,
  loadDirectory,
  loadDirectoryDiff,
  loadDirectoryPage,
  loadDirectoryRows,
  previewDiff,
  publishDirectory,
} from '../store/directories.ts';
import type { Queryable } from '../store/store.ts';
import { attachment, bytes, created, idParams, replies, workbookType } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const EXPORTED_ROWS = 200_000;
const WORKBOOKS_WAITING = 8;
const tags = ['directories'];
const read = { access: 'directory:read' } as const;
const publish = { access: 'directory:publish' } as const;

export function directoryRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WORKBOOKS_WAITING);
  app.get(
    '/api/directories',
    {
      config: read,
      schema: { tags, querystring: directoryQuerySchema, response: replies(directoryPageSchema) },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, districtCode } = request.query;
      const wanted = { page, pageSize, ...(districtCode !== undefined && { districtCode }) };
      return { ...(await loadDirectoryPage(storeOfRequest(request, store), wanted)), page, pageSize };
    },
  );

  app.get(
    '/api/directories/preview',
    {
      config: publish,
      schema: { tags, querystring: previewQuerySchema, response: replies(directoryPreviewSchema) },
    },
    async (request) => {
      const { districtCode } = request.query;
      demandDistrict(request, districtCode);
      return storeOfRequest(request, store).transaction(async (tx) => ({
        districtCode,
        rows: await countOpen(tx, districtCode),
        diff: await previewDiff(tx, districtCode),
      }));
    },
  );

  app.post(
    '/api/directories',
    { config: publish, schema: { tags, body: newDirectorySchema, response: created(directoryJsonSchema) } },
    async (request, reply) => {
      const { districtCode, note = '', expectedRows } = request.body;
      demandDistrict(request, districtCode);
      const id = `directory-${randomUUID()}`;
      const directory = await storeOfRequest(request, store).transaction(async (tx) => {
        const found = await publishDirectory(tx, { id, districtCode, note: note.trim() });
        if (expectedRows !== undefined && expectedRows !== found)
          throw new ProductError('DIRECTORY_CHANGED', { expected: expectedRows, found });
        if (found === 0 && (await loadDirectoryPage(tx, { districtCode, page: 1, pageSize: 1 })).total === 1)
          throw new ProductError('DIRECTORY_EMPTY');
        return directoryOf(tx, id);
      });
      return reply.code(201).send(directory);
    },
  );

  app.get(
    '/api/directories/:id',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: directoryRowsQuerySchema,
        response: replies(directoryDetailSchema),
      },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = request.query;
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => ({
        directory: await directoryOf(tx, id),
        diff: await loadDirectoryDiff(tx, id),
        rows: await loadDirectoryRows(tx, id, { page, pageSize }),
        page,
        pageSize,
      }));
    },
  );

  app.get(
    '/api/directories/:id/export.xlsx',
    { config: read, schema: { tags, params: idParams, response: bytes } },
    async (request, reply) => {
      const { number, file } = await gate(async () => {
        const { directory, rows, diff } = await exportedOf(request, 'xlsx');
        const sheets = directorySheets(directory, rows, diff);
        return { number: directory.number, file: await encodeInWorker({ kind: 'workbook', sheets }) };
      });
      reply.type(workbookType).header('content-disposition', attachment(`资源开放目录 ${number}`, 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );

  app.get(
    '/api/directories/:id/export.geojson',
    { config: read, schema: { tags, params: idParams, response: bytes } },
    async (request, reply) => {
      const { directory, rows } = await exportedOf(request, 'geojson');
      reply
        .type('application/geo+json; charset=utf-8')
        .header('content-disposition', attachment(`资源开放目录 ${directory.number}`, 'geojson'));
      return reply.send(directoryGeojson(directory, rows));
    },
  );

  const exportedOf = (request: FastifyRequest<{ Params: { id: string } }>, format: string) =>
    storeOfRequest(request, store).transaction(async (tx) => {
      const { id } = request.params;
      const directory = await directoryOf(tx, id);
      const rows = await loadDirectoryRows(tx, id, { page: 1, pageSize: EXPORTED_ROWS });
      const diff = await loadDirectoryDiff(tx, id);
      await writeAudit(tx, {
        action: 'export',
        object: 'directory',
        objectId: id,
        after: { format, rows: rows.length },
      });
      return { directory, rows, diff };
    });
}

async function directoryOf(db: Queryable, id: string): Promise<DirectoryJson> {
  const directory = await loadDirectory(db, id);
  if (!directory) throw new ProductError('DIRECTORY_UNKNOWN', { id });
  return directory;
}

/** A district out of reach answers like one that does not exist. */
function demandDistrict(request: FastifyRequest, code: string): void {
  const { principal } = signedInPerson(request);
  if (!reachesRow(principal, 'directory:publish', { districtCode: code, townCode: '', owner: '' }))
    throw new ProductError('DISTRICT_UNKNOWN', { code });
}
