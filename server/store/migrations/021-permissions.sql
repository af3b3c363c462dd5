-- Who may read and write which rows, enforced here and not only in the routes. A request runs as one of two roles that own
-- nothing (server/store/scoped-store.ts): zhanzhi_app, or zhanzhi_masked, which sees sites only through a view that rounds
-- their places to 0.001 degrees. The owner of the tables is the system (jobs, migrations, seeds) and keeps every right.
-- Policies read the permissions from a table that the service copies from its own after every migration.

-- Roles belong to the cluster: other databases may make them at the same moment, or have made them long ago.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['zhanzhi_app', 'zhanzhi_masked', 'zhanzhi_views', 'zhanzhi_audit'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception when duplicate_object or unique_violation or insufficient_privilege then null;
      end;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
      begin
        execute format('grant %I to current_user', wanted);
      exception when others then null;
      end;
    end if;
    begin
      execute format('set local role %I', wanted);
      reset role;
    exception when others then
      raise exception 'the role % is not there, or % may not become it', wanted, session_user using errcode = 'ZZR01';
    end;
  end loop;
end $$;

-- What the database allows beyond our tables. Only a superuser may change these; without them everything works, with less
-- to hold on to (npm run doctor tells).
do $$ begin
  -- a box filter may then use its index before the row policies are asked; it only compares boxes and tells nothing
  alter function geometry_overlaps(geometry, geometry) leakproof;
exception when insufficient_privilege then null;
end $$;
do $$ begin
  -- a statement of a request could otherwise set its own role and territory
  revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
  execute format('grant execute on function pg_catalog.set_config(text, text, boolean) to %I, pg_read_all_data', current_user);
exception when insufficient_privilege then null;
end $$;
do $$ begin
  execute format('revoke create, temporary on database %I from public', current_database());
exception when insufficient_privilege then null;
end $$;
do $$ begin
  revoke create on schema public from public;
exception when insufficient_privilege then null;
end $$;

-- The functions below look tables up where they are now, and never among somebody's temporary ones first.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table permissions (
  permission text collate "C" not null,
  role text collate "C" not null,
  -- territory: rows of my districts and towns · own: rows of my organisation · all
  scope text collate "C" not null check (scope in ('territory', 'own', 'all')),
  primary key (permission, role)
);

-- Who acts, as the scoped store has set it for this transaction. NULL: the system.
create function my_account() returns text stable parallel safe
  return nullif(current_setting('zhanzhi.account', true), '');

create function setting_list(name text) returns text[] stable parallel safe
  return coalesce(nullif(current_setting(name, true), ''), '{}')::text[];

/* The scope of a permission for who acts; NULL: not allowed. A token can only take away. */
create function scope_of(wanted text) returns text stable parallel safe
  return (select p.scope from permissions p
           where p.permission = wanted and p.role = current_setting('zhanzhi.role', true)
             and case when coalesce(current_setting('zhanzhi.token_scope', true), '') = '' then true
                      else wanted = any (setting_list('zhanzhi.token_scope')) end);

create function may(wanted text) returns boolean stable parallel safe
  return scope_of(wanted) is not null;

create function reaches_all(wanted text) returns boolean stable parallel safe
  return coalesce(case scope_of(wanted) when 'all' then true
                    when 'territory' then current_setting('zhanzhi.everywhere', true) = 'on' end, false);

create function my_districts(wanted text) returns text[] stable parallel safe
  return case scope_of(wanted) when 'territory' then setting_list('zhanzhi.districts') else '{}' end;

create function my_towns(wanted text) returns text[] stable parallel safe
  return case scope_of(wanted) when 'territory' then setting_list('zhanzhi.towns') else '{}' end;

-- Areas and plans have no town: whoever has a town reads those of its district.
create function my_wider_districts(wanted text) returns text[] stable parallel safe
  return my_districts(wanted) || array(select t.district_code from towns t where t.code = any (my_towns(wanted)));

/* NULL unless only the rows of one's own organisation are reached. */
create function my_organisation(wanted text) returns text stable parallel safe
  return case scope_of(wanted) when 'own' then nullif(current_setting('zhanzhi.organisation', true), '') end;

-- Where rows belong ---------------------------------------------------------------------------------------------------

-- True: no file named a district, the outlines did; it follows them when they change.
alter table sites add column district_located boolean not null default false;
alter table target_areas add column district_codes text[] not null default '{}';
alter table plans
  add column created_by text collate "C" default my_account(),
  add column district_codes text[] not null default '{}';
alter table imports
  add column created_by text collate "C" default my_account(),
  add column organisation text not null default coalesce(current_setting('zhanzhi.organisation', true), '');
