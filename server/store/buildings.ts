// Buildings: a city has hundreds of thousands, so reading packs them into few values.
import type { Box, BuildingSet, MultiPolygon } from '../../engine/index.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, geometryOfRowSql } from './sql-text.ts';
import type { Queryable } from './store.ts';
import { halfPixelDeg, type TileFeature } from './tile-feature.ts';
import { loadTileFeatures } from './tile-query.ts';
import { walkRings } from './wkb.ts';

export interface StoredBuilding {
  readonly id: string;
  /** Above ground; null where the source does not say. */
  readonly heightM: number | null;
  readonly geometry: MultiPolygon;
}

/** Inserts, or updates by id. */
export function saveBuildings(
  db: Queryable,
  buildings: readonly StoredBuilding[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'buildings', saveSql, buildings, (building) => building.id, importId);
}

const saveSql = `
  with saved as (
    insert into buildings (id, height_m, geom, import_id)
    select r.id, r."heightM", ${geometryOfRowSql}, $2
      from json_to_recordset($1::json) as r (id text, "heightM" real, geometry json)
    on conflict (id) do update set height_m = excluded.height_m, geom = excluded.geom, import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

const CHUNK = 50_000;

interface PackedBuildings {
  readonly count: number;
  readonly last_id: string | null;
  readonly heights: (number | null)[] | null;
  readonly wkb: Buffer | null;
}

/** Buildings that touch the box, by id. */
export async function loadBuildings(db: Queryable, box: Box): Promise<BuildingSet> {
  const set = new BuildingPacker();
  let lastId = '';
  for (;;) {
    const { rows } = await db.query<PackedBuildings>(
      `select count(*) as count, max(b.id) as last_id, json_agg(b.height_m) as heights,
              string_agg(ST_AsBinary(b.geom, 'NDR'), ''::bytea) as wkb
         from (select id, height_m, geom from buildings where geom && ${boxSql} and id > $5
                order by id limit ${CHUNK}) as b`,
      [...box, lastId],
    );
    const chunk = rows[0];
    if (!chunk?.wkb || !chunk.heights || chunk.last_id === null) break;
    set.add(chunk.wkb, chunk.heights);
    lastId = chunk.last_id;
    if (chunk.count < CHUNK) break;
  }
  return set.finish();
}

class BuildingPacker {
  readonly #positions: number[] = [];
  readonly #ringStarts: number[] = [];
  readonly #buildingStarts: number[] = [];
  readonly #heights: number[] = [];

  add(wkb: Buffer, heights: readonly (number | null)[]): void {
    for (const height of heights) this.#heights.push(height ?? Number.NaN);
    walkRings(
      wkb,
      () => this.#buildingStarts.push(this.#ringStarts.length),
      (ring) => {
        this.#ringStarts.push(this.#positions.length / 2);
        // A stored ring repeats its first position; a packed one does not.
        for (const [lon, lat] of ring.slice(0, -1)) this.#positions.push(lon, lat);
      },
    );
  }

  finish(): BuildingSet {
    const vertices = this.#positions.length / 2;
    return {
      positions: Float64Array.from(this.#positions),
      ringStarts: Uint32Array.from([...this.#ringStarts, vertices]),
      buildingStarts: Uint32Array.from([...this.#buildingStarts, this.#ringStarts.length]),
      heightM: Float32Array.from(this.#heights),
    };
  }
}

/** Features with `heightM`; what is smaller than a pixel is left out. */
export function loadBuildingTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select b.id, json_build_object('heightM', b.height_m) as properties,
            case when $6::int >= 15 then b.geom else ST_Multi(ST_Simplify(b.geom, $5::float8, true)) end as geom
       from buildings b where b.geom && ${boxSql} and b.extent_deg > 2 * $5::float8 order by b.extent_deg desc, b.id`,
    [...box, halfPixelDeg(zoom), zoom],
  );
}
