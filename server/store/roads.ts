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
