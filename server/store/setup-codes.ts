// The one-time code of the first start. The newest one counts; using it takes it away.
import type { Queryable } from './store.ts';

export async function saveSetupCode(db: Queryable, digest: Buffer): Promise<void> {
  await db.query(
    `insert into setup_codes (digest) values ($1)
     on conflict (only_one) do update set digest = excluded.digest, created_at = now()`,
    [digest],
  );
}

export async function isSetupCode(db: Queryable, digest: Buffer): Promise<boolean> {
  return (await db.query('select from setup_codes where digest = $1', [digest])).rows.length > 0;
}

/** True once for the code that counts. */
export async function takeSetupCode(db: Queryable, digest: Buffer): Promise<boolean> {
  return (await db.query('delete from setup_codes where digest = $1', [digest])).rowCount > 0;
}

/** No code opens anything any more. */
export async function dropSetupCode(db: Queryable): Promise<void> {
  await db.query('delete from setup_codes', []);
}
