// What reviewers do with a batch: decisions on one or many rows, taking the last one back, opinions of towns and departments, departments
// asked for theirs, closing.
// Every act names the rows with the versions that were looked at: when one is older than that, nothing is recorded.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { countersignSchema, countersignWithdrawSchema } from '../contract/batch-verbs.ts';
import {
  actResultSchema,
  type BatchRowJson,
  closeResultSchema,
  closeSchema,
  decideSchema,
  departmentOpinionSchema,
  staleBatchSchema,
  staleRowsSchema,
  townOpinionSchema,
  undoSchema,
} from '../contract/batches.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { type OnceOutcome, onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  decideBatchRows,
  loadClosing,
  type NewCountersign,
  type NewOpinion,
  type SeenRow,
  saveBatchOpinions,
  saveCountersigns,
  undoBatchAct,
} from '../store/batch-rows.ts';
import { moveBatch } from '../store/batches.ts';
import type { Queryable } from '../store/store.ts';
import {
  batchOf,
  batchRowsOf,
  demandBatchMove,
  isStaleRow,
  staleBatch,
  staleOf,
  staleRows,
} from './batch-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const tags = ['batches'];
const decide = { access: 'batch:decide' } as const;
const headers = onceHeadersSchema;
const acted = { ...replies(actResultSchema), 412: replies(staleRowsSchema)[200] };
const ofBatch = { tags, params: idParams, headers };

type BatchRequest = FastifyRequest<{ Params: { id: string } }>;

export function batchActRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  /** An act on rows as they were looked at; 412 with those that changed since. */
  const act = async (
    request: BatchRequest,
    seen: readonly SeenRow[],
    work: (tx: Queryable, actId: string) => Promise<void>,
  ): Promise<OnceOutcome> => {
    const { id } = request.params;
    const ids = seen.map((row) => row.id);
    if (new Set(ids).size < ids.length) throw new ProductError('REQUEST_INVALID', { where: 'rows' });
    try {
      return await onceOnly(request, store, '', async (tx) => {
        await batchOf(tx, id);
        const stale = staleOf(await batchRowsOf(tx, id, ids), seen);
        if (stale.length > 0) return { status: 412, body: staleRows(request, stale) };
        const actId = `act-${randomUUID()}`;
        await work(tx, actId);
        return {
          status: 200,
          body: { actId, rows: await batchRowsOf(tx, id, ids), batch: await batchOf(tx, id) },
        };
      });
    } catch (error) {
      // somebody was faster by a moment
      if (!isStaleRow(error)) throw error;
      const rows = await batchRowsOf(storeOfRequest(request, store), id, ids);
      return { status: 412, body: staleRows(request, staleOf(rows, seen)), replayed: false };
    }
  };

  app.post(
    '/api/batches/:id/decisions',
    { config: decide, schema: { ...ofBatch, body: decideSchema, response: acted } },
    async (request, reply) => {
      const { rows, decision, reasonCode = null, reasonText = '' } = request.body;
      const { id } = request.params;
      const outcome = await act(request, rows, async (tx, actId) => {
        const isMissing =
          (decision !== '同意' && reasonCode === null) || (reasonCode === '其他' && reasonText.trim() === '');
        if (isMissing) throw new ProductError('BATCH_REASON_MISSING', { decision });
        await decideBatchRows(tx, id, rows, { actId, decision, reasonCode, reasonText: reasonText.trim() });
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/batches/:id/undo',
    { config: decide, schema: { ...ofBatch, body: undoSchema, response: acted } },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const { state } = await batchOf(tx, id);
        if (state !== '审查中') throw new ProductError('BATCH_NOT_OPEN');
        const actId = `act-${randomUUID()}`;
        const { rowIds } = await undoBatchAct(tx, id, actId, request.body.actId ?? null);
        if (rowIds.length === 0) throw new ProductError('BATCH_NOTHING_TO_UNDO');
        const rows = (await batchRowsOf(tx, id, rowIds)).sort(byPlace);
        return { status: 200, body: { actId, rows, batch: await batchOf(tx, id) } };
      });
      return sendOnce(reply, outcome);
    },
  );

  const opine = (
    request: BatchRequest,
    rows: readonly SeenRow[],
    opinion: NewOpinion,
  ): Promise<OnceOutcome> =>
    act(request, rows, async (tx) => {
      if (opinion.opinion !== '同意' && opinion.text === '')
        throw new ProductError('BATCH_OPINION_TEXT', { opinion: opinion.opinion });
      await saveBatchOpinions(tx, request.params.id, rows, opinion);
    });

  app.post(
    '/api/batches/:id/town-opinions',
    {
      config: { access: 'batch:opinion' },
      schema: { ...ofBatch, body: townOpinionSchema, response: acted },
    },
    async (request, reply) => {
      const { rows, opinion, text = '' } = request.body;
      return sendOnce(reply, await opine(request, rows, { department: '', opinion, text: text.trim() }));
    },
  );

  app.post(
    '/api/batches/:id/department-opinions',
    { config: decide, schema: { ...ofBatch, body: departmentOpinionSchema, response: acted } },
    async (request, reply) => {
      const { rows, opinion, text = '', department } = request.body;
      return sendOnce(
        reply,
        await opine(request, rows, { department: department.trim(), opinion, text: text.trim() }),
      );
    },
  );

  const countersign = (
    request: BatchRequest,
    rows: readonly SeenRow[],
    asked: Omit<NewCountersign, 'actId'>,
  ): Promise<OnceOutcome> =>
    act(request, rows, (tx, actId) => saveCountersigns(tx, request.params.id, rows, { ...asked, actId }));

  app.post(
    '/api/batches/:id/countersigns',
    { config: decide, schema: { ...ofBatch, body: countersignSchema, response: acted } },
    async (request, reply) => {
      const { rows, department, note = '', dueAt } = request.body;
      const asked = { department: department.trim(), note: note.trim(), dueAt, takesBack: false };
      return sendOnce(reply, await countersign(request, rows, asked));
    },
  );

  app.post(
    '/api/batches/:id/countersigns/withdraw',
    { config: decide, schema: { ...ofBatch, body: countersignWithdrawSchema, response: acted } },
    async (request, reply) => {
      const { rows, department } = request.body;
      return sendOnce(
        reply,
        await countersign(request, rows, { department: department.trim(), note: '', takesBack: true }),
      );
    },
  );

  app.post(
    '/api/batches/:id/close',
    {
      config: decide,
      schema: {
        ...ofBatch,
        body: closeSchema,
        response: { ...replies(closeResultSchema), 412: replies(staleBatchSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { dryRun } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const batch = await batchOf(tx, id);
        if (batch.version !== version) return { status: 412, body: staleBatch(request, batch) };
        const closing = await loadClosing(tx, id);
        if (dryRun) return { status: 200, body: { dryRun, closed: false, ...closing, batch } };
        if (batch.submittedByMe) throw new ProductError('BATCH_OWN');
        if (closing.undecided.length > 0)
          throw new ProductError('BATCH_UNDECIDED', { undecided: closing.undecided.length });
        demandBatchMove(principal, batch, '已关闭', '');
        if (!(await moveBatch(tx, id, version, '已关闭'))) throw new ProductError('PERMISSION_DENIED');
        return { status: 200, body: { dryRun, closed: true, ...closing, batch: await batchOf(tx, id) } };
      });
      return sendOnce(reply, outcome);
    },
  );
}

const byPlace = (a: BatchRowJson, b: BatchRowJson): number => a.place - b.place;
