// Asks PostGIS what it thinks of geometries before they are stored.
import { jsonText, type Queryable } from './store.ts';

const CHECK_DEADLINE_MS = 60_000;

/** One answer per GeoJSON geometry: null when it is valid, else PostGIS's reason (ST_IsValidReason, or why it cannot be read). */
export async function checkGeometries(
  db: Queryable,
  geometries: readonly unknown[],
): Promise<(string | null)[]> {
  const { rows } = await db.query<{ reasons: (string | null)[] }>(
    `select coalesce(json_agg(geometry_problem(g.geometry) order by g.place), '[]') as reasons
       from json_array_elements($1::json) with ordinality as g (geometry, place)`,
    [jsonText(geometries)],
    { deadlineMs: CHECK_DEADLINE_MS },
  );
  return rows[0]?.reasons ?? [];
}
