-- The demand library (需求库): places an operator wants served, after the domain reference, 4.3. Not `demand_points`, which weigh a
-- grid. Its place says in which district a demand lies; an operator has the rows of its own organisation, wherever they are.
-- What the operator itself wrote down is no secret to it, so its own rows keep their place; of those it only joins by a merge, the
-- masked view rounds the place to 0.001 degrees.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table demands (
  id text collate "C" primary key check (id <> ''),
  -- The sender's own number: free text, told apart by operator.
  code text collate "C" not null check (code <> ''),
  name text collate "C" not null default '',
  batch text collate "C" not null default '',
  operator text collate "C" not null check (btrim(operator) <> ''),
  -- Operators whose demands were merged into this one.
  joint_operators text[] collate "C" not null default '{}' check (array_position(joint_operators, null) is null
    and not operator = any (joint_operators)),
  scenario text check (scenario in ('密集城区', '一般城区', '郊区', '县城', '乡镇', '农村', '高速', '高铁', '地铁', '室内')),
  geom geometry(Point, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  lon double precision not null generated always as (ST_X(geom)) stored check (lon between -180 and 180),
  lat double precision not null generated always as (ST_Y(geom)) stored check (lat between -90 and 90),
  original_lon double precision not null,
  original_lat double precision not null,
  datum text not null check (datum in ('CGCS2000', 'WGS84', 'GCJ-02', 'BD-09')),
  district_code text not null default '',
  -- True: the outlines said so, and it follows them; a code that was given holds only where no outline is.
  district_located boolean not null default false,
  town_code text not null default '',
  search_radius_m double precision not null check (search_radius_m between 10 and 20000),
  band text check (band <> ''),
  form text check (form in ('宏站', '微站', '杆站', '室分')),
  want_height_m double precision check (want_height_m > 0 and want_height_m <= 1000),
  azimuths_deg double precision[] check (cardinality(azimuths_deg) between 1 and 12
    and array_position(azimuths_deg, null) is null and 0 <= all (azimuths_deg) and 360 > all (azimuths_deg)),
  reason text check (reason in ('弱覆盖', '容量', '投诉', '新建区', '政策点', '拆迁补点', '指标保障')),
  tags text[] not null default '{}' check (array_position(tags, null) is null),
  -- 1 first, 5 last
  priority integer not null default 3 check (priority between 1 and 5),
  want_date date,
  shareable boolean,
  -- Name or number of the key area it serves, as the sender writes it.
  key_area text check (key_area <> ''),
  note text not null default '',
  state text not null default '新建' check (state in ('新建', '已匹配', '已认领', '已满足', '已取消')),
  resource_id text collate "C" references resources,
  matched_at timestamptz,
  matched_by text collate "C",
  merged_into text collate "C" references demands check (merged_into <> id),
  -- entered: by hand · import: from a file
  origin text not null default 'entered' check (origin in ('entered', 'import')),
  source_file text,
  source_row integer check (source_row > 0),
  import_id text collate "C" references imports deferrable initially deferred,
  created_at timestamptz not null default now(),
  created_by text collate "C" default my_account(),
  updated_at timestamptz not null default now(),
  -- Raised by every change: If-Match of the interface.
  version integer not null default 1,
  search_text text not null generated always as (lower(code || ' ' || name || ' ' || batch || ' ' || operator)) stored,
  masked_geom geometry(Point, 4490) not null generated always as (mask_place(ST_X(geom), ST_Y(geom))) stored,
  constraint demands_match check (state <> '已匹配' or resource_id is not null),
  constraint demands_merged check (merged_into is null or state = '已取消')
);
create unique index demands_code on demands (operator, code);
create index demands_geom on demands using gist (geom);
-- one for each order of the list
create index demands_by_code on demands (code, id);
create index demands_state on demands (state collate "C", id);
create index demands_priority on demands (priority, id);
create index demands_wanted on demands (want_date, id);
create index demands_updated on demands (updated_at, id);
create index demands_filter on demands (district_code, state, operator, town_code, batch);
create index demands_resource on demands (resource_id) where resource_id is not null;
create index demands_merged_into on demands (merged_into) where merged_into is not null;

alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check check (kind in ('sites', 'pipes', 'buildings', 'roads', 'districts',
  'areas', 'demand', 'terrain', 'population', 'clutter', 'resources', 'demands'));

-- Points of a hundred for a resource that could serve a demand; they are scaled to add up to a hundred again.
insert into rule_values (name, value, unit, lowest, highest, source)
select 'match.' || rule, weight, 'number', 0, 100, 'D'
  from (values ('distance', 25), ('gain', 15), ('height', 15), ('form', 10), ('power', 10), ('fibre', 5), ('free', 5), ('owner', 3),
               ('structure', 5), ('slots', 4), ('constraint', 3)) as usual (rule, weight);

-- What follows from a change ------------------------------------------------------------------------------------------------

create function keep_demand() returns trigger language plpgsql security definer set search_path from current as $$
declare
  located text;
begin
  if tg_op = 'UPDATE' then
    if new.id <> old.id then raise exception 'ids stay' using errcode = '42501'; end if;
    new.version := old.version + 1;
    new.updated_at := now();
    new.created_at := old.created_at;
    new.created_by := old.created_by;
  end if;
  if tg_op = 'INSERT' or new.geom is distinct from old.geom or new.district_code <> old.district_code then
    located := district_at(new.geom);
    new.district_located := located is not null;
    new.district_code := coalesce(located, case when tg_op = 'UPDATE' and old.district_located and new.district_code = old.district_code
      then '' else new.district_code end);
  end if;
  -- a town of another district would let its people at the row
  if (tg_op = 'INSERT' or new.geom is distinct from old.geom or new.town_code <> old.town_code)
     and exists (select from towns t where t.code = new.town_code and t.district_code <> new.district_code) then
    raise exception 'the town lies in another district' using errcode = '23514', constraint = 'demands_town';
  end if;
  if new.state = '新建' then
    new.resource_id := null;
  end if;
  if new.resource_id is null then
    new.matched_at := null;
    new.matched_by := null;
  elsif tg_op = 'INSERT' or new.resource_id is distinct from old.resource_id then
    new.matched_at := now();
    new.matched_by := my_account();
  end if;
  return new;
end $$;
create trigger demands_kept before insert or update on demands for each row execute function keep_demand();

create trigger demands_moves_new after insert on demands referencing new table as written
  for each statement execute function check_move('新建');
create trigger demands_moves_changed after update on demands referencing old table as was new table as written
  for each statement execute function check_move('新建');

/* The row policy lets through whoever may change anything of a row; this tells apart what. */
create function check_demand_change() returns trigger language plpgsql as $$
declare
  -- what follows from other columns or from a move
  apart constant text[] := array['state', 'resource_id', 'matched_at', 'matched_by', 'version', 'updated_at', 'district_code',
    'district_located'];
  change record;
begin
  if my_account() is null then return null; end if;
  for change in
    select distinct o.district_code, o.town_code, o.operator, o.state as old_state, n.state as new_state,
           o.merged_into is distinct from n.merged_into or o.joint_operators <> n.joint_operators as merged,
           to_jsonb(o) - apart is distinct from to_jsonb(n) - apart as edited,
           o.resource_id is distinct from n.resource_id as matched
      from was o join written n on n.id = o.id
  loop
    if (change.edited and not within_reach('{demand:update}', change.district_code, change.town_code, change.operator))
       or (change.matched and not within_reach('{demand:update,claim:create,claim:release}', change.district_code, change.town_code,
             change.operator))
       -- joining what two operators want is not for one of them
       or (change.merged and scope_of('demand:update') is not distinct from 'own')
       or (change.old_state <> change.new_state and not within_reach(
             array(select m.permission from state_moves m where m.noun = tg_table_name
                      and m.from_state = change.old_state and m.to_state = change.new_state),
             change.district_code, change.town_code, change.operator)) then
      raise exception 'this change of a demand is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;
create trigger demands_change after update on demands referencing old table as was new table as written
  for each statement execute function check_demand_change();

/* Outlines that change move the codes they gave. */
create function locate_demands_again() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update demands r set district_code = coalesce(found.code, '')
    from demands known
    left join (select near.id, min(d.code) as code from districts d
                 cross join lateral (select n.id, n.geom from demands n where n.geom && d.geom offset 0) as near
                where ST_Covers(d.geom, near.geom) group by near.id) as found on found.id = known.id
   where r.id = known.id and (known.district_located or found.code is not null)
     and known.district_code <> coalesce(found.code, '');
  return null;
end $$;
create trigger districts_moved_demands after insert or update or delete on districts
  for each statement execute function locate_demands_again();

/* 0-based places of listed demands whose writing would be refused to who acts: for the issues of an import. */
create function demands_out_of_reach(listed json) returns integer[]
  language plpgsql stable security definer set search_path from current as $$
begin
  if my_account() is null then return '{}'; end if;
  return coalesce((
    with r as materialized (
      select t.place, t.operator, t.town, coalesce(district_at(ST_SetSRID(ST_MakePoint(t.lon, t.lat), 4490)),
               district_named(t.district), '') as district_code, old.id as old_id, old.district_code as old_district,
             old.town_code as old_town
        from rows from (json_to_recordset(listed) as (code text, operator text, lon float8, lat float8, "districtCode" text,
               "townCode" text)) with ordinality as t (code, operator, lon, lat, district, town, place)
        left join demands old on old.operator = t.operator and old.code = t.code
    )
    select array_agg(r.place - 1 order by r.place) from r
     where not within_reach('{demand:create}', r.district_code, town_of_district(r.town, r.district_code), r.operator)
        or (r.old_id is not null and not within_reach('{demand:update}', r.old_district, r.old_town, r.operator))), '{}');
end $$;

/* A town's code, or what a list calls it; nothing when it lies in another district. */
create function town_of_district(words text, district text) returns text stable parallel safe
  return (select case when exists (select from towns t where t.code = named.code and t.district_code <> district) then '' else named.code end
            from (select coalesce(town_named(words, district), '') as code) as named);

-- History -------------------------------------------------------------------------------------------------------------------

create trigger demands_audit_new after insert on demands for each row when (new.origin = 'entered')
  execute function audit_row('demand', 'id', 'search_text', 'masked_geom', 'version', 'updated_at');
create trigger demands_audit_change after update or delete on demands for each row
  execute function audit_row('demand', 'id', 'search_text', 'masked_geom', 'version', 'updated_at', 'import_id', 'source_file',
    'source_row', 'origin');

/* What became of one demand, newest first, for whoever may read it; without places for an operator that only joins it. */
create function demand_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  found demands;
  hidden text[] := array['geom'];
begin
  select * into found from demands d where d.id = wanted;
  if found.id is null then return; end if;
  if my_account() is not null and not within_reach('{demand:read}', found.district_code, found.town_code, found.operator) then
    if not coalesce(my_organisation('demand:read') = any (found.joint_operators), false) then return; end if;
    hidden := hidden || array['lon', 'lat', 'original_lon', 'original_lat', 'datum'];
  end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.action, (a.before::jsonb - hidden)::json, (a.after::jsonb - hidden)::json, a.reason
      from audit_records a where a.object = 'demand' and a.object_id = wanted order by a.seq desc;
end $$;

-- To 0.001 degrees, but for one's own ----------------------------------------------------------------------------------------

create view masked.demands as
  select id, case when own then code else mask_decimals(code) end as code, case when own then name else mask_decimals(name) end as name,
         batch, operator, joint_operators, scenario, shown as geom, ST_X(shown) as lon, ST_Y(shown) as lat,
         case when own then original_lon else ST_X(shown) end as original_lon,
         case when own then original_lat else ST_Y(shown) end as original_lat,
         case when own then datum else 'CGCS2000' end as datum, district_code, district_located, town_code, search_radius_m, band, form,
         want_height_m, azimuths_deg, reason, tags, priority, want_date, shareable, key_area,
         case when own then note else mask_decimals(note) end as note, state, resource_id, matched_at, matched_by, merged_into, origin,
         mask_decimals(source_file) as source_file, source_row, import_id, created_at, created_by, updated_at, version,
         case when own then search_text else mask_decimals(search_text) end as search_text
    from (select d.*, coalesce(d.operator = (select my_organisation('demand:read')), false) as own,
                 case when d.operator = (select my_organisation('demand:read')) then d.geom else d.masked_geom end as shown
            from public.demands d) as seen;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.demands owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.demands to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------------

grant select on demands to zhanzhi_views;
grant select, insert, update on demands to zhanzhi_app, zhanzhi_masked;
revoke execute on function keep_demand(), check_demand_change(), locate_demands_again(), demands_out_of_reach(json),
  demand_history(text) from public;
grant execute on function demands_out_of_reach(json), demand_history(text) to zhanzhi_app, zhanzhi_masked;

alter table demands enable row level security;
alter table demands force row level security;
create policy system on demands to current_user using (true) with check (true);
create policy demands_read on demands for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('demand:read')) or district_code = any ((select my_districts('demand:read'))::text[])
  or town_code = any ((select my_towns('demand:read'))::text[]) or operator = (select my_organisation('demand:read'))
  or joint_operators @> array[(select my_organisation('demand:read'))]);
