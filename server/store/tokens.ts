// Personal tokens: found by digest, with the account they act for. A token that was taken back keeps its row.
import type { Permission } from '../permission/permission-table.ts';
import { type ActingAccount, actingAccountSql } from './sessions.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** Tokens that hold at the same time; a person who needs more has lost track of them. */
const MOST_PER_ACCOUNT = 20;

export interface NewToken {
  readonly id: string;
  readonly digest: Buffer;
  readonly accountId: string;
  readonly name: string;
  readonly scope: readonly Permission[];
  readonly days: number;
}

export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly scope: readonly Permission[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly isOver: boolean;
}

const tokenJsonSql = `json_build_object('id', t.id, 'name', t.name, 'scope', t.scope,
  'createdAt', ${isoTimeSql('t.created_at')}, 'expiresAt', ${isoTimeSql('t.expires_at')},
  'lastUsedAt', ${isoTimeSql('t.last_used_at')}, 'revokedAt', ${isoTimeSql('t.revoked_at')},
  'isOver', t.expires_at <= now())`;

/** Null when the account has as many as it may. */
export async function saveToken(db: Queryable, token: NewToken): Promise<StoredToken | null> {
  const { rows } = await db.query<{ token: StoredToken }>(
    `with t as (
       insert into tokens (id, digest, account_id, name, scope, expires_at)
       select $1, $2, $3, $4, $5, now() + make_interval(days => $6)
        where (select count(*) from tokens where account_id = $3 and revoked_at is null and expires_at > now())
              < ${MOST_PER_ACCOUNT}
       returning *)
     select ${tokenJsonSql} as token from t`,
    [token.id, token.digest, token.accountId, token.name, token.scope, token.days],
  );
  return rows[0]?.token ?? null;
}

export interface FoundToken {
  readonly id: string;
  readonly expiresAt: string;
  readonly scope: readonly Permission[];
  readonly account: ActingAccount;
}

/** The token that holds now, or null. One statement; the last use is written once a minute at most. */
export async function findToken(db: Queryable, digest: Buffer): Promise<FoundToken | null> {
  const alive = 't.digest = $1 and t.revoked_at is null and t.expires_at > now() and a.disabled_at is null';
  const { rows } = await db.query<FoundToken>(
    `with used as (
       update tokens t set last_used_at = now() from accounts a
        where a.id = t.account_id and ${alive}
          and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute'))
     select t.id, ${isoTimeSql('t.expires_at')} as "expiresAt", t.scope, ${actingAccountSql} as account
       from tokens t join accounts a on a.id = t.account_id where ${alive}`,
    [digest],
    { keepPlan: true },
  );
  return rows[0] ?? null;
}

/** All of an account, newest first, those that are over included. */
export async function loadTokens(db: Queryable, accountId: string): Promise<StoredToken[]> {
  const { rows } = await db.query<{ tokens: StoredToken[] }>(
    `select coalesce(json_agg(${tokenJsonSql} order by t.created_at desc, t.id), '[]') as tokens
       from tokens t where t.account_id = $1`,
    [accountId],
  );
  return rows[0]?.tokens ?? [];
}

/** Takes one of the account's tokens back. False when it has none of that id that still counts. */
export async function revokeToken(db: Queryable, accountId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update tokens set revoked_at = now() where account_id = $1 and id = $2 and revoked_at is null',
    [accountId, id],
  );
  return rowCount > 0;
}

/** Takes back what still counts of these accounts. Answers how many tokens that were; each has a record of its own (migration 022). */
export async function revokeTokens(tx: Queryable, accountIds: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query(
    `update tokens set revoked_at = now()
      where account_id = any ($1::text[]) and revoked_at is null and expires_at > now()`,
    [accountIds],
  );
  return rowCount;
}
