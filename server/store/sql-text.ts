// Pieces of SQL text that several nouns share. Constant text only: values always travel as parameters.
import { NO_PLACE } from '../../engine/index.ts';

/** A timestamptz column as ISO text in UTC with milliseconds, for use inside JSON. */
export const isoTimeSql = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A filter of rows by the code of a place; NULL means any, `NO_PLACE` rows that lie in none. */
export const placeFilterSql = (column: string, parameter: string): string =>
  `(${parameter}::text is null or ${column} = coalesce(nullif(${parameter}, '${NO_PLACE}'), ''))`;

/** GeoJSON in a json column `geometry` of a record, as a geometry of the store. */
export const geometryOfRowSql = 'ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(r.geometry::text), 4490))';

/** The box of `$1 … $4`: west, south, east, north. */
export const boxSql = 'ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4490)';

/** Ends an insert: counts what was inserted and what was there before. Needs a `saved(inserted)` above it. */
export const countSavedSql = `
  select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from saved`;
