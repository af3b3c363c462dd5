-- The resource library (资源库) and the opening directories published from it. What carries an antenna and has a place is also a
-- row of `sites`, kept in step by a trigger, so a plan chooses among what is opened and nothing else. Contacts lie in a table
-- of their own. Fields after the domain reference, 4.2; unknown is NULL.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Copies of tables of the engine, written by the service after every migration ------------------------------------------------

create table resource_types (
  code text collate "C" primary key check (code <> ''),
  -- NULL: carries no antenna, so no site is made of it
  structure text check (structure in ('pole', 'roof', 'tower')),
  free_status text check (free_status in ('必须免费', '协调免费', '商谈')),
  default_height_m double precision check (default_height_m > 0),
  default_cost_cny bigint check (default_cost_cny >= 0),
  build_mode text check (build_mode in ('直接利用', '改造', '替换', '新建')),
  check (structure is null or (default_height_m is not null and default_cost_cny is not null and build_mode is not null))
);

create table state_moves (
  noun text collate "C" not null,
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  permission text collate "C" not null,
  reason_needed boolean not null,
  primary key (noun, from_state, to_state, permission)
);

/* Refuses what the machine of the noun does not know, and what who acts may not do. Of the first state when `old_state` is NULL. */
create function demand_move(noun text, old_state text, new_state text) returns void language plpgsql stable as $$
declare
  moves constant state_moves[] := array(select m from state_moves m
    where m.noun = $1 and m.from_state = $2 and m.to_state = $3);
begin
  if cardinality(moves) = 0 then
    raise exception 'there is no way from % to % for %', $2, $3, $1 using errcode = '23514', constraint = 'state_move';
  end if;
  if my_account() is null then return; end if;
  if not exists (select from unnest(moves) as m where may(m.permission)) then
    raise exception 'the way from % to % is not allowed', $2, $3 using errcode = '42501';
  end if;
  if (select bool_and(m.reason_needed) from unnest(moves) as m)
     and btrim(coalesce(current_setting('zhanzhi.reason', true), '')) = '' then
    raise exception 'the way from % to % needs a reason', $2, $3 using errcode = '23514', constraint = 'state_reason';
  end if;
end $$;

/* For any table with id and state; argument: the first state. Nothing changes a state but by a move of its machine; the system
   is asked for no permission, and what it adds may stand in any state. */
create function check_move() returns trigger language plpgsql as $$
declare
  pair record;
begin
  if tg_op = 'INSERT' then
    if my_account() is null then return null; end if;
    for pair in select distinct n.state from written n where n.state <> tg_argv[0] loop
      perform demand_move(tg_table_name, tg_argv[0], pair.state);
    end loop;
  else
    for pair in select distinct o.state as old_state, n.state as new_state from written n left join was o on o.id = n.id
                 where o.state is distinct from n.state loop
      perform demand_move(tg_table_name, pair.old_state, pair.new_state);
    end loop;
  end if;
  return null;
end $$;

-- The library ---------------------------------------------------------------------------------------------------------

