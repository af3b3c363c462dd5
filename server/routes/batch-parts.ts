// What the routes of review batches share: filters from an address, a batch or a row or why not, and the answers to whoever looked at
// an older one.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type BatchState, batchMachine, moveAllowed } from '../../engine/index.ts';
import type {
  BatchJson,
  BatchQueryJson,
  BatchRowJson,
  StaleBatchJson,
  StaleRowsJson,
} from '../contract/batches.ts';
import { describeCode, ProductError } from '../errors.ts';
import { permissionWords } from '../permission/permission-table.ts';
import type { Principal } from '../permission/principal.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { loadBatchRows, type SeenRow } from '../store/batch-rows.ts';
import { type BatchQuery, loadBatch } from '../store/batches.ts';
import { type Queryable, StoreError } from '../store/store.ts';

export function filtersOfBatches({
  state,
  mine,
  ...rest
}: Omit<BatchQueryJson, 'page' | 'pageSize'>): BatchQuery {
  return {
    ...rest,
    ...(state !== undefined && { states: state.split(',') }),
    ...(mine !== undefined && { mine: mine === 'true' }),
  };
}

/** Throws BATCH_UNKNOWN. */
export async function batchOf(db: Queryable, id: string): Promise<BatchJson> {
  const batch = await loadBatch(db, id);
  if (!batch) throw new ProductError('BATCH_UNKNOWN', { id });
  return batch;
}

/** In the order asked for. Throws BATCH_ROW_UNKNOWN for the first that is out of reach. */
export async function batchRowsOf(
  db: Queryable,
  batchId: string,
  ids: readonly string[],
): Promise<BatchRowJson[]> {
  const rows = await loadBatchRows(db, batchId, ids);
  if (rows.length === ids.length) return rows;
  const known = new Set(rows.map(({ id }) => id));
  throw new ProductError('BATCH_ROW_UNKNOWN', { id: ids.find((id) => !known.has(id)) ?? '' });
}

export async function batchRowOf(db: Queryable, batchId: string, rowId: string): Promise<BatchRowJson> {
  const [row] = await batchRowsOf(db, batchId, [rowId]);
  // one was asked for and one came
  return row!;
}

/** Those that are not any more what was looked at. */
export function staleOf(rows: readonly BatchRowJson[], seen: readonly SeenRow[]): BatchRowJson[] {
  const versions = new Map(seen.map(({ id, version }) => [id, version]));
  return rows.filter(({ id, version }) => versions.get(id) !== version);
}

export const isStaleRow = (error: unknown): boolean =>
  error instanceof StoreError && error.constraint === 'batch_rows_stale';

/** 412: the refusal and the batch as it is now. */
export function staleBatch(request: Pick<FastifyRequest, 'id'>, batch: BatchJson): StaleBatchJson {
  return { ...replyOf(request.id, describeCode('BATCH_STALE')), batch };
}

/** 412: the refusal and the rows as they are now. */
export function staleRows(request: Pick<FastifyRequest, 'id'>, rows: readonly BatchRowJson[]): StaleRowsJson {
  return { ...replyOf(request.id, describeCode('BATCH_ROWS_STALE')), rows: [...rows] };
}

export function answeredBatch(reply: Pick<FastifyReply, 'header'>, batch: BatchJson): BatchJson {
  reply.header('etag', `"${batch.version}"`);
  return batch;
}

/** Whether the machine knows the way and asks for a reason; what has to be filled in is asked by the database. Throws STATE_…. */
export function demandBatchMove(
  principal: Principal,
  { state }: Pick<BatchJson, 'state'>,
  to: BatchState,
  reason: string,
): void {
  const verdict = moveAllowed(batchMachine, state, to, {
    permissions: new Set(permissionWords.filter((word) => rowScopeOf(principal, word) !== undefined)),
    filled: new Set(['rows', 'operators', 'decisions']),
    reason,
  });
  if (verdict.ok) return;
  if (verdict.code === 'STATE_MOVE_UNKNOWN')
    throw new ProductError(verdict.code, {
      from: state,
      to,
      possible: verdict.possible.join('、') || '—',
    });
  throw new ProductError(verdict.code === 'STATE_REASON_MISSING' ? verdict.code : 'PERMISSION_DENIED');
}
