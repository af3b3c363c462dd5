// Sessions: found by the digest of the cookie, ended by deleting the row, so an end holds for the very next request.
// Time is the database's. The last look is written once a minute at most: reading pages should not write.
import type { Role } from '../permission/permission-table.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** An administrator who went away is signed out sooner. */
const IDLE_MINUTES = 30;
const ADMIN_IDLE_MINUTES = 15;
const ABSOLUTE_HOURS = 12;
/** More browsers than anybody uses; the oldest one ends. */
const MOST_PER_ACCOUNT = 20;

/** The account behind a session or token, as every request needs it. */
export interface ActingAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly everywhere: boolean;
  readonly districtCodes: readonly string[];
  readonly townCodes: readonly string[];
  readonly mustChangePassword: boolean;
  readonly isDemo: boolean;
}

export interface NewSession {
  readonly id: string;
  readonly digest: Buffer;
  readonly accountId: string;
  readonly address: string;
  readonly agent: string;
}

export interface StoredSession {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly address: string;
  readonly agent: string;
}

/** Of a row `a` of accounts. */
export const actingAccountSql = `json_build_object('id', a.id, 'login', a.login, 'name', a.name, 'role', a.role,
  'organisation', a.organisation, 'everywhere', a.everywhere, 'districtCodes', a.district_codes,
  'townCodes', a.town_codes, 'mustChangePassword', a.must_change_password, 'isDemo', a.is_demo)`;

/** Of rows `s` and `a`: neither too old nor left alone too long, and the account is not disabled. */
const aliveSql = `s.expires_at > now() and a.disabled_at is null and s.last_seen_at > now()
  - make_interval(mins => case when a.role = 'admin' then ${ADMIN_IDLE_MINUTES} else ${IDLE_MINUTES} end)`;

/** Begins one. The account's sessions that are over, and its oldest ones beyond the limit, go. */
export async function saveSession(db: Queryable, session: NewSession): Promise<void> {
  const { id, digest, accountId, address, agent } = session;
  await db.query(
    `with over as (
       delete from sessions where expires_at < now() or digest in (
         select digest from sessions where account_id = $3 order by last_seen_at desc, digest offset ${MOST_PER_ACCOUNT - 1}))
     insert into sessions (id, digest, account_id, expires_at, address, agent)
     values ($1, $2, $3, now() + make_interval(hours => ${ABSOLUTE_HOURS}), $4, $5)`,
    [id, digest, accountId, address, agent],
  );
}

export interface FoundSession {
  readonly id: string;
  readonly expiresAt: string;
  readonly account: ActingAccount;
}

/**
 * The session that holds now, or null. One statement. `isSeen`: a person did something; what a page asks for by itself keeps nobody
 * signed in.
 */
export async function findSession(
  db: Queryable,
  digest: Buffer,
  isSeen = true,
): Promise<FoundSession | null> {
  const { rows } = await db.query<FoundSession>(
    `with seen as (
       update sessions s set last_seen_at = now() from accounts a
        where $2::boolean and s.digest = $1 and a.id = s.account_id and ${aliveSql}
          and s.last_seen_at < now() - interval '1 minute')
     select s.id, ${isoTimeSql('s.expires_at')} as "expiresAt", ${actingAccountSql} as account
       from sessions s join accounts a on a.id = s.account_id where s.digest = $1 and ${aliveSql}`,
    [digest, isSeen],
    { keepPlan: true },
  );
  return rows[0] ?? null;
}

/** The same session under a new cookie; the old value opens nothing any more. False when it has ended. */
export async function rotateSession(db: Queryable, id: string, digest: Buffer): Promise<boolean> {
  return (await db.query('update sessions set digest = $2 where id = $1', [id, digest])).rowCount > 0;
}

/** The account's sessions that hold, last seen first. */
export async function loadSessions(db: Queryable, accountId: string): Promise<StoredSession[]> {
  const { rows } = await db.query<{ sessions: StoredSession[] }>(
    `select coalesce(json_agg(json_build_object('id', s.id, 'createdAt', ${isoTimeSql('s.created_at')},
              'lastSeenAt', ${isoTimeSql('s.last_seen_at')}, 'expiresAt', ${isoTimeSql('s.expires_at')},
              'address', s.address, 'agent', s.agent) order by s.last_seen_at desc, s.id), '[]') as sessions
       from sessions s join accounts a on a.id = s.account_id where a.id = $1 and ${aliveSql}`,
    [accountId],
  );
  return rows[0]?.sessions ?? [];
}

/** Ends one session of the account. False when it has none of that id. */
export async function endSession(db: Queryable, accountId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from sessions where account_id = $1 and id = $2', [
    accountId,
    id,
  ]);
  return rowCount > 0;
}

/** Ends the account's sessions but `keepId`. */
export async function endSessions(
  db: Queryable,
  accountId: string,
  keepId: string | null = null,
): Promise<number> {
  const { rowCount } = await db.query(
    'delete from sessions where account_id = $1 and ($2::text is null or id <> $2)',
    [accountId, keepId],
  );
  return rowCount;
}