create table resources (
  id text collate "C" primary key check (id <> ''),
  -- The sender's own code: free text.
  code text collate "C" not null check (code <> ''),
  name text collate "C" not null default '',
  address text not null default '',
  resource_type text collate "C" references resource_types,
  state text not null default '待定位' check (state in
    ('待定位', '待产权确认', '已开放', '已锁定', '部分占用', '满载', '暂停', '退出')),
  geom geometry(Point, 4490) check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  lon double precision generated always as (ST_X(geom)) stored check (lon between -180 and 180),
  lat double precision generated always as (ST_Y(geom)) stored check (lat between -90 and 90),
  original_lon double precision,
  original_lat double precision,
  datum text check (datum in ('CGCS2000', 'WGS84', 'GCJ-02', 'BD-09')),
  location_quality text not null default '未定位' check (location_quality in ('实测', '图上', '地址估算', '未定位')),
  district_code text not null default '',
  -- True: no file named a district, the outlines did; it follows them when they change.
  district_located boolean not null default false,
  town_code text not null default '',
  committees text[] not null default '{}' check (array_position(committees, null) is null),
  owner text collate "C" not null default '',
  owner_type text check (owner_type <> ''),
  owner_confirmed_at timestamptz,
  owner_confirmed_by text collate "C",
  free_status text check (free_status in ('必须免费', '协调免费', '商谈')),
  fee_cny_per_year double precision check (fee_cny_per_year between 0 and 1e9),
  fee_basis text check (fee_basis <> ''),
  -- 公共资源白名单: opened without asking its owner again
  whitelisted boolean not null default false,
  total_height_m double precision check (total_height_m > 0 and total_height_m <= 1000),
  mount_heights_m double precision[] check (cardinality(mount_heights_m) between 1 and 20
    and array_position(mount_heights_m, null) is null and 0 < all (mount_heights_m) and 1000 >= all (mount_heights_m)),
  load_kg double precision check (load_kg between 0 and 1e6),
  slots integer check (slots between 0 and 1000),
  power_mode text check (power_mode in ('直供', '转供', '待引入')),
  power_distance_m double precision check (power_distance_m between 0 and 1e5),
  power_kva double precision check (power_kva between 0 and 1e5),
  power_price_cny_per_kwh double precision check (power_price_cny_per_kwh between 0 and 100),
  fibre text check (fibre in ('到杆', '就近', '无')),
  duct_distance_m double precision check (duct_distance_m between 0 and 1e5),
  room_ref text check (room_ref <> ''),
  structure_check text not null default '未核' check (structure_check in ('未核', '可用', '加固', '不可用')),
  appearance_requirement text check (appearance_requirement <> ''),
  existing_systems text[] check (array_position(existing_systems, null) is null),
  constraint_flags text[] not null default '{}' check (constraint_flags <@ array['文保', '林地', '基本农田', '生态红线',
    '净空', '敏感目标', '拟拆除', '拟并杆', '禁建区', '限建区', '干扰协调区']),
  survey_date date,
  surveyor text check (surveyor <> ''),
  valid_from date,
  valid_to date check (valid_to >= valid_from),
  -- Whole yuan to bring one station on air here, and how; NULL: as usual for the type.
  cost_cny bigint check (cost_cny between 0 and 1000000000),
  build_mode text check (build_mode in ('直接利用', '改造', '替换', '新建')),
  -- Of the site made of it or taken over by it.
  site_id text collate "C" references sites deferrable initially deferred,
  -- entered: by hand · import: from a file · site: taken over from the sites
  origin text not null default 'entered' check (origin in ('entered', 'import', 'site')),
  source_file text,
  source_row integer check (source_row > 0),
  import_id text collate "C" references imports deferrable initially deferred,
  created_at timestamptz not null default now(),
  created_by text collate "C" default my_account(),
  updated_at timestamptz not null default now(),
  -- Raised by every change: If-Match of the interface.
  version integer not null default 1,
  search_text text not null generated always as
    (lower(code || ' ' || name || ' ' || address || ' ' || owner)) stored,
  -- Kept with the row for masked roles, as with sites: a filter on what a view computes could use no index. Texts only where
  -- there is something to hide: most have no decimals, and wide rows make every search slow.
  masked_geom geometry(Point, 4490) generated always as (mask_place(ST_X(geom), ST_Y(geom))) stored,
  masked_code text collate "C" generated always as (nullif(mask_decimals(code), code)) stored,
  masked_name text collate "C" generated always as (nullif(mask_decimals(name), name)) stored,
  masked_search_text text generated always as (nullif(
    lower(mask_decimals(code) || ' ' || mask_decimals(name) || ' ' || mask_decimals(address) || ' ' || owner),
    lower(code || ' ' || name || ' ' || address || ' ' || owner))) stored,
  constraint resources_position check (case state when '待定位' then geom is null when '退出' then true else geom is not null end),
  constraint resources_place check (case when geom is null
    then location_quality = '未定位' and original_lon is null and original_lat is null and datum is null
    else location_quality <> '未定位' and original_lon is not null and original_lat is not null and datum is not null end),
  -- Nothing is open without consent, and whoever takes the consent away has to suspend it first.
  constraint resources_consent check (state not in ('已开放', '已锁定', '部分占用', '满载')
    or whitelisted or owner_confirmed_at is not null)
);
create unique index resources_code on resources (code);
create unique index resources_site on resources (site_id) where site_id is not null;
create index resources_geom on resources using gist (geom);
create index resources_masked_geom on resources using gist (masked_geom);
-- one for each order of the list, two of them also as masked roles see them
create index resources_masked_code on resources (coalesce(masked_code, code), id);
create index resources_masked_name on resources (coalesce(masked_name, name), id);
create index resources_name on resources (name, id);
create index resources_owner on resources (owner, id);
create index resources_type on resources (coalesce(resource_type, ''), id);
create index resources_state on resources (state collate "C", id);
create index resources_updated on resources (updated_at, id);
create index resources_lowest on resources (total_height_m, id);
create index resources_highest on resources (total_height_m desc nulls last, id desc);
-- counts of a filter read this and not the wide rows
create index resources_filter on resources (district_code, state, resource_type, town_code, owner, free_status, whitelisted);

