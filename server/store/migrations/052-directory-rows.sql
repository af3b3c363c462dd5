-- The rows of a directory are filtered, sorted, counted against the version before and put on a map by whoever may read them. What masked
-- roles see of a row is kept with it, as with sites and resources: worked out in a view it would be worked out for every row of both
-- versions each time, which took ten times as long as everything else. Published rows do not change: a column is added to them, nothing more.

alter table directory_rows
  add column masked_lon double precision not null generated always as (round(lon * 1000) / 1000) stored,
  add column masked_lat double precision not null generated always as (round(lat * 1000) / 1000) stored,
  -- Only where there is something to hide: most rows have no long numbers.
  add column masked_snapshot jsonb generated always as (nullif(mask_decimals(snapshot::text)::jsonb, snapshot)) stored;

create or replace view masked.directory_rows as
  select directory_id, resource_id, masked_lon as lon, masked_lat as lat, coalesce(masked_snapshot, snapshot) as snapshot
    from public.directory_rows;
