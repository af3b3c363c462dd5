-- What lies on the ground: districts, target areas, buildings, roads, conduits, demand, and the files it came from.
-- Geometry is CGCS2000 longitude and latitude (EPSG:4490), valid, within the world; ids are given by the caller.

create table imports (
  id text collate "C" primary key check (id <> ''),
  kind text not null check (kind in ('sites', 'pipes', 'buildings', 'roads', 'districts', 'areas', 'demand')),
  file_name text not null,
  digest text not null check (digest <> ''),
  datum text not null check (datum in ('CGCS2000', 'WGS84', 'GCJ-02', 'BD-09')),
  settings text not null,
  outcome text not null check (outcome in ('stored', 'replaced')),
  report jsonb not null,
  issues jsonb not null check (jsonb_typeof(issues) = 'array'),
  created_at timestamptz not null default now()
);
-- The same file with the same settings is one import; a later one replaces it when its rows were deleted since.
create unique index imports_once on imports (kind, digest, datum, settings) where outcome = 'stored';
create index imports_newest on imports (created_at desc, id);

create table districts (
  code text collate "C" primary key check (code <> ''),
  name text not null check (name <> ''),
  geom geometry(MultiPolygon, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  area_km2 double precision not null check (area_km2 > 0),
  import_id text collate "C" references imports deferrable initially deferred
);
create index districts_geom on districts using gist (geom);

create table towns (
  code text collate "C" primary key check (code <> ''),
  name text not null check (name <> ''),
  district_code text not null
);

create table target_areas (
  id text collate "C" primary key check (id <> ''),
  name text not null check (name <> ''),
  kind text not null check (kind <> ''),
  geom geometry(MultiPolygon, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  area_km2 double precision not null check (area_km2 > 0),
  source_file text,
  import_id text collate "C" references imports deferrable initially deferred,
  created_at timestamptz not null default now()
);
create index target_areas_geom on target_areas using gist (geom);
create index target_areas_kind on target_areas (kind);

create table buildings (
  id text collate "C" primary key check (id <> ''),
  height_m real check (height_m > 0 and height_m <= 1000),
  geom geometry(MultiPolygon, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  -- Longer side of the box in degrees: tiles leave out what cannot be seen.
  extent_deg double precision not null generated always as
    (greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom))) stored,
  import_id text collate "C" references imports deferrable initially deferred
);
create index buildings_geom on buildings using gist (geom);

create table roads (
  id text collate "C" primary key check (id <> ''),
  name text not null,
  road_class text not null check (road_class in
    ('trunk', 'primary', 'secondary', 'tertiary', 'residential', 'service', 'path', 'rail', 'other')),
  geom geometry(MultiLineString, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  import_id text collate "C" references imports deferrable initially deferred
);
create index roads_geom on roads using gist (geom);

create table pipes (
  id text collate "C" primary key check (id <> ''),
  code text not null,
  name text not null,
  kind text not null,
  owner text not null,
  ducts integer check (ducts >= 0),
  geom geometry(MultiLineString, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  import_id text collate "C" references imports deferrable initially deferred
);
create index pipes_geom on pipes using gist (geom);

create table demand_points (
  id text collate "C" primary key check (id <> ''),
  geom geometry(Point, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  weight double precision not null check (weight >= 0 and weight < 'Infinity'),
  import_id text collate "C" references imports deferrable initially deferred
);
create index demand_points_geom on demand_points using gist (geom);

-- Raised in the transaction that changes a layer; part of tile addresses.
create table layer_revisions (
  layer text primary key check (layer in
    ('sites', 'areas', 'districts', 'buildings', 'roads', 'pipes', 'demand')),
  revision integer not null default 0
);
insert into layer_revisions (layer)
values ('sites'), ('areas'), ('districts'), ('buildings'), ('roads'), ('pipes'), ('demand');

create table settings (
  key text primary key check (key <> ''),
  value jsonb not null
);

-- Why a GeoJSON geometry cannot be stored, or NULL. A geometry that PostGIS cannot even read is one of the answers.
create function geometry_problem(geojson json) returns text language plpgsql as $$
declare
  shape geometry;
begin
  shape := ST_SetSRID(ST_GeomFromGeoJSON(geojson::text), 4490);
  if ST_IsEmpty(shape) then return 'Empty geometry'; end if;
  if ST_IsValid(shape) then return null; end if;
  return ST_IsValidReason(shape);
exception when others then
  return sqlerrm;
end $$;