create table resource_contacts (
  id text collate "C" primary key check (id <> ''),
  resource_id text collate "C" not null references resources on delete cascade,
  name text not null check (btrim(name) <> ''),
  phone text not null default '',
  -- What this person is there: property manager, electrician, …
  duty text not null default '',
  note text not null default '',
  place integer not null check (place >= 0)
);
create index resource_contacts_resource on resource_contacts (resource_id, place);

alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check check (kind in ('sites', 'pipes', 'buildings', 'roads', 'districts',
  'areas', 'demand', 'terrain', 'population', 'clutter', 'resources'));
alter table sites drop constraint sites_origin_check;
alter table sites add constraint sites_origin_check check (origin in ('import', 'derived', 'sample', 'library'));

-- Which rows one of several permissions reaches -----------------------------------------------------------------------------

create function reaches_all_by(wanted text[]) returns boolean stable parallel safe
  return exists (select from unnest(wanted) as w where reaches_all(w));

create function districts_by(wanted text[]) returns text[] stable parallel safe
  return array(select distinct code from unnest(wanted) as w, unnest(my_districts(w)) as code);

create function towns_by(wanted text[]) returns text[] stable parallel safe
  return array(select distinct code from unnest(wanted) as w, unnest(my_towns(w)) as code);

create function organisations_by(wanted text[]) returns text[] stable parallel safe
  return array(select distinct my_organisation(w) from unnest(wanted) as w where my_organisation(w) is not null);

create function within_reach(wanted text[], district text, town text, owner text) returns boolean stable parallel safe
  return reaches_all_by(wanted) or district = any (districts_by(wanted)) or town = any (towns_by(wanted))
    or owner = any (organisations_by(wanted));

/* The district of what has no place yet and names none: the only one of who writes it. */
create function my_only_district() returns text stable parallel safe
  return case when cardinality(my_districts('resource:create')) = 1 then (my_districts('resource:create'))[1] else '' end;

-- Lists name districts and towns as often as they give their codes.
create function district_named(words text) returns text stable parallel safe
  return coalesce((select d.code from districts d where d.code = words or d.name = words order by d.code <> words, d.code limit 1), words);
create function town_named(words text, district text) returns text stable parallel safe
  return coalesce((select t.code from towns t where t.code = words or (t.name = words and (district = '' or t.district_code = district))
                    order by t.code <> words, t.code limit 1), words);

-- What follows from a change ------------------------------------------------------------------------------------------------

create function keep_resource() returns trigger language plpgsql security definer set search_path from current as $$
declare
  moved boolean := true;
  held record;
