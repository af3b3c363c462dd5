// Keys of calls that must not happen twice, with what was answered. The rows are the asker's own; they are kept for a day.
import { jsonText, type Queryable } from './store.ts';

export interface OnceAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface OnceKey {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** SHA-256 of what was asked. */
  readonly bodyDigest: string;
}

const HOURS_KEPT = 24;

export async function forgetOldKey(tx: Queryable, key: string): Promise<void> {
  await tx.query(
    `delete from idempotency_keys where account_id = my_account() and key = $1 and at < now() - interval '${HOURS_KEPT} hours'`,
    [key],
  );
}

/** False when it is taken; waits for a transaction that is taking it. */
export async function takeKey(tx: Queryable, { key, method, path, bodyDigest }: OnceKey): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into idempotency_keys (key, method, path, body_digest) values ($1, $2, $3, $4)
     on conflict (account_id, key) do nothing`,
    [key, method, path, bodyDigest],
  );
  return rowCount > 0;
}

export async function loadKey(tx: Queryable, key: string): Promise<(OnceKey & OnceAnswer) | null> {
  const { rows } = await tx.query<OnceKey & OnceAnswer>(
    `select key, method, path, body_digest as "bodyDigest", status, body from idempotency_keys
      where account_id = my_account() and key = $1`,
    [key],
  );
  return rows[0] ?? null;
}

export async function saveAnswer(tx: Queryable, key: string, { status, body }: OnceAnswer): Promise<void> {
  await tx.query(
    'update idempotency_keys set status = $2, body = $3::json where account_id = my_account() and key = $1',
    [key, status, jsonText(body ?? null)],
  );
}
