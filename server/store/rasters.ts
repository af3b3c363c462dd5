// Terrain and clutter rasters: saved in pieces, read back by box as one raster each, so that nothing shows at the seams.
import type { Box, ClutterRaster, DegreeFrame, HeightRaster } from '../../engine/index.ts';
import { unpackClasses, unpackHeights } from './raster-cells.ts';
import { type CellCut, copyPiece, cutFrame, cutOf } from './raster-cut.ts';
import { raiseRevision, saveRows } from './save-rows.ts';
import { countSavedSql, isoTimeSql } from './sql-text.ts';
import { inTransaction, type Queryable } from './store.ts';

export type RasterKind = 'terrain' | 'clutter';

/** Cells of a piece on a side, at the most. */
export const PIECE_CELLS = 512;

export interface NewRaster extends DegreeFrame {
  readonly id: string;
  readonly kind: RasterKind;
  readonly name: string;
  readonly sourceFile: string;
  /** SHA-256 of the uploaded file. */
  readonly digest: string;
  readonly crs: string;
  readonly resolutionM: number;
  readonly holes: number;
  readonly lowestM: number | null;
  readonly highestM: number | null;
}

export interface StoredRaster extends NewRaster {
  /** ISO time of the database. */
  readonly createdAt: string;
}

export interface NewRasterPiece {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly columns: number;
  readonly rows: number;
  /** As raster-cells.ts packs them, in base64. */
  readonly cells: string;
}

/** Writes the raster and its pieces; one with the same id gives way. */
export function saveRaster(
  db: Queryable,
  raster: NewRaster,
  pieces: readonly NewRasterPiece[],
  importId: string | null,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await tx.query('delete from rasters where id = $1', [raster.id]);
    await tx.query(
      `insert into rasters (id, kind, name, source_file, digest, crs, west_deg, north_deg, step_lon_deg, step_lat_deg,
                            columns, rows, resolution_m, holes, lowest_m, highest_m, import_id)
       select r.id, r.kind, r.name, r."sourceFile", r.digest, r.crs, r."westDeg", r."northDeg", r."stepLonDeg",
              r."stepLatDeg", r.columns, r.rows, r."resolutionM", r.holes, r."lowestM", r."highestM", $2
         from json_to_record($1::json) as r (id text, kind text, name text, "sourceFile" text, digest text, crs text,
              "westDeg" float8, "northDeg" float8, "stepLonDeg" float8, "stepLatDeg" float8, columns integer,
              rows integer, "resolutionM" float8, holes integer, "lowestM" float8, "highestM" float8)`,
      [raster, importId],
    );
    const { westDeg, northDeg, stepLonDeg, stepLatDeg } = raster;
    const rows = pieces.map((piece) => ({
      ...piece,
      rasterId: raster.id,
      west: westDeg + piece.firstColumn * stepLonDeg,
      east: westDeg + (piece.firstColumn + piece.columns) * stepLonDeg,
      north: northDeg - piece.firstRow * stepLatDeg,
      south: northDeg - (piece.firstRow + piece.rows) * stepLatDeg,
    }));
    await saveRows(
      tx,
      'rasters',
      savePiecesSql,
      rows,
      (row) => `${row.firstRow}/${row.firstColumn}`,
      raster.id,
    );
  });
}

// the second value is the raster's id: pieces belong to it and not to an import
const savePiecesSql = `
  with saved as (
    insert into raster_pieces (raster_id, first_row, first_column, columns, rows, west, south, east, north, cells)
    select $2, r."firstRow", r."firstColumn", r.columns, r.rows, r.west, r.south, r.east, r.north,
           decode(r.cells, 'base64')
      from json_to_recordset($1::json) as r ("firstRow" integer, "firstColumn" integer, columns integer, rows integer,
           west float8, south float8, east float8, north float8, cells text)
    returning true as inserted
  ) ${countSavedSql}`;

const rasterJsonSql = `json_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'sourceFile', r.source_file,
  'digest', r.digest, 'crs', r.crs, 'westDeg', r.west_deg, 'northDeg', r.north_deg, 'stepLonDeg', r.step_lon_deg,
  'stepLatDeg', r.step_lat_deg, 'columns', r.columns, 'rows', r.rows, 'resolutionM', r.resolution_m,
  'holes', r.holes, 'lowestM', r.lowest_m, 'highestM', r.highest_m, 'createdAt', ${isoTimeSql('r.created_at')})`;