begin
  if tg_op = 'UPDATE' then
    if new.id <> old.id then raise exception 'ids stay' using errcode = '42501'; end if;
    moved := new.geom is distinct from old.geom;
    new.version := old.version + 1;
    new.updated_at := now();
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    -- another owner has consented to nothing
    if new.owner <> old.owner then new.owner_confirmed_at := null; end if;
  elsif my_account() is not null and ((new.whitelisted and not may('resource:open'))
        or (new.owner_confirmed_at is not null and not may('resource:confirm'))) then
    raise exception 'consent is not for whoever adds a resource' using errcode = '42501';
  end if;
  if new.owner_confirmed_at is null then new.owner_confirmed_by := null;
  elsif my_account() is not null and (tg_op = 'INSERT' or old.owner_confirmed_at is null) then
    new.owner_confirmed_at := now();
    new.owner_confirmed_by := my_account();
  end if;
  if new.geom is null then
    new.location_quality := '未定位';
    new.original_lon := null;
    new.original_lat := null;
    new.datum := null;
    new.district_located := false;
    if new.district_code = '' then new.district_code := my_only_district(); end if;
  elsif new.district_code = '' or (moved and new.district_located) then
    new.district_code := coalesce(district_at(new.geom), '');
    new.district_located := new.district_code <> '';
  elsif tg_op = 'UPDATE' and new.district_code <> old.district_code then
    new.district_located := false;
  end if;
  if new.site_id is null and new.geom is not null
     and (select t.structure from resource_types t where t.code = new.resource_type) is not null then
    select s.id, s.district_code, s.town_code, s.owner into held from sites s where s.code = new.code;
    if held.id is null then
      new.site_id := new.id;
    elsif my_account() is not null and not within_reach(array['resource:create', 'resource:update'],
        held.district_code, held.town_code, held.owner) then
      raise exception 'the code belongs to a site elsewhere' using errcode = '42501';
    else
      new.site_id := held.id;
    end if;
  end if;
  return new;
end $$;
create trigger resources_kept before insert or update on resources for each row execute function keep_resource();

create trigger resources_place_new after insert on resources referencing new table as written
  for each statement execute function refuse_foreign_place();
create trigger resources_place_changed after update on resources referencing new table as written
  for each statement execute function refuse_foreign_place();
create trigger resources_moves_new after insert on resources referencing new table as written
  for each statement execute function check_move('待定位');
create trigger resources_moves_changed after update on resources referencing old table as was new table as written
  for each statement execute function check_move('待定位');

/* The row policy lets through whoever may change anything of a row; this tells apart what. */
create function check_resource_change() returns trigger language plpgsql as $$
declare
  -- what follows from other columns or has a permission of its own
  apart constant text[] := array['state', 'whitelisted', 'owner_confirmed_at', 'owner_confirmed_by', 'version', 'updated_at'];
  change record;
begin
  if my_account() is null then return null; end if;
  for change in
    select distinct o.district_code, o.town_code, o.owner, o.state as old_state, n.state as new_state,
           o.whitelisted <> n.whitelisted as listed,
           o.owner_confirmed_at is distinct from n.owner_confirmed_at and o.owner = n.owner as confirmed,
           to_jsonb(o) - apart is distinct from to_jsonb(n) - apart as edited
      from was o join written n on n.id = o.id
  loop
    if (change.edited and not within_reach('{resource:update}', change.district_code, change.town_code, change.owner))
       or (change.listed and not within_reach('{resource:open}', change.district_code, change.town_code, change.owner))
       or (change.confirmed and not within_reach('{resource:confirm}', change.district_code, change.town_code, change.owner))
       or (change.old_state <> change.new_state and not within_reach(
             array(select m.permission from state_moves m where m.noun = tg_table_name
                      and m.from_state = change.old_state and m.to_state = change.new_state),
             change.district_code, change.town_code, change.owner)) then
      raise exception 'this change of a resource is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;
create trigger resources_change after update on resources referencing old table as was new table as written
  for each statement execute function check_resource_change();

