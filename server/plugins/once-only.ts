// A repeated call is one act: the key a client made for it, what was asked and what was answered are written in the transaction of the
// effect, so a retry after a lost answer, or forty at once, change nothing and hear the same (reliability reference, 4.7). The row of
// the key is the lock: a second call waits in the database until the first has committed or gone.
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { describeError, ProductError } from '../errors.ts';
import type { Permission } from '../permission/permission-table.ts';
import { actAs } from '../store/acting.ts';
import { type OnceAnswer, type OnceKey, saveAnswer, takeKey } from '../store/once-keys.ts';
import { type Queryable, type Store, StoreError } from '../store/store.ts';
import { replyOf } from './error-replies.ts';
import { contextOf, signedInPerson } from './sign-in.ts';
import { storeInLine } from './store-in-line.ts';
import { storeOfRequest } from './store-of-request.ts';

export interface OnceOutcome extends OnceAnswer {
  /** True: an earlier call with this key did it; nothing happened now. */
  readonly replayed: boolean;
}

export interface OnceWork extends OnceAnswer {
  /** Answered to a repetition in place of the body: secrets are shown once and kept nowhere. */
  readonly kept?: unknown;
}

/** A transaction as somebody; runs again what a deadlock stopped. */
export type RunOnce = (work: (tx: Queryable) => Promise<OnceOutcome>) => Promise<OnceOutcome>;

/** `Idempotency-Key`, 8 to 200 characters, and a version where the route asks for one. */
export const onceHeadersSchema = Type.Object({
  'idempotency-key': Type.Optional(Type.String()),
  'if-match': Type.Optional(Type.String()),
});

/**
 * Runs `work` once for each key of a person, in one transaction as that person. A refusal below 500 that `work` throws as a
 * ProductError is kept and answered again like any other answer. Throws IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED; whatever else
 * `work` throws leaves no key behind. When the database stopped it for another transaction's sake (a deadlock, a serialization failure),
 * `work` runs again in a new one, three times at the most. `content` stands for a body that is no JSON (an upload).
 */
export function onceOnly(
  request: FastifyRequest,
  store: Store,
  reason: string,
  work: (tx: Queryable) => Promise<OnceWork>,
  content?: string | Uint8Array,
): Promise<OnceOutcome> {
  return onceWithin(request, storeOfRequest(request, store, reason).transaction, work, content);
}

/** The same by the system in the person's name (acting.ts), for what no role of a request may touch: accounts and what opens doors. */
export function onceActing(
  request: FastifyRequest,
  store: Store,
  { permission, reason = '' }: { readonly permission: Permission | null; readonly reason?: string },
  work: (tx: Queryable) => Promise<OnceWork>,
  content?: string | Uint8Array,
): Promise<OnceOutcome> {
  const { principal } = signedInPerson(request);
  const context = { ...contextOf(request), reason };
  const run: RunOnce = (inside) => actAs(storeInLine(request, store), principal, context, permission, inside);
  return onceWithin(request, run, work, content);
}

/** The same in a transaction of the caller's kind. */
export async function onceWithin(
  request: FastifyRequest,
  run: RunOnce,
  work: (tx: Queryable) => Promise<OnceWork>,
  content: string | Uint8Array = JSON.stringify(request.body ?? null),
): Promise<OnceOutcome> {
  const key = keyOf(request);
  const bodyDigest = createHash('sha256')
    .update(`${request.headers['if-match'] ?? ''}\n`)
    .update(content)
    .digest('hex');
  const asked = { key, method: request.method, path: request.url, bodyDigest };
  return oneAtATime(`${signedInPerson(request).principal.accountId} ${key}`, async () => {
    try {
      return await insisting(() => answerOnce(run, asked, work));
    } catch (error) {
      const refusal = refusalToKeep(error, request.id);
      if (!refusal) throw error;
      return answerOnce(run, asked, async () => refusal);
    }
  });
}

/** Answers with what was or had been decided; `idempotency-replayed: true` tells the second from the first. */
export function sendOnce<Reply>(reply: Reply, { status, body, replayed }: OnceOutcome): Reply {
  const plain = reply as unknown as FastifyReply; // the schema of each status checks what is sent
  if (replayed) plain.header('idempotency-replayed', 'true');
  plain.code(status).send(body);
  return reply;
}

const underWay = new Map<string, Promise<unknown>>();

/** Within this server calls with the same key wait here, and not each with a connection of the database in its hand. */
async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const mine = (underWay.get(name) ?? Promise.resolve()).then(work, work);
  underWay.set(name, mine);
  try {
    return await mine;
  } finally {
    if (underWay.get(name) === mine) underWay.delete(name);
  }
}

/** One transaction: what was answered before, or what `work` does and answers now. */
function answerOnce(
  run: RunOnce,
  asked: OnceKey,
  work: (tx: Queryable) => Promise<OnceWork>,
): Promise<OnceOutcome> {
  return run(async (tx) => {
    const known = await knownAnswer(tx, asked);
    if (known) return { ...known, replayed: true };
    const { status, body, kept = body } = await work(tx);
    await saveAnswer(tx, asked.key, { status, body: kept });
    return { status, body, replayed: false };
  });
}

const MOST_RETRIES = 3;
/** So that two who stopped each other do not meet again at once. */
const PAUSE_MS = 20;

async function insisting<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isInTheWay = error instanceof StoreError && error.code === 'STORE_RETRY';
      if (!isInTheWay || retries === MOST_RETRIES) throw error;
      await setTimeout(PAUSE_MS * Math.random() * 2 ** retries);
    }
  }
}

/** Null: it is about the key itself, or no refusal but a fault. */
function refusalToKeep(error: unknown, requestId: string): OnceAnswer | null {
  if (!(error instanceof ProductError) || error.code.startsWith('IDEMPOTENCY_KEY_')) return null;
  const described = describeError(error, requestId);
  return described.status < 500 ? { status: described.status, body: replyOf(requestId, described) } : null;
}

/** Null: the key is new, and taken now. */
async function knownAnswer(tx: Queryable, asked: OnceKey): Promise<OnceAnswer | null> {
  const known = await takeKey(tx, asked);
  if (!known) return null;
  const isSame =
    known.method === asked.method && known.path === asked.path && known.bodyDigest === asked.bodyDigest;
  if (!isSame) throw new ProductError('IDEMPOTENCY_KEY_REUSED');
  return { status: known.status, body: known.body };
}

const SHORTEST = 8;
const LONGEST = 200;

/** Throws IDEMPOTENCY_KEY_MISSING. */
export function keyOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < SHORTEST || key.length > LONGEST)
    throw new ProductError('IDEMPOTENCY_KEY_MISSING');
  return key;
}
