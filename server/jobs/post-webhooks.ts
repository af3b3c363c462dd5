// Posts what waits to the systems an administrator named, signed so that they can tell it from anybody else's: HMAC-SHA256 over
// "<timestamp>.<body>" with the key of the webhook (RFC 2104), as `x-zhanzhi-signature: v1=<hex>`. A receiver refuses timestamps older than
// it likes, and takes an id it has seen for a repetition. Nothing is followed or read back but the status.
import { createHmac } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { type DueDelivery, saveDelivery, takeDueDeliveries } from '../store/webhooks.ts';
import { type Kept, keepDoing } from './keep-doing.ts';
import { type PostMessage, sendPost } from './send-post.ts';

const EVERY_MS = 2_000;
const AT_ONCE = 5;
const ANSWER_WITHIN_MS = 10_000;
/** Longer than any answer may take. */
const LEASE_S = 60;
/** Pauses after the first, second, … failure; after the last one it is given up: about a day and a half. */
const PAUSES_S = [10, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 43_200] as const;

/** What a receiver computes to compare: hex of HMAC-SHA256. `timestamp` in seconds since 1970. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

export interface PostOptions {
  /** True: addresses in private networks, too. */
  readonly allowPrivate: boolean;
  /** Only this one, at once. */
  readonly id?: string;
  /** Leaves what is under way; it is due again when its lease ends. */
  readonly signal?: AbortSignal;
}

/** Posts what is due; answers how many were tried. */
export async function postDue(store: Store, { id, signal, allowPrivate }: PostOptions): Promise<number> {
  const due = await takeDueDeliveries(store, { most: AT_ONCE, leaseSeconds: LEASE_S, id: id ?? null });
  await Promise.all(due.map((delivery) => postOne(store, delivery, allowPrivate, signal)));
  return due.length;
}

export function keepPosting(
  store: Store,
  { webhookPrivate: allowPrivate }: Pick<Config, 'webhookPrivate'>,
  report: (line: string) => void,
): Kept {
  const leaving = new AbortController();
  const { signal } = leaving;
  const kept = keepDoing(
    EVERY_MS,
    async () => {
      // a full handful says that more may wait
      while (!signal.aborted && (await postDue(store, { signal, allowPrivate })) === AT_ONCE);
    },
    (why) => report(`webhooks were not posted: ${why}`),
  );
  return {
    end: () => {
      leaving.abort();
      return kept.end();
    },
  };
}

async function postOne(
  store: Store,
  { id, url, secret, body, tries }: DueDelivery,
  allowPrivate: boolean,
  leaving?: AbortSignal,
): Promise<void> {
  const begun = Date.now();
  const timestamp = String(Math.floor(begun / 1000));
  const limit = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = leaving ? AbortSignal.any([limit, leaving]) : limit;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'zhanzhi-webhook',
    'x-zhanzhi-delivery': id,
    'x-zhanzhi-timestamp': timestamp,
    'x-zhanzhi-signature': `v1=${signatureOf(secret, timestamp, body)}`,
  };
  const { status, error } = await send({ url, body, headers, signal, allowPrivate });
  if (leaving?.aborted && status === null) return;
  const sent = status !== null && status >= 200 && status < 300;
  const retryAfterS = PAUSES_S[tries - 1] ?? null;
  await saveDelivery(store, { id, status, error, ms: Date.now() - begun, sent, retryAfterS });
}

async function send(message: PostMessage): Promise<{ status: number | null; error: string | null }> {
  try {
    return { status: await sendPost(message), error: null };
  } catch (error) {
    return { status: null, error: wordOf(error) };
  }
}

/** ECONNREFUSED, ENOTFOUND, ADDRESS_PRIVATE, TimeoutError: nothing of the answer, nothing of the address. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // of an attempt at several addresses of one name the first one tells
  const [told] = error instanceof AggregateError ? error.errors : [error];
  return told instanceof Error && 'code' in told && typeof told.code === 'string' ? told.code : error.name;
}
