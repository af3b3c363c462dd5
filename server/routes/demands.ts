// The demand library: pages with filters, one demand, changes with its version, its end and its history, and all of it as a workbook.

import { randomUUID } from 'node:crypto';
import { usualSearchRadiusM } from '../../engine/index.ts';
import { historySchema } from '../contract/audit.ts';
import {
  demandChangesSchema,
  demandCountsSchema,
  demandExportQuerySchema,
  demandJsonSchema,
  demandMoveSchema,
  demandPageSchema,
  demandQuerySchema,
  newDemandSchema,
  staleDemandSchema,
} from '../contract/demands.ts';
import { versionHeadersSchema } from '../contract/people.ts';
import { ProductError } from '../errors.ts';
import { demandSheet } from '../export/demand-sheet.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { letPlacesLeave } from '../plugins/places-leave.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import {
  changeDemand,
  countDemandStates,
  createDemand,
  loadDemandPage,
  moveDemand,
} from '../store/demands.ts';
import { loadHistory } from '../store/histories.ts';
import {
  answeredDemand,
  demandFiltersOf,
  demandMoveOrThrow,
  demandOf,
  demandOutcome,
  demandPlaceOf,
  staleDemand,
} from './demand-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { attachment, bytes, created, idParams, replies, workbookType } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const MOST_WORKBOOK_ROWS = 50_000;
const WORKBOOKS_WAITING = 8;
const tags = ['demands'];
const read = { access: 'demand:read' } as const;
const update = { access: 'demand:update' } as const;

export function demandRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/demands',
    { config: read, schema: { tags, querystring: demandQuerySchema, response: replies(demandPageSchema) } },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const mine = storeOfRequest(request, store);
      return {
        ...(await loadDemandPage(mine, { ...demandFiltersOf(query), page, pageSize })),
        page,
        pageSize,
      };
    },
  );

  app.get(
    '/api/demands/counts',
    {
      config: read,
      schema: { tags, querystring: demandExportQuerySchema, response: replies(demandCountsSchema) },
    },
    async (request) => countDemandStates(storeOfRequest(request, store), demandFiltersOf(request.query)),
  );

  const gate = makeGate(1, WORKBOOKS_WAITING);
  app.get(
    '/api/demands/export.xlsx',
    { config: read, schema: { tags, querystring: demandExportQuerySchema, response: bytes } },
    async (request, reply) => {
      const mine = storeOfRequest(request, store);
      const file = await gate(async () => {
        const page = { page: 1, pageSize: MOST_WORKBOOK_ROWS };
        const { demands, total } = await loadDemandPage(mine, { ...demandFiltersOf(request.query), ...page });
        if (total > MOST_WORKBOOK_ROWS)
          throw new ProductError('DEMAND_EXPORT_SIZE', { found: total, limit: MOST_WORKBOOK_ROWS });
        await letPlacesLeave(mine, request, total);
        const after = { format: 'xlsx', rows: total, filters: request.query };
        await writeAudit(mine, { action: 'export', object: 'demand', objectId: null, after });
        return encodeInWorker({ kind: 'workbook', sheets: [demandSheet(demands)] });
      });
      reply.type(workbookType).header('content-disposition', attachment('需求库', 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );

  app.get(
    '/api/demands/:id',
    { config: read, schema: { tags, params: idParams, response: replies(demandJsonSchema) } },
    async (request, reply) =>
      answeredDemand(reply, await demandOf(storeOfRequest(request, store), request.params.id)),
  );

  app.post(
    '/api/demands',
    {
      config: { access: 'demand:create' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newDemandSchema,
        response: created(demandJsonSchema),
      },
    },
    async (request, reply) =>
      sendOnce(
        reply,
        await onceOnly(request, store, '', async (tx) => {
          const { place, ...given } = request.body;
          const id = `demand-${randomUUID()}`;
          await createDemand(tx, {
            ...given,
            searchRadiusM: given.searchRadiusM ?? usualSearchRadiusM(given.scenario ?? null),
            code: given.code ?? `需求-${id.slice(-12)}`,
            id,
            place: demandPlaceOf(place),
          });
          return { status: 201, body: await demandOf(tx, id) };
        }),
      ),
  );

  app.patch(
    '/api/demands/:id',
    {
      config: { access: 'demand:edit' },
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: demandChangesSchema,
        response: { ...replies(demandJsonSchema), 412: replies(staleDemandSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { place, ...changes } = request.body;
      const placed = place === undefined ? null : demandPlaceOf(place);
      const { demand, stale } = await storeOfRequest(request, store).transaction(async (tx) =>
        demandOutcome(tx, id, version, await changeDemand(tx, id, version, changes, placed)),
      );
      return stale ? reply.code(412).send(staleDemand(request, demand)) : answeredDemand(reply, demand);
    },
  );

  app.post(
    '/api/demands/:id/moves',
    {
      config: update,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: demandMoveSchema,
        response: { ...replies(demandJsonSchema), 412: replies(staleDemandSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { to, reason = '' } = request.body;
      const { principal } = signedInPerson(request);
      return sendOnce(
        reply,
        await onceOnly(request, store, reason, async (tx) => {
          const before = await demandOf(tx, id);
          if (before.version !== version) return { status: 412, body: staleDemand(request, before) };
          demandMoveOrThrow(principal, before, to, reason);
          const { demand, stale } = await demandOutcome(
            tx,
            id,
            version,
            await moveDemand(tx, id, version, to),
          );
          return stale ? { status: 412, body: staleDemand(request, demand) } : { status: 200, body: demand };
        }),
      );
    },
  );

  app.get(
    '/api/demands/:id/history',
    { config: read, schema: { tags, params: idParams, response: replies(historySchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await demandOf(tx, id);
        return { records: await loadHistory(tx, 'demand_history', id) };
      });
    },
  );
}