/* The site of a resource: a candidate while it may be chosen, otherwise unavailable; a station that stands keeps standing. */
create function keep_site_of_resource() returns trigger language plpgsql security definer set search_path from current as $$
declare
  touched bigint;
  gone bigint;
begin
  with listed as (
    select r.*, t.structure, t.build_mode as usual_mode, s.status as old_status, s.name as old_name,
           coalesce((select max(h) from unnest(r.mount_heights_m) as h), r.total_height_m, s.height_m, t.default_height_m)
             as height_m,
           case when s.status = 'existing' then s.cost_cny else coalesce(r.cost_cny, s.cost_cny, t.default_cost_cny) end as cost,
           s.build_mode as old_mode, s.origin as old_origin
      from written r
      join resource_types t on t.code = r.resource_type and t.structure is not null
      left join sites s on s.id = r.site_id
     where r.geom is not null and r.site_id is not null
  ), wanted as (
    select l.site_id as id, l.code, coalesce(nullif(l.name, ''), l.old_name, l.code) as name, l.resource_type, l.structure, l.geom,
           l.original_lon, l.original_lat, l.datum, l.height_m,
           case when l.old_status = 'existing' then 'existing'
                when l.state in ('已开放', '已锁定', '部分占用') then 'candidate' else 'unavailable' end as status,
           l.cost, l.owner, l.free_status, l.power_mode, coalesce(l.build_mode, l.old_mode, l.usual_mode) as build_mode,
           l.district_code, l.district_located, l.town_code, coalesce(l.old_origin, 'library') as origin,
           l.source_file, l.source_row, l.import_id
      from listed l
  )
  insert into sites as kept (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status,
    cost_cny, owner, free_status, power_mode, build_mode, district_code, district_located, town_code, origin, source_file,
    source_row, import_id)
  select * from wanted
  on conflict (id) do update set code = excluded.code, name = excluded.name, resource_type = excluded.resource_type,
    structure = excluded.structure, geom = excluded.geom, original_lon = excluded.original_lon,
    original_lat = excluded.original_lat, datum = excluded.datum, height_m = excluded.height_m, status = excluded.status,
    cost_cny = excluded.cost_cny, owner = excluded.owner, free_status = excluded.free_status, power_mode = excluded.power_mode,
    build_mode = excluded.build_mode, district_code = excluded.district_code, district_located = excluded.district_located,
    town_code = excluded.town_code
  where (kept.code, kept.name, kept.resource_type, kept.structure, kept.lon, kept.lat, kept.original_lon, kept.original_lat, kept.datum,
         kept.height_m, kept.status, kept.cost_cny, kept.owner, kept.free_status, kept.power_mode, kept.build_mode, kept.district_code,
         kept.district_located, kept.town_code)
    is distinct from (excluded.code, excluded.name, excluded.resource_type, excluded.structure, ST_X(excluded.geom),
         ST_Y(excluded.geom), excluded.original_lon, excluded.original_lat, excluded.datum, excluded.height_m, excluded.status,
         excluded.cost_cny, excluded.owner, excluded.free_status, excluded.power_mode, excluded.build_mode,
         excluded.district_code, excluded.district_located, excluded.town_code);
  get diagnostics touched = row_count;
  -- without a place or an antenna there is nothing to choose any more
  update sites s set status = 'unavailable' from written r join resource_types t on t.code = r.resource_type
   where s.id = r.site_id and (r.geom is null or t.structure is null) and s.status in ('candidate', 'proposed');
  get diagnostics gone = row_count;
  if touched + gone > 0 then update layer_revisions set revision = revision + 1 where layer = 'sites'; end if;
  return null;
end $$;
create trigger resources_sites_new after insert on resources referencing new table as written
  for each statement execute function keep_site_of_resource();
create trigger resources_sites_changed after update on resources referencing new table as written
  for each statement execute function keep_site_of_resource();

/* People change such a site through its resource: a list of sites would open it otherwise. */
create function keep_library_site() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if my_account() is not null and exists (select from resources r where r.site_id = new.id) then
    raise exception 'the site belongs to a resource' using errcode = '23514', constraint = 'sites_of_library';
  end if;
  return null;
