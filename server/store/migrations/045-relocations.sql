-- Relocation cases: build before removal (先建后拆, domain reference 8.4). The gate is counted from rows whenever somebody wants to pass
-- it: as many replacements on the air with confirmed transmission as sites that go. A district may let a case pass with a reason,
-- which stays with the case for the next report.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table relocations (
  id text collate "C" primary key check (id <> ''),
  -- District, year and a serial in both, never changed.
  number text not null unique,
  year integer not null,
  serial integer not null check (serial > 0),
  cause text not null check (cause in ('道路改造', '征收拆迁', '物业收回', '规划调整', '杆件归并', '居民诉求', '其他')),
  project text collate "C" not null check (btrim(project) <> ''),
  -- Of the first affected site.
  district_code text not null default '',
  town_code text not null default '',
  -- The owner that asked; '' for a tower company.
  owner text collate "C" not null default '',
  state text not null default '登记' check (state in ('登记', '替补建设', '可拆除', '已拆除', '已关闭', '撤销')),
  state_since timestamptz not null default now(),
  compensation_cny bigint check (compensation_cny between 0 and 10000000000),
  compensation_note text not null default '',
  due_on date,
  removed_on date,
  milestones jsonb not null default '[]' check (jsonb_typeof(milestones) = 'array'),
  remark text not null default '',
  override_reason text check (btrim(override_reason) <> ''),
  override_at timestamptz,
  override_by text,
  created_at timestamptz not null default now(),
  created_by text collate "C" default my_account(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint relocations_removed check (state not in ('已拆除', '已关闭') or removed_on is not null),
  constraint relocations_override check ((override_reason is null) = (override_at is null))
);
create unique index relocations_number on relocations (district_code, year, serial);
create index relocations_state on relocations (state collate "C", id);
create index relocations_updated on relocations (updated_at, id);
create index relocations_override_at on relocations (override_at) where override_at is not null;

create table relocation_sites (
  relocation_id text collate "C" not null references relocations on delete cascade,
  site_id text collate "C" not null references sites,
  part text not null check (part in ('affected', 'replacement')),
  place integer not null check (place >= 0),
  -- Cancelled cases hold no site.
  counts boolean not null default true,
  transmission_ok boolean not null default false,
  transmission_note text not null default '',
  transmission_at timestamptz,
  transmission_by text,
  primary key (relocation_id, site_id),
  constraint relocation_sites_transmission check (part = 'replacement' or not transmission_ok)
);
-- a site goes once, and replaces one other at the most
create unique index relocation_sites_once on relocation_sites (site_id, part) where counts;
create index relocation_sites_site on relocation_sites (site_id);

/* How a relocation stands: sites that go, replacements, those on the air, those on the air with transmission. A replacement is on the
   air by a case that says so: what stood before it was asked for replaces nothing. */
create function relocation_gate(wanted text, out affected integer, out replacements integer, out on_air integer, out ready integer)
  language sql stable security definer set search_path from current as $$
  select count(*) filter (where r.part = 'affected')::integer, count(*) filter (where r.part = 'replacement')::integer,
         count(*) filter (where r.part = 'replacement' and a.airing)::integer,
         count(*) filter (where r.part = 'replacement' and a.airing and r.transmission_ok)::integer
    from relocation_sites r
    cross join lateral (select exists (select from cases c where c.site_id = r.site_id and c.state in ('开通', '验收')) as airing) as a
   where r.relocation_id = wanted
$$;

create function keep_relocation() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(4490145, hashtext(new.district_code));
    new.year := extract(year from now() at time zone 'Asia/Shanghai');
    new.serial := 1 + coalesce((select max(r.serial) from relocations r
                                 where r.district_code = new.district_code and r.year = new.year), 0);
    new.number := coalesce(nullif(new.district_code, ''), '0') || '-Q-' || new.year || '-' || lpad(new.serial::text, greatest(3, length(new.serial::text)), '0');
    return new;
  end if;
  if new.id <> old.id then raise exception 'ids stay' using errcode = '42501'; end if;
  new.number := old.number;
  new.year := old.year;
  new.serial := old.serial;
  new.owner := old.owner;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.version := old.version + 1;
  new.updated_at := now();
  if new.state <> old.state then new.state_since := now(); end if;
  -- what was passed over once is told for ever
  if old.override_at is not null then
    new.override_reason := old.override_reason;
    new.override_at := old.override_at;
    new.override_by := old.override_by;
  elsif new.override_reason is not null then
    new.override_at := now();
    new.override_by := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  end if;
  return new;
end $$;
create trigger relocations_kept before insert or update on relocations for each row execute function keep_relocation();

/* The gate, for everybody and the system alike. Cases of the replacements are held while they are counted: one that leaves the air at
   this moment comes before or after. */
create function guard_removal() returns trigger language plpgsql security definer set search_path from current as $$
declare
  gate record;
begin
  perform from cases c where c.site_id in (select r.site_id from relocation_sites r where r.relocation_id = new.id
    and r.part = 'replacement') order by c.id for share;
  perform from relocation_sites r where r.relocation_id = new.id order by r.site_id for share;
  select * into gate from relocation_gate(new.id);
  if gate.affected = 0 or (new.override_at is null and gate.ready < gate.affected) then
    raise exception 'fewer replacements are on the air than sites go: % of %', gate.ready, gate.affected
      using errcode = '23514', constraint = 'relocations_gate';
  end if;
  return new;
end $$;
create trigger relocations_gate before update of state on relocations for each row
  when (old.state <> new.state and new.state in ('可拆除', '已拆除')) execute function guard_removal();
create trigger relocations_gate_new before insert on relocations for each row
  when (new.state in ('可拆除', '已拆除', '已关闭')) execute function guard_removal();
create trigger relocations_moves_new after insert on relocations referencing new table as written
  for each statement execute function check_move('登记');
create trigger relocations_moves after update on relocations referencing old table as was new table as written
  for each statement execute function check_move('登记');

/* The row policy lets through whoever may change anything of a row; this tells apart what. */
create function check_relocation_change() returns trigger language plpgsql security definer set search_path from current as $$
declare
  apart constant text[] := array['state', 'state_since', 'removed_on', 'override_reason', 'override_at', 'override_by', 'version',
    'updated_at'];
  change record;
begin
  if my_account() is null then return null; end if;
  for change in
    select o.district_code, o.town_code, o.owner, o.state as old_state, n.state as new_state,
           (o.override_at is null) <> (n.override_at is null) as passed,
           to_jsonb(o) - apart is distinct from to_jsonb(n) - apart or o.removed_on is distinct from n.removed_on as edited
      from was o join written n on n.id = o.id
  loop
    if (change.edited and not within_reach('{relocation:update}', change.district_code, change.town_code, change.owner))
       or (change.passed and not within_reach('{relocation:gate}', change.district_code, change.town_code, change.owner))
       or (change.old_state <> change.new_state and not within_reach(
             array(select m.permission from state_moves m where m.noun = 'relocations'
                      and m.from_state = change.old_state and m.to_state = change.new_state),
             change.district_code, change.town_code, change.owner)) then
      raise exception 'this change of a relocation is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;
create trigger relocations_checked after update on relocations referencing old table as was new table as written
  for each statement execute function check_relocation_change();

/* Sites of a relocation change while it is open; transmission is said of replacements by whoever runs them. */
create function keep_relocation_site() returns trigger language plpgsql security definer set search_path from current as $$
declare
  known record;
begin
  select r.state into known from relocations r where r.id = coalesce(new.relocation_id, old.relocation_id) for share;
  if tg_op = 'UPDATE' and new.counts <> old.counts then return new; end if;
  if found and known.state in ('已拆除', '已关闭', '撤销') then
    raise exception 'the sites of this relocation stay' using errcode = '23514', constraint = 'relocation_sites_closed';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if tg_op = 'UPDATE' and (new.relocation_id, new.site_id, new.part) is distinct from (old.relocation_id, old.site_id, old.part) then
    raise exception 'sites are added and removed' using errcode = '42501';
  end if;
  if tg_op = 'INSERT' and my_account() is not null then new.transmission_ok := false; end if;
  if new.transmission_ok then
    if tg_op = 'INSERT' or not old.transmission_ok then
      new.transmission_at := now();
      new.transmission_by := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    end if;
  else
    new.transmission_at := null;
    new.transmission_by := null;
  end if;
  return new;
end $$;
create trigger relocation_sites_kept before insert or update or delete on relocation_sites
  for each row execute function keep_relocation_site();

/* What follows: stations of sites that go are in removal while their replacements are built, and off the air when the mast is gone.
   The masts are gone for everybody, so this is the system's doing, in the name of nobody's permission. */
create function follow_relocation() returns trigger
  language plpgsql security definer set search_path from current set "zhanzhi.account" = '' as $$
declare
  going constant text[] := array(select r.site_id from relocation_sites r where r.relocation_id = new.id and r.part = 'affected'
    order by r.site_id);
begin
  if new.state = '替补建设' then
    update cases set state = '迁改' where site_id = any (going) and state in ('开通', '验收');
  elsif new.state in ('登记', '撤销') then
    update cases set state = state_before where site_id = any (going) and state = '迁改' and state_before is not null;
  elsif new.state = '已拆除' then
    -- open or not, nothing stands there any more
    update resources set state = '退出' where site_id = any (going) and state <> '退出';
    update cases set made_standing = false where site_id = any (going) and made_standing;
    update cases set state = '迁改' where site_id = any (going) and state in ('开通', '验收');
    update cases set state = '退网' where site_id = any (going) and state = '迁改';
    update cases set state = '撤销' where site_id = any (going) and state not in ('撤销', '退网');
    update sites set status = 'unavailable' where id = any (going) and status <> 'unavailable';
    update layer_revisions set revision = revision + 1 where layer = 'sites';
  end if;
  if new.state = '撤销' then update relocation_sites set counts = false where relocation_id = new.id; end if;
  return null;
end $$;
create trigger relocations_followed after update of state on relocations for each row
  when (old.state <> new.state) execute function follow_relocation();

/* Whether a live relocation wants the site away. */
create function is_relocating(site text) returns boolean language sql stable security definer set search_path from current as $$
  select exists (select from relocation_sites s join relocations r on r.id = s.relocation_id
    where s.site_id = site and s.part = 'affected' and r.state in ('登记', '替补建设', '可拆除'))
$$;

/* The parties hear of an override, and of a gate that opened. */
create function tell_of_relocation() returns trigger language plpgsql security definer set search_path from current as $$
declare
  facts constant jsonb := jsonb_build_object('number', new.number, 'project', new.project);
  party text;
begin
  if tg_op = 'INSERT' then
    perform tell('relocation-registered', 'relocation', new.id, facts, to_role => 'tower', to_district => new.district_code);
  elsif new.override_at is not null and old.override_at is null then
    perform tell('relocation-overridden', 'relocation', new.id, facts || jsonb_build_object('reason', new.override_reason),
      to_role => role, to_district => new.district_code) from unnest(array['tower', 'city', 'district']) as role;
    for party in
      select distinct c.operator from relocation_sites s join cases c on c.site_id = s.site_id
       where s.relocation_id = new.id and c.operator <> '' and c.state <> '撤销'
      union select new.owner where new.owner <> ''
    loop
      perform tell('relocation-overridden', 'relocation', new.id, facts || jsonb_build_object('reason', new.override_reason),
        to_organisation => party);
    end loop;
  elsif new.state <> old.state and new.state = '可拆除' then
    perform tell('relocation-gate-open', 'relocation', new.id, facts, to_role => 'tower', to_district => new.district_code);
  elsif new.state <> old.state and new.state = '已拆除' then
    perform tell('relocation-removed', 'relocation', new.id, facts, to_role => 'district', to_district => new.district_code);
  end if;
  return null;
end $$;
create trigger relocations_told after insert or update on relocations for each row execute function tell_of_relocation();

/* The operator of a station there says whether it has transmission, or a tower company that it has none. */
create function confirm_transmission(wanted text, site text, ok boolean, note text) returns boolean
  language plpgsql security definer set search_path from current as $$
declare
  known record;
begin
  -- the relocation first, as whoever passes its gate does
  select r.district_code, r.town_code, r.owner into known from relocations r where r.id = $1 for update;
  if not found then return false; end if;
  if my_account() is not null and not (within_reach('{relocation:confirm}', known.district_code, known.town_code, known.owner)
      and exists (select from cases c where c.site_id = $2 and c.state not in ('撤销', '退网')
                   and c.operator in ('', coalesce(current_setting('zhanzhi.organisation', true), '')))) then
    raise exception 'transmission is confirmed by the operator of a station there' using errcode = '42501';
  end if;
  update relocation_sites s set transmission_ok = $3, transmission_note = $4
   where s.relocation_id = $1 and s.site_id = $2 and s.part = 'replacement';
  if not found then return false; end if;
  update relocations r set remark = r.remark where r.id = $1;
  return true;
end $$;

-- History -------------------------------------------------------------------------------------------------------------

create trigger relocations_audit after insert or update or delete on relocations for each row
  execute function audit_row('relocation', 'id', 'version', 'updated_at', 'state_since', 'year', 'serial');
create trigger relocation_sites_audit after insert or update or delete on relocation_sites for each row
  execute function audit_row('relocation-site', 'relocation_id');

create function relocation_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, object_id text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
begin
  if my_account() is not null and not exists (select from relocations r where r.id = wanted
       and within_reach('{relocation:read}', r.district_code, r.town_code, r.owner)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.object, a.object_id, a.action,
           case when hides then mask_decimals(a.before::text)::json else a.before end,
           case when hides then mask_decimals(a.after::text)::json else a.after end, a.reason
      from audit_records a where a.object in ('relocation', 'relocation-site') and a.object_id = wanted order by a.seq desc;
end $$;

-- To 0.001 degrees -----------------------------------------------------------------------------------------------------

create view masked.relocations as
  select id, number, year, serial, cause, mask_decimals(project) as project, district_code, town_code, owner, state, state_since,
         compensation_cny, mask_decimals(compensation_note) as compensation_note, due_on, removed_on,
         mask_decimals(milestones::text)::jsonb as milestones, mask_decimals(remark) as remark,
         mask_decimals(override_reason) as override_reason, override_at, override_by, created_at, created_by, updated_at, version
    from public.relocations;
create view masked.relocation_sites as
  select relocation_id, site_id, part, place, counts, transmission_ok, mask_decimals(transmission_note) as transmission_note,
         transmission_at, transmission_by
    from public.relocation_sites;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.relocations owner to zhanzhi_views;
alter view masked.relocation_sites owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.relocations, masked.relocation_sites to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on relocations, relocation_sites to zhanzhi_views;
grant select, insert, update on relocations to zhanzhi_app;
-- transmission is confirmed by a function of its own
grant select, insert, delete on relocation_sites to zhanzhi_app;
grant update (place) on relocation_sites to zhanzhi_app;
revoke execute on function relocation_gate(text), keep_relocation(), guard_removal(), check_relocation_change(),
  keep_relocation_site(), follow_relocation(), is_relocating(text), tell_of_relocation(),
  confirm_transmission(text, text, boolean, text), relocation_history(text) from public;
grant execute on function relocation_gate(text), is_relocating(text), confirm_transmission(text, text, boolean, text),
  relocation_history(text) to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['relocations', 'relocation_sites'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy relocations_read on relocations for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('relocation:read')) or district_code = any ((select my_districts('relocation:read'))::text[])
  or town_code = any ((select my_towns('relocation:read'))::text[]) or owner = (select my_organisation('relocation:read')));
create policy relocations_create on relocations for insert to zhanzhi_app with check (
  (select reaches_all('relocation:create')) or district_code = any ((select my_districts('relocation:create'))::text[])
  or town_code = any ((select my_towns('relocation:create'))::text[]) or owner = (select my_organisation('relocation:create')));
create policy relocations_update on relocations for update to zhanzhi_app using (
  (select reaches_all_by('{relocation:update,relocation:gate}'))
  or district_code = any ((select districts_by('{relocation:update,relocation:gate}'))::text[])
  or town_code = any ((select towns_by('{relocation:update,relocation:gate}'))::text[]));
create policy relocation_sites_read on relocation_sites for select to zhanzhi_app, zhanzhi_views using (
  relocation_id in (select r.id from relocations r));
create policy relocation_sites_add on relocation_sites for insert to zhanzhi_app with check (
  site_id in (select s.id from sites s) and exists (select from relocations r
  where r.id = relocation_id and (within_reach('{relocation:update}', r.district_code, r.town_code, r.owner)
    or (r.state = '登记' and within_reach('{relocation:create}', r.district_code, r.town_code, r.owner)))));
create policy relocation_sites_change on relocation_sites for update to zhanzhi_app using (exists (select from relocations r
  where r.id = relocation_id and within_reach('{relocation:update}', r.district_code, r.town_code, r.owner)));
create policy relocation_sites_remove on relocation_sites for delete to zhanzhi_app using (exists (select from relocations r
  where r.id = relocation_id and within_reach('{relocation:update}', r.district_code, r.town_code, r.owner)));
