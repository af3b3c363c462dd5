// Review batches: what a plan or a list would propose, putting a batch together, its rows, submitting and withdrawing it, and amending
// what was returned. What reviewers do is in batch-acts.ts, the files of a closed batch in batch-exports.ts.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { changedFields, type FieldChange } from '../../engine/index.ts';
import {
  type BatchRowJson,
  batchChangesSchema,
  batchCountsQuerySchema,
  batchCountsSchema,
  batchJsonSchema,
  batchPageSchema,
  batchPreviewRequestSchema,
  batchPreviewSchema,
  batchQuerySchema,
  batchRowDetailSchema,
  batchRowPageSchema,
  batchRowQuerySchema,
  batchRowSchema,
  batchSubmitSchema,
  batchWithdrawSchema,
  MOST_BATCH_ROWS,
  newBatchSchema,
  type RowAmendJson,
  rowAmendSchema,
  staleBatchSchema,
  staleRowsSchema,
} from '../contract/batches.ts';
import { versionHeadersSchema } from '../contract/people.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { type OnceOutcome, onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { checkProposals, loadProposals, loadSiteFacts, type Proposal } from '../store/batch-proposals.ts';
import {
  addBatchRows,
  amendBatchRow,
  loadBatchRowPage,
  loadReturnedRows,
  loadRowHistory,
  removeBatchRow,
} from '../store/batch-rows.ts';
import {
  changeBatch,
  countBatchStates,
  createBatch,
  loadBatchPage,
  loadBatchRowCounts,
  moveBatch,
  removeBatch,
} from '../store/batches.ts';
import type { Queryable } from '../store/store.ts';
import {
  answeredBatch,
  batchOf,
  batchRowOf,
  demandBatchMove,
  filtersOfBatches,
  staleBatch,
  staleRows,
} from './batch-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, emptied, idParams, planOf, replies } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const DEFAULT_ROWS = 100;
const tags = ['batches'];
const read = { access: 'batch:read' } as const;
const submit = { access: 'batch:submit' } as const;
const rowParams = strictObject({ id: idSchema, rowId: idSchema });
const changedBatch = { ...replies(batchJsonSchema), 412: replies(staleBatchSchema)[200] };
const changedRow = { ...replies(batchRowSchema), 412: replies(staleRowsSchema)[200] };

