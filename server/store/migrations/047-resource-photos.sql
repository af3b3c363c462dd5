-- Photos of resources (domain reference, 4.2, photos[]): whoever may read the resource sees them, whoever may update it adds and
-- removes them. The bytes lie in files named by their digest, as those of cases (migration 041). For masked roles a photo says
-- nothing of its place: several around one pole would tell it more exactly than 0.001 degrees.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table resource_photos (
  id text collate "C" primary key check (id <> ''),
  resource_id text collate "C" not null references resources on delete cascade,
  kind text not null check (kind in ('全景', '安装位置', '电源', '传输', '机房', '其他')),
  -- SHA-256 of the kept bytes, which have lost their metadata: the name of the file.
  digest text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of what was sent.
  sent_digest text collate "C" not null check (sent_digest ~ '^[0-9a-f]{64}$'),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes integer not null check (bytes > 0),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  file_name text not null default '',
  -- From its metadata; NULL: it said nothing.
  taken_at timestamptz,
  geom geometry(Point, 4490),
  lon double precision generated always as (ST_X(geom)) stored,
  lat double precision generated always as (ST_Y(geom)) stored,
  -- From where the resource stands now.
  distance_m double precision,
  warnings text[] not null default '{}' check (warnings <@ array['far', 'no-position', 'no-time', 'future']),
  uploaded_at timestamptz not null default now(),
  uploaded_by text collate "C" default my_account(),
  uploader text not null default '',
  unique (resource_id, kind, digest)
);
create index resource_photos_digest on resource_photos (digest);

-- What follows from a change ------------------------------------------------------------------------------------------------

create function keep_resource_photo() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    new.uploaded_at := now();
    new.uploaded_by := my_account();
    new.uploader := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  end if;
  new.distance_m := (select ST_DistanceSphere(new.geom, r.geom) from resources r where r.id = new.resource_id);
  new.warnings := array_remove(array[
    case when new.geom is null then 'no-position' when new.distance_m > 500 then 'far' end,
    case when new.taken_at is null then 'no-time' when new.taken_at > new.uploaded_at + interval '1 day' then 'future' end], null);
  return new;
end $$;
create trigger resource_photos_kept before insert or update on resource_photos for each row execute function keep_resource_photo();

/* A resource that is placed, or placed elsewhere, is near other photos than before. */
create function measure_resource_photos() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update resource_photos set distance_m = null where resource_id = new.id;
  return null;
end $$;
create trigger resources_photos after update of geom on resources for each row
  when (old.geom is distinct from new.geom) execute function measure_resource_photos();

/* Whether any row names these bytes. */
create or replace function photo_wanted(wanted text) returns boolean
  language sql stable security definer set search_path from current as $$
  select exists (select from photos p where p.digest = wanted) or exists (select from resource_photos p where p.digest = wanted)
$$;

-- History -------------------------------------------------------------------------------------------------------------

create trigger resource_photos_audit after insert or delete on resource_photos for each row
  execute function audit_row('resource-photo', 'resource_id', 'lon', 'lat', 'distance_m', 'uploaded_at', 'uploaded_by');

/* What became of one resource and its photos, newest first, for whoever may read it; without places and long numbers for masked
   roles, and never with the place of a photo. */
drop function resource_history(text);
create function resource_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  hidden constant text[] := array['geom', 'search_text'] || case when hides
    then array['lon', 'lat', 'original_lon', 'original_lat', 'datum'] else '{}' end;
begin
  if my_account() is not null and not exists (select from resources r where r.id = wanted
       and within_reach('{resource:read}', r.district_code, r.town_code, r.owner)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.object, a.action,
           case when hides then mask_decimals((a.before::jsonb - hidden)::text)::json else (a.before::jsonb - hidden)::json end,
           case when hides then mask_decimals((a.after::jsonb - hidden)::text)::json else (a.after::jsonb - hidden)::json end,
           a.reason
      from audit_records a where a.object in ('resource', 'resource-photo') and a.object_id = wanted order by a.seq desc;
end $$;

-- Without any place ------------------------------------------------------------------------------------------------------

create view masked.resource_photos as
  select id, resource_id, kind, digest, media_type, bytes, width, height, mask_decimals(file_name) as file_name, taken_at,
         null::geometry(Point, 4490) as geom, null::double precision as lon, null::double precision as lat,
         null::double precision as distance_m, warnings, uploaded_at, uploaded_by, uploader
    from public.resource_photos;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.resource_photos owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.resource_photos to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on resource_photos to zhanzhi_views;
grant select, insert, delete on resource_photos to zhanzhi_app;
revoke execute on function keep_resource_photo(), measure_resource_photos(), resource_history(text) from public;
grant execute on function resource_history(text) to zhanzhi_app, zhanzhi_masked;

alter table resource_photos enable row level security;
alter table resource_photos force row level security;
create policy system on resource_photos to current_user using (true) with check (true);
create policy resource_photos_read on resource_photos for select to zhanzhi_app, zhanzhi_views using (
  exists (select from resources r where r.id = resource_id));
create policy resource_photos_add on resource_photos for insert to zhanzhi_app with check (
  exists (select from resources r where r.id = resource_id
    and within_reach('{resource:update}', r.district_code, r.town_code, r.owner)));
create policy resource_photos_remove on resource_photos for delete to zhanzhi_app using (
  exists (select from resources r where r.id = resource_id
    and within_reach('{resource:update}', r.district_code, r.town_code, r.owner)));