alter table reviews add column account_id text collate "C" default my_account();

-- The same file is one import for one person: somebody else's report is not theirs to read.
drop index imports_once;
create unique index imports_once on imports (kind, digest, datum, settings, coalesce(created_by, '')) where outcome = 'stored';

create function district_at(place geometry) returns text stable parallel safe
  return (select d.code from districts d where ST_Covers(d.geom, place) order by d.code limit 1);

/* Districts that share ground with the shape; a common border is none. */
create function districts_under(shape geometry) returns text[] stable parallel safe
  return coalesce((select array_agg(d.code order by d.code) from districts d
                    where d.geom && shape and ST_Intersects(d.geom, shape) and not ST_Touches(d.geom, shape)), '{}');

create function districts_of_request(request jsonb) returns text[] stable parallel safe
  return coalesce((select array_agg(distinct code order by code)
                     from jsonb_array_elements_text(request->'areaIds') as asked (id)
                     join target_areas a on a.id = asked.id, unnest(a.district_codes) as code), '{}');

create function locate_site() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.district_code := coalesce(district_at(new.geom), '');
  new.district_located := new.district_code <> '';
  return new;
end $$;
create trigger sites_located before insert or update of geom, district_code on sites for each row
  when (new.district_code = '') execute function locate_site();

-- A person's site must lie in their territory by its place too, not only by the code it is given. District by district: each
-- outline is unpacked and prepared once for all of its sites.
create function refuse_foreign_place() returns trigger language plpgsql security definer set search_path from current as $$
declare
  wanted constant text := case tg_op when 'INSERT' then 'resource:create' else 'resource:update' end;
  mine text[];
begin
  if my_account() is null or scope_of(wanted) is distinct from 'territory' or reaches_all(wanted) then return null; end if;
  mine := my_wider_districts(wanted);
  if exists (select from districts d
               cross join lateral (select n.id, n.geom from written n where n.geom && d.geom offset 0) as near
              where ST_Covers(d.geom, near.geom) group by near.id having not bool_or(d.code = any (mine))) then
    raise exception 'the site lies outside the territory' using errcode = '42501';
  end if;
  return null;
end $$;
create trigger sites_place_new after insert on sites referencing new table as written
  for each statement execute function refuse_foreign_place();
create trigger sites_place_changed after update on sites referencing new table as written
  for each statement execute function refuse_foreign_place();

create function locate_area() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.district_codes := districts_under(new.geom);
  return new;
end $$;
create trigger target_areas_located before insert or update of geom on target_areas
  for each row execute function locate_area();

create function locate_plan() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.district_codes := districts_of_request(new.request);
  return new;
end $$;
create trigger plans_located before insert on plans for each row execute function locate_plan();

create function locate_again() returns trigger language plpgsql security definer set search_path from current as $$
declare
  moved bigint;
begin
  update sites s set district_code = coalesce(found.code, ''), district_located = found.code is not null
    from sites known
    left join (select near.id, min(d.code) as code from districts d
                 cross join lateral (select n.id, n.geom from sites n
                                      where n.geom && d.geom and (n.district_code = '' or n.district_located) offset 0) as near
                where ST_Covers(d.geom, near.geom) group by near.id) as found on found.id = known.id
   where s.id = known.id and (known.district_code = '' or known.district_located)
     and known.district_code <> coalesce(found.code, '');
  get diagnostics moved = row_count;
  if moved > 0 then update layer_revisions set revision = revision + 1 where layer = 'sites'; end if;
  update target_areas a set district_codes = found.codes
    from (select id, districts_under(geom) as codes from target_areas) as found
   where a.id = found.id and a.district_codes <> found.codes;
  update plans p set district_codes = found.codes
    from (select id, districts_of_request(request) as codes from plans) as found
   -- areas of a deleted plan may be gone, and with them what is known of its place
   where p.id = found.id and p.district_codes <> found.codes and p.deleted_at is null;
  return null;
end $$;
create trigger districts_moved after insert or update or delete on districts
  for each statement execute function locate_again();

update sites s set district_code = found.code, district_located = true
  from (select near.id, min(d.code) as code from districts d
          cross join lateral (select n.id, n.geom from sites n where n.geom && d.geom and n.district_code = '' offset 0) as near
         where ST_Covers(d.geom, near.geom) group by near.id) as found
 where s.id = found.id;
update target_areas set district_codes = districts_under(geom);
update plans set district_codes = districts_of_request(request);

