// Opening directories: look at what would be published, publish it, read it, take it along. Published ones never change.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  type DirectoryExportQueryJson,
  directoryCountsQuerySchema,
  directoryCountsSchema,
  directoryDetailSchema,
  directoryExportQuerySchema,
  directoryJsonSchema,
  directoryPageSchema,
  directoryPreviewSchema,
  directoryQuerySchema,
  directoryRowsQuerySchema,
  listedRowSchema,
  newDirectorySchema,
  previewQuerySchema,
} from '../contract/directories.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { directoryGeojson, directorySheets } from '../export/directory-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { reachesRow } from '../permission/reaches-row.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import {
  countOpen,
  loadDirectoryDiff,
  loadDirectoryPage,
  loadDirectoryRows,
  previewDiff,
  publishDirectory,
} from '../store/directories.ts';
import { countDirectoryRows, loadDirectoryRow, loadDirectoryRowPage } from '../store/directory-rows.ts';
import type { Queryable } from '../store/store.ts';
import {
  demandExportSize,
  directoryFiltersOf,
  directoryOf,
  MOST_EXPORTED_ROWS,
  openedDirectory,
} from './directory-parts.ts';
import { attachment, bytes, created, idParams, replies, workbookType } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const WORKBOOKS_WAITING = 8;
const rowParams = strictObject({ id: idSchema, resourceId: idSchema });
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
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = request.query;
      const wanted = { ...request.query, page, pageSize };
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
    {
      config: publish,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newDirectorySchema,
        response: created(directoryJsonSchema),
      },
    },
    async (request, reply) => {
      const { districtCode, note = '', expectedRows } = request.body;
      demandDistrict(request, districtCode);
      const id = `directory-${randomUUID()}`;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const found = await publishDirectory(tx, { id, districtCode, note: note.trim() });
        if (expectedRows !== undefined && expectedRows !== found)
          throw new ProductError('DIRECTORY_CHANGED', { expected: expectedRows, found });
        if (found === 0 && (await loadDirectoryPage(tx, { districtCode, page: 1, pageSize: 1 })).total === 1)
          throw new ProductError('DIRECTORY_EMPTY');
        return { status: 201, body: await directoryOf(tx, id) };
      });
      return sendOnce(reply, outcome);
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
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const filters = directoryFiltersOf(query);
      return storeOfRequest(request, store).transaction(async (tx) => {
        const { directory, against, versions } = await openedDirectory(tx, request.params.id);
        const found = await loadDirectoryRowPage(tx, versions, filters, { page, pageSize });
        return { directory, against, ...found, page, pageSize };
      });
    },
  );

  app.get(
    '/api/directories/:id/counts',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: directoryCountsQuerySchema,
        response: replies(directoryCountsSchema),
      },
    },
    async (request) => {
      const filters = directoryFiltersOf(request.query);
      return storeOfRequest(request, store).transaction(async (tx) => {
        const { versions } = await openedDirectory(tx, request.params.id);
        return countDirectoryRows(tx, versions, filters);
      });
    },
  );

  app.get(
    '/api/directories/:id/rows/:resourceId',
    { config: read, schema: { tags, params: rowParams, response: replies(listedRowSchema) } },
    async (request) => {
      const { id, resourceId } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        const { versions } = await openedDirectory(tx, id);
        const row = await loadDirectoryRow(tx, versions, resourceId);
        if (!row) throw new ProductError('RESOURCE_UNKNOWN', { id: resourceId });
        return row;
      });
    },
  );

  app.get(
    '/api/directories/:id/export.xlsx',
    {
      config: read,
      schema: { tags, params: idParams, querystring: directoryExportQuerySchema, response: bytes },
    },
    async (request, reply) => {
      const { title, file } = await gate(async () => {
        const { title, sheets } = await storeOfRequest(request, store).transaction(async (tx) => {
          const { title, directory, rows, before, isWhole } = await exportedOf(tx, request, 'xlsx');
          const diff = await loadDirectoryDiff(tx, before, MOST_EXPORTED_ROWS);
          demandExportSize(diff.added + diff.removed + diff.changed);
          return { title, sheets: directorySheets(directory, rows, diff, !isWhole) };
        });
        return { title, file: await encodeInWorker({ kind: 'workbook', sheets }) };
      });
      reply.type(workbookType).header('content-disposition', attachment(title, 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );

  app.get(
    '/api/directories/:id/export.geojson',
    {
      config: read,
      schema: { tags, params: idParams, querystring: directoryExportQuerySchema, response: bytes },
    },
    async (request, reply) => {
      const { title, directory, rows } = await storeOfRequest(request, store).transaction((tx) =>
        exportedOf(tx, request, 'geojson'),
      );
      reply
        .type('application/geo+json; charset=utf-8')
        .header('content-disposition', attachment(title, 'geojson'));
      return reply.send(directoryGeojson(directory, rows));
    },
  );
}

type ExportRequest = FastifyRequest<{ Params: { id: string }; Querystring: DirectoryExportQueryJson }>;

/** The whole directory as it was published, or the rows of a filter, which say what they are against the one before. */
async function exportedOf(tx: Queryable, { params: { id }, query }: ExportRequest, format: string) {
  const { sort: _sort, order: _order, ...wanted } = query;
  const isWhole = Object.keys(wanted).length === 0;
  const { directory, against, versions } = await openedDirectory(tx, id);
  if (isWhole) demandExportSize(directory.rows);
  const { total, rows } = isWhole
    ? { total: directory.rows, rows: await loadDirectoryRows(tx, id, MOST_EXPORTED_ROWS) }
    : await loadDirectoryRowPage(tx, versions, directoryFiltersOf(query), {
        page: 1,
        pageSize: MOST_EXPORTED_ROWS,
      });
  demandExportSize(total);
  await writeAudit(tx, {
    action: 'export',
    object: 'directory',
    objectId: id,
    after: { format, rows: rows.length, ...(!isWhole && { filters: wanted }) },
  });
  return {
    title: `资源开放目录 ${directory.number}${isWhole ? '' : ' 筛选'}`,
    directory,
    rows,
    /** What a difference is told against. */
    before: { ...versions, number: against?.number ?? null },
    isWhole,
  };
}

/** A district out of reach answers like one that does not exist. */
function demandDistrict(request: FastifyRequest, code: string): void {
  const { principal } = signedInPerson(request);
  if (!reachesRow(principal, 'directory:publish', { districtCode: code, townCode: '', owner: '' }))
    throw new ProductError('DISTRICT_UNKNOWN', { code });
}
