// The resource library: found by page, changed with its version, moved through its states, taken over from the sites. Row
// policies, machines and what follows for the sites are the database's (migration 030). 200 000 rows are the size this is for.
import type { Box, LonLat, ResourceState } from '../../engine/index.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import type { Datum } from '../contract/imports.ts';
import type { ResourceChangesJson, ResourceCountsJson, ResourceJson } from '../contract/resources.ts';
import { boxValues, loadMarks, withinSql } from './map-marks.ts';
import { editableColumns, editableFields, editableFieldsSql } from './resource-columns.ts';
import { isoTimeSql, placeFilterSql } from './sql-text.ts';
import { jsonText, type Queryable, StoreError } from './store.ts';

export interface ResourceQuery {
  readonly box?: Box | undefined;
  /** Part of code, name, address or owner. */
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly resourceTypes?: readonly string[] | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  readonly owner?: string | undefined;
  readonly freeStatus?: string | undefined;
  readonly whitelisted?: boolean | undefined;
  readonly confirmed?: boolean | undefined;
  readonly constraintFlag?: string | undefined;
  readonly structureCheck?: string | undefined;
  readonly powerMode?: string | undefined;
  readonly fibre?: string | undefined;
  readonly importId?: string | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Where a resource stands, and how anybody knows. */
export interface ResourcePlace {
  /** CGCS2000. */
  readonly position: LonLat;
  /** As it was given, in `datum`. */
  readonly original: LonLat;
  readonly datum: Datum;
  readonly quality: '实测' | '图上' | '地址估算';
}

export type NewResource = Partial<ResourceChangesJson> & {
  readonly id: string;
  readonly code: string;
  readonly place: ResourcePlace | null;
};

// Rows become JSON after the page is cut; the directory is looked up for the rows of the page only.
const resourceSql = `r.id, ${editableFieldsSql}, r.state,
  case when r.geom is not null then json_build_array(r.lon, r.lat) end as position,
  case when r.geom is not null then json_build_array(r.original_lon, r.original_lat) end as "originalPosition",
  r.datum, r.location_quality as "locationQuality", ${isoTimeSql('r.owner_confirmed_at')} as "ownerConfirmedAt", r.whitelisted,
  (select d.number from directory_rows listed join directories d on d.id = listed.directory_id
    where listed.resource_id = r.id order by d.published_at desc limit 1) as "directoryNumber",
  r.site_id as "siteId", r.origin, r.source_file as "sourceFile", r.source_row as "sourceRow",
  (select count(*) from resource_photos p where p.resource_id = r.id) as photos,
  ${isoTimeSql('r.created_at')} as "createdAt", ${isoTimeSql('r.updated_at')} as "updatedAt", r.version`;

// $1 … $4 box, $5 text, $6 states, $7 types, $8 district, $9 town, $10 owner, $11 free status, $12 whitelisted, $13 confirmed,
// $14 flag, $15 structure, $16 power, $17 fibre, $18 import; NULL means any.
const anywhereSql = `
  ($5::text is null or strpos(r.search_text, lower($5 collate "C")) > 0)
  and ($6::text[] is null or r.state = any ($6::text[]))
  and ($7::text[] is null or r.resource_type = any ($7::text[]))
  and ${placeFilterSql('r.district_code', '$8')}
  and ${placeFilterSql('r.town_code', '$9')}
  and ($10::text is null or r.owner = $10)
  and ($11::text is null or r.free_status = $11)
  and ($12::boolean is null or r.whitelisted = $12)
  and ($13::boolean is null or (r.owner_confirmed_at is not null) = $13)
  and ($14::text is null or $14 = any (r.constraint_flags))
  and ($15::text is null or r.structure_check = $15)
  and ($16::text is null or r.power_mode = $16)
  and ($17::text is null or r.fibre = $17)
  and ($18::text is null or r.import_id = $18)`;
const filterSql = `($1::float8 is null or ${withinSql('r', 1)}) and ${anywhereSql}`;

const filterValues = (query: ResourceQuery): unknown[] => [
  ...boxValues(query.box),
  query.q || null,
  query.states ?? null,
  query.resourceTypes ?? null,
  query.districtCode ?? null,
  query.townCode ?? null,
  query.owner ?? null,
  query.freeStatus ?? null,
  query.whitelisted ?? null,
  query.confirmed ?? null,
  query.constraintFlag ?? null,
  query.structureCheck ?? null,
  query.powerMode ?? null,
  query.fibre ?? null,
  query.importId ?? null,
];

/** An index of migration 030 stands behind each. */
const sortColumns = {
  code: 'r.code',
  name: 'r.name',
  owner: 'r.owner',
  resourceType: "coalesce(r.resource_type, '')",
  state: 'r.state collate "C"',
  totalHeightM: 'r.total_height_m',
  updatedAt: 'r.updated_at',
} as const;

/** Ties by id; unknown heights come last both ways. */
function orderOf({ sort = 'code', order = 'asc' }: ResourceQuery, key: string): string {
  return `${key} ${order}${sort === 'totalHeightM' ? ' nulls last' : ''}, r.id ${order}`;
}

/** `select total, resources`: $19 rows of the page from $20 on. */
function pageSql(query: ResourceQuery): string {
  const key = sortColumns[query.sort ?? 'code'];
  const shown = (
    ids: string,
  ) => `(select coalesce(json_agg(to_json(listed) order by page.place), '[]') from (${ids}) as page
    cross join lateral (select ${resourceSql} from resources r where r.id = page.id) as listed) as resources`;
  const cut = 'limit $19::int offset $20::bigint';
  if (query.q) {
    // a text is looked for in every row: once for both answers
    const order = orderOf(query, 'r.key');
    return `with hits as materialized (select r.id, ${key} as key from resources r where ${filterSql})
      select (select count(*) from hits) as total,
        ${shown(`select r.id, row_number() over (order by ${order}) as place from hits r order by ${order} ${cut}`)}`;
  }
  const order = orderOf(query, key);
  return `select (select count(*) from resources r where ${filterSql}) as total,
    ${shown(`select r.id, row_number() over (order by ${order}) as place from resources r where ${filterSql} order by ${order} ${cut}`)}`;
}

export interface ResourcePage {
  readonly resources: ResourceJson[];
  readonly total: number;
}

/** One page and the number of all matches. */
export async function loadResourcePage(db: Queryable, query: ResourceQuery): Promise<ResourcePage> {
  const pageSize = query.pageSize ?? 50;
  const values = [...filterValues(query), pageSize, ((query.page ?? 1) - 1) * pageSize];
  const { rows } = await db.query<ResourcePage>(pageSql(query), values);
  return rows[0] ?? { resources: [], total: 0 };
}

export async function countResourceStates(db: Queryable, query: ResourceQuery): Promise<ResourceCountsJson> {
  const { rows } = await db.query<{ state: ResourceState; count: number }>(
    `select r.state, count(*) as count from resources r where ${filterSql} group by r.state`,
    filterValues({ ...query, states: undefined }),
  );
  return { states: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** Marks of what lies in the box of the query. */
export const loadResourceMarks = (db: Queryable, query: ResourceQuery, zoom: number): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: `select r.id, r.lon, r.lat, r.state, r.code as label, null::text as part from resources r where ${filterSql}`,
      // by their states, which an index has, and not by their places, for which every row would be read
      totalsSql: `select a.rows - a.waiting - g.gone as located, a.waiting + g.gone as unlocated
        from (select count(*) as rows, count(*) filter (where r.state = '待定位') as waiting from resources r where ${anywhereSql}) as a,
             (select count(*) as gone from resources r where r.state collate "C" = '退出' and r.geom is null and ${anywhereSql}) as g`,
      values: filterValues(query),
    },
    zoom,
  );

export async function loadResource(db: Queryable, id: string): Promise<ResourceJson | null> {
  const { rows } = await db.query<{ resource: ResourceJson }>(
    `select to_json(listed) as resource from (select ${resourceSql} from resources r where r.id = $1) as listed`,
    [id],
  );
  return rows[0]?.resource ?? null;
}

/** Throws STORE_CONFLICT (resources_code) when the code is taken. */
export async function saveResource(db: Queryable, { id, place, ...given }: NewResource): Promise<void> {
  const { columns, values } = assigned(given);
  await db.query(
    `insert into resources (id, state, geom, original_lon, original_lat, datum, location_quality${columns.map(([column]) => `, ${column}`).join('')})
     values ($1, case when $2::float8 is null then '待定位' else '待产权确认' end,
             case when $2::float8 is not null then ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4490) end,
             $4::float8, $5::float8, $6, $7${columns.map(([, type], index) => `, $${index + 8}::${type}`).join('')})`,
    [id, ...placeValues(place), ...values],
  );
}

/** Only what is given changes. False when `version` is not the one of the row, or it is not there. */
export async function changeResource(
  db: Queryable,
  id: string,
  version: number,
  changes: ResourceChangesJson,
): Promise<boolean> {
  const { columns, values } = assigned(changes);
  if (columns.length === 0) return (await versionOf(db, id)) === version;
  const sets = columns.map(([column, type], index) => `${column} = $${index + 3}::${type}`).join(', ');
  const { rowCount } = await db.query(`update resources set ${sets} where id = $1 and version = $2`, [
    id,
    version,
    ...values,
  ]);
  return rowCount === 1;
}

async function versionOf(db: Queryable, id: string): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>('select version from resources where id = $1', [id]);
  return rows[0]?.version ?? null;
}

