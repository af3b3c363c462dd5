// Target areas: what plans have to serve, and the water they leave out. Who may change what, and what becomes of a changed area, is the
// database's (migrations 021 and 062); steps and approvals are read and written by `area-approvals.ts` beside this.
import type { Box, LonLat, MultiPolygon, TargetArea } from '../../engine/index.ts';
import type { AreaJson } from '../contract/areas.ts';
import { raiseRevision, type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, geometryOfRowSql, isoTimeSql } from './sql-text.ts';
import { inTransaction, jsonText, type Queryable } from './store.ts';
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

/** An area with how it stands. */
export interface AreaRow
  extends StoredArea,
    Omit<AreaJson, keyof StoredArea | 'geometry' | 'choices' | 'mayChange'> {
  /** Those of area:change, area:submit and area:decide that whoever asks has for it. */
  readonly permissions: readonly string[];
  /** Whoever asks submitted or last changed it. */
  readonly own: boolean;
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

export type AreaChanges = Partial<
  Pick<AreaRow, 'name' | 'kind' | 'coverageRule' | 'targetShare' | 'deadline'>
> & {
  readonly geometry?: MultiPolygon | undefined;
};

/** Only what is given changes. False when `version` is not the one of the row, or it is not for who acts. */
export async function changeArea(
  tx: Queryable,
  id: string,
  version: number,
  changes: AreaChanges,
): Promise<boolean> {
  const columns = [
    ['name', 'name = $N::text'],
    ['kind', 'kind = $N::text'],
    ['coverageRule', 'coverage_rule = $N::text'],
    ['targetShare', 'target_share = $N::float8'],
    ['deadline', 'deadline = $N::date'],
    [
      'geometry',
      `(geom, area_km2) = (select g.geom, ST_Area(g.geom::geography) / 1e6 from (select
       ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON($N::text), 4490)) as geom) as g)`,
    ],
  ] as const;
  const given = columns.filter(([field]) => changes[field] !== undefined);
  const sets = given.map(([, sql], index) => sql.replace('$N', `$${index + 3}`));
  const values = given.map(([field]) => (field === 'geometry' ? jsonText(changes.geometry) : changes[field]));
  const { rowCount } = await tx.query(
    `update target_areas set ${sets.length > 0 ? sets.join(', ') : 'name = name'} where id = $1 and version = $2`,
    [id, version, ...values],
  );
  if (rowCount === 1) await raiseRevision(tx, 'areas');
  return rowCount === 1;
}

const areaFieldsSql = `a.id, a.name, a.kind, ST_AsGeoJSON(a.geom, 15, 0)::json as geometry, a.area_km2 as "areaKm2",
  a.source_file as "sourceFile", ${isoTimeSql('a.created_at')} as "createdAt"`;

const areaRowSql = `${areaFieldsSql}, a.coverage_rule as "coverageRule", a.target_share as "targetShare", a.deadline,
  a.state, ${isoTimeSql('a.state_since')} as "stateSince", a.state_by as "stateBy", a.state_note as "stateNote",
  a.submitted_name as "submittedName", ${isoTimeSql('a.submitted_at')} as "submittedAt",
  coalesce(a.submitted_by = my_account(), false) as mine,
  coalesce(my_account() in (coalesce(a.submitted_by, ''), coalesce(a.changed_by, '')), false) as own,
  array(select w from unnest(array['area:change', 'area:submit', 'area:decide']) as w
         where lies_within(array[w], a.district_codes)) as permissions,
  (select json_build_object('number', p.number, 'at', ${isoTimeSql('p.at')}, 'byName', p.by_name, 'documentNo', p.document_no,
     'differs', area_differences(p, a)) from area_approvals p where p.area_id = a.id order by p.number desc limit 1) as approval, a.version`;

/** All areas, newest first. */
export function loadAreas(db: Queryable): Promise<AreaRow[]> {
  return readAreas<AreaRow>(db, areaRowSql, 'true', []);
}

export async function loadArea(db: Queryable, id: string): Promise<AreaRow | null> {
  return (await loadAreaRows(db, [id]))[0] ?? null;
}

/** With how they stand; unknown ids are left out. */
export function loadAreaRows(db: Queryable, ids: readonly string[]): Promise<AreaRow[]> {
  return readAreas<AreaRow>(db, areaRowSql, 'a.id = any($1::text[])', [ids]);
}

/** Unknown ids are left out. */
export function loadAreasByIds(db: Queryable, ids: readonly string[]): Promise<StoredArea[]> {
  return readAreas<StoredArea>(db, areaFieldsSql, 'a.id = any($1::text[])', [ids]);
}

/** Areas of these kinds that touch the box, such as 水域. */
export function loadAreasOfKinds(db: Queryable, kinds: readonly string[], box: Box): Promise<StoredArea[]> {
  return readAreas<StoredArea>(db, areaFieldsSql, `a.geom && ${boxSql} and a.kind = any($5::text[])`, [
    ...box,
    kinds,
  ]);
}

async function readAreas<Row>(
  db: Queryable,
  fields: string,
  where: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await db.query<{ areas: Row[] }>(
    `select coalesce(json_agg(to_json(listed) order by place), '[]') as areas
       from (select row_number() over (order by a.created_at desc, a.id) as place, a.id from target_areas a where ${where}) as cut
      cross join lateral (select ${fields} from target_areas a where a.id = cut.id) as listed`,
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

/** False when there is no such area of this version. Throws STORE_CONSTRAINT (areas_approved). */
export function deleteArea(db: Queryable, id: string, version: number): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query('delete from target_areas where id = $1 and version = $2', [
      id,
      version,
    ]);
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

/** Features with `name`, `kind` and `state`. */
export function loadAreaTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select a.id, json_build_object('name', a.name, 'kind', a.kind, 'state', a.state) as properties,
            ST_Multi(ST_Simplify(a.geom, $5::float8, true)) as geom
       from target_areas a where a.geom && ${boxSql} order by a.area_km2 desc, a.id`,
    [...box, halfPixelDeg(zoom)],
  );
}
