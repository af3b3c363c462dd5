// Requests for files with more coordinates than a day allows: asked for after a refusal, decided by the district of whoever asks, the
// city or an administrator, used once.
import { randomUUID } from 'node:crypto';
import {
  type ExportRequestJson,
  exportDecisionSchema,
  exportRequestJsonSchema,
  exportRequestPageSchema,
  exportRequestQuerySchema,
  newExportRequestSchema,
  staleExportRequestSchema,
} from '../contract/export-requests.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { exportAddress } from '../plugins/places-leave.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  decideExportRequest,
  loadExportRequest,
  loadExportRequestPage,
  saveExportRequest,
} from '../store/export-requests.ts';
import type { Queryable } from '../store/store.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, idParams, replies } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const tags = ['exports'];

export function exportRequestRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/export-requests',
    {
      // everybody sees their own; row policies add those one may decide
      config: { access: 'signed-in' },
      schema: { tags, querystring: exportRequestQuerySchema, response: replies(exportRequestPageSchema) },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = request.query;
      const query = { ...request.query, page, pageSize };
      return { ...(await loadExportRequestPage(storeOfRequest(request, store), query)), page, pageSize };
    },
  );

  app.post(
    '/api/export-requests',
    {
      config: { access: 'export:request' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newExportRequestSchema,
        response: created(exportRequestJsonSchema),
      },
    },
    async (request, reply) => {
      const { address, reason } = request.body;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const id = `export-${randomUUID()}`;
        await saveExportRequest(tx, { id, address: exportAddress(address), reason });
        return { status: 201, body: await exportRequestOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/export-requests/:id/decisions',
    {
      config: { access: 'export:approve' },
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: exportDecisionSchema,
        response: { ...replies(exportRequestJsonSchema), 412: replies(staleExportRequestSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { agree, text = '' } = request.body;
      const outcome = await onceOnly(request, store, text, async (tx) => {
        const exportRequest = await exportRequestOf(tx, id);
        if (exportRequest.version !== version)
          return {
            status: 412,
            body: { ...replyOf(request.id, describeCode('EXPORT_REQUEST_STALE')), exportRequest },
          };
        if (!agree && text.trim() === '') throw new ProductError('EXPORT_REQUEST_REASON');
        // it was seen with this version, and still it was not written: the database did not let this person
        if (!(await decideExportRequest(tx, id, version, { agree, text })))
          throw new ProductError('PERMISSION_DENIED');
        return { status: 200, body: await exportRequestOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );
}

async function exportRequestOf(db: Queryable, id: string): Promise<ExportRequestJson> {
  const found = await loadExportRequest(db, id);
  if (!found) throw new ProductError('EXPORT_REQUEST_UNKNOWN', { id });
  return found;
}
