// Roads: centre lines with a class. One road of the store may be several lines.
import type { Box, Road } from '../../engine/index.ts';
import type { MultiLineString } from './postgis-types.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, geometryOfRowSql } from './sql-text.ts';
import type { Queryable } from './store.ts';
import { halfPixelDeg, type TileFeature } from './tile-feature.ts';
import { loadTileFeatures } from './tile-query.ts';
import { readGeometries } from './wkb.ts';

export interface StoredRoad {
  readonly id: string;
  readonly name: string;
  /** One of the classes of `Road`. */
  readonly roadClass: string;
  readonly geometry: MultiLineString;
}

/** Inserts, or updates by id. */
export function saveRoads(
  db: Queryable,
  roads: readonly StoredRoad[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'roads', saveSql, roads, (road) => road.id, importId);
}

const saveSql = `
  with saved as (
    insert into roads (id, name, road_class, geom, import_id)
    select r.id, r.name, r."roadClass", ${geometryOfRowSql}, $2
      from json_to_recordset($1::json) as r (id text, name text, "roadClass" text, geometry json)
    on conflict (id) do update set name = excluded.name, road_class = excluded.road_class, geom = excluded.geom,
      import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

/** Roads that touch the box, by id, one per line. */
export async function loadRoads(db: Queryable, box: Box): Promise<Road[]> {
  const { rows } = await db.query<{ named: [name: string, roadClass: string][] | null; wkb: Buffer | null }>(
    `select json_agg(json_build_array(r.name, r.road_class)) as named,
            string_agg(ST_AsBinary(r.geom, 'NDR'), ''::bytea) as wkb
       from (select name, road_class, geom from roads where geom && ${boxSql} order by id) as r`,
    box,
  );
  const { named, wkb } = rows[0] ?? { named: null, wkb: null };
  if (!named || !wkb) return [];
  return readGeometries(wkb).flatMap((geometry, i) => {
    const [name = '', roadClass = 'other'] = named[i] ?? [];
    if (geometry.type !== 'MultiLineString') throw new Error(`a road is stored as ${geometry.type}`);
    return geometry.coordinates.map((path) => ({ name, roadClass, path }));
  });
}

export interface RoadLength {
  readonly by: 'name' | 'class';
  readonly value: string;
  /** Kilometres on the ellipsoid. */
  readonly lengthKm: number;
}

/** Names and classes of the roads inside the areas, each with its length there, longest first. `most`: of each kind. */
export async function loadRoadLengths(
  db: Queryable,
  areaIds: readonly string[],
  most: number,
): Promise<RoadLength[]> {
  const { rows } = await db.query<{ lengths: RoadLength[] }>(
    `with ground as materialized (
       select ST_Union(geom) as geom from target_areas where id = any($1::text[])
     ), inside as materialized (
       select btrim(r.name) as name, r.road_class,
              ST_Length((case when ST_CoveredBy(r.geom, g.geom) then r.geom
                              else ST_CollectionExtract(ST_Intersection(r.geom, g.geom), 2) end)::geography) / 1000 as km
         from roads r join ground g on r.geom && g.geom and ST_Intersects(r.geom, g.geom)
     ), sums as (
       select 'class' as by, road_class as value, sum(km) as km from inside group by road_class
       union all
       select 'name', name, sum(km) from inside where name <> '' group by name
     ), ranked as (
       select *, row_number() over (partition by by order by km desc, value) as place from sums where km > 0
     )
     select coalesce(json_agg(json_build_object('by', by, 'value', value, 'lengthKm', km) order by by, place), '[]') as lengths
       from ranked where place <= $2`,
    [areaIds, most],
  );
  return rows[0]?.lengths ?? [];
}

/** Features with `name` and `roadClass`; small roads appear as the map comes closer. */
export function loadRoadTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select r.id, json_build_object('name', r.name, 'roadClass', r.road_class) as properties,
            ST_Multi(ST_Simplify(r.geom, $5::float8, true)) as geom
       from roads r
      where r.geom && ${boxSql}
        and ($6::int >= 13 or r.road_class in ('trunk', 'primary', 'rail')
             or ($6::int >= 11 and r.road_class in ('secondary', 'tertiary')))
      order by array_position(array['trunk', 'primary', 'rail', 'secondary', 'tertiary', 'residential'], r.road_class), r.id`,
    [...box, halfPixelDeg(zoom), zoom],
  );
}