/* 0-based places of listed sites whose writing would be refused to who acts: for the issues of an import. */
create function sites_out_of_reach(listed json) returns integer[]
  language plpgsql stable security definer set search_path from current as $$
declare
  every_new constant boolean := reaches_all('resource:create');
  every_old constant boolean := reaches_all('resource:update');
  districts_new constant text[] := my_districts('resource:create');
  districts_old constant text[] := my_districts('resource:update');
  towns_new constant text[] := my_towns('resource:create');
  towns_old constant text[] := my_towns('resource:update');
  mine_new constant text := my_organisation('resource:create');
  mine_old constant text := my_organisation('resource:update');
  around constant text[] := my_wider_districts('resource:create');
begin
  if my_account() is null then return '{}'; end if;
  return coalesce((
    with r as materialized (
      select *, ST_SetSRID(ST_MakePoint(lon, lat), 4490) as geom
        from rows from (json_to_recordset(listed) as (code text, lon float8, lat float8, "districtCode" text,
               "townCode" text, owner text)) with ordinality as t (code, lon, lat, district, town, owner, place)
    ), at as materialized (
      select near.place, array_agg(d.code order by d.code) as codes from districts d
       cross join lateral (select n.place, n.geom from r n where n.geom && d.geom offset 0) as near
       where ST_Covers(d.geom, near.geom) group by near.place)
    select array_agg(r.place - 1 order by r.place)
      from r left join at on at.place = r.place left join sites old on old.code = r.code
     where not coalesce(every_new or r.owner = mine_new
                 or ((coalesce(nullif(r.district, ''), at.codes[1], '') = any (districts_new) or r.town = any (towns_new))
                     and (at.codes is null or at.codes && around)), false)
        or (old.id is not null and not coalesce(every_old or old.owner = mine_old
                 or old.district_code = any (districts_old) or old.town_code = any (towns_old), false))), '{}');
end $$;

/* The same for areas. */
create function areas_out_of_reach(listed json) returns integer[]
  language plpgsql stable security definer set search_path from current as $$
declare
  every constant boolean := reaches_all('area:change');
  districts constant text[] := my_districts('area:change');
begin
  if my_account() is null or every then return '{}'; end if;
  return coalesce((
    select array_agg(r.place - 1 order by r.place)
      from rows from (json_to_recordset(listed) as (id text, geometry json)) with ordinality as r (id, geometry, place)
      cross join lateral (select districts_under(ST_SetSRID(ST_GeomFromGeoJSON(r.geometry::text), 4490)) as codes) as at
      left join target_areas old on old.id = r.id
     where at.codes = '{}' or not at.codes <@ districts
        or (old.id is not null and not (old.district_codes <> '{}' and old.district_codes <@ districts))), '{}');
end $$;

-- Nobody judges what they made --------------------------------------------------------------------------------------

create function refuse_own_review() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if my_account() is not null then
    -- who judged is who is signed in, whatever was typed
    new.account_id := my_account();
    new.reviewer := current_setting('zhanzhi.name', true);
  end if;
  if exists (select from plans p where p.id = new.plan_id and p.created_by = new.account_id) then
    raise exception 'nobody reviews a plan they made' using errcode = '23514', constraint = 'reviews_not_own_plan';
  end if;
  return new;
end $$;
create trigger reviews_not_own before insert on reviews for each row execute function refuse_own_review();

-- What belongs to a deleted plan goes with it, also the rows the person who deletes it cannot see.
create function empty_deleted_plan() returns trigger language plpgsql security definer set search_path from current as $$
begin
  delete from plan_items where plan_id = new.id;
  delete from plan_rasters where plan_id = new.id;
  delete from plan_certificates where plan_id = new.id;
  return null;
end $$;
create trigger plans_emptied after update of deleted_at on plans for each row
  when (old.deleted_at is null and new.deleted_at is not null) execute function empty_deleted_plan();

-- Sites to 0.001 degrees -----------------------------------------------------------------------------------------------

/* Codes made from a place hold it: no number keeps more than three decimals. */
create function mask_decimals(words text) returns text immutable parallel safe
  return case when strpos(words, '.') > 0 or strpos(words, '．') > 0 then regexp_replace(words, '([.．][0-9０-９]{3})[0-9０-９]+', '\1', 'g')
              else words end;

create function mask_place(lon double precision, lat double precision) returns geometry immutable parallel safe
  return ST_SetSRID(ST_MakePoint(round(lon * 1000) / 1000, round(lat * 1000) / 1000), 4490);