function assigned(changes: Partial<ResourceChangesJson>) {
  const given = editableFields.filter((field) => changes[field] !== undefined);
  return {
    columns: given.map((field) => editableColumns[field]),
    values: given.map((field) => changes[field] ?? null),
  };
}

const placeValues = (place: ResourcePlace | null): unknown[] =>
  place
    ? [...place.position, ...place.original, place.datum, place.quality]
    : [null, null, null, null, null, '未定位'];

/** Puts it on the map, or elsewhere on it; one that waited for a place then waits for its owner. */
export async function locateResource(
  db: Queryable,
  id: string,
  version: number,
  place: ResourcePlace,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update resources set geom = ST_SetSRID(ST_MakePoint($3::float8, $4::float8), 4490), original_lon = $5::float8,
            original_lat = $6::float8, datum = $7, location_quality = $8,
            state = case state when '待定位' then '待产权确认' else state end
      where id = $1 and version = $2`,
    [id, version, ...placeValues(place)],
  );
  return rowCount === 1;
}

/** Consent to all of these, as they were seen. Throws STORE_CONFLICT when one was changed meanwhile. */
export async function confirmResources(
  tx: Queryable,
  seen: readonly Pick<MovableResource, 'id' | 'version'>[],
): Promise<void> {
  if (seen.length === 0) return;
  const { rowCount } = await tx.query(
    `update resources r set owner_confirmed_at = now()
       from json_to_recordset($1::json) as seen (id text, version integer) where r.id = seen.id and r.version = seen.version`,
    [jsonText(seen.map(({ id, version }) => ({ id, version })))],
  );
  if (rowCount !== seen.length) throw new StoreError('STORE_CONFLICT', 'a resource was changed meanwhile');
}

/** The owner's consent; kept with who gave it and when. */
export async function confirmResource(db: Queryable, id: string, version: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'update resources set owner_confirmed_at = coalesce(owner_confirmed_at, now()) where id = $1 and version = $2',
    [id, version],
  );
  return rowCount === 1;
}

export async function whitelistResource(
  db: Queryable,
  id: string,
  version: number,
  whitelisted: boolean,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update resources set whitelisted = $3::boolean where id = $1 and version = $2',
    [id, version, whitelisted],
  );
  return rowCount === 1;
}

/** What a verdict about a move has to know. */
export interface MovableResource {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly state: ResourceState;
  readonly position: LonLat | null;
  readonly confirmed: boolean;
  readonly whitelisted: boolean;
  readonly districtCode: string;
  readonly townCode: string;
  readonly owner: string;
  readonly version: number;
}

/** In the order of `ids`; unknown ids are left out. */
export async function loadMovable(db: Queryable, ids: readonly string[]): Promise<MovableResource[]> {
  const { rows } = await db.query<MovableResource>(
    `select r.id, r.code, r.name, r.state, case when r.geom is not null then json_build_array(r.lon, r.lat) end as position,
            r.owner_confirmed_at is not null as confirmed, r.whitelisted, r.district_code as "districtCode",
            r.town_code as "townCode", r.owner, r.version
       from unnest($1::text[]) with ordinality as wanted (id, place) join resources r on r.id = wanted.id order by wanted.place`,
    [ids],
  );
  return rows;
}

/** All of them, as they were looked at. Throws STORE_CONFLICT when one was changed since. Back to 待定位 loses the place. */
export async function moveResources(
  tx: Queryable,
  moved: readonly Pick<MovableResource, 'id' | 'version'>[],
  to: ResourceState,
): Promise<void> {
  if (moved.length === 0) return;
  const { rowCount } = await tx.query(
    `update resources r set state = $2, geom = case when $2 = '待定位' then null else r.geom end
       from json_to_recordset($1::json) as seen (id text, version integer) where r.id = seen.id and r.version = seen.version`,
    [jsonText(moved.map(({ id, version }) => ({ id, version }))), to],
  );
  if (rowCount !== moved.length) throw new StoreError('STORE_CONFLICT', 'a resource was changed meanwhile');
}

export interface TakeOverCounts {
  readonly fit: number;
  readonly held: number;
  readonly unfit: number;
}

// $1 ids, $2 district; NULL means any. Only what may be chosen is taken over: stations that stand come by a list.
const takenSql = `($1::text[] is null or s.id = any ($1::text[])) and ($2::text is null or s.district_code = $2)`;
// two questions: one with `or` would use no index
const heldSql = `(exists (select from resources r where r.site_id = s.id) or exists (select from resources r where r.code = s.code))`;

export async function countForTakeOver(
  db: Queryable,
  ids: readonly string[] | null,
  districtCode: string | null,
): Promise<TakeOverCounts> {
  const { rows } = await db.query<TakeOverCounts>(
    `select count(*) filter (where fits and not held) as fit, count(*) filter (where held) as held,
            coalesce(cardinality($1::text[]), count(*)) - count(*) filter (where fits or held) as unfit
       from (select s.status in ('candidate', 'proposed') as fits, ${heldSql} as held from sites s where ${takenSql}) as looked`,
    [ids, districtCode],
  );
  return rows[0] ?? { fit: 0, held: 0, unfit: 0 };
}

/** Candidates become resources that wait for their owners; answers how many. Their sites stay the same rows. */
export async function takeOverSites(
  tx: Queryable,
  ids: readonly string[] | null,
  districtCode: string | null,
): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality,
       district_code, district_located, town_code, owner, free_status, mount_heights_m, power_mode, cost_cny, build_mode, site_id,
       origin, source_file, source_row)
     select 'resource-' || gen_random_uuid(), s.code, s.name, s.resource_type, '待产权确认', s.geom, s.original_lon, s.original_lat,
            s.datum, '图上', s.district_code, s.district_located, s.town_code, s.owner, s.free_status, array[s.height_m], s.power_mode,
            s.cost_cny, s.build_mode, s.id, 'site', s.source_file, s.source_row
       from sites s join resource_types t on t.code = s.resource_type
      where ${takenSql} and s.status in ('candidate', 'proposed') and not ${heldSql}`,
    [ids, districtCode],
    { deadlineMs: 120_000 },
  );
  return rowCount;
}
