// Cases: found by page, opened, changed with their version and moved through their states. Row policies, the machine, numbers and what
// follows for sites are the database's (migration 041); the same statements reach the masked view for roles that see places roughly.
import type { Box, CaseFacts, CaseState, CountedCases } from '../../engine/index.ts';
import type { CaseChangesJson, CaseCountsJson, CaseJson, NewCaseJson } from '../contract/cases.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import { countedCasesSql } from './counting-sql.ts';
import { boxValues, loadMarks, withinSql } from './map-marks.ts';
import { isoTimeSql, placeFilterSql } from './sql-text.ts';
import { jsonText, type Queryable, StoreError } from './store.ts';

export interface CaseQuery {
  /** Of the site. */
  readonly box?: Box | undefined;
  /** Part of the number, the site's code or name, operator or company. */
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly operator?: string | undefined;
  readonly company?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  readonly siteId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly planId?: string | undefined;
  readonly demandId?: string | undefined;
  /** At least so many days in its state. */
  readonly stalledDays?: number | undefined;
  readonly deliveryConfirmed?: boolean | undefined;
  /** Those that a figure of the progress report counts, within the district and town asked for. */
  readonly counted?: CountedCases | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** What a survey must tell before a case is filed, by the column that tells it. */
export const surveyDuties = {
  position: 'v.geom is not null',
  mountHeightM: 'v.mount_height_m is not null',
  structureCheck: "v.structure_check <> '未核'",
  powerMode: 'v.power_mode is not null',
  fibre: 'v.fibre is not null',
  surveyedOn: 'v.surveyed_on is not null',
  surveyor: "v.surveyor <> ''",
} as const;

// The site, resource, plan, survey and photos are looked up for the rows of the page only.
const caseSql = `c.id, c.number, c.site_id as "siteId", s.code as "siteCode", s.name as "siteName", s.status as "siteStatus",
  case when s.id is not null then json_build_array(s.lon, s.lat) end as position, c.resource_id as "resourceId",
  c.plan_id as "planId", (select p.name from plans p where p.id = c.plan_id) as "planName", c.demand_id as "demandId",
  c.operator, c.company, c.district_code as "districtCode", c.town_code as "townCode", c.state,
  ${isoTimeSql('c.state_since')} as "stateSince", c.state_before as "stateBefore", ${isoTimeSql('c.listed_at')} as "listedAt",
  c.agreed_on as "agreedOn", c.agreement, c.filing_number as "filingNumber", c.filed_on as "filedOn",
  c.started_on as "startedOn", c.completed_on as "completedOn", ${isoTimeSql('c.delivery_confirmed_at')} as "deliveryConfirmedAt",
  c.on_air_on as "onAirOn", c.on_air_evidence as "onAirEvidence", c.accepted_on as "acceptedOn", c.remark,
  claiming_company(c.resource_id, c.operator) is not null as claimed,
  coalesce((select r.whitelisted from resources r where r.id = c.resource_id), false) as whitelisted,
  exists (select from surveys v where v.case_id = c.id and ${Object.values(surveyDuties).join(' and ')}) as surveyed,
  array(select distinct p.kind from photos p join surveys v on v.case_id = p.case_id and p.id = any (v.photo_ids)
         where p.case_id = c.id order by p.kind) as "surveyPhotoKinds",
  (select count(*) from photos p where p.case_id = c.id and p.kind = '开通证据') as "evidencePhotos",
  is_relocating(c.site_id) as relocating,
  ${isoTimeSql('c.created_at')} as "createdAt", ${isoTimeSql('c.updated_at')} as "updatedAt", c.version`;
const fromSql = 'cases c left join sites s on s.id = c.site_id';

// $1 text, $2 states, $3 operator, $4 company, $5 district, $6 town, $7 site, $8 resource, $9 plan, $10 demand, $11 days, $12 delivery
// confirmed, $13 … $16 box, $17 and $18 days of a figure; NULL means any.
const placeSql = `${placeFilterSql('c.district_code', '$5')} and ${placeFilterSql('c.town_code', '$6')}`;
const plainSql = `
  ($1::text is null or strpos(lower(c.number || ' ' || coalesce(s.code || ' ' || s.name, '') || ' ' || c.operator || ' ' || c.company),
    lower($1)) > 0)
  and ($2::text[] is null or c.state = any ($2::text[]))
  and ($3::text is null or c.operator = $3)
  and ($4::text is null or c.company = $4)
  and ${placeSql}
  and ($7::text is null or c.site_id = $7)
  and ($8::text is null or c.resource_id = $8)
  and ($9::text is null or c.plan_id = $9)
  and ($10::text is null or c.demand_id = $10)
  and ($11::integer is null or c.state_since <= now() - make_interval(days => $11::integer))
  and ($12::boolean is null or (c.delivery_confirmed_at is not null) = $12)`;
const anywhereSql = ({ counted }: CaseQuery): string =>
  `${plainSql} and ${
    counted === undefined
      ? '($17::date is null and $18::date is null)'
      : `c.id in (${countedCasesSql(counted, { from: '$17', to: '$18', whereSql: placeSql })})`
  }`;
const filterSql = (query: CaseQuery): string =>
  `${anywhereSql(query)} and ($13::float8 is null or ${withinSql('s', 13)})`;

const filterValues = (query: CaseQuery): unknown[] => [
  query.q || null,
  query.states ?? null,
  query.operator ?? null,
  query.company ?? null,
  query.districtCode ?? null,
  query.townCode ?? null,
  query.siteId ?? null,
  query.resourceId ?? null,
  query.planId ?? null,
  query.demandId ?? null,
  query.stalledDays ?? null,
  query.deliveryConfirmed ?? null,
  ...boxValues(query.box),
  query.counted?.from ?? null,
  query.counted?.to ?? null,
];

const sortColumns = {
  number: 'c.number',
  siteName: "coalesce(s.name, '')",
  operator: 'c.operator',
  company: 'c.company',
  state: 'c.state collate "C"',
  stateSince: 'c.state_since',
  updatedAt: 'c.updated_at',
} as const;

export interface CasePage {
  readonly cases: CaseJson[];
  readonly total: number;
}

/** One page and the number of all matches; ties by id. */
export async function loadCasePage(db: Queryable, query: CaseQuery): Promise<CasePage> {
  const { sort = 'number', order = 'asc', page = 1, pageSize = 50 } = query;
  const orderSql = `${sortColumns[sort]} ${order}, c.id ${order}`;
  const { rows } = await db.query<CasePage>(
    `select (select count(*) from ${fromSql} where ${filterSql(query)}) as total,
       (select coalesce(json_agg(to_json(listed) order by cut.place), '[]')
          from (select c.id, row_number() over (order by ${orderSql}) as place from ${fromSql} where ${filterSql(query)}
                 order by ${orderSql} limit $19::int offset $20::bigint) as cut
          cross join lateral (select ${caseSql} from ${fromSql} where c.id = cut.id) as listed) as cases`,
    [...filterValues(query), pageSize, (page - 1) * pageSize],
  );
  return rows[0] ?? { cases: [], total: 0 };
}

export async function countCaseStates(db: Queryable, query: CaseQuery): Promise<CaseCountsJson> {
  const { rows } = await db.query<{ state: CaseState; count: number }>(
    `select c.state, count(*) as count from ${fromSql} where ${filterSql(query)} group by c.state`,
    filterValues({ ...query, states: undefined }),
  );
  return { states: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** Marks of the sites in the box of the query. */
export const loadCaseMarks = (db: Queryable, query: CaseQuery, zoom: number): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: `select c.id, s.lon, s.lat, c.state, c.number as label, null::text as part from ${fromSql} where ${filterSql(query)}`,
      totalsSql: `select count(s.id) as located, count(*) - count(s.id) as unlocated from ${fromSql} where ${anywhereSql(query)}`,
      values: filterValues(query),
    },
    zoom,
  );

/** In the order of `ids`; unknown ids are left out. */
export async function loadCases(db: Queryable, ids: readonly string[]): Promise<CaseJson[]> {
  const { rows } = await db.query<{ found: CaseJson }>(
    `select to_json(listed) as found from unnest($1::text[]) with ordinality as wanted (id, place)
      cross join lateral (select ${caseSql} from ${fromSql} where c.id = wanted.id) as listed order by wanted.place`,
    [ids],
  );
  return rows.map(({ found }) => found);
}

export async function loadCase(db: Queryable, id: string): Promise<CaseJson | null> {
  return (await loadCases(db, [id]))[0] ?? null;
}

/** What the machine asks about a case, with what somebody gives together with the move. */
export function factsOfCase(found: CaseJson, given: CaseChangesJson = {}): CaseFacts {
  const known = { ...found, ...given };
  return {
    ...known,
    listed: found.listedAt !== null,
    deliveryConfirmed: found.deliveryConfirmedAt !== null,
  };
}

/** Whether who asks sees such a site. */
export async function seesSite(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('select 1 from sites where id = $1', [id])).rows.length === 1;
}

