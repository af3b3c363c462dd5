-- Files with coordinates (domain reference, section 3, "export with coordinates over limit"; reliability reference, 4.8): how many rows
-- with a place somebody took within a day is summed up; beyond the limit a file waits for the word of the district, the city or an
-- administrator, who name nobody but whoever asked, one address and so many rows.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

insert into rule_values (name, value, unit, lowest, highest, source) values
  ('export.places_per_day', 10000, 'count', 0, 10000000, 'D'),
  ('export.valid_days', 7, 'days', 1, 365, 'D');

create table export_requests (
  id text collate "C" primary key check (id <> ''),
  account_id text collate "C" not null,
  name text not null,
  role text not null,
  organisation text not null default '',
  -- Where whoever asked works; the rows of the file lie there.
  everywhere boolean not null,
  district_codes text[] not null default '{}',
  -- Path and query of the file, its parameters in order.
  address text not null check (address ~ '^/api/' and length(address) <= 4000),
  rows integer not null check (rows > 0),
  reason text not null check (btrim(reason) <> '' and length(reason) <= 500),
  state text not null default '待批' check (state in ('待批', '同意', '不同意', '已用')),
  asked_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by text collate "C",
  decided_name text,
  decision_text text not null default '' check (length(decision_text) <= 500),
  valid_until timestamptz,
  used_at timestamptz,
  version integer not null default 1,
  constraint export_requests_reason check (state <> '不同意' or btrim(decision_text) <> '')
);
create unique index export_requests_once on export_requests (account_id, address) where state in ('待批', '同意');
create index export_requests_asked on export_requests (asked_at, id);
create index export_requests_open on export_requests (asked_at) where state = '待批';

-- What was taken, or was not because it was too much: the last try says how many rows a request is for.
create table place_takings (
  id bigint generated always as identity primary key,
  account_id text collate "C" not null,
  at timestamptz not null default now(),
  address text not null,
  rows integer not null check (rows >= 0),
  refused boolean not null default false,
  request_id text collate "C" references export_requests
);
create index place_takings_account on place_takings (account_id, at);

/* Whether who acts may take so many rows with a place: {"ok", "taken", "most"}. What is taken counts at once. */
create function take_places(wanted integer, wanted_address text) returns json
  language plpgsql security definer set search_path from current as $$
declare
  most constant bigint := setting_number('export.places_per_day', 10000)::bigint;
  taken bigint;
  allowed text;
begin
  if my_account() is null or wanted <= 0 then return json_build_object('ok', true, 'taken', 0, 'most', most); end if;
  -- two at the same moment do not both pass
  perform pg_advisory_xact_lock(hashtextextended('places of ' || my_account(), 0));
  select coalesce(sum(p.rows), 0) into taken from place_takings p
   where p.account_id = my_account() and p.at > now() - interval '1 day' and not p.refused and p.request_id is null;
  if taken + wanted > most and not may('export:approve') then
    update export_requests r set state = '已用'
     where r.id = (select a.id from export_requests a
                    where a.account_id = my_account() and a.address = wanted_address and a.state = '同意' and a.valid_until > now()
                      and a.rows >= wanted order by a.valid_until limit 1 for update)
    returning r.id into allowed;
    if allowed is null then
      insert into place_takings (account_id, address, rows, refused) values (my_account(), wanted_address, wanted, true);
      return json_build_object('ok', false, 'taken', taken, 'most', most);
    end if;
  end if;
  insert into place_takings (account_id, address, rows, request_id) values (my_account(), wanted_address, wanted, allowed);
  return json_build_object('ok', true, 'taken', taken + wanted, 'most', most);
end $$;

create function keep_export_request() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    new.account_id := my_account();
    new.name := coalesce(current_setting('zhanzhi.name', true), '');
    new.role := coalesce(current_setting('zhanzhi.role', true), '');
    new.organisation := coalesce(current_setting('zhanzhi.organisation', true), '');
    new.everywhere := coalesce(current_setting('zhanzhi.everywhere', true) = 'on', false);
    new.district_codes := setting_list('zhanzhi.districts')
      || array(select distinct t.district_code from towns t where t.code = any (setting_list('zhanzhi.towns')));
    new.rows := (select p.rows from place_takings p where p.account_id = my_account() and p.address = new.address and p.refused
                    and p.at > now() - interval '1 day' order by p.id desc limit 1);
    if new.rows is null then
      raise exception 'nothing was refused at that address' using errcode = '23514', constraint = 'export_requests_tried';
    end if;
    -- what was allowed and has run out makes room for the next
    update export_requests r set state = '已用'
     where r.account_id = new.account_id and r.address = new.address and r.state = '同意' and r.valid_until <= now();
    return new;
  end if;
  new.version := old.version + 1;
  if new.state = '已用' and old.state = '同意' then
    new.used_at := case when old.valid_until > now() then now() end;
  elsif old.state = '待批' and new.state in ('同意', '不同意') then
    if old.account_id = my_account() then
      raise exception 'nobody allows themselves' using errcode = '23514', constraint = 'export_requests_not_own';
    end if;
    new.decided_at := now();
    new.decided_by := my_account();
    new.decided_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    if new.state = '同意' then
      new.valid_until := now() + make_interval(days => setting_number('export.valid_days', 7)::integer);
    end if;
  else
    raise exception 'the request is %', old.state using errcode = '23514', constraint = 'export_requests_open';
  end if;
  return new;
end $$;
create trigger export_requests_kept before insert or update on export_requests for each row execute function keep_export_request();

create function tell_of_export_request() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.everywhere then
      perform tell('export-asked', 'export', new.id, jsonb_build_object('by', new.name, 'rows', new.rows), to_role => 'city');
    else
      perform tell('export-asked', 'export', new.id, jsonb_build_object('by', new.name, 'rows', new.rows), to_role => 'district',
                   to_district => code) from unnest(new.district_codes) as code;
    end if;
  elsif new.state in ('同意', '不同意') then
    perform tell('export-decided', 'export', new.id, jsonb_build_object('by', new.decided_name, 'rows', new.rows, 'state', new.state),
                 to_account => new.account_id);
  end if;
  return null;
end $$;
create trigger export_requests_told after insert or update on export_requests for each row execute function tell_of_export_request();

create trigger export_requests_audit after insert or update on export_requests for each row
  execute function audit_row('export', 'id', 'version');

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on export_requests to zhanzhi_app, zhanzhi_masked;
grant insert (id, address, reason) on export_requests to zhanzhi_app, zhanzhi_masked;
grant update (state, decision_text) on export_requests to zhanzhi_app;
revoke execute on function take_places(integer, text), keep_export_request(), tell_of_export_request() from public;
grant execute on function take_places(integer, text) to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['export_requests', 'place_takings'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy export_requests_read on export_requests for select to zhanzhi_app, zhanzhi_masked using (
  account_id = (select my_account()) or (select reaches_all('export:approve'))
  or (not everywhere and district_codes <> '{}' and district_codes <@ (select my_districts('export:approve'))::text[]));
create policy export_requests_ask on export_requests for insert to zhanzhi_app, zhanzhi_masked with check ((select may('export:request')));
create policy export_requests_decide on export_requests for update to zhanzhi_app using (
  (select reaches_all('export:approve'))
  or (not everywhere and district_codes <> '{}' and district_codes <@ (select my_districts('export:approve'))::text[]));
