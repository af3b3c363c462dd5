// Sites: saved in bulk, found by page, box, text and tile. 200 000 rows are the size this is written for.
import type { Box, CountingForm, LonLat, Site } from '../../engine/index.ts';
import type { Datum } from '../contract/imports.ts';
import { formSql, stoodSql } from './counting-sql.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { boxSql, countSavedSql, placeFilterSql } from './sql-text.ts';
import type { Queryable } from './store.ts';
import { TILE_FEATURE_LIMIT, type TileFeature } from './tile-feature.ts';

export interface StoredSite extends Site {
  /** As the sender wrote it, in `datum`. */
  readonly originalPosition: LonLat;
  readonly datum: Datum;
  /** `library`: made of a resource (migration 030). */
  readonly origin: 'import' | 'derived' | 'sample' | 'library';
  readonly sourceFile: string | null;
  /** 1-based data row of the source file. */
  readonly sourceRow: number | null;
}

export interface SiteQuery {
  readonly box?: Box | null | undefined;
  /** Part of code, name or owner; letter case of Latin letters does not count. */
  readonly q?: string | null | undefined;
  readonly status?: Site['status'] | undefined;
  readonly structure?: Site['structure'] | undefined;
  readonly resourceType?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  readonly form?: CountingForm | undefined;
  /** Stands, and no case made it stand. */
  readonly stood?: 'true' | undefined;
  readonly sort?: 'code' | 'name' | 'costCny' | 'heightM' | 'resourceType' | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

export interface SitePage {
  readonly sites: StoredSite[];
  readonly total: number;
}

/** Inserts, or updates by `code`: a known site keeps its id. */
export function saveSites(
  db: Queryable,
  sites: readonly StoredSite[],
  importId: string | null,
): Promise<SaveCount> {
  return saveRows(db, 'sites', saveSql, sites, (site) => site.code, importId);
}

// A row without a district gets the one its place lies in: district by district, so that each outline is unpacked once.
const saveSql = `
  with listed as materialized (
    select r.*, ST_SetSRID(ST_MakePoint((r.position->>0)::float8, (r.position->>1)::float8), 4490) as geom
      from json_to_recordset($1::json) as r (id text, code text, name text, "resourceType" text, structure text,
        position json, "originalPosition" json, datum text, "heightM" float8, status text, "costCny" bigint, owner text,
        "freeStatus" text, "powerMode" text, "buildMode" text, "districtCode" text, "townCode" text,
        "azimuthsDeg" float8[], "electricalTiltDeg" float8, "mechanicalTiltDeg" float8, origin text, "sourceFile" text, "sourceRow" integer)
  ), located as materialized (
    select near.code, min(d.code) as district_code from districts d
     cross join lateral (select n.code, n.geom from listed n
                          where n."districtCode" = '' and n.geom && d.geom offset 0) as near
     where ST_Covers(d.geom, near.geom) group by near.code
  ), saved as (
    insert into sites as old (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m,
      status, cost_cny, owner, free_status, power_mode, build_mode, district_code, district_located, town_code, azimuths_deg,
      electrical_tilt_deg, mechanical_tilt_deg, origin, source_file, source_row, import_id)
    select r.id, r.code, r.name, r."resourceType", r.structure, r.geom,
      (r."originalPosition"->>0)::float8, (r."originalPosition"->>1)::float8, r.datum, r."heightM",
      r.status, r."costCny", r.owner, r."freeStatus", r."powerMode", r."buildMode",
      coalesce(l.district_code, r."districtCode"), l.district_code is not null, r."townCode",
      r."azimuthsDeg", r."electricalTiltDeg", r."mechanicalTiltDeg", r.origin, r."sourceFile", r."sourceRow", $2
    from listed r left join located l on l.code = r.code
    on conflict (code) do update set
      name = excluded.name, resource_type = excluded.resource_type, structure = excluded.structure,
      geom = excluded.geom, original_lon = excluded.original_lon, original_lat = excluded.original_lat,
      datum = excluded.datum, height_m = excluded.height_m, status = excluded.status, cost_cny = excluded.cost_cny,
      owner = excluded.owner, free_status = excluded.free_status, power_mode = excluded.power_mode,
      build_mode = excluded.build_mode, district_code = excluded.district_code, town_code = excluded.town_code,
      azimuths_deg = excluded.azimuths_deg, electrical_tilt_deg = excluded.electrical_tilt_deg,
      mechanical_tilt_deg = excluded.mechanical_tilt_deg, district_located = excluded.district_located,
      origin = excluded.origin, source_file = excluded.source_file, source_row = excluded.source_row,
      import_id = excluded.import_id
    returning (xmax = 0) as inserted
  ) ${countSavedSql}`;

const planFieldsSql = `
  'id', s.id, 'code', s.code, 'name', s.name, 'resourceType', s.resource_type, 'structure', s.structure,
  'position', json_build_array(s.lon, s.lat), 'heightM', s.height_m, 'status', s.status, 'costCny', s.cost_cny,
  'owner', s.owner, 'freeStatus', s.free_status, 'powerMode', s.power_mode, 'buildMode', s.build_mode,
  'districtCode', s.district_code, 'townCode', s.town_code, 'azimuthsDeg', s.azimuths_deg,
  'electricalTiltDeg', s.electrical_tilt_deg, 'mechanicalTiltDeg', s.mechanical_tilt_deg`;

/** A `StoredSite` as JSON, from a row of `sites as s`. */
export const siteJsonSql = `json_build_object(${planFieldsSql},
  'originalPosition', json_build_array(s.original_lon, s.original_lat), 'datum', s.datum, 'origin', s.origin,
  'sourceFile', s.source_file, 'sourceRow', s.source_row)`;

// $1 … $4 box, $5 text, $6 status, $7 structure, $8 resource type, $9 district, $10 town; NULL means any.
const filterSql = ({ form = 'all', stood }: SiteQuery): string => `
  ($1::float8 is null or s.geom && ${boxSql})
  and ($5::text is null or strpos(s.search_text, lower($5 collate "C")) > 0)
  and ($6::text is null or s.status = $6)
  and ($7::text is null or s.structure = $7)
  and ($8::text is null or s.resource_type = $8)
  and ${placeFilterSql('s.district_code', '$9')}
  and ${placeFilterSql('s.town_code', '$10')}
  and ${formSql[form]} and ${stood === undefined ? 'true' : stoodSql}`;

const sortColumns = {
  code: 's.code',
  name: 's.name',
  costCny: 's.cost_cny',
  heightM: 's.height_m',
  resourceType: 's.resource_type collate "C"',
} as const;

// Rows become JSON after the page is cut: doing it for every match makes late pages of an export cost seconds.
/** One page and the number of all matches. Ties in the order go to the smaller id. */
export async function loadSitePage(db: Queryable, query: SiteQuery): Promise<SitePage> {
  const [west, south, east, north] = query.box ?? [null, null, null, null];
  const pageSize = query.pageSize ?? 50;
  const direction = query.order === 'desc' ? 'desc' : 'asc';
  const order = `${sortColumns[query.sort ?? 'code']} ${direction}, s.id`;
  const { rows } = await db.query<SitePage>(
    `select (select count(*) from sites s where ${filterSql(query)}) as total,
            (select coalesce(json_agg(${siteJsonSql} order by page.place), '[]') from (
               select s.id, row_number() over (order by ${order}) as place from sites s where ${filterSql(query)}
                order by ${order} limit $11::int offset $12::bigint) as page
               join sites s on s.id = page.id) as sites`,
    [
      west,
      south,
      east,
      north,
      query.q || null,
      query.status ?? null,
      query.structure ?? null,
      query.resourceType ?? null,
      query.districtCode ?? null,
      query.townCode ?? null,
      pageSize,
      ((query.page ?? 1) - 1) * pageSize,
    ],
  );
  return rows[0] ?? { sites: [], total: 0 };
}

export async function loadSite(db: Queryable, id: string): Promise<StoredSite | null> {
  return (await loadSitesByIds(db, [id]))[0] ?? null;
}

/** In the order of `ids`; unknown ids are left out. */
export async function loadSitesByIds(db: Queryable, ids: readonly string[]): Promise<StoredSite[]> {
  const { rows } = await db.query<{ sites: StoredSite[] }>(
    `select coalesce(json_agg(${siteJsonSql} order by wanted.place), '[]') as sites
       from unnest($1::text[]) with ordinality as wanted (id, place) join sites s on s.id = wanted.id`,
    [ids],
  );
  return rows[0]?.sites ?? [];
}

const PLAN_CHUNK = 20_000;

/** What a plan looks at inside a box, by id. Unavailable sites are told for the explanation of a plan that falls short; none is chosen. */
export async function loadSitesForPlan(db: Queryable, box: Box): Promise<Site[]> {
  const sites: Site[] = [];
  for (;;) {
    const { rows } = await db.query<{ sites: Site[] }>(
      `select coalesce(json_agg(chunk.site), '[]') as sites from (
         select json_build_object(${planFieldsSql}) as site from sites s
          where s.geom && ${boxSql} and s.id > $5
          order by s.id limit ${PLAN_CHUNK}) as chunk`,
      [...box, sites.at(-1)?.id ?? ''],
    );
    const chunk = rows[0]?.sites ?? [];
    sites.push(...chunk);
    if (chunk.length < PLAN_CHUNK) return sites;
  }
}

/** From this zoom on a tile shows every site by itself. */
const EXACT_ZOOM = 13;
/** Below it, at the most this many squares along a tile's side, each shown as one site with a count. */
const SQUARES_PER_TILE = 64;

/** Features with `code`, `status`, `structure`, `resourceType` and `n`, the sites it stands for. */
export async function loadSiteTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  if (zoom < EXACT_ZOOM) return loadThinnedTile(db, box, zoom);
  const exact = await readSiteTile(
    db,
    `select s.id, s.lon, s.lat, s.code, s.status, s.structure, s.resource_type, 1 as n
       from sites s where s.geom && ${boxSql} limit ${TILE_FEATURE_LIMIT + 1}`,
    box,
  );
  return exact.length <= TILE_FEATURE_LIMIT ? exact : loadThinnedTile(db, box, zoom);
}

