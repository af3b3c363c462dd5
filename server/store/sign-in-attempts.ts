// Guessing does not pay (reliability 4.5): five failures in ten minutes lock a name for ten minutes, thirty an address.
// An attempt is written down as failed before the password is looked at and forgiven when it was right, so a hundred
// guesses at the same instant count as a hundred. Names nobody has are counted like all others.
import type { Queryable, Store } from './store.ts';
import { Turns } from './turns.ts';

const WINDOW_MINUTES = 10;
const MOST_FAILURES = { login: 5, address: 30 } as const;
/** Any number, the same for everybody: attempts are written down one after the other. */
const LOCK_NUMBER = 4_490_052;

/** A crowd at the door waits here and not with a database connection each, so nobody else has to wait for one. */
const TURN_LIMIT_MS = 10_000;
const turns = new WeakMap<Store, Turns>();

export interface AttemptKeys {
  readonly login: Buffer;
  readonly address: Buffer;
}

export type AttemptVerdict = 'free' | keyof AttemptKeys;

/**
 * Writes the attempt down, or says what is locked; attempts while locked do not make the lock longer. Throws STORE_BUSY when too
 * many stand before the door.
 */
export async function beginAttempt(store: Store, keys: AttemptKeys): Promise<AttemptVerdict> {
  const line = turns.get(store) ?? new Turns();
  turns.set(store, line);
  const end = await line.take(TURN_LIMIT_MS);
  try {
    return await writeDown(store, keys);
  } finally {
    end();
  }
}

function writeDown(store: Store, keys: AttemptKeys): Promise<AttemptVerdict> {
  return store.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK_NUMBER]);
    await tx.query(
      `delete from sign_in_attempts where at < clock_timestamp() - interval '${2 * WINDOW_MINUTES} minutes'`,
      [],
    );
    if (await isLocked(tx, 'address', keys.address)) return 'address';
    if (await isLocked(tx, 'login', keys.login)) return 'login';
    await tx.query("insert into sign_in_attempts (kind, key) values ('login', $1), ('address', $2)", [
      keys.login,
      keys.address,
    ]);
    return 'free';
  });
}

/** The password was right: the name starts anew; of the address one attempt is taken back, the others still count. */
export async function forgiveAttempts(db: Queryable, { login, address }: AttemptKeys): Promise<void> {
  await db.query(
    `delete from sign_in_attempts where (kind = 'login' and key = $1) or id = (
       select max(id) from sign_in_attempts where kind = 'address' and key = $2)`,
    [login, address],
  );
}

/** The password was never looked at (too many were waiting): the attempt does not count. */
export async function withdrawAttempt(db: Queryable, { login, address }: AttemptKeys): Promise<void> {
  await db.query(
    `delete from sign_in_attempts where id in (
       select max(id) from sign_in_attempts where (kind = 'login' and key = $1) or (kind = 'address' and key = $2) group by kind)`,
    [login, address],
  );
}

/** Opens a name that guessing has locked; for administrators. */
export async function unlockLogin(db: Queryable, login: Buffer): Promise<void> {
  await db.query("delete from sign_in_attempts where kind = 'login' and key = $1", [login]);
}

/** Keys of the names that are locked now, and until when. */
export const lockedLoginsSql = `
  select key, max(at) + interval '${WINDOW_MINUTES} minutes' as until from (
    select key, at, lag(at, ${MOST_FAILURES.login - 1}) over (partition by key order by at, id) as first
      from sign_in_attempts where kind = 'login') as attempts
   where at > clock_timestamp() - interval '${WINDOW_MINUTES} minutes'
     and at - first < interval '${WINDOW_MINUTES} minutes' group by key`;

/** True for ten minutes from a failure that was the last of too many in ten minutes. */
async function isLocked(db: Queryable, kind: keyof AttemptKeys, key: Buffer): Promise<boolean> {
  const { rows } = await db.query(
    `select from (
       select at, lag(at, ${MOST_FAILURES[kind] - 1}) over (order by at, id) as first
         from sign_in_attempts where kind = $1 and key = $2) as attempts
      where at > clock_timestamp() - interval '${WINDOW_MINUTES} minutes'
        and at - first < interval '${WINDOW_MINUTES} minutes' limit 1`,
    [kind, key],
  );
  return rows.length > 0;
}