/** The live case of site (or demand) and operator, or a new one. */
export async function openCase(
  db: Queryable,
  {
    siteId = null,
    planId = null,
    demandId = null,
    operator,
  }: Partial<Record<'siteId' | 'planId' | 'demandId', string | null>> & Pick<NewCaseJson, 'operator'>,
): Promise<string> {
  const state = planId !== null && siteId !== null ? '入方案' : siteId !== null ? '候选' : '需求';
  const { rows } = await db.query<{ id: string }>('select open_case($1, $2, $3, $4, $5) as id', [
    siteId,
    planId,
    demandId,
    operator,
    state,
  ]);
  return rows[0]!.id;
}

export interface PlanSites {
  /** New sites of the plan that have no live case of the operator, site by site. */
  readonly fit: readonly { readonly siteId: string; readonly operator: string }[];
  readonly held: number;
  /** Whether the plan says itself who moves in where. */
  readonly named: boolean;
}

/**
 * Null: nobody knows the plan. `siteIds` null: all new sites within reach. `operator` null: those whom the plan names, each once; with an operator a
 * plan for several gives only the rows where that one moves in.
 */
export async function loadPlanSites(
  db: Queryable,
  planId: string,
  siteIds: readonly string[] | null,
  operator: string | null,
): Promise<PlanSites | null> {
  const { rows } = await db.query<PlanSites & { known: boolean }>(
    `select exists (select from plans where id = $1 and deleted_at is null) as known,
            coalesce(json_agg(json_build_object('siteId', site_id, 'operator', operator) order by rank, site_id, at)
              filter (where not held), '[]') as fit,
            count(*) filter (where held) as held, coalesce(bool_or(named), false) as named
       from (select i.site_id, i.rank, wanted.operator, wanted.at, i.sharing is not null as named,
                    exists (select from cases c where c.site_id = i.site_id and c.operator = wanted.operator
                      and c.state not in ('撤销', '退网')) as held
               from plan_items i join sites s on s.id = i.site_id
               cross join lateral (
                 select o.operator, o.at from jsonb_array_elements_text(i.sharing->'operatorIds') with ordinality as o (operator, at)
                  where $3::text is null or o.operator = $3
                 union all select $3, 1 where i.sharing is null) as wanted
              where i.plan_id = $1 and i.status = 'new' and ($2::text[] is null or i.site_id = any ($2::text[]))) as listed`,
    [planId, siteIds, operator],
  );
  const [found] = rows;
  return found?.known ? { fit: found.fit, held: found.held, named: found.named } : null;
}