export function batchRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/batches',
    { config: read, schema: { tags, querystring: batchQuerySchema, response: replies(batchPageSchema) } },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const mine = storeOfRequest(request, store);
      const found = await loadBatchPage(mine, { ...filtersOfBatches(query), page, pageSize });
      return { ...found, page, pageSize };
    },
  );

  app.get(
    '/api/batches/counts',
    {
      config: read,
      schema: { tags, querystring: batchCountsQuerySchema, response: replies(batchCountsSchema) },
    },
    async (request) => countBatchStates(storeOfRequest(request, store), filtersOfBatches(request.query)),
  );

  app.post(
    '/api/batches/preview',
    {
      config: submit,
      schema: { tags, body: batchPreviewRequestSchema, response: replies(batchPreviewSchema) },
    },
    async (request) => {
      const source = request.body;
      demandOneSource(source);
      return storeOfRequest(request, store).transaction(async (tx) => {
        if (source.planId !== undefined) await planOf(tx, source.planId);
        const { districtCode, districts, proposals, leftOut } = await loadProposals(tx, source);
        const checks = await checkProposals(tx, null, proposals.slice(0, MOST_BATCH_ROWS));
        const rows = checks.map((found, index) => ({ ...proposals[index]!, checks: found }));
        return { districtCode, districts, rows, leftOut };
      });
    },
  );

  app.post(
    '/api/batches',
    {
      config: submit,
      schema: { tags, headers: onceHeadersSchema, body: newBatchSchema, response: created(batchJsonSchema) },
    },
    async (request, reply) => {
      const {
        title,
        addressee = '',
        office = '',
        copyTo = [],
        note = '',
        exceptSiteIds = [],
        submit: now,
      } = request.body;
      demandOneSource(request.body);
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const { planId = null, districtCode } = request.body;
        if (planId !== null) await planOf(tx, planId);
        const except = new Set(exceptSiteIds);
        const proposals = (await loadProposals(tx, request.body)).proposals.filter(
          ({ siteId }) => !except.has(siteId),
        );
        if (proposals.length === 0) throw new ProductError('BATCH_EMPTY');
        if (proposals.length > MOST_BATCH_ROWS)
          throw new ProductError('BATCH_SIZE', { found: proposals.length, limit: MOST_BATCH_ROWS });
        const id = `batch-${randomUUID()}`;
        await createBatch(tx, {
          id,
          title: title.trim(),
          districtCode,
          planId,
          addressee,
          office,
          copyTo,
          note,
        });
        const checks = await checkProposals(tx, id, proposals);
        const returned = await loadReturnedRows(
          tx,
          proposals.map(({ siteId }) => siteId),
        );
        const rows = proposals.map((proposal, index) => ({
          ...proposal,
          id: `batch-row-${randomUUID()}`,
          checks: checks[index]!,
          changes: changesSince(returned.get(proposal.siteId), proposal),
        }));
        await addBatchRows(tx, id, planId, rows);
        if (now) await moveBatch(tx, id, (await batchOf(tx, id)).version, '已提交');
        return { status: 201, body: await batchOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/batches/:id',
    { config: read, schema: { tags, params: idParams, response: replies(batchJsonSchema) } },
    async (request, reply) =>
      answeredBatch(reply, await batchOf(storeOfRequest(request, store), request.params.id)),
  );

  app.patch(
    '/api/batches/:id',
    {
      // the office that decides writes the head of its letter
      config: read,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: batchChangesSchema,
        response: changedBatch,
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await batchOf(tx, id);
        const done = await changeBatch(tx, id, version, request.body);
        const batch = await batchOf(tx, id);
        if (done) return answeredBatch(reply, batch);
        if (batch.version === version) throw new ProductError('PERMISSION_DENIED');
        reply.code(412);
        return staleBatch(request, batch);
      });
    },
  );

  app.delete(
    '/api/batches/:id',
    {
      config: submit,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        response: { ...emptied, 412: replies(staleBatchSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const stale = await storeOfRequest(request, store).transaction(async (tx) => {
        const batch = await batchOf(tx, id);
        if (batch.version !== version) return batch;
        if (!(await removeBatch(tx, id))) throw new ProductError('BATCH_SUBMITTED');
        return null;
      });
      return stale ? reply.code(412).send(staleBatch(request, stale)) : reply.code(204).send(null);
    },
  );

  /** To another state as it was looked at; 412 with the batch as it is now when somebody else was faster. */
  const move = (
    request: FastifyRequest<{ Params: { id: string } }>,
    to: '已提交' | '已撤回',
    reason: string,
  ): Promise<OnceOutcome> => {
    const version = versionOfRequest(request);
    const { id } = request.params;
    const { principal } = signedInPerson(request);
    return onceOnly(request, store, reason, async (tx) => {
      const batch = await batchOf(tx, id);
      if (batch.version !== version) return { status: 412, body: staleBatch(request, batch) };
      demandBatchMove(principal, batch, to, reason);
      if (!(await moveBatch(tx, id, version, to))) throw new ProductError('PERMISSION_DENIED');
      return { status: 200, body: await batchOf(tx, id) };
    });
  };
  const ofBatch = { tags, params: idParams, headers: onceHeadersSchema, response: changedBatch };

  app.post(
    '/api/batches/:id/submit',
    { config: submit, schema: { ...ofBatch, body: batchSubmitSchema } },
    async (request, reply) => sendOnce(reply, await move(request, '已提交', '')),
  );

  app.post(
    '/api/batches/:id/withdraw',
    { config: submit, schema: { ...ofBatch, body: batchWithdrawSchema } },
    async (request, reply) => sendOnce(reply, await move(request, '已撤回', request.body.reason ?? '')),
  );

  app.get(
    '/api/batches/:id/rows',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: batchRowQuerySchema,
        response: replies(batchRowPageSchema),
      },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_ROWS, ...query } = request.query;
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await batchOf(tx, id);
        const found = await loadBatchRowPage(tx, id, { ...query, page, pageSize });
        return { ...found, counts: await loadBatchRowCounts(tx, id), page, pageSize };
      });
    },
  );

  app.get(
    '/api/batches/:id/rows/:rowId',
    { config: read, schema: { tags, params: rowParams, response: replies(batchRowDetailSchema) } },
    async (request) => {
      const { id, rowId } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await batchOf(tx, id);
        return { row: await batchRowOf(tx, id, rowId), history: await loadRowHistory(tx, rowId) };
      });
    },
  );

  app.delete(
    '/api/batches/:id/rows/:rowId',
    {
      config: submit,
      schema: {
        tags,
        params: rowParams,
        headers: versionHeadersSchema,
        response: { ...emptied, 412: replies(staleRowsSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id, rowId } = request.params;
      const stale = await storeOfRequest(request, store).transaction(async (tx) => {
        await batchOf(tx, id);
        const row = await batchRowOf(tx, id, rowId);
        if (row.version !== version) return row;
        if (!(await removeBatchRow(tx, rowId, version))) throw new ProductError('PERMISSION_DENIED');
        return null;
      });
      return stale ? reply.code(412).send(staleRows(request, [stale])) : reply.code(204).send(null);
    },
  );

  app.patch(
    '/api/batches/:id/rows/:rowId',
    {
      config: submit,
      schema: {
        tags,
        params: rowParams,
        headers: versionHeadersSchema,
        body: rowAmendSchema,
        response: changedRow,
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id, rowId } = request.params;
      const outcome = await storeOfRequest(request, store).transaction((tx) =>
        amend(tx, request, { id, rowId, version, given: request.body, comesBack: false }),
      );
      return sendOnce(reply, { ...outcome, replayed: false });
    },
  );

  app.post(
    '/api/batches/:id/rows/:rowId/resubmit',
    {
      config: submit,
      schema: {
        tags,
        params: rowParams,
        headers: onceHeadersSchema,
        body: rowAmendSchema,
        response: changedRow,
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id, rowId } = request.params;
      const outcome = await onceOnly(request, store, '', (tx) =>
        amend(tx, request, { id, rowId, version, given: request.body, comesBack: true }),
      );
      return sendOnce(reply, outcome);
    },
  );
}

function demandOneSource(source: {
  readonly planId?: string;
  readonly siteIds?: readonly string[];
  readonly resourceIds?: readonly string[];
}): void {
  const { planId, siteIds, resourceIds } = source;
  const given = [planId ?? siteIds, resourceIds].filter((one) => one !== undefined);
  if (given.length !== 1) throw new ProductError('BATCH_SOURCE');
}

interface Amendment {
  readonly id: string;
  readonly rowId: string;
  readonly version: number;
  readonly given: RowAmendJson;
  /** It was returned and goes back to the reviewers; otherwise a row of a draft. */
  readonly comesBack: boolean;
}

/** The row with what was given and what site and library say today. */
async function amend(
  tx: Queryable,
  request: Pick<FastifyRequest, 'id'>,
  { id, rowId, version, given, comesBack }: Amendment,
): Promise<{ status: number; body: unknown }> {
  const { state } = await batchOf(tx, id);
  const row = await batchRowOf(tx, id, rowId);
  if (row.version !== version) return { status: 412, body: staleRows(request, [row]) };
  if (!comesBack && state !== '草稿') throw new ProductError('BATCH_SUBMITTED');
  if (comesBack && state !== '已提交' && state !== '审查中') throw new ProductError('BATCH_NOT_OPEN');
  if (comesBack && row.decision !== '退回补正') throw new ProductError('BATCH_ROW_NOT_RETURNED');
  const facts = await loadSiteFacts(tx, row.siteId);
  if (!facts) throw new ProductError('BATCH_ROW_UNKNOWN', { id: rowId });
  const { heightM, buildMode, costCny, forOperators, profileId, note } = { ...row, ...given };
  const proposal: Proposal = {
    ...facts,
    address: given.address ?? (row.address || facts.address),
    ...{ heightM, buildMode, costCny, forOperators, profileId, note },
  };
  const changes = comesBack
    ? changesSince(row, proposal)
    : changesSince((await loadReturnedRows(tx, [row.siteId])).get(row.siteId), proposal);
  if (comesBack && changes.length === 0) throw new ProductError('BATCH_ROW_UNCHANGED');
  const [checks = []] = await checkProposals(tx, id, [proposal]);
  if (!(await amendBatchRow(tx, rowId, version, { ...proposal, checks, changes })))
    throw new ProductError('PERMISSION_DENIED');
  return { status: 200, body: await batchRowOf(tx, id, rowId) };
}

/** Against the row as it was returned; nothing for a site that comes for the first time. */
const changesSince = (returned: BatchRowJson | undefined, proposal: Proposal): FieldChange[] =>
  returned ? changedFields(returned, proposal) : [];