end $$;
create trigger sites_library after update on sites for each row
  when (pg_trigger_depth() = 0 and (old.status, old.lon, old.lat, old.owner, old.code)
        is distinct from (new.status, new.lon, new.lat, new.owner, new.code))
  execute function keep_library_site();

/* Outlines that change move the codes they gave. */
create function locate_resources_again() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update resources r set district_code = coalesce(found.code, ''), district_located = found.code is not null
    from resources known
    left join (select near.id, min(d.code) as code from districts d
                 cross join lateral (select n.id, n.geom from resources n
                                      where n.geom && d.geom and (n.district_code = '' or n.district_located) offset 0) as near
                where ST_Covers(d.geom, near.geom) group by near.id) as found on found.id = known.id
   where r.id = known.id and known.geom is not null and (known.district_code = '' or known.district_located)
     and known.district_code <> coalesce(found.code, '');
  return null;
end $$;
create trigger districts_moved_resources after insert or update or delete on districts
  for each statement execute function locate_resources_again();

/* 0-based places of listed resources whose writing would be refused to who acts: for the issues of an import. */
create function resources_out_of_reach(listed json) returns integer[]
  language plpgsql stable security definer set search_path from current as $$
begin
  if my_account() is null then return '{}'; end if;
  return coalesce((
    with r as materialized (
      select t.place, t.code, coalesce(nullif(district_named(t.district), ''), old.district_code, '') as district_code,
             t.town, coalesce(nullif(t.owner, ''), old.owner, '') as owner, old.id as old_id,
             old.district_code as old_district, old.town_code as old_town, old.owner as old_owner,
             case when t.lon is not null then ST_SetSRID(ST_MakePoint(t.lon, t.lat), 4490) end as geom
        from rows from (json_to_recordset(listed) as (code text, lon float8, lat float8, "districtCode" text,
               "townCode" text, owner text)) with ordinality as t (code, lon, lat, district, town, owner, place)
        left join resources old on old.code = t.code
    ), at as materialized (
      select near.place, array_agg(d.code order by d.code) as codes from districts d
       cross join lateral (select n.place, n.geom from r n where n.geom && d.geom offset 0) as near
       where ST_Covers(d.geom, near.geom) group by near.place
    ), judged as (
      select r.*, at.codes, coalesce(nullif(r.district_code, ''), at.codes[1],
               case when r.geom is null then my_only_district() end, '') as final_district
        from r left join at on at.place = r.place
    )
    select array_agg(j.place - 1 order by j.place)
      from judged j left join sites s on s.code = j.code
     where not (within_reach('{resource:create}', j.final_district, town_named(j.town, j.final_district), j.owner)
                and (scope_of('resource:create') is distinct from 'territory' or reaches_all('resource:create') or j.codes is null
                     or j.codes && my_wider_districts('resource:create')))
        or (j.old_id is not null and not within_reach('{resource:update}', j.old_district, j.old_town, j.old_owner))
        or (s.id is not null and not within_reach('{resource:create,resource:update}', s.district_code, s.town_code, s.owner))), '{}');
end $$;

-- Directories (资源开放目录): dated, numbered by district and year, and never changed -------------------------------------------

create table directories (
  id text collate "C" primary key check (id <> ''),
  district_code text not null check (district_code <> ''),
  year integer not null,
  serial integer not null check (serial > 0),
  number text not null generated always as (district_code || '-' || year || '-' || lpad(serial::text, greatest(2, length(serial::text)), '0')) stored,
  published_at timestamptz not null,
  published_by text collate "C",
  publisher text not null,
  note text not null default '',
  unique (district_code, year, serial)
);

create table directory_rows (
  directory_id text collate "C" not null references directories,
  resource_id text collate "C" not null,
  lon double precision not null,
  lat double precision not null,
  -- As it was opened, without contacts and without its place.
  snapshot jsonb not null,
  primary key (directory_id, resource_id)
);
create index directory_rows_resource on directory_rows (resource_id);