/** [column, SQL type] of what people fill in. */
const columnOf: Readonly<Record<keyof CaseChangesJson, readonly [column: string, type: string]>> = {
  siteId: ['site_id', 'text'],
  planId: ['plan_id', 'text'],
  agreedOn: ['agreed_on', 'date'],
  agreement: ['agreement', 'text'],
  filingNumber: ['filing_number', 'text'],
  filedOn: ['filed_on', 'date'],
  startedOn: ['started_on', 'date'],
  completedOn: ['completed_on', 'date'],
  onAirOn: ['on_air_on', 'date'],
  onAirEvidence: ['on_air_evidence', 'text'],
  acceptedOn: ['accepted_on', 'date'],
  remark: ['remark', 'text'],
};

function assigned(changes: CaseChangesJson, from: number) {
  const given = (Object.keys(columnOf) as (keyof CaseChangesJson)[]).filter(
    (field) => changes[field] !== undefined,
  );
  return {
    sets: given.map((field, index) => `${columnOf[field][0]} = $${from + index}::${columnOf[field][1]}`),
    values: given.map((field) => changes[field] ?? null),
  };
}

/** Only what is given changes. False when `version` is not the one of the row, or it is not there. */
export async function changeCase(
  db: Queryable,
  id: string,
  version: number,
  changes: CaseChangesJson,
): Promise<boolean> {
  const { sets, values } = assigned(changes, 3);
  if (sets.length === 0) {
    const { rows } = await db.query('select 1 from cases where id = $1 and version = $2', [id, version]);
    return rows.length === 1;
  }
  const { rowCount } = await db.query(`update cases set ${sets.join(', ')} where id = $1 and version = $2`, [
    id,
    version,
    ...values,
  ]);
  return rowCount === 1;
}

/** All of them, as they were looked at, with what came along. Throws STORE_CONFLICT when one was changed since. */
export async function moveCases(
  tx: Queryable,
  moved: readonly Pick<CaseJson, 'id' | 'version'>[],
  to: CaseState,
  given: CaseChangesJson,
): Promise<void> {
  if (moved.length === 0) return;
  const { sets, values } = assigned(given, 3);
  const { rowCount } = await tx.query(
    `update cases c set ${['state = $2', ...sets].join(', ')}
       from json_to_recordset($1::json) as seen (id text, version integer) where c.id = seen.id and c.version = seen.version`,
    [jsonText(moved.map(({ id, version }) => ({ id, version }))), to, ...values],
  );
  if (rowCount !== moved.length) throw new StoreError('STORE_CONFLICT', 'a case was changed meanwhile');
}

/** By the operator of the station. */
export async function confirmDelivery(db: Queryable, id: string, version: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'update cases set delivery_confirmed_at = coalesce(delivery_confirmed_at, now()) where id = $1 and version = $2',
    [id, version],
  );
  return rowCount === 1;
}
