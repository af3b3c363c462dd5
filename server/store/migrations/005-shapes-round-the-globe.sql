-- An edge half round the globe has no one shortest way, and PostGIS refuses to say how large such an area is. Told where
-- geometries are checked, it is an issue at its row instead of a failed import.
create or replace function geometry_problem(geojson json) returns text language plpgsql as $$
declare
  shape geometry;
begin
  shape := ST_SetSRID(ST_GeomFromGeoJSON(geojson::text), 4490);
  if ST_IsEmpty(shape) then return 'Empty geometry'; end if;
  if not ST_IsValid(shape) then return ST_IsValidReason(shape); end if;
  if ST_XMax(shape) - ST_XMin(shape) >= 180 then perform ST_Area(shape::geography); end if;
  return null;
exception when others then
  return sqlerrm;
end $$;