/* One after the other in a district: the number has no gap. The year is that of China. */
create function number_directory() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform pg_advisory_xact_lock(4490052, hashtext(new.district_code));
  new.published_at := now();
  new.published_by := my_account();
  new.publisher := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  new.year := extract(year from now() at time zone 'Asia/Shanghai');
  new.serial := 1 + coalesce((select max(d.serial) from directories d
                               where d.district_code = new.district_code and d.year = new.year), 0);
  return new;
end $$;
create trigger directories_numbered before insert on directories for each row execute function number_directory();
create trigger directories_immutable before update or delete or truncate on directories
  for each statement execute function refuse_change();
create trigger directory_rows_immutable before update or delete or truncate on directory_rows
  for each statement execute function refuse_change();

/* Rows come with their directory, in the transaction that publishes it. */
create function check_directory_rows() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if exists (select from directories d where d.id in (select a.directory_id from added a) and d.published_at <> now()) then
    raise exception 'a published directory takes no more rows' using errcode = '42501';
  end if;
  return null;
end $$;
create trigger directory_rows_with_directory after insert on directory_rows referencing new table as added
  for each statement execute function check_directory_rows();

-- History -------------------------------------------------------------------------------------------------------------

-- Rows of a file are told by the record of their import, rows taken over at once by one of theirs.
create trigger resources_audit_new after insert on resources for each row when (new.origin = 'entered')
  execute function audit_row('resource', 'id', 'search_text', 'masked_geom', 'masked_code', 'masked_name',
    'masked_search_text', 'version', 'updated_at');
create trigger resources_audit_change after update or delete on resources for each row
  execute function audit_row('resource', 'id', 'search_text', 'masked_geom', 'masked_code', 'masked_name',
    'masked_search_text', 'version', 'updated_at', 'import_id', 'source_file', 'source_row', 'origin');
-- that somebody was named is told, not who
create trigger resource_contacts_audit after insert or update or delete on resource_contacts for each row
  execute function audit_row('resource-contact', 'resource_id', 'name', 'phone', 'duty', 'note');
create trigger directories_audit after insert on directories for each row execute function audit_row('directory', 'id');

/* What became of one resource, newest first, for whoever may read it; without places and long numbers for masked roles. */
create function resource_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  hidden constant text[] := array['geom', 'search_text'] || case when hides
    then array['lon', 'lat', 'original_lon', 'original_lat', 'datum'] else '{}' end;
