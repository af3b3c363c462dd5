// Target areas: what plans have to serve, and the water they leave out.
import type { Box, LonLat, TargetArea } from '../../engine/index.ts';
import { raiseRevision, type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, geometryOfRowSql, isoTimeSql } from './sql-text.ts';
import { inTransaction, type Queryable } from './store.ts';
import { halfPixelDeg, type TileFeature } from './tile-feature.ts';
import { loadTileFeatures } from './tile-query.ts';

export interface NewArea extends TargetArea {
  readonly sourceFile: string | null;
}

export interface StoredArea extends NewArea {
  /** On the ellipsoid. */
  readonly areaKm2: number;
  /** ISO time of the database. */
  readonly createdAt: string;
}

/** Inserts, or updates by id. Throws STORE_CONSTRAINT for invalid geometry. */
export function saveAreas(
  db: Queryable,
  areas: readonly NewArea[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'areas', saveSql, areas, (area) => area.id, importId);
}

const saveSql = `
  with shapes as materialized (
    select r.id, r.name, r.kind, ${geometryOfRowSql} as geom, r."sourceFile" as source_file
      from json_to_recordset($1::json) as r (id text, name text, kind text, geometry json, "sourceFile" text)
  ), saved as (
    insert into target_areas (id, name, kind, geom, area_km2, source_file, import_id)
    select id, name, kind, geom, ST_Area(geom::geography) / 1e6, source_file, $2 from shapes
    on conflict (id) do update set name = excluded.name, kind = excluded.kind, geom = excluded.geom,
      area_km2 = excluded.area_km2, source_file = excluded.source_file, import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

const areaJsonSql = `json_build_object('id', a.id, 'name', a.name, 'kind', a.kind,
  'geometry', ST_AsGeoJSON(a.geom, 15, 0)::json, 'areaKm2', a.area_km2, 'sourceFile', a.source_file,
  'createdAt', ${isoTimeSql('a.created_at')})`;

/** All areas, newest first. */
export function loadAreas(db: Queryable): Promise<StoredArea[]> {
  return readAreas(db, 'true', []);
}

export async function loadArea(db: Queryable, id: string): Promise<StoredArea | null> {
  return (await loadAreasByIds(db, [id]))[0] ?? null;
}

/** Unknown ids are left out. */
export function loadAreasByIds(db: Queryable, ids: readonly string[]): Promise<StoredArea[]> {
  return readAreas(db, 'a.id = any($1::text[])', [ids]);
}

/** Areas of these kinds that touch the box, such as 水域. */
export function loadAreasOfKinds(db: Queryable, kinds: readonly string[], box: Box): Promise<StoredArea[]> {
  return readAreas(db, `a.geom && ${boxSql} and a.kind = any($5::text[])`, [...box, kinds]);
}

async function readAreas(db: Queryable, where: string, values: readonly unknown[]): Promise<StoredArea[]> {
  const { rows } = await db.query<{ areas: StoredArea[] }>(
    `select coalesce(json_agg(${areaJsonSql} order by a.created_at desc, a.id), '[]') as areas
       from target_areas a where ${where}`,
    values,
  );
  return rows[0]?.areas ?? [];
}

/** Name of a plan that waits, runs or is done for the area, or null: such a plan is explained by its areas. */
export async function findPlanOfArea(db: Queryable, id: string): Promise<string | null> {
  const { rows } = await db.query<{ name: string }>(
    `select name from plans
      where deleted_at is null and state in ('queued', 'running', 'done')
        and request->'areaIds' @> to_jsonb($1::text)
      order by created_at desc, id limit 1`,
    [id],
  );
  return rows[0]?.name ?? null;
}

/** False when there is no such area. */
export function deleteArea(db: Queryable, id: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query('delete from target_areas where id = $1', [id]);
    if (rowCount > 0) await raiseRevision(tx, 'areas');
    return rowCount > 0;
  });
}

export interface AreaHit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** A place inside the area. */
  readonly position: LonLat;
}

/** Areas whose name or kind contains the text. */
export async function searchAreas(db: Queryable, q: string, limit: number): Promise<AreaHit[]> {
  const { rows } = await db.query<{ hits: AreaHit[] }>(
    `select coalesce(json_agg(json_build_object('id', hit.id, 'name', hit.name, 'kind', hit.kind,
         'position', json_build_array(ST_X(hit.inside), ST_Y(hit.inside)))), '[]') as hits
       from (select id, name, kind, ST_PointOnSurface(geom) as inside from target_areas
              where strpos(lower(name || ' ' || kind), lower($1::text)) > 0
              order by name collate "C", id limit $2::int) as hit`,
    [q, limit],
  );
  return rows[0]?.hits ?? [];
}

/** Features with `name` and `kind`. */
export function loadAreaTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select a.id, json_build_object('name', a.name, 'kind', a.kind) as properties,
            ST_Multi(ST_Simplify(a.geom, $5::float8, true)) as geom
       from target_areas a where a.geom && ${boxSql} order by a.area_km2 desc, a.id`,
    [...box, halfPixelDeg(zoom)],
  );
}
