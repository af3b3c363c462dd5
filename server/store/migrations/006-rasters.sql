-- Terrain and clutter rasters: a frame of degrees with its pieces of at most 512 x 512 cells as packed bytes, read by box.
-- Plain columns instead of postgis_raster, which the embedded database does not have.
create table rasters (
  id text collate "C" primary key check (id <> ''),
  kind text not null check (kind in ('terrain', 'clutter')),
  name text not null check (name <> ''),
  source_file text not null,
  digest text not null check (digest <> ''),
  crs text not null,
  -- outer corner of the north-western cell and size of a cell, in degrees
  west_deg double precision not null check (west_deg between -181 and 181),
  north_deg double precision not null check (north_deg between -91 and 91),
  step_lon_deg double precision not null check (step_lon_deg > 0),
  step_lat_deg double precision not null check (step_lat_deg > 0),
  columns integer not null check (columns > 0),
  rows integer not null check (rows > 0),
  resolution_m double precision not null check (resolution_m > 0),
  -- cells of the file without a value
  holes integer not null check (holes >= 0),
  lowest_m double precision,
  highest_m double precision,
  import_id text collate "C" references imports deferrable initially deferred,
  created_at timestamptz not null default now()
);

-- Pieces without any value are left out.
create table raster_pieces (
  raster_id text collate "C" not null references rasters on delete cascade,
  first_row integer not null check (first_row >= 0),
  first_column integer not null check (first_column >= 0),
  columns integer not null check (columns between 1 and 512),
  rows integer not null check (rows between 1 and 512),
  west double precision not null,
  south double precision not null,
  east double precision not null check (east > west),
  north double precision not null check (north > south),
  cells bytea not null,
  primary key (raster_id, first_row, first_column)
);
create index raster_pieces_box on raster_pieces (west, east, south, north);

alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check check (kind in
  ('sites', 'pipes', 'buildings', 'roads', 'districts', 'areas', 'demand', 'terrain', 'population', 'clutter'));

alter table layer_revisions drop constraint layer_revisions_layer_check;
alter table layer_revisions add constraint layer_revisions_layer_check check (layer in
  ('sites', 'areas', 'districts', 'buildings', 'roads', 'pipes', 'demand', 'rasters'));
insert into layer_revisions (layer) values ('rasters');
