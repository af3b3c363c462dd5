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

/** Null: it was new, and is taken now. Otherwise what was asked and answered under it; waits for a transaction that is taking it. */
export async function takeKey(
  tx: Queryable,
  { key, method, path, bodyDigest }: OnceKey,
): Promise<(OnceKey & OnceAnswer) | null> {
  const { rows } = await tx.query<{ known: (OnceKey & OnceAnswer) | null }>(
    'select take_once_key($1, $2, $3, $4) as known',
    [key, method, path, bodyDigest],
    { keepPlan: true },
  );
  return rows[0]?.known ?? null;
}

export async function saveAnswer(tx: Queryable, key: string, { status, body }: OnceAnswer): Promise<void> {
  await tx.query(
    'update idempotency_keys set status = $2, body = $3::json where account_id = my_account() and key = $1',
    [key, status, jsonText(body ?? null)],
    { keepPlan: true },
  );
}
