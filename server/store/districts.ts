// Districts and towns: they only group totals and name places.
import type { Box, District } from '../../engine/index.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, geometryOfRowSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';
import { halfPixelDeg, type TileFeature } from './tile-feature.ts';
import { loadTileFeatures } from './tile-query.ts';

export interface StoredDistrict extends District {
  /** On the ellipsoid. */
  readonly areaKm2: number;
}

export interface Town {
  readonly code: string;
  readonly name: string;
  readonly districtCode: string;
}

/** Inserts, or updates by code. */
export function saveDistricts(
  db: Queryable,
  districts: readonly District[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'districts', saveSql, districts, (district) => district.code, importId);
}

const saveSql = `
  with shapes as materialized (
    select r.code, r.name, ${geometryOfRowSql} as geom
      from json_to_recordset($1::json) as r (code text, name text, geometry json)
  ), saved as (
    insert into districts (code, name, geom, area_km2, import_id)
    select code, name, geom, ST_Area(geom::geography) / 1e6, $2 from shapes
    on conflict (code) do update set name = excluded.name, geom = excluded.geom, area_km2 = excluded.area_km2,
      import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

/** By code. */
export function loadDistricts(db: Queryable): Promise<StoredDistrict[]> {
  return readDistricts(db, 'true', []);
}

export function loadDistrictsInBox(db: Queryable, box: Box): Promise<StoredDistrict[]> {
  return readDistricts(db, `d.geom && ${boxSql}`, box);
}

async function readDistricts(
  db: Queryable,
  where: string,
  values: readonly unknown[],
): Promise<StoredDistrict[]> {
  const { rows } = await db.query<{ districts: StoredDistrict[] }>(
    `select coalesce(json_agg(json_build_object('code', d.code, 'name', d.name,
         'geometry', ST_AsGeoJSON(d.geom, 15, 0)::json, 'areaKm2', d.area_km2) order by d.code), '[]') as districts
       from districts d where ${where}`,
    values,
  );
  return rows[0]?.districts ?? [];
}

/** Features with `name`; the code is the id. */
export function loadDistrictTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select d.code as id, json_build_object('name', d.name) as properties,
            ST_Multi(ST_Simplify(d.geom, $5::float8, true)) as geom
       from districts d where d.geom && ${boxSql} order by d.area_km2 desc, d.code`,
    [...box, halfPixelDeg(zoom)],
  );
}

/** Inserts, or updates by code. */
export async function saveTowns(db: Queryable, towns: readonly Town[]): Promise<void> {
  await db.query(
    `insert into towns (code, name, district_code)
     select r.code, r.name, r."districtCode"
       from json_to_recordset($1::json) as r (code text, name text, "districtCode" text)
     on conflict (code) do update set name = excluded.name, district_code = excluded.district_code`,
    [jsonText(towns)],
  );
}

/** By code. */
export async function loadTowns(db: Queryable): Promise<Town[]> {
  const { rows } = await db.query<Town>(
    'select code, name, district_code as "districtCode" from towns order by code',
    [],
  );
  return rows;
}
