// The demand library: found by page, changed with its version, matched, merged and moved through its states. Row policies and the
// machine are the database's (migration 040). Written under the table's full name: masked roles read through a view of that name
// and write what is their own.
import type { Box, DemandState, LonLat } from '../../engine/index.ts';
import type { DemandCountsJson, DemandFieldsJson, DemandJson, DuplicatesJson } from '../contract/demands.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import type { Datum } from '../contract/imports.ts';
import { demandColumns, demandFields, demandFieldsSql } from './demand-columns.ts';
import { boxValues, loadMarks, withinSql } from './map-marks.ts';
import { isoTimeSql, placeFilterSql } from './sql-text.ts';
import { jsonText, type Queryable, StoreError } from './store.ts';

export interface DemandQuery {
  readonly box?: Box | undefined;
  /** Part of code, name, batch or operator. */
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly operator?: string | undefined;
  readonly batch?: string | undefined;
  readonly scenarios?: readonly string[] | undefined;
  readonly reasons?: readonly string[] | undefined;
  readonly form?: string | undefined;
  readonly priority?: number | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  /** Day: wanted by then. */
  readonly wantedBy?: string | undefined;
  /** True: only what lies near a demand of another operator. */
  readonly duplicate?: boolean | undefined;
  readonly importId?: string | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Where a demand lies, as it was given and in CGCS2000. */
export interface DemandPlace {
  readonly position: LonLat;
  readonly original: LonLat;
  readonly datum: Datum;
}

export type NewDemand = DemandFieldsJson & {
  readonly id: string;
  readonly code: string;
  readonly operator: string;
  readonly searchRadiusM: number;
  readonly place: DemandPlace;
};

const demandSql = `d.id, ${demandFieldsSql}, d.state, json_build_array(d.lon, d.lat) as position,
  json_build_array(d.original_lon, d.original_lat) as "originalPosition", d.datum, d.joint_operators as "jointOperators",
  d.resource_id as "resourceId", (select r.code from resources r where r.id = d.resource_id) as "resourceCode",
  ${isoTimeSql('d.matched_at')} as "matchedAt", d.merged_into as "mergedInto", d.origin, d.source_file as "sourceFile",
  d.source_row as "sourceRow", ${isoTimeSql('d.created_at')} as "createdAt", ${isoTimeSql('d.updated_at')} as "updatedAt",
  d.version`;

/** Another waiting demand `o` of another operator within so many metres of `d`; the box first, for the index. */
const twinSql = (metres: string): string => `
  o.geom && ST_Expand(d.geom, ${metres} / (111000.0 * greatest(0.01, cos(radians(d.lat)))), ${metres} / 111000.0)
  and o.operator <> d.operator and o.state in ('新建', '已匹配') and ST_DistanceSphere(o.geom, d.geom) <= ${metres}`;
const radiusSql = "(select setting_number('duplicate.radius_m', 50))";
/** A demand `d` that waits, near one of another operator. */
export const hasTwinSql = `(d.state in ('新建', '已匹配') and exists (select from demands o where ${twinSql(radiusSql)}))`;

// $1 … $4 box, $5 text, $6 states, $7 operator, $8 batch, $9 scenarios, $10 reasons, $11 form, $12 priority, $13 district, $14 town,
// $15 day, $16 duplicate, $17 import; NULL means any.
const anywhereSql = `
  ($5::text is null or strpos(d.search_text, lower($5 collate "C")) > 0)
  and ($6::text[] is null or d.state = any ($6::text[]))
  and ($7::text is null or d.operator = $7 or $7 = any (d.joint_operators))
  and ($8::text is null or d.batch = $8)
  and ($9::text[] is null or d.scenario = any ($9::text[]))
  and ($10::text[] is null or d.reason = any ($10::text[]))
  and ($11::text is null or d.form = $11)
  and ($12::int is null or d.priority = $12::int)
  and ${placeFilterSql('d.district_code', '$13')}
  and ${placeFilterSql('d.town_code', '$14')}
  and ($15::date is null or d.want_date <= $15::date)
  and ($16::boolean is null or ${hasTwinSql})
  and ($17::text is null or d.import_id = $17)`;
const filterSql = `($1::float8 is null or ${withinSql('d', 1)}) and ${anywhereSql}`;

const filterValues = (query: DemandQuery): unknown[] => [
  ...boxValues(query.box),
  query.q || null,
  query.states ?? null,
  query.operator ?? null,
  query.batch ?? null,
  query.scenarios ?? null,
  query.reasons ?? null,
  query.form ?? null,
  query.priority ?? null,
  query.districtCode ?? null,
  query.townCode ?? null,
  query.wantedBy ?? null,
  query.duplicate ?? null,
  query.importId ?? null,
];

/** An index of migration 040 stands behind each. */
const sortColumns = {
  code: 'd.code',
  state: 'd.state collate "C"',
  priority: 'd.priority',
  wantDate: 'd.want_date',
  updatedAt: 'd.updated_at',
} as const;

/** Ties by id; days nobody named come last both ways. */
function orderOf({ sort = 'updatedAt', order = 'desc' }: DemandQuery): string {
  return `${sortColumns[sort]} ${order}${sort === 'wantDate' ? ' nulls last' : ''}, d.id ${order}`;
}

export interface DemandPage {
  readonly demands: DemandJson[];
  readonly total: number;
}

/** One page and the number of all matches; newest changes first unless asked otherwise. */
export async function loadDemandPage(db: Queryable, query: DemandQuery): Promise<DemandPage> {
  const pageSize = query.pageSize ?? 50;
  const order = orderOf(query);
  const { rows } = await db.query<DemandPage>(
    `select (select count(*) from demands d where ${filterSql}) as total,
       (select coalesce(json_agg(to_json(listed) order by page.place), '[]')
          from (select d.id, row_number() over (order by ${order}) as place from demands d where ${filterSql}
                 order by ${order} limit $18::int offset $19::bigint) as page
         cross join lateral (select ${demandSql} from demands d where d.id = page.id) as listed) as demands`,
    [...filterValues(query), pageSize, ((query.page ?? 1) - 1) * pageSize],
  );
  return rows[0] ?? { demands: [], total: 0 };
}

/** Ids of what the filters show, the most pressing first, and how many there are. */
export async function loadDemandIds(
  db: Queryable,
  query: DemandQuery,
  most: number,
): Promise<{ readonly ids: string[]; readonly total: number }> {
  const { rows } = await db.query<{ ids: string[]; total: number }>(
    `with shown as materialized (select d.id, d.priority, d.want_date from demands d where ${filterSql})
     select (select count(*) from shown) as total,
       array(select s.id from shown s order by s.priority, s.want_date nulls last, s.id limit $18::int) as ids`,
    [...filterValues(query), most],
  );
  return rows[0] ?? { ids: [], total: 0 };
}

export async function countDemandStates(db: Queryable, query: DemandQuery): Promise<DemandCountsJson> {
  const { rows } = await db.query<{ state: DemandState; count: number }>(
    `select d.state, count(*) as count from demands d where ${filterSql} group by d.state`,
    filterValues({ ...query, states: undefined }),
  );
  return { states: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** Marks of what lies in the box of the query. */
export const loadDemandMarks = (db: Queryable, query: DemandQuery, zoom: number): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: `select d.id, d.lon, d.lat, d.state, d.code as label, null::text as part from demands d where ${filterSql}`,
      // none is without a place
      totalsSql: `select count(*) as located, 0 as unlocated from demands d where ${anywhereSql}`,
      values: filterValues(query),
    },
    zoom,
  );

export async function readDemand(db: Queryable, id: string): Promise<DemandJson | null> {
  const { rows } = await db.query<{ demand: DemandJson }>(
    `select to_json(listed) as demand from (select ${demandSql} from demands d where d.id = $1) as listed`,
    [id],
  );
  return rows[0]?.demand ?? null;
}

/** Throws STORE_CONFLICT (demands_code) when the operator has one of that code. */
export async function createDemand(db: Queryable, { id, place, ...given }: NewDemand): Promise<void> {
  const { columns, values } = assigned(given);
  await db.query(
    `insert into public.demands (id, geom, original_lon, original_lat, datum${columns.map(([column]) => `, ${column}`).join('')})
     values ($1, ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4490), $4::float8, $5::float8, $6
             ${columns.map(([, type], index) => `, $${index + 7}::${type}`).join('')})`,
    [id, ...placeValues(place), ...values],
  );
}

/** Only what is given changes. False when `version` is not the one of the row, or it may not be written. */
export async function changeDemand(
  db: Queryable,
  id: string,
  version: number,
  changes: DemandFieldsJson,
  place: DemandPlace | null,
): Promise<boolean> {
  const { columns, values } = assigned(changes);
  const sets = columns.map(([column, type], index) => `${column} = $${index + 3}::${type}`);
  const placeAt = columns.length + 3;
  if (place)
    sets.push(
      `geom = ST_SetSRID(ST_MakePoint($${placeAt}::float8, $${placeAt + 1}::float8), 4490), original_lon = $${placeAt + 2}::float8,
       original_lat = $${placeAt + 3}::float8, datum = $${placeAt + 4}`,
    );
  if (sets.length === 0) return (await readDemand(db, id))?.version === version;
  const { rowCount } = await db.query(
    `update public.demands set ${sets.join(', ')} where id = $1 and version = $2`,
    [id, version, ...values, ...(place ? placeValues(place) : [])],
  );
  return rowCount === 1;
}

function assigned(changes: DemandFieldsJson) {
  const given = demandFields.filter((field) => changes[field] !== undefined);
  return {
    columns: given.map((field) => demandColumns[field]),
    values: given.map((field) => changes[field] ?? null),
  };
}

const placeValues = ({ position, original, datum }: DemandPlace): unknown[] => [
  ...position,
  ...original,
  datum,
];

/** Its state and, where it is given, its resource. False when somebody else was faster. */
export async function moveDemand(
  db: Queryable,
  id: string,
  version: number,
  to: DemandState,
  resourceId: string | null = null,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update public.demands set state = $3, resource_id = coalesce($4, resource_id) where id = $1 and version = $2`,
    [id, version, to, resourceId],
  );
  return rowCount === 1;
}

export interface ChosenMatch {
  readonly id: string;
  readonly version: number;
  readonly resourceId: string;
}

/** New demands get their resources, all of them as they were looked at. Throws STORE_CONFLICT when one was changed since. */
export async function takeMatches(tx: Queryable, chosen: readonly ChosenMatch[]): Promise<void> {
  if (chosen.length === 0) return;
  const rows = chosen.map(({ id, version, resourceId }) => ({ id, version, resourceId }));
  const { rowCount } = await tx.query(
    `update public.demands d set state = '已匹配', resource_id = c."resourceId"
       from json_to_recordset($1::json) as c (id text, version integer, "resourceId" text)
      where d.id = c.id and d.version = c.version and d.state = '新建'`,
    [jsonText(rows)],
  );
  if (rowCount !== chosen.length) throw new StoreError('STORE_CONFLICT', 'a demand was changed meanwhile');
}

/** Pairs of different operators, nearest first; `demandId` null: all within reach. */
export async function loadDuplicates(
  db: Queryable,
  demandId: string | null,
  most: number,
): Promise<DuplicatesJson> {
  const twin = (
    name: string,
  ): string => `json_build_object('id', ${name}.id, 'code', ${name}.code, 'name', ${name}.name,
    'operator', ${name}.operator, 'state', ${name}.state, 'position', json_build_array(${name}.lon, ${name}.lat),
    'version', ${name}.version)`;
  const { rows } = await db.query<DuplicatesJson>(
    `with pairs as materialized (
       select d.id as first, o.id as second, ST_DistanceSphere(o.geom, d.geom) as metres
         from demands d join demands o on ${twinSql(radiusSql)}
        where d.state in ('新建', '已匹配') and (case when $1::text is null then d.id < o.id else d.id = $1 end)
     )
     select ${radiusSql} as "radiusM", (select count(*) from pairs) as total,
       (select coalesce(json_agg(json_build_object('distanceM', near.metres, 'first', ${twin('d')}, 'second', ${twin('o')})
                order by near.metres, near.first, near.second), '[]')
          from (select * from pairs order by metres, first, second limit $2::int) as near
          join demands d on d.id = near.first join demands o on o.id = near.second) as pairs`,
    [demandId, most],
  );
  return rows[0] ?? { radiusM: 0, total: 0, pairs: [] };
}

export interface SeenDemand {
  readonly id: string;
  readonly version: number;
}

/** What is merged is cancelled and points at what is kept; that keeps all operators. False when one was changed since. */
export async function mergeDemands(
  tx: Queryable,
  keep: SeenDemand,
  merged: readonly SeenDemand[],
): Promise<boolean> {
  const seen = jsonText(merged.map(({ id, version }) => ({ id, version })));
  const { rowCount: gone } = await tx.query(
    `update public.demands d set state = '已取消', merged_into = $2
       from json_to_recordset($1::json) as seen (id text, version integer) where d.id = seen.id and d.version = seen.version`,
    [seen, keep.id],
  );
  const { rowCount: kept } = await tx.query(
    `update public.demands k set joint_operators = array(
         select distinct joined.who from demands d, unnest(array[d.operator] || d.joint_operators || k.joint_operators) as joined (who)
          where d.merged_into = k.id and joined.who <> k.operator order by joined.who)
      where k.id = $1 and k.version = $2`,
    [keep.id, keep.version],
  );
  return gone === merged.length && kept === 1;
}
