-- Who did what, from where, and what it was before: one record for each change of decisions and state, for imports and other
-- bulk changes, exports and sign-ins, written in the same transaction as what it tells of. Each record holds the SHA-256 of the
-- one before it, so an edited, removed, inserted or moved record is found by `npm run audit:verify`, a cut tail by the anchor
-- file outside the database.
-- A change is noted at once and chained when its transaction commits: only then is the one head row locked, so two
-- transactions never wait for each other in a circle, and their numbers have no gap.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table audit_records (
  seq bigint primary key check (seq > 0),
  at timestamptz not null,
  -- NULL: the system itself
  account_id text,
  account_name text not null,
  role text,
  address text,
  request_id text,
  action text not null check (action <> ''),
  object text not null check (object <> ''),
  object_id text,
  -- json, not jsonb: the text stays as it was hashed
  before json,
  after json,
  reason text,
  previous_hash text not null check (length(previous_hash) = 64),
  hash text not null check (length(hash) = 64)
);
create index audit_records_object on audit_records (object, object_id, seq desc);
create index audit_records_account on audit_records (account_id, seq desc);
create index audit_records_at on audit_records (at);

create table audit_head (
  only_one boolean primary key default true check (only_one),
  seq bigint not null,
  hash text not null
);
insert into audit_head (seq, hash) values (0, repeat('0', 64));

-- Empty between transactions.
create table audit_pending (
  id bigint generated always as identity primary key,
  account_id text,
  account_name text not null,
  role text,
  address text,
  request_id text,
  action text not null,
  object text not null,
  object_id text,
  before json,
  after json,
  reason text
);

/* Each text with its length in bytes before it, NULL as "-": no two different lists give the same bytes. */
create function audit_hash(parts text[]) returns text immutable parallel safe
  return (select encode(sha256(convert_to(string_agg(
            coalesce(octet_length(convert_to(part, 'UTF8')) || ':' || part, '-'), '' order by place), 'UTF8')), 'hex')
            from unnest(parts) with ordinality as listed (part, place));

create function audit_chain() returns trigger language plpgsql security definer set search_path from current as $$
declare
  last audit_head;
  now_at constant timestamptz := clock_timestamp();
  new_hash text;
begin
  select * into strict last from audit_head for update;
  new_hash := audit_hash(array[(last.seq + 1)::text, to_char(now_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    new.account_id, new.account_name, new.role, new.address, new.request_id, new.action, new.object, new.object_id,
    new.before::text, new.after::text, new.reason, last.hash]);
  insert into audit_records (seq, at, account_id, account_name, role, address, request_id, action, object, object_id,
      before, after, reason, previous_hash, hash)
    values (last.seq + 1, now_at, new.account_id, new.account_name, new.role, new.address, new.request_id, new.action,
      new.object, new.object_id, new.before, new.after, new.reason, last.hash, new_hash);
  update audit_head set seq = last.seq + 1, hash = new_hash;
  delete from audit_pending where id = new.id;
  return null;
end $$;
create constraint trigger audit_chained after insert on audit_pending deferrable initially deferred
  for each row execute function audit_chain();

/* Notes what who acts does now; chained when the transaction commits. */
create function write_audit(action text, object text, object_id text, before json, after json, reason text) returns void
  language sql security definer set search_path from current as $$
  insert into audit_pending (account_id, account_name, role, address, request_id, action, object, object_id, before, after, reason)
  values (my_account(), coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
    nullif(current_setting('zhanzhi.role', true), ''), nullif(current_setting('zhanzhi.address', true), ''),
    nullif(current_setting('zhanzhi.request', true), ''), $1, $2, $3, $4, $5,
    coalesce(nullif($6, ''), nullif(current_setting('zhanzhi.reason', true), '')))
$$;

/* For the system, which also knows who it acts for: sign-ins, jobs. */
create function write_audit_as(account_id text, account_name text, role text, address text, request_id text, action text,
  object text, object_id text, before json, after json, reason text) returns void
  language sql security definer set search_path from current as $$
  insert into audit_pending (account_id, account_name, role, address, request_id, action, object, object_id, before, after, reason)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
$$;

/* A row without what is secret or only heavy (keys), its geometry as a digest: an outline may have 200 000 corners. */
create function audit_view(whole jsonb, left_out text[]) returns jsonb immutable parallel safe
  return (whole - left_out) || case when whole ? 'geom'
    then jsonb_build_object('geom', 'sha256:' || encode(sha256(convert_to(whole->>'geom', 'UTF8')), 'hex')) else '{}' end;

/* Arguments: the object's name, the column of its id, then what is left out. Of a change only what differs is kept. */
create function audit_row() returns trigger language plpgsql security definer set search_path from current as $$
declare
  left_out constant text[] := tg_argv[2:];
  before jsonb := case when tg_op <> 'INSERT' then audit_view(to_jsonb(old), left_out) end;
  after jsonb := case when tg_op <> 'DELETE' then audit_view(to_jsonb(new), left_out) end;
  id constant text := coalesce(after, before)->>(tg_argv[1]);
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, after->b.key) into before, after
      from jsonb_each(before) as b where b.value is distinct from after->b.key;
    if before is null then return null; end if;
  end if;
  perform write_audit(case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'change' else 'remove' end,
    tg_argv[0], id, before::json, after::json, null);
  return null;
