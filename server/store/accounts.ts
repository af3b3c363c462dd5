// Accounts: who may come in and what rows are theirs. Never removed, only disabled: records name them for good.
// Every change raises the version; password hashes leave this file only for the sign-in and the password rules.
import type { AccountPageJson, AccountQueryJson } from '../contract/people.ts';
import type { Role } from '../permission/permission-table.ts';
import type { Territory } from '../permission/principal.ts';
import { type ActingAccount, actingAccountSql } from './sessions.ts';
import { lockedLoginsSql } from './sign-in-attempts.ts';
import { isoTimeSql } from './sql-text.ts';
import { type Queryable, StoreError } from './store.ts';

export interface StoredAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly territory: Territory;
  readonly hasPassword: boolean;
  readonly oidcLinked: boolean;
  readonly oidcLinkAllowed: boolean;
  readonly mustChangePassword: boolean;
  readonly isDemo: boolean;
  readonly disabledAt: string | null;
  /** Too many wrong passwords; null: not locked. */
  readonly lockedUntil: string | null;
  readonly createdAt: string;
  /** Last look of any of its sessions, those that ended too. */
  readonly lastSeenAt: string | null;
  readonly version: number;
}

export interface NewAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly territory: Territory;
  readonly passwordHash: string | null;
  readonly mustChangePassword: boolean;
  readonly oidcLinkAllowed: boolean;
  readonly isDemo: boolean;
}

/** What is left out stays. */
export interface AccountChanges {
  readonly name?: string;
  readonly role?: Role;
  readonly organisation?: string;
  readonly territory?: Territory;
  readonly disabled?: boolean;
  readonly oidcLinkAllowed?: boolean;
  /** False forgets the subject of the provider; nothing else makes one known but a sign-in. */
  readonly oidcLinked?: false;
}

/** Passwords a person may not come back to, the present one included. */
const REMEMBERED_PASSWORDS = 5;

// Attempts are kept under a digest of the login (server/people/sign-in-with-password.ts).
export const attemptKeySql = "sha256(convert_to('login:' || a.login, 'UTF8'))";

/** Of a row `a` and what is known beside it, `v` of account_visits and `l` of those locked now. */
const accountJsonSql = `json_build_object('id', a.id, 'login', a.login, 'name', a.name, 'role', a.role,
  'organisation', a.organisation,
  'territory', json_build_object('everywhere', a.everywhere, 'districtCodes', a.district_codes, 'townCodes', a.town_codes),
  'hasPassword', a.password_hash is not null, 'oidcLinked', a.oidc_subject is not null,
  'oidcLinkAllowed', a.oidc_link_allowed, 'mustChangePassword', a.must_change_password, 'isDemo', a.is_demo,
  'disabledAt', ${isoTimeSql('a.disabled_at')}, 'lockedUntil', ${isoTimeSql('l.until')}, 'createdAt', ${isoTimeSql('a.created_at')},
  'lastSeenAt', ${isoTimeSql('v.seen_at')}, 'version', a.version)`;

const accountsSql = `accounts a left join account_visits v on v.account_id = a.id
  left join (${lockedLoginsSql}) as l on l.key = ${attemptKeySql}`;

/** Throws STORE_CONFLICT (accounts_login) when the login is taken. */
export async function saveAccount(db: Queryable, account: NewAccount): Promise<void> {
  const { territory } = account;
  await db.query(
    `with saved as (
       insert into accounts (id, login, name, role, organisation, everywhere, district_codes, town_codes, password_hash,
                             must_change_password, oidc_link_allowed, is_demo)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id, password_hash)
     insert into password_history (account_id, password_hash)
     select id, password_hash from saved where password_hash is not null`,
    [
      account.id,
      account.login,
      account.name,
      account.role,
      account.organisation,
      territory.everywhere,
      territory.districtCodes,
      territory.townCodes,
      account.passwordHash,
      account.mustChangePassword,
      account.oidcLinkAllowed,
      account.isDemo,
    ],
  );
}

export async function loadAccount(db: Queryable, id: string): Promise<StoredAccount | null> {
  const { rows } = await db.query<{ account: StoredAccount }>(
    `select ${accountJsonSql} as account from ${accountsSql} where a.id = $1`,
    [id],
  );
  return rows[0]?.account ?? null;
}

export interface AccountPage {
  readonly accounts: StoredAccount[];
  readonly total: number;
  readonly states: AccountPageJson['states'];
}

