-- Places where equipment can stand. Longitude and latitude are kept as numbers too: filters, boxes and grids over
-- 200 000 rows read them without unpacking geometry.

create table sites (
  id text collate "C" primary key check (id <> ''),
  code text collate "C" not null check (code <> ''),
  name text collate "C" not null,
  resource_type text not null,
  structure text not null check (structure in ('pole', 'roof', 'tower')),
  geom geometry(Point, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  lon double precision not null generated always as (ST_X(geom)) stored check (lon between -180 and 180),
  lat double precision not null generated always as (ST_Y(geom)) stored check (lat between -90 and 90),
  original_lon double precision not null,
  original_lat double precision not null,
  datum text not null check (datum in ('CGCS2000', 'WGS84', 'GCJ-02', 'BD-09')),
  height_m double precision not null check (height_m > 0 and height_m <= 1000),
  status text not null check (status in ('existing', 'candidate', 'proposed', 'unavailable')),
  cost_cny bigint not null check (cost_cny >= 0),
  owner text collate "C" not null,
  free_status text check (free_status in ('必须免费', '协调免费', '商谈')),
  power_mode text check (power_mode in ('直供', '转供', '待引入')),
  build_mode text not null check (build_mode in ('直接利用', '改造', '替换', '新建')),
  district_code text not null,
  town_code text not null,
  origin text not null check (origin in ('import', 'derived', 'sample')),
  source_file text,
  source_row integer check (source_row > 0),
  import_id text collate "C" references imports deferrable initially deferred,
  -- What the search box looks through.
  search_text text not null generated always as (lower(code || ' ' || name || ' ' || owner)) stored
);
create unique index sites_code on sites (code);
create index sites_geom on sites using gist (geom);
create index sites_status on sites (status);
create index sites_district on sites (district_code);