-- by its name, without the view, a masked role reaches only what is its own
create policy demands_read_own on demands for select to zhanzhi_masked using (operator = (select my_organisation('demand:read')));
create policy demands_create on demands for insert to zhanzhi_app, zhanzhi_masked with check (
  (select reaches_all('demand:create')) or district_code = any ((select my_districts('demand:create'))::text[])
  or town_code = any ((select my_towns('demand:create'))::text[]) or operator = (select my_organisation('demand:create')));
create policy demands_update on demands for update to zhanzhi_app, zhanzhi_masked using (
  (select reaches_all_by('{demand:update,claim:create,claim:release,case:verify}'))
  or district_code = any ((select districts_by('{demand:update,claim:create,claim:release,case:verify}'))::text[])
  or town_code = any ((select towns_by('{demand:update,claim:create,claim:release,case:verify}'))::text[])
  or operator = any ((select organisations_by('{demand:update}'))::text[]));

-- An operator brings its demands as a file: its own reports, and no other list, because no other table takes rows of a masked role.
grant select, insert on imports to zhanzhi_masked;
grant update (outcome) on imports to zhanzhi_masked;
create policy imports_read_masked on imports for select to zhanzhi_masked using (
  ((select may('import:read')) and created_by = (select my_account())) or organisation = (select my_organisation('import:read')));
create policy imports_create_masked on imports for insert to zhanzhi_masked with check (
  kind = 'demands' and (select may('import:create')) and created_by = (select my_account())
  and organisation = coalesce((select current_setting('zhanzhi.organisation', true)), ''));
create policy imports_update_masked on imports for update to zhanzhi_masked using (
  (select may('import:create')) and created_by = (select my_account()));
