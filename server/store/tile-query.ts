// Reads the features of a tile as one packed row: identifiers, properties, and all geometries glued together.
import type { Queryable } from './store.ts';
import { TILE_FEATURE_LIMIT, type TileFeature } from './tile-feature.ts';
import { readGeometries } from './wkb.ts';

interface PackedRow {
  readonly ids: string[];
  readonly properties: TileFeature['properties'][];
  readonly wkb: Buffer | null;
}

/** `sql` selects `id`, `properties` (json) and `geom`, largest first; no more than the limit are taken. */
export async function loadTileFeatures(
  db: Queryable,
  sql: string,
  values: readonly unknown[],
): Promise<TileFeature[]> {
  const { rows } = await db.query<PackedRow>(
    `select coalesce(json_agg(t.id), '[]') as ids,
            coalesce(json_agg(t.properties), '[]') as properties,
            string_agg(ST_AsBinary(t.geom, 'NDR'), ''::bytea) as wkb
       from (${sql} limit ${TILE_FEATURE_LIMIT}) as t`,
    values,
  );
  const packed = rows[0];
  if (!packed?.wkb) return [];
  return readGeometries(packed.wkb).map((geometry, i) => ({
    id: packed.ids[i] ?? '',
    geometry,
    properties: packed.properties[i] ?? {},
  }));
}
