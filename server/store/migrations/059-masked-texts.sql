-- Places may be written into any text of a resource: those that were forgotten are rounded for masked roles, too.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create or replace view masked.resources as
  select id, coalesce(masked_code, code) as code, coalesce(masked_name, name) as name, mask_decimals(address) as address, resource_type, state,
         masked_geom as geom, ST_X(masked_geom) as lon, ST_Y(masked_geom) as lat,
         ST_X(masked_geom) as original_lon, ST_Y(masked_geom) as original_lat,
         case when masked_geom is not null then 'CGCS2000'::text end as datum,
         location_quality, district_code, district_located, town_code, committees, owner, owner_type, owner_confirmed_at,
         owner_confirmed_by, free_status, fee_cny_per_year, mask_decimals(fee_basis) as fee_basis, whitelisted, total_height_m,
         mount_heights_m, load_kg, slots, power_mode, power_distance_m, power_kva, power_price_cny_per_kwh, fibre, duct_distance_m,
         mask_decimals(room_ref) as room_ref, structure_check, mask_decimals(appearance_requirement) as appearance_requirement,
         existing_systems, constraint_flags, survey_date, mask_decimals(surveyor) as surveyor, valid_from, valid_to, cost_cny,
         build_mode, site_id, origin, mask_decimals(source_file) as source_file, source_row, import_id, created_at, created_by,
         updated_at, version, coalesce(masked_search_text, search_text) as search_text
    from public.resources;