-- Kept with the row: a filter on what is computed in a view could use no index, and would read every row.
alter table sites
  add column masked_geom geometry(Point, 4490) not null generated always as (mask_place(ST_X(geom), ST_Y(geom))) stored,
  add column masked_code text collate "C" not null generated always as (mask_decimals(code)) stored,
  add column masked_name text collate "C" not null generated always as (mask_decimals(name)) stored,
  add column masked_search_text text not null
    generated always as (lower(mask_decimals(code) || ' ' || mask_decimals(name) || ' ' || owner)) stored;
create index sites_masked_geom on sites using gist (masked_geom);

create schema masked;
create view masked.sites as
  select id, masked_code as code, masked_name as name, resource_type, structure, masked_geom as geom,
         ST_X(masked_geom) as lon, ST_Y(masked_geom) as lat,
         -- rounded once: the same place rounded in a second datum would tell it more exactly
         ST_X(masked_geom) as original_lon, ST_Y(masked_geom) as original_lat, 'CGCS2000'::text as datum,
         height_m, status, cost_cny, owner, free_status, power_mode, build_mode, district_code, town_code, origin,
         mask_decimals(source_file) as source_file, source_row, import_id, masked_search_text as search_text,
         azimuths_deg, electrical_tilt_deg, mechanical_tilt_deg, district_located
    from public.sites;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.sites owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant usage on schema masked to zhanzhi_masked;
grant select on masked.sites to zhanzhi_masked;
grant select on sites to zhanzhi_views;

-- Rights -------------------------------------------------------------------------------------------------------------

grant usage on schema public to zhanzhi_app, zhanzhi_masked, zhanzhi_views;
grant select on permissions to zhanzhi_app, zhanzhi_masked, zhanzhi_views;
-- ground, read by everybody
grant select on districts, towns, buildings, roads, pipes, demand_points, rasters, raster_pieces, antennas, layer_revisions
  to zhanzhi_app, zhanzhi_masked;
grant select on towns to zhanzhi_views;
grant insert, update, delete on districts, towns, buildings, roads, pipes, demand_points, rasters, raster_pieces, antennas
  to zhanzhi_app;
grant update (revision) on layer_revisions to zhanzhi_app;
-- rows of a territory
grant select, insert, update on sites to zhanzhi_app;
grant select on target_areas, plans, plan_items, plan_rasters, reviews, settings to zhanzhi_app, zhanzhi_masked;
grant insert, update, delete on target_areas to zhanzhi_app;
grant insert on plans to zhanzhi_app;
grant update (name, state, progress, lease_until, finished_at, deleted_at) on plans to zhanzhi_app;
grant select on plan_certificates to zhanzhi_app;
grant delete on plan_items, plan_rasters, plan_certificates to zhanzhi_app;
grant insert on reviews to zhanzhi_app;
grant select, insert on imports to zhanzhi_app;
grant update (outcome) on imports to zhanzhi_app;

revoke execute on function sites_out_of_reach(json), areas_out_of_reach(json), locate_site(), refuse_foreign_place(),
  locate_area(), locate_plan(), locate_again(), refuse_own_review(), empty_deleted_plan() from public;
grant execute on function sites_out_of_reach(json), areas_out_of_reach(json) to zhanzhi_app;

-- Ground has no territory: one look at the permission for each statement.
create function demand_permission() returns trigger language plpgsql as $$
begin
  if my_account() is not null and not may(tg_argv[0]) then
    raise exception '% is not allowed', tg_argv[0] using errcode = '42501';
  end if;
  return null;
end $$;
do $$
declare
  ground text;
begin
  foreach ground in array array['districts', 'towns', 'buildings', 'roads', 'pipes', 'demand_points', 'rasters',
                                'raster_pieces', 'antennas'] loop
    execute format('create trigger %I before insert or update or delete on %I for each statement
                    execute function demand_permission(''ground:change'')', ground || '_permission', ground);
  end loop;
end $$;

-- Policies -----------------------------------------------------------------------------------------------------------
-- Functions stand in (select …), so that they are asked once per statement and not once per row.

do $$
declare
  guarded text;
begin
  foreach guarded in array array['sites', 'target_areas', 'plans', 'plan_items', 'plan_rasters', 'plan_certificates',
                                 'reviews', 'imports', 'settings'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy sites_read on sites for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('resource:read')) or district_code = any ((select my_districts('resource:read'))::text[])
  or town_code = any ((select my_towns('resource:read'))::text[]) or owner = (select my_organisation('resource:read')));
create policy sites_create on sites for insert to zhanzhi_app with check (
  (select reaches_all('resource:create')) or district_code = any ((select my_districts('resource:create'))::text[])
  or town_code = any ((select my_towns('resource:create'))::text[]) or owner = (select my_organisation('resource:create')));