begin
  if my_account() is not null and not exists (select from resources r where r.id = wanted
       and within_reach('{resource:read}', r.district_code, r.town_code, r.owner)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when hides then mask_decimals((a.before::jsonb - hidden)::text)::json else (a.before::jsonb - hidden)::json end,
           case when hides then mask_decimals((a.after::jsonb - hidden)::text)::json else (a.after::jsonb - hidden)::json end,
           a.reason
      from audit_records a where a.object = 'resource' and a.object_id = wanted order by a.seq desc;
end $$;

-- To 0.001 degrees -----------------------------------------------------------------------------------------------------

create view masked.resources as
  select id, coalesce(masked_code, code) as code, coalesce(masked_name, name) as name, mask_decimals(address) as address, resource_type, state,
         masked_geom as geom, ST_X(masked_geom) as lon, ST_Y(masked_geom) as lat,
         ST_X(masked_geom) as original_lon, ST_Y(masked_geom) as original_lat,
         case when masked_geom is not null then 'CGCS2000'::text end as datum,
         location_quality, district_code, district_located, town_code, committees, owner, owner_type, owner_confirmed_at,
         owner_confirmed_by, free_status, fee_cny_per_year, fee_basis, whitelisted, total_height_m, mount_heights_m, load_kg, slots,
         power_mode, power_distance_m, power_kva, power_price_cny_per_kwh, fibre, duct_distance_m, room_ref, structure_check,
         appearance_requirement, existing_systems, constraint_flags, survey_date, surveyor, valid_from, valid_to, cost_cny,
         build_mode, site_id, origin, mask_decimals(source_file) as source_file, source_row, import_id, created_at, created_by,
         updated_at, version, coalesce(masked_search_text, search_text) as search_text
    from public.resources;
create view masked.directory_rows as
  select directory_id, resource_id, ST_X(mask_place(lon, lat)) as lon, ST_Y(mask_place(lon, lat)) as lat,
         mask_decimals(snapshot::text)::jsonb as snapshot
    from public.directory_rows;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.resources owner to zhanzhi_views;
alter view masked.directory_rows owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.resources, masked.directory_rows to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on resource_types, state_moves to zhanzhi_app, zhanzhi_masked, zhanzhi_views;
grant select on resources, directories, directory_rows to zhanzhi_views;
grant select, insert, update on resources to zhanzhi_app;
grant select, insert, delete on resource_contacts to zhanzhi_app;
grant select, insert on directories, directory_rows to zhanzhi_app;
grant select on directories to zhanzhi_masked;
revoke execute on function keep_resource(), check_resource_change(), keep_site_of_resource(), keep_library_site(), locate_resources_again(),
  check_move(), number_directory(), check_directory_rows(), resources_out_of_reach(json), resource_history(text) from public;
grant execute on function resources_out_of_reach(json) to zhanzhi_app;
grant execute on function resource_history(text) to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['resources', 'resource_contacts', 'directories', 'directory_rows'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy resources_read on resources for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('resource:read')) or district_code = any ((select my_districts('resource:read'))::text[])
  or town_code = any ((select my_towns('resource:read'))::text[]) or owner = (select my_organisation('resource:read')));
create policy resources_create on resources for insert to zhanzhi_app with check (
  (select reaches_all('resource:create')) or district_code = any ((select my_districts('resource:create'))::text[])
  or town_code = any ((select my_towns('resource:create'))::text[]) or owner = (select my_organisation('resource:create')));
create policy resources_update on resources for update to zhanzhi_app using (
  (select reaches_all_by('{resource:update,resource:open,resource:confirm,resource:withdraw}'))
  or district_code = any ((select districts_by('{resource:update,resource:open,resource:confirm,resource:withdraw}'))::text[])
  or town_code = any ((select towns_by('{resource:update,resource:open,resource:confirm,resource:withdraw}'))::text[])
  or owner = any ((select organisations_by('{resource:update,resource:open,resource:confirm,resource:withdraw}'))::text[]));

create policy resource_contacts_read on resource_contacts for select to zhanzhi_app using (
  (select may('contact:read')) and exists (select from resources r where r.id = resource_id
    and within_reach('{contact:read}', r.district_code, r.town_code, r.owner)));
create policy resource_contacts_add on resource_contacts for insert to zhanzhi_app with check (
  (select may('contact:change')) and exists (select from resources r where r.id = resource_id
    and within_reach('{contact:change}', r.district_code, r.town_code, r.owner)));
create policy resource_contacts_remove on resource_contacts for delete to zhanzhi_app using (
  (select may('contact:change')) and exists (select from resources r where r.id = resource_id
    and within_reach('{contact:change}', r.district_code, r.town_code, r.owner)));

-- Published for a district: whoever has one of its towns reads it too.
create policy directories_read on directories for select to zhanzhi_app, zhanzhi_masked, zhanzhi_views using (
  (select reaches_all('directory:read')) or district_code = any ((select my_wider_districts('directory:read'))::text[]));
create policy directories_publish on directories for insert to zhanzhi_app with check (
  (select reaches_all('directory:publish')) or district_code = any ((select my_districts('directory:publish'))::text[]));
create policy directory_rows_read on directory_rows for select to zhanzhi_app, zhanzhi_views using (
  directory_id in (select d.id from directories d));
create policy directory_rows_publish on directory_rows for insert to zhanzhi_app with check (
  (select may('directory:publish')) and directory_id in (select d.id from directories d));
