// The same done to many accounts: a statement or two whatever their number, each account with its own record. The database keeps an
// administrator whatever is asked here (accounts_last_admin).
import type { AccountAct } from '../contract/people.ts';
import type { Role } from '../permission/permission-table.ts';
import { attemptKeySql } from './accounts.ts';
import { lockedLoginsSql } from './sign-in-attempts.ts';
import type { Queryable } from './store.ts';
import { revokeTokens } from './tokens.ts';

/** What is done to an account depends on these. */
export interface ActableAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  readonly isLocked: boolean;
  readonly version: number;
  /** That hold now. */
  readonly sessions: number;
  readonly tokens: number;
}

/** Those of these ids that are there, by login, held until the transaction ends. */
export async function loadActable(tx: Queryable, ids: readonly string[]): Promise<ActableAccount[]> {
  await tx.query('select from accounts where id = any ($1::text[]) order by id for no key update', [ids]);
  const { rows } = await tx.query<ActableAccount>(
    `select a.id, a.login, a.name, a.role, a.disabled_at is not null as "isDisabled", l.key is not null as "isLocked", a.version,
            (select count(*)::int from tokens t
              where t.account_id = a.id and t.revoked_at is null and t.expires_at > now()) as tokens,
            (select count(*)::int from sessions s where s.account_id = a.id and s.expires_at > now()) as sessions
       from accounts a left join (${lockedLoginsSql}) as l on l.key = ${attemptKeySql}
      where a.id = any ($1::text[]) order by a.login`,
    [ids],
  );
  return rows;
}

/** Administrators that are not disabled, without those of these ids. */
export async function countOtherAdministrators(db: Queryable, ids: readonly string[]): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from accounts where role = 'admin' and disabled_at is null and not id = any ($1::text[])`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}

/** What ends with an act: of those disabled and those signed out. */
export interface EndedDoors {
  readonly sessions: number;
  readonly tokens: number;
}
const nothingEnded: EndedDoors = { sessions: 0, tokens: 0 };

/** Within actAs. Throws STORE_CONSTRAINT: accounts_last_admin. */
export async function actOnAccounts(
  tx: Queryable,
  act: AccountAct,
  ids: readonly string[],
): Promise<EndedDoors> {
  switch (act) {
    case 'enable':
      await setDisabled(tx, ids, false);
      return nothingEnded;
    case 'disable': {
      await setDisabled(tx, ids, true);
      const { rowCount } = await tx.query('delete from sessions where account_id = any ($1::text[])', [ids]);
      return { sessions: rowCount, tokens: await revokeTokens(tx, ids) };
    }
    case 'sign-out':
      return { tokens: await revokeTokens(tx, ids), sessions: await signOut(tx, ids) };
    case 'unlock':
      await unlock(tx, ids);
      return nothingEnded;
  }
}

async function setDisabled(tx: Queryable, ids: readonly string[], disabled: boolean): Promise<void> {
  await tx.query(
    `update accounts set version = version + 1, disabled_at = case when $2::boolean then now() end
      where id = any ($1::text[]) and (disabled_at is not null) <> $2::boolean`,
    [ids, disabled],
  );
}

async function signOut(tx: Queryable, ids: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ ended: number }>(
    `with gone as (delete from sessions where account_id = any ($1::text[]) returning account_id),
          counted as (select account_id, count(*)::int as ended from gone group by account_id),
          noted as (select c.ended, write_audit('sign-out', 'account', c.account_id, null, json_build_object('ended', c.ended), null)
                      from counted c)
     select coalesce(sum(n.ended), 0)::int as ended from noted n`,
    [ids],
  );
  return rows[0]?.ended ?? 0;
}

async function unlock(tx: Queryable, ids: readonly string[]): Promise<void> {
  await tx.query(
    `delete from sign_in_attempts t using accounts a
      where t.kind = 'login' and a.id = any ($1::text[]) and t.key = ${attemptKeySql}`,
    [ids],
  );
  await tx.query(
    `select write_audit('unlock', 'account', id, null, null, null) from unnest($1::text[]) as id`,
    [ids],
  );
}
