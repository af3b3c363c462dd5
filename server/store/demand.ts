// Demand points: people, or any other weight, at places.
import type { Box, DemandPoints, LonLat } from '../../engine/index.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface StoredDemandPoint {
  readonly id: string;
  readonly position: LonLat;
  /** People, or whatever the list counts; 0 or more. */
  readonly weight: number;
}

/** Inserts, or updates by id. */
export function saveDemand(
  db: Queryable,
  points: readonly StoredDemandPoint[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'demand', saveSql, points, (point) => point.id, importId);
}

const saveSql = `
  with saved as (
    insert into demand_points (id, geom, weight, import_id)
    select r.id, ST_SetSRID(ST_MakePoint((r.position->>0)::float8, (r.position->>1)::float8), 4490), r.weight, $2
      from json_to_recordset($1::json) as r (id text, position json, weight float8)
    on conflict (id) do update set geom = excluded.geom, weight = excluded.weight, import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

/** `lon, lat, weight` of the points in the box, by id. */
export async function loadDemand(db: Queryable, box: Box): Promise<DemandPoints> {
  // float8send writes big endian, eight bytes a number.
  const { rows } = await db.query<{ packed: Buffer | null }>(
    `select string_agg(float8send(ST_X(d.geom)) || float8send(ST_Y(d.geom)) || float8send(d.weight), ''::bytea) as packed
       from (select geom, weight from demand_points where geom && ${boxSql} order by id) as d`,
    box,
  );
  const packed = rows[0]?.packed ?? Buffer.alloc(0);
  return Float64Array.from({ length: packed.length / 8 }, (_, i) => packed.readDoubleBE(i * 8));
}
