// The resource library as files: what the filters show, without contacts. Every taking is noted.
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { resourceExportQuerySchema } from '../contract/resources.ts';
import { ProductError } from '../errors.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { resourceFeature, resourceSheet } from '../export/resource-files.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { letPlacesLeave } from '../plugins/places-leave.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import { loadResourcePage, type ResourcePage, type ResourceQuery } from '../store/resources.ts';
import type { Store } from '../store/store.ts';
import { filtersOf } from './resource-parts.ts';
import { attachment, bytes, workbookType } from './route-parts.ts';

/** A workbook is made in memory, a GeoJSON file page by page. */
const MOST_WORKBOOK_ROWS = 50_000;
const EXPORT_PAGE_SIZE = 5_000;
/** A full one takes half a gigabyte for some seconds. */
const WORKBOOKS_WAITING = 8;
const tags = ['resources'];
const config = { access: 'resource:export' } as const;
const schema = { tags, querystring: resourceExportQuerySchema, response: bytes };

export function resourceExportRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WORKBOOKS_WAITING);
  app.get('/api/resources/export.xlsx', { config, schema }, async (request, reply) => {
    const mine = storeOfRequest(request, store);
    const query = filtersOf(request.query);
    const { total } = await loadResourcePage(mine, { ...query, page: 1, pageSize: 1 });
    if (total > MOST_WORKBOOK_ROWS)
      throw new ProductError('RESOURCE_EXPORT_SIZE', { found: total, limit: MOST_WORKBOOK_ROWS });
    const file = await gate(async () => {
      await letPlacesLeave(mine, request, total);
      const rows: ResourcePage['resources'] = [];
      for await (const page of pagesOf(mine, query)) rows.push(...page);
      await noteExport(mine, request, 'xlsx', rows.length);
      return encodeInWorker({ kind: 'workbook', sheets: [resourceSheet(rows)] });
    });
    reply.type(workbookType).header('content-disposition', attachment('资源库', 'xlsx'));
    return reply.send(Buffer.from(file));
  });

  app.get('/api/resources/export.geojson', { config, schema }, async (request, reply) => {
    const mine = storeOfRequest(request, store);
    const query = filtersOf(request.query);
    // a filter that cannot be used is refused with its code before the answer begins
    const { total } = await loadResourcePage(mine, { ...query, page: 1, pageSize: 1 });
    await letPlacesLeave(mine, request, total);
    await noteExport(mine, request, 'geojson', total);
    reply
      .type('application/geo+json; charset=utf-8')
      .header('content-disposition', attachment('资源库', 'geojson'));
    return reply.send(Readable.from(geojsonOf(pagesOf(mine, query))));
  });
}

async function noteExport(
  store: Store,
  request: FastifyRequest,
  format: string,
  rows: number,
): Promise<void> {
  const after = { format, rows, filters: request.query };
  await writeAudit(store, { action: 'export', object: 'resource', objectId: null, after });
}

async function* pagesOf(store: Store, query: ResourceQuery): AsyncGenerator<ResourcePage['resources']> {
  for (let page = 1; ; page++) {
    const { resources } = await loadResourcePage(store, { ...query, page, pageSize: EXPORT_PAGE_SIZE });
    if (resources.length > 0) yield resources;
    if (resources.length < EXPORT_PAGE_SIZE) return;
  }
}

async function* geojsonOf(pages: AsyncGenerator<ResourcePage['resources']>): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  let first = true;
  for await (const resources of pages) {
    yield (first ? '' : ',\n') +
      resources.map((resource) => JSON.stringify(resourceFeature(resource))).join(',\n');
    first = false;
  }
  yield '\n]}\n';
}
