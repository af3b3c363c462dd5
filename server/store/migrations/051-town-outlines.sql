-- Outlines of towns are stored beside those of their districts. An area or a plan within one district lay in its towns as well, and whoever
-- had that district alone saw neither: the codes of an area name districts only, and a town's code begins with its district's.

/* Districts that share ground with the shape; a common border is none. */
create or replace function districts_under(shape geometry) returns text[] stable parallel safe
  return coalesce((select array_agg(d.code order by d.code) from districts d
                    where d.geom && shape and ST_Intersects(d.geom, shape) and not ST_Touches(d.geom, shape)
                      and not exists (select from districts wider where length(wider.code) between 6 and length(d.code) - 1
                                         and starts_with(d.code, wider.code))), '{}');

update target_areas a set district_codes = found.codes
  from (select id, districts_under(geom) as codes from target_areas) as found
 where a.id = found.id and a.district_codes <> found.codes;
update plans p set district_codes = found.codes
  from (select id, districts_of_request(request) as codes from plans) as found
 where p.id = found.id and p.district_codes <> found.codes and p.deleted_at is null;
