// Which listed rows the person behind a scoped store may not write, so that an import can say so row by row instead of failing
// at the first. The rules are the policies' own (migration 021); the system is refused nothing and asked nothing.
import type { TargetArea } from '../../engine/index.ts';
import type { ImportedDemand } from './imported-demands.ts';
import type { ImportedResource } from './imported-resources.ts';
import type { StoredSite } from './sites.ts';
import { jsonText, type Queryable } from './store.ts';

const CHUNK_ROWS = 5_000;
const CHUNK_DEADLINE_MS = 60_000;

/** Indices into `sites`: outside the territory by code or place, or known under this code outside it. */
export function sitesOutOfReach(db: Queryable, sites: readonly StoredSite[]): Promise<Set<number>> {
  const rows = sites.map(({ code, position: [lon, lat], districtCode, townCode, owner }) => ({
    code,
    lon,
    lat,
    districtCode,
    townCode,
    owner,
  }));
  return outOfReach(db, 'select sites_out_of_reach($1::json) as places', rows);
}

/** Indices into `resources`: outside the territory, or known under this code, as a resource or a site, outside it. */
export function resourcesOutOfReach(
  db: Queryable,
  resources: readonly ImportedResource[],
): Promise<Set<number>> {
  const rows = resources.map(({ code, place, districtCode, townCode, owner }) => ({
    code,
    lon: place?.position[0] ?? null,
    lat: place?.position[1] ?? null,
    districtCode: districtCode ?? '',
    townCode: townCode ?? '',
    owner: owner ?? '',
  }));
  return outOfReach(db, 'select resources_out_of_reach($1::json) as places', rows);
}

/** Indices into `demands`: outside the territory and not of one's own organisation, or known under this code outside it. */
export function demandsOutOfReach(db: Queryable, demands: readonly ImportedDemand[]): Promise<Set<number>> {
  const rows = demands.map(({ code, operator, place, districtCode, townCode }) => ({
    code,
    operator,
    lon: place.position[0],
    lat: place.position[1],
    districtCode: districtCode ?? '',
    townCode: townCode ?? '',
  }));
  return outOfReach(db, 'select demands_out_of_reach($1::json) as places', rows);
}

/** Indices into `areas` that do not lie wholly in the person's districts. */
export function areasOutOfReach(db: Queryable, areas: readonly TargetArea[]): Promise<Set<number>> {
  const rows = areas.map(({ id, geometry }) => ({ id, geometry }));
  return outOfReach(db, 'select areas_out_of_reach($1::json) as places', rows);
}

async function outOfReach(db: Queryable, sql: string, rows: readonly unknown[]): Promise<Set<number>> {
  const found = new Set<number>();
  const { rows: who } = await db.query<{ somebody: boolean }>(
    'select my_account() is not null as somebody',
    [],
  );
  if (!who[0]?.somebody) return found;
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const chunk = rows.slice(from, from + CHUNK_ROWS);
    const options = { deadlineMs: CHUNK_DEADLINE_MS };
    const { rows: answer } = await db.query<{ places: number[] }>(sql, [jsonText(chunk)], options);
    for (const place of answer[0]?.places ?? []) found.add(from + place);
  }
  return found;
}