// One site stands for its square: an existing one first, then the smallest id, so that tiles do not flicker.
function loadThinnedTile(db: Queryable, box: Box, zoom: number): Promise<TileFeature[]> {
  const squareDeg = 360 / 2 ** zoom / SQUARES_PER_TILE;
  return readSiteTile(
    db,
    `select s.id, s.lon, s.lat, s.code, s.status, s.structure, s.resource_type, chosen.n
       from (select substr(min((case status when 'existing' then '0' else '1' end) || id), 2) as id, count(*) as n
               from sites where geom && ${boxSql} group by floor(lon / $5::float8), floor(lat / $5::float8)) as chosen
       join sites s on s.id = chosen.id`,
    [...box, squareDeg],
  );
}

interface PackedSites {
  readonly rows: [
    id: string,
    lon: number,
    lat: number,
    code: string,
    status: string,
    structure: string,
    type: string,
    n: number,
  ][];
}

async function readSiteTile(db: Queryable, sql: string, values: readonly unknown[]): Promise<TileFeature[]> {
  const { rows } = await db.query<PackedSites>(
    `select coalesce(json_agg(json_build_array(t.id, t.lon, t.lat, t.code, t.status, t.structure, t.resource_type, t.n)), '[]')
       as rows from (${sql}) as t`,
    values,
  );
  return (rows[0]?.rows ?? []).map(([id, lon, lat, code, status, structure, resourceType, n]) => ({
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { code, status, structure, resourceType, n },
  }));
}

export async function countSites(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*) as n from sites', []);
  return rows[0]?.n ?? 0;
}

/** Sites whose code, name or owner contains the text; those that begin with it come first. */
export async function searchSites(db: Queryable, q: string, limit: number): Promise<StoredSite[]> {
  const { rows } = await db.query<{ sites: StoredSite[] }>(
    `select coalesce(json_agg(hit.site), '[]') as sites from (
       select ${siteJsonSql} as site from sites s
        where strpos(s.search_text, lower($1::text collate "C")) > 0
        order by not starts_with(s.search_text, lower($1 collate "C")), s.code
        limit $2::int) as hit`,
    [q, limit],
  );
  return rows[0]?.sites ?? [];
}
