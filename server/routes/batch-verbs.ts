// Beside deciding: urging whoever owes something, handing the batch over, names for copies, the history. Asking departments is an act on
// rows and stands in batch-acts.ts.

import { randomUUID } from 'node:crypto';
import { historySchema } from '../contract/audit.ts';
import {
  handoverSchema,
  organisationsSchema,
  reviewersSchema,
  urgeResultSchema,
  urgeSchema,
  waitingUnitsSchema,
} from '../contract/batch-verbs.ts';
import { batchJsonSchema, staleBatchSchema } from '../contract/batches.ts';
import { ProductError } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  handOver,
  holdBatch,
  loadCopyNames,
  loadReviewers,
  loadWaitingUnits,
  saveUrges,
} from '../store/batch-verbs.ts';
import { loadHistory } from '../store/histories.ts';
import { batchOf, staleBatch } from './batch-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';
import { refuseUrgedLately } from './urge-parts.ts';

const tags = ['batches'];
const read = { access: 'batch:read' } as const;
const decide = { access: 'batch:decide' } as const;
const ofBatch = { tags, params: idParams };
const headers = onceHeadersSchema;

export function batchVerbRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/batches/:id/urges',
    { config: read, schema: { ...ofBatch, response: replies(waitingUnitsSchema) } },
    async (request) =>
      storeOfRequest(request, store).transaction(async (tx) => {
        const { id } = await batchOf(tx, request.params.id);
        return { units: urges(signedInPerson(request).principal) ? await loadWaitingUnits(tx, id) : [] };
      }),
  );

  app.post(
    '/api/batches/:id/urges',
    // the district urges others, the submitter the district: the row policy asks
    { config: read, schema: { ...ofBatch, headers, body: urgeSchema, response: replies(urgeResultSchema) } },
    async (request, reply) => {
      const { to, townCodes, text = '' } = request.body;
      const { id } = request.params;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const { state } = await batchOf(tx, id);
        if (!urges(signedInPerson(request).principal)) throw new ProductError('PERMISSION_DENIED');
        if (state !== '已提交' && state !== '审查中') throw new ProductError('BATCH_NOT_OPEN');
        await holdBatch(tx, id);
        const asked = (await loadWaitingUnits(tx, id)).filter(
          (unit) => unit.to === to && (to !== 'town' || (townCodes?.includes(unit.unit) ?? true)),
        );
        const reached = asked.filter(({ againAt }) => againAt === null);
        const leftOut = asked.filter(({ againAt }) => againAt !== null);
        if (reached.length === 0 && leftOut.length > 0) refuseUrgedLately(leftOut);
        const actId = `act-${randomUUID()}`;
        const units = reached.length > 0 ? reached.map(({ unit }) => unit) : (townCodes ?? ['']);
        // nobody is asked where nobody waits: the database tells that from whoever may not urge
        await saveUrges(tx, id, { actId, to, units, text: text.trim() });
        return { status: 200, body: { actId, reached, leftOut } };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/batches/:id/reviewers',
    { config: decide, schema: { ...ofBatch, response: replies(reviewersSchema) } },
    async (request) =>
      storeOfRequest(request, store).transaction(async (tx) => {
        const { id } = await batchOf(tx, request.params.id);
        return { reviewers: await loadReviewers(tx, id) };
      }),
  );

  app.post(
    '/api/batches/:id/handovers',
    {
      config: decide,
      schema: {
        ...ofBatch,
        headers,
        body: handoverSchema,
        response: { ...replies(batchJsonSchema), 412: replies(staleBatchSchema)[200] },
      },
    },
    async (request, reply) => {
      const { accountId, note = '' } = request.body;
      const { id } = request.params;
      const version = versionOfRequest(request);
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const batch = await batchOf(tx, id);
        if (batch.version !== version) return { status: 412, body: staleBatch(request, batch) };
        await handOver(tx, id, accountId, note.trim());
        return { status: 200, body: await batchOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/batches/:id/organisations',
    { config: read, schema: { ...ofBatch, response: replies(organisationsSchema) } },
    async (request) =>
      storeOfRequest(request, store).transaction(async (tx) => {
        const { id } = await batchOf(tx, request.params.id);
        return { organisations: await loadCopyNames(tx, id) };
      }),
  );

  app.get(
    '/api/batches/:id/history',
    { config: read, schema: { ...ofBatch, response: replies(historySchema) } },
    async (request) =>
      storeOfRequest(request, store).transaction(async (tx) => {
        const { id } = await batchOf(tx, request.params.id);
        return { records: await loadHistory(tx, 'batch_history', id) };
      }),
  );
}

const urges = (principal: Principal): boolean =>
  rowScopeOf(principal, 'batch:decide') !== undefined || rowScopeOf(principal, 'batch:submit') !== undefined;