// $1 part of login, name or organisation, $2 role, $3 district or 'everywhere', $4 door, $5 when seen, $9 to be looked at; NULL means any.
const filterSql = `
  ($1::text is null or position(lower($1) in lower(a.login || ' ' || a.name || ' ' || a.organisation)) > 0)
  and ($2::text is null or a.role = $2)
  and case when $3::text is null then true when $3 = 'everywhere' then a.everywhere
           else not a.everywhere and ($3 = any (a.district_codes) or exists (
             select from towns t where t.district_code = $3 and t.code = any (a.town_codes))) end
  and case $4::text when 'password' then a.password_hash is not null when 'provider' then a.oidc_subject is not null
           when 'none' then a.password_hash is null and a.oidc_subject is null else true end
  and case $5::text when 'within1' then v.seen_at > now() - interval '1 day' when 'within7' then v.seen_at > now() - interval '7 days'
           when 'within30' then v.seen_at > now() - interval '30 days'
           when 'idle30' then coalesce(v.seen_at < now() - interval '30 days', true)
           when 'idle90' then coalesce(v.seen_at < now() - interval '90 days', true)
           when 'never' then v.seen_at is null else true end
  and ($9::boolean is null or a.must_change_password or a.is_demo
       or (a.password_hash is null and a.oidc_subject is null and not a.oidc_link_allowed))`;

const stateSql =
  "case when a.disabled_at is not null then 'disabled' when l.until is not null then 'locked' else 'active' end";

const sortSql: Readonly<Record<NonNullable<AccountQueryJson['sort']>, string>> = {
  login: 'a.login',
  name: 'a.name',
  role: 'a.role',
  organisation: 'a.organisation',
  lastSeenAt: 'v.seen_at',
  createdAt: 'a.created_at',
};

/** By login unless told otherwise, a page at a time; who was never seen comes last. */
export async function loadAccountPage(db: Queryable, query: AccountQueryJson): Promise<AccountPage> {
  const {
    q,
    role,
    state,
    district,
    door,
    seen,
    worry,
    sort = 'login',
    order = 'asc',
    page = 1,
    pageSize = 50,
  } = query;
  const by = `${sortSql[sort]} ${order} nulls last, a.login`;
  const { rows } = await db.query<Omit<AccountPage, 'total'>>(
    `select (select json_build_object('active', count(*) filter (where s.state = 'active'),
                      'locked', count(*) filter (where s.state = 'locked'),
                      'disabled', count(*) filter (where s.state = 'disabled'))
               from (select ${stateSql} as state from ${accountsSql} where ${filterSql}) as s) as states,
            (select coalesce(json_agg(p.account order by p.place), '[]') from (
               select ${accountJsonSql} as account, row_number() over (order by ${by}) as place
                 from ${accountsSql} where ${filterSql} and ($6::text is null or ${stateSql} = $6)
                order by ${by} limit $7::int offset $8::bigint) as p) as accounts`,
    [
      q || null,
      role ?? null,
      district ?? null,
      door ?? null,
      seen ?? null,
      state ?? null,
      pageSize,
      (page - 1) * pageSize,
      worry === undefined ? null : true,
    ],
  );
  const { accounts = [], states = { active: 0, locked: 0, disabled: 0 } } = rows[0] ?? {};
  const total = state === undefined ? states.active + states.locked + states.disabled : states[state];
  return { accounts, states, total };
}

/**
 * The changed account, or null when `version` is not the one of the row (or there is no such row). Throws
 * STORE_CONSTRAINT: accounts_last_admin for the last administrator.
 */
export async function changeAccount(
  db: Queryable,
  id: string,
  version: number,
  changes: AccountChanges,
): Promise<StoredAccount | null> {
  const { name, role, organisation, territory, disabled, oidcLinkAllowed, oidcLinked } = changes;
  const { rowCount } = await db.query(
    `update accounts set version = version + 1,
            name = coalesce($3, name), role = coalesce($4, role), organisation = coalesce($5, organisation),
            everywhere = coalesce($6::boolean, everywhere), district_codes = coalesce($7::text[], district_codes),
            town_codes = coalesce($8::text[], town_codes),
            disabled_at = case $9::boolean when true then coalesce(disabled_at, now()) when false then null else disabled_at end,
            oidc_subject = case when $11::boolean = false then null else oidc_subject end,
            oidc_link_allowed = coalesce($10::boolean, oidc_link_allowed)
                                and (oidc_subject is null or $11::boolean is not distinct from false)
      where id = $1 and version = $2`,
    [
      id,
      version,
      name ?? null,
      role ?? null,
      organisation ?? null,
      territory?.everywhere ?? null,
      territory?.districtCodes ?? null,
      territory?.townCodes ?? null,
      disabled ?? null,
      oidcLinkAllowed ?? null,
      oidcLinked ?? null,
    ],
  );
  return rowCount === 0 ? null : loadAccount(db, id);
}