create policy sites_update on sites for update to zhanzhi_app using (
  (select reaches_all('resource:update')) or district_code = any ((select my_districts('resource:update'))::text[])
  or town_code = any ((select my_towns('resource:update'))::text[]) or owner = (select my_organisation('resource:update')));

-- An area is read by every district it lies in, and changed by whoever has all of them.
create policy target_areas_read on target_areas for select to zhanzhi_app, zhanzhi_masked using (
  (select reaches_all('area:read')) or district_codes && (select my_wider_districts('area:read'))::text[]);
create policy target_areas_create on target_areas for insert to zhanzhi_app with check (
  (select reaches_all('area:change'))
  or (district_codes <> '{}' and district_codes <@ (select my_districts('area:change'))::text[]));
create policy target_areas_update on target_areas for update to zhanzhi_app using (
  (select reaches_all('area:change'))
  or (district_codes <> '{}' and district_codes <@ (select my_districts('area:change'))::text[]));
create policy target_areas_delete on target_areas for delete to zhanzhi_app using (
  (select reaches_all('area:change'))
  or (district_codes <> '{}' and district_codes <@ (select my_districts('area:change'))::text[]));

-- A plan is one document: its totals, request and raster cannot be cut, so it belongs to whoever has all its districts.
create policy plans_read on plans for select to zhanzhi_app, zhanzhi_masked using (
  (select reaches_all('plan:read'))
  or (district_codes <> '{}' and district_codes <@ (select my_wider_districts('plan:read'))::text[]));
create policy plans_create on plans for insert to zhanzhi_app with check (
  created_by = (select my_account())
  and ((select reaches_all('plan:create'))
       or (district_codes <> '{}' and district_codes <@ (select my_districts('plan:create'))::text[])));
create policy plans_update on plans for update to zhanzhi_app using (
  (select reaches_all('plan:update'))
  or (district_codes <> '{}' and district_codes <@ (select my_districts('plan:update'))::text[]));

-- Its rows are those of sites one may read: a plan also takes sites across the border.
create policy plan_items_read on plan_items for select to zhanzhi_app using (
  plan_id in (select p.id from plans p) and exists (select from sites s where s.id = site_id));
create policy plan_items_read_masked on plan_items for select to zhanzhi_masked using (
  plan_id in (select p.id from plans p) and exists (select from masked.sites s where s.id = site_id));
create policy plan_items_delete on plan_items for delete to zhanzhi_app using (
  (select may('plan:update')) and plan_id in (select p.id from plans p where p.deleted_at is not null));
create policy plan_rasters_read on plan_rasters for select to zhanzhi_app, zhanzhi_masked using (
  plan_id in (select p.id from plans p));
create policy plan_rasters_delete on plan_rasters for delete to zhanzhi_app using (
  (select may('plan:update')) and plan_id in (select p.id from plans p where p.deleted_at is not null));
create policy plan_certificates_read on plan_certificates for select to zhanzhi_app using (
  plan_id in (select p.id from plans p));
create policy plan_certificates_delete on plan_certificates for delete to zhanzhi_app using (
  (select may('plan:update')) and plan_id in (select p.id from plans p where p.deleted_at is not null));

create policy reviews_read on reviews for select to zhanzhi_app using (
  (select may('review:read')) and plan_id in (select p.id from plans p)
  and exists (select from sites s where s.id = site_id));
create policy reviews_read_masked on reviews for select to zhanzhi_masked using (
  (select may('review:read')) and plan_id in (select p.id from plans p)
  and exists (select from masked.sites s where s.id = site_id));
create policy reviews_decide on reviews for insert to zhanzhi_app with check (
  (select may('review:decide')) and account_id = (select my_account()) and plan_id in (select p.id from plans p)
  and exists (select from sites s where s.id = site_id));

-- A report quotes the rows of its file: for who sent it, for their own organisation where rows are by organisation.
create policy imports_read on imports for select to zhanzhi_app using (
  (select reaches_all('import:read')) or ((select may('import:read')) and created_by = (select my_account()))
  or organisation = (select my_organisation('import:read')));
create policy imports_create on imports for insert to zhanzhi_app with check (
  (select may('import:create')) and created_by = (select my_account())
  and organisation = coalesce((select current_setting('zhanzhi.organisation', true)), ''));
create policy imports_update on imports for update to zhanzhi_app using (
  (select may('import:create')) and created_by = (select my_account()));

create policy settings_read on settings for select to zhanzhi_app, zhanzhi_masked using (key in ('sample', 'development'));
