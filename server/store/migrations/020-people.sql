-- People and the doors they come in by: accounts, the passwords they had, sessions, personal tokens, failed attempts.
-- What opens a door (session, token, one-time code) is kept as a SHA-256 digest only; passwords as argon2id.

create table accounts (
  id text collate "C" primary key check (id <> ''),
  login text collate "C" not null check (login <> '' and login = lower(login) and login !~ '[[:space:]]'),
  name text not null check (btrim(name) <> ''),
  role text not null check (role in ('planner', 'tower', 'operator', 'owner', 'town', 'district', 'city', 'admin')),
  -- Owner unit, tower company, operator or office: what "own" rows are compared with, so nobody who has such rows is without.
  organisation text not null default '' check (role not in ('owner', 'tower', 'operator') or btrim(organisation) <> ''),
  everywhere boolean not null default false,
  district_codes text[] not null default '{}' check (array_position(district_codes, null) is null),
  town_codes text[] not null default '{}' check (array_position(town_codes, null) is null),
  -- Null: signs in through the identity provider only.
  password_hash text,
  -- Issuer and subject of the identity provider.
  oidc_subject text,
  -- An administrator lets the first sign-in through the provider bind its subject, by the login name, once.
  oidc_link_allowed boolean not null default false,
  must_change_password boolean not null default false,
  disabled_at timestamptz,
  -- Made for the sample with a password everybody may read; ends when somebody chooses another one.
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  -- Raised by every change somebody could overlook: If-Match of the interface.
  version integer not null default 1,
  check (not (oidc_link_allowed and oidc_subject is not null))
);
create unique index accounts_login on accounts (login);
create unique index accounts_oidc_subject on accounts (oidc_subject);

-- One change of administrators at a time: two of them could otherwise demote each other at the same instant.
create function keep_an_administrator() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4490051);
  if not exists (select from accounts where role = 'admin' and disabled_at is null) then
    raise exception 'the last administrator stays' using errcode = '23514', constraint = 'accounts_last_admin';
  end if;
  return null;
end $$;
create trigger accounts_last_admin after update of role, disabled_at on accounts for each row
  when (old.role = 'admin' and old.disabled_at is null and (new.role <> 'admin' or new.disabled_at is not null))
  execute function keep_an_administrator();
create trigger accounts_never_removed before delete on accounts for each row execute function refuse_change();

create table password_history (
  account_id text collate "C" not null references accounts,
  at timestamptz not null default clock_timestamp(),
  password_hash text not null,
  primary key (account_id, at)
);

create table sessions (
  digest bytea primary key check (octet_length(digest) = 32),
  id text collate "C" not null unique,
  account_id text collate "C" not null references accounts,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Where it was begun, for the list its person looks at.
  address text not null,
  agent text not null
);
create index sessions_account on sessions (account_id);
create index sessions_expires on sessions (expires_at);

create table tokens (
  id text collate "C" primary key check (id <> ''),
  digest bytea not null unique check (octet_length(digest) = 32),
  account_id text collate "C" not null references accounts,
  name text not null check (btrim(name) <> ''),
  scope text[] not null check (cardinality(scope) > 0 and array_position(scope, null) is null),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  check (expires_at <= created_at + interval '366 days')
);
create index tokens_account on tokens (account_id);

-- Attempts that failed or are not decided yet. The key is a digest of the name or address: people type passwords as names.
create table sign_in_attempts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('login', 'address')),
  key bytea not null,
  at timestamptz not null default clock_timestamp()
);
create index sign_in_attempts_key on sign_in_attempts (kind, key, at);
create index sign_in_attempts_at on sign_in_attempts (at);

-- The one-time code of the first start: one at a time, gone when it was used.
create table setup_codes (
  only_one boolean primary key default true check (only_one),
  digest bytea not null check (octet_length(digest) = 32),
  created_at timestamptz not null default now()
);
