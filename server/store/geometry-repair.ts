// Mends areas with PostGIS. Only by the structure method: the default one can run for minutes on a few hundred points and
// has crashed servers. Called once, when a file is imported, never for a request.
import type { MultiPolygon } from '../../engine/index.ts';
import { jsonText, type Queryable, StoreError } from './store.ts';

const REPAIR_DEADLINE_MS = 10_000;

export interface RepairedArea {
  readonly geometry: MultiPolygon;
  /** How much the area on the map changed, as a share of the mended one; large for a bow tie, tiny for a spike. */
  readonly changedShare: number;
}

/** The mended area, or null when nothing of it is left or PostGIS cannot mend it. */
export async function repairGeometry(db: Queryable, geometry: MultiPolygon): Promise<RepairedArea | null> {
  try {
    const { rows } = await db.query<{ repaired: RepairedArea | null }>(
      `select case when geometry_problem(ST_AsGeoJSON(mended, 15)::json) is null then json_build_object(
                'geometry', ST_AsGeoJSON(mended, 15)::json,
                'changedShare', abs(ST_Area(mended) - ST_Area(given)) / ST_Area(mended)) end as repaired
         from (select given, ST_Multi(ST_CollectionExtract(ST_MakeValid(given, 'method=structure'), 3)) as mended
                 from ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4490) as given) as both_shapes`,
      [jsonText(geometry)],
      { deadlineMs: REPAIR_DEADLINE_MS },
    );
    return rows[0]?.repaired ?? null;
  } catch (error) {
    if (error instanceof StoreError && ['STORE_GEOMETRY', 'STORE_VALUE', 'STORE_LIMIT'].includes(error.code))
      return null;
    throw error;
  }
}