end $$;

/* One record for the file, not one for each of its rows. */
create function audit_import() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform write_audit('import', 'import', new.id, null, (new.report - 'columns'
    || jsonb_build_object('settings', new.settings))::json, null);
  return null;
end $$;

/* One record for all rows judged at once. */
create function audit_reviews() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform write_audit('review', 'plan', r.plan_id, null, json_build_object('decision', r.decision, 'reasonCode', r.reason_code,
      'reasonText', r.reason_text, 'reviewer', r.reviewer, 'siteIds', json_agg(r.site_id order by r.id)), null)
     from added r group by r.plan_id, r.decision, r.reason_code, r.reason_text, r.reviewer;
  return null;
end $$;

create trigger target_areas_audit_new after insert on target_areas for each row when (new.import_id is null)
  execute function audit_row('area', 'id');
-- the outlines of districts also move codes: that is told by their import
create trigger target_areas_audit_change after update of name, kind, geom on target_areas for each row
  when (new.import_id is null or new.import_id = old.import_id) execute function audit_row('area', 'id', 'district_codes');
create trigger target_areas_audit_remove after delete on target_areas for each row execute function audit_row('area', 'id');
create trigger plans_audit_new after insert on plans for each row execute function
  audit_row('plan', 'id', 'areas', 'districts', 'uncovered', 'summary', 'progress', 'lease', 'lease_until', 'tries');
-- taking a plan up and putting it back is the worker's business
create trigger plans_audit_change after update on plans for each row
  when ((old.state <> new.state and new.state not in ('queued', 'running')) or old.name <> new.name
        or old.deleted_at is distinct from new.deleted_at)
  execute function audit_row('plan', 'id', 'areas', 'districts', 'uncovered', 'summary', 'progress', 'lease', 'lease_until',
    'tries', 'box', 'seconds', 'peak_mb');
create trigger reviews_audit after insert on reviews referencing new table as added
  for each statement execute function audit_reviews();
create trigger imports_audit after insert on imports for each row execute function audit_import();
create trigger antennas_audit after insert or update or delete on antennas for each row
  execute function audit_row('antenna', 'id', 'horizontal_loss', 'vertical_loss', 'warnings');
create trigger rasters_audit after update or delete on rasters for each row execute function audit_row('raster', 'id');
create trigger settings_audit after insert or update or delete on settings for each row
  execute function audit_row('setting', 'key');
do $$ begin
  if to_regclass('accounts') is not null then
    create trigger accounts_audit after insert or update or delete on accounts for each row
      execute function audit_row('account', 'id', 'password_hash', 'version');
  end if;
  if to_regclass('tokens') is not null then
    create trigger tokens_audit after insert or update of name, scope, expires_at, revoked_at or delete on tokens for each row
      execute function audit_row('token', 'id', 'digest', 'last_used_at');
  end if;
end $$;

-- Whose it is ---------------------------------------------------------------------------------------------------------

create trigger audit_records_append_only before update or delete or truncate on audit_records
  for each statement execute function refuse_change();

alter table audit_records enable row level security;
alter table audit_records force row level security;
create policy system on audit_records to current_user, zhanzhi_audit using (true) with check (true);
create policy audit_records_read on audit_records for select to zhanzhi_app using ((select may('audit:read')));

grant select on audit_records, audit_head, audit_pending to current_user;
grant select on audit_records to zhanzhi_app;
grant usage on schema public to zhanzhi_audit;
revoke execute on function audit_chain(), audit_row(), audit_import(), audit_reviews(),
  write_audit(text, text, text, json, json, text),
  write_audit_as(text, text, text, text, text, text, text, text, json, json, text) from public;
grant execute on function write_audit(text, text, text, json, json, text) to current_user, zhanzhi_app, zhanzhi_masked;
grant execute on function write_audit_as(text, text, text, text, text, text, text, text, json, json, text) to current_user;

grant create on schema public to zhanzhi_audit;
alter table audit_records owner to zhanzhi_audit;
alter table audit_head owner to zhanzhi_audit;
alter table audit_pending owner to zhanzhi_audit;
alter function audit_chain() owner to zhanzhi_audit;
alter function write_audit(text, text, text, json, json, text) owner to zhanzhi_audit;
alter function write_audit_as(text, text, text, text, text, text, text, text, json, json, text) owner to zhanzhi_audit;
alter function audit_row() owner to zhanzhi_audit;
alter function audit_import() owner to zhanzhi_audit;
alter function audit_reviews() owner to zhanzhi_audit;
revoke create on schema public from zhanzhi_audit;