/** All rasters, newest first. */
export function loadRasters(db: Queryable): Promise<StoredRaster[]> {
  return readRasters(db, 'true', []);
}

export async function loadRaster(db: Queryable, id: string): Promise<StoredRaster | null> {
  return (await readRasters(db, 'r.id = $1', [id]))[0] ?? null;
}

async function readRasters(
  db: Queryable,
  where: string,
  values: readonly unknown[],
): Promise<StoredRaster[]> {
  const { rows } = await db.query<{ rasters: StoredRaster[] }>(
    `select coalesce(json_agg(${rasterJsonSql} order by r.created_at desc, r.id), '[]') as rasters
       from rasters r where ${where}`,
    values,
  );
  return rows[0]?.rasters ?? [];
}

/** False when there is no such raster. */
export function deleteRaster(db: Queryable, id: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query('delete from rasters where id = $1', [id]);
    if (rowCount > 0) await raiseRevision(tx, 'rasters');
    return rowCount > 0;
  });
}

/** Terrain models that touch the box, each cut to it; by id. */
export async function loadTerrain(db: Queryable, box: Box): Promise<HeightRaster[]> {
  const made: HeightRaster[] = [];
  for (const raster of await loadTouching(db, 'terrain', box)) {
    const cut = cutOf(raster, box);
    const heightM = new Float32Array(cut.columns * cut.rows).fill(Number.NaN);
    for await (const piece of loadPieces(db, raster, cut)) {
      copyPiece(unpackHeights(piece.cells, piece.columns * piece.rows), piece, heightM, cut);
    }
    made.push({ id: raster.id, ...cutFrame(raster, cut), heightM });
  }
  return made;
}

/** Clutter rasters that touch the box, each cut to it; by id. */
export async function loadClutter(db: Queryable, box: Box): Promise<ClutterRaster[]> {
  const made: ClutterRaster[] = [];
  for (const raster of await loadTouching(db, 'clutter', box)) {
    const cut = cutOf(raster, box);
    const classCode = new Uint8Array(cut.columns * cut.rows);
    for await (const piece of loadPieces(db, raster, cut)) {
      copyPiece(unpackClasses(piece.cells, piece.columns * piece.rows), piece, classCode, cut);
    }
    made.push({ id: raster.id, ...cutFrame(raster, cut), classCode });
  }
  return made;
}

export interface StoredPiece extends CellCut {
  /** As raster-cells.ts packs them. */
  readonly cells: Buffer;
}

/** The pieces of a raster that share cells with the cut, a band of pieces at a time so that few are held at once. */
export async function* loadPieces(
  db: Queryable,
  raster: Pick<StoredRaster, 'id'>,
  cut: CellCut,
): AsyncGenerator<StoredPiece> {
  const band = (row: number): number => row - (row % PIECE_CELLS);
  for (let firstRow = band(cut.firstRow); firstRow < cut.firstRow + cut.rows; firstRow += PIECE_CELLS) {
    const { rows } = await db.query<StoredPiece>(
      `select first_row as "firstRow", first_column as "firstColumn", columns, rows, cells from raster_pieces
        where raster_id = $1 and first_row = $2::int and first_column < $4::int and first_column + columns > $3::int
        order by first_column`,
      [raster.id, firstRow, cut.firstColumn, cut.firstColumn + cut.columns],
    );
    yield* rows;
  }
}

function loadTouching(
  db: Queryable,
  kind: RasterKind,
  [west, south, east, north]: Box,
): Promise<StoredRaster[]> {
  return readRasters(
    db,
    `r.kind = $1 and exists (select from raster_pieces p where p.raster_id = r.id
       and p.west < $4::float8 and p.east > $2::float8 and p.south < $5::float8 and p.north > $3::float8)`,
    [kind, west, south, east, north],
  ).then((rasters) => rasters.sort((a, b) => (a.id < b.id ? -1 : 1)));
}
