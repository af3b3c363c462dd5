// Conduits (管道): lines that a site's fibre can follow.
import type { Box } from '../../engine/index.ts';
import type { MultiLineString } from './postgis-types.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, geometryOfRowSql } from './sql-text.ts';
import type { Queryable } from './store.ts';
import { halfPixelDeg, type TileFeature } from './tile-feature.ts';
import { loadTileFeatures } from './tile-query.ts';

export interface StoredPipe {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  /** Number of ducts, null when unknown. */
  readonly ducts: number | null;
  readonly geometry: MultiLineString;
}

/** Inserts, or updates by id. */
export function savePipes(
  db: Queryable,
  pipes: readonly StoredPipe[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'pipes', saveSql, pipes, (pipe) => pipe.id, importId);
}

const saveSql = `
  with saved as (
    insert into pipes (id, code, name, kind, owner, ducts, geom, import_id)
    select r.id, r.code, r.name, r.kind, r.owner, r.ducts, ${geometryOfRowSql}, $2
      from json_to_recordset($1::json) as r (id text, code text, name text, kind text, owner text, ducts integer, geometry json)
    on conflict (id) do update set code = excluded.code, name = excluded.name, kind = excluded.kind,
      owner = excluded.owner, ducts = excluded.ducts, geom = excluded.geom, import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

/** Features with `code`, `name`, `kind` and `ducts`. */
export function loadPipeTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select p.id, json_build_object('code', p.code, 'name', p.name, 'kind', p.kind, 'ducts', p.ducts) as properties,
            ST_Multi(ST_Simplify(p.geom, $5::float8, true)) as geom
       from pipes p where p.geom && ${boxSql} order by p.id`,
    [...box, halfPixelDeg(zoom)],
  );
}