/** What a sign-in has to know before it can say anything. */
export interface AccountSecret {
  readonly account: ActingAccount;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
}

export function findAccountByLogin(db: Queryable, login: string): Promise<AccountSecret | null> {
  return findSecret(db, 'a.login = $1', login);
}

export function findAccountBySubject(db: Queryable, subject: string): Promise<AccountSecret | null> {
  return findSecret(db, 'a.oidc_subject = $1', subject);
}

/** Binds the subject to the account of that login when an administrator allowed it and none is bound yet. */
export async function linkSubject(db: Queryable, login: string, subject: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update accounts set oidc_subject = $2, oidc_link_allowed = false, version = version + 1
      where login = $1 and oidc_link_allowed and oidc_subject is null and disabled_at is null`,
    [login, subject],
  );
  return rowCount > 0;
}

/** The present hash first, then those before it: as many as the rules remember. */
export async function loadRememberedHashes(db: Queryable, id: string): Promise<string[]> {
  const { rows } = await db.query<{ hash: string }>(
    `select password_hash as hash from password_history where account_id = $1 order by at desc limit ${REMEMBERED_PASSWORDS}`,
    [id],
  );
  return rows.map(({ hash }) => hash);
}

/** A password somebody chose: the account is none of the demonstration any more, whatever it was. */
export async function savePassword(
  db: Queryable,
  id: string,
  passwordHash: string,
  { mustChange }: { readonly mustChange: boolean },
): Promise<void> {
  const { rowCount } = await db.query(
    `with changed as (
       update accounts set password_hash = $2, must_change_password = $3, is_demo = false, version = version + 1
        where id = $1 returning id),
     forgotten as (
       delete from password_history h using (
         select at from password_history where account_id = $1 order by at desc offset ${REMEMBERED_PASSWORDS - 1}) as old
        where h.account_id = $1 and h.at = old.at)
     insert into password_history (account_id, password_hash) select id, $2 from changed`,
    [id, passwordHash, mustChange],
  );
  if (rowCount !== 1) throw new StoreError('STORE_CONFLICT', 'the account of the password is gone');
}

/** True while an administrator could sign in; those of the demonstration only when they count. */
export async function hasAdministrator(db: Queryable, withDemo: boolean): Promise<boolean> {
  const { rows } = await db.query(
    `select from accounts where role = 'admin' and disabled_at is null and ($1::boolean or not is_demo)
        and (password_hash is not null or oidc_subject is not null or oidc_link_allowed) limit 1`,
    [withDemo],
  );
  return rows.length > 0;
}

/** The id of the first administrator: a new account, or the one of that login, whatever became of it. */
export async function saveFirstAdministrator(
  db: Queryable,
  {
    id,
    login,
    name,
    passwordHash,
  }: Pick<NewAccount, 'id' | 'login' | 'name'> & { readonly passwordHash: string },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `with first as (
       insert into accounts as a (id, login, name, role, everywhere, password_hash) values ($1, $2, $3, 'admin', true, $4)
       on conflict (login) do update
          set name = $3, role = 'admin', everywhere = true, password_hash = $4, is_demo = false, disabled_at = null,
              must_change_password = false, version = a.version + 1
       returning a.id),
     ended as (delete from sessions where account_id in (select id from first)),
     revoked as (update tokens set revoked_at = now()
       where account_id in (select id from first) and revoked_at is null and expires_at > now())
     insert into password_history (account_id, password_hash) select id, $4 from first returning account_id as id`,
    [id, login, name, passwordHash],
  );
  if (!rows[0]) throw new StoreError('STORE_CONFLICT', 'the first administrator was not saved');
  return rows[0].id;
}

export async function hasAccounts(db: Queryable): Promise<boolean> {
  return (await db.query('select from accounts limit 1', [])).rows.length > 0;
}

export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
}

/** Those anybody on this machine may use, in the order of their roles. */
export async function loadDemoAccounts(db: Queryable, roles: readonly Role[]): Promise<DemoAccount[]> {
  const { rows } = await db.query<DemoAccount>(
    `select login, name, role from accounts where is_demo and disabled_at is null
      order by array_position($1::text[], role), login`,
    [roles],
  );
  return rows;
}

async function findSecret(db: Queryable, where: string, value: string): Promise<AccountSecret | null> {
  const { rows } = await db.query<AccountSecret>(
    `select ${actingAccountSql} as account, a.password_hash as "passwordHash", a.disabled_at is not null as disabled
       from accounts a where ${where}`,
    [value],
  );
  return rows[0] ?? null;
}
