// Claims: what a decision about one rests on, read under the lock of its resource; rows written, found by page, looked at. Who may
// change which row, and that nothing is given away twice, is the database's (migration 042).
import type {
  Box,
  ClaimFacts,
  ClaimGround,
  ClaimRule,
  ClaimRuleValues,
  ClaimState,
  Displaced,
  LonLat,
  ResourceState,
  ShareDiscounts,
  StandingClaim,
} from '../../engine/index.ts';
import type { ClaimJson } from '../contract/claims.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import { boxValues, loadMarks, withinSql } from './map-marks.ts';
import { isoTimeSql, placeFilterSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

/** A claim as the database tells it; whose it is for somebody, and what they may do, is added by the routes. */
export type ClaimRow = Omit<ClaimJson, 'isMine' | 'actions' | 'explanation'> & {
  readonly owner: string;
  readonly requestedBy: string | null;
  readonly rule: ClaimRule | null;
  readonly facts: ClaimFacts;
};

export interface ClaimQuery {
  /** Of the resource. */
  readonly box?: Box | undefined;
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly kind?: 'claim' | 'request' | undefined;
  readonly company?: string | undefined;
  readonly operator?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly planId?: string | undefined;
  readonly demandId?: string | undefined;
  readonly rule?: string | undefined;
  /** Rows of this organisation, as company or operator. */
  readonly mine?: string | undefined;
  /** Waits for the word of this operator. */
  readonly confirmationOf?: string | undefined;
  readonly endsWithinDays?: number | undefined;
  readonly endedWithinDays?: number | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** What has run out is over, whether or not its timer has been worked off. */
const stateSql = `case when c.state in ('申请', '持有') and c.until <= now() then '已到期' else c.state end`;

/** Ids of a claim, in their order, of the rows that whoever asks reads: who shares a place reads the claim of the other, not its case. */
const seenSql = (column: 'demand_ids' | 'case_ids', table: string): string =>
  `case when c.${column} = '{}' then c.${column} else array(select named.id from unnest(c.${column}) with ordinality as named (id, place)
     where named.id in (select t.id from ${table} t where t.id = any (c.${column})) order by named.place) end`;

// Rows become JSON after the page is cut: places are counted for its rows only.
const claimSql = `c.id, case when c.company = '' then 'request' else 'claim' end as kind, ${stateSql} as state,
  coalesce((select json_build_object('id', r.id, 'code', r.code, 'name', r.name, 'resourceType', r.resource_type, 'state', r.state,
     'owner', r.owner, 'position', case when r.geom is not null then json_build_array(r.lon, r.lat) end, 'siteId', r.site_id,
     'slots', r.slots, 'slotsFree', slots_free(r.id), 'whitelisted', r.whitelisted) from resources r where r.id = c.resource_id),
    claimed_resource(c.id)) as resource,
  c.district_code as "districtCode", c.town_code as "townCode", c.company, c.for_operators as operators,
  ${seenSql('demand_ids', 'demands')} as "demandIds", c.plan_id as "planId", ${seenSql('case_ids', 'cases')} as "caseIds", c.slots, c.load_kg as "loadKg",
  c.power_kva as "powerKva", c.note, ${isoTimeSql('c.submitted_at')} as "submittedAt", ${isoTimeSql('c.held_at')} as "heldAt",
  ${isoTimeSql('c.until')} as "until", ${isoTimeSql('c.ended_at')} as "endedAt", c.extensions,
  c.key_area_deadline as "keyAreaDeadline", c.on_air_by as "onAirBy", c.rule, c.facts,
  case when c.override_reason is not null then json_build_object('reason', c.override_reason, 'by', c.override_by,
    'at', ${isoTimeSql('c.override_at')}) end as override,
  c.end_reason as "endReason",
  (select coalesce(json_agg(json_build_object('operator', f.operator, 'decision', f.decision, 'at', ${isoTimeSql('f.at')},
     'note', f.note) order by f.operator), '[]') from claim_confirmations f where f.claim_id = c.id) as confirmations,
  c.skips_consent as "skipsConsent", c.owner, c.requested_by as "requestedBy", c.version,
  ${isoTimeSql('c.updated_at')} as "updatedAt"`;

// $1 text, $2 states, $3 kind, $4 company, $5 operator, $6 district, $7 town, $8 resource, $9 plan, $10 demand, $11 rule,
// $12 organisation, $13 operator asked, $14 days to the end, $15 days since the end, $16 … $19 box; NULL means any.
const anywhereSql = `
  ($1::text is null or strpos(lower(c.company), lower($1)) > 0 or c.resource_id in (select r.id from resources r
     where strpos(r.search_text, lower($1 collate "C")) > 0))
  and ($2::text[] is null or (${stateSql}) = any ($2::text[]))
  and ($3::text is null or (case when c.company = '' then 'request' else 'claim' end) = $3)
  and ($4::text is null or c.company = $4)
  and ($5::text is null or $5 = any (c.for_operators))
  and ${placeFilterSql('c.district_code', '$6')}
  and ${placeFilterSql('c.town_code', '$7')}
  and ($8::text is null or c.resource_id = $8)
  and ($9::text is null or c.plan_id = $9)
  and ($10::text is null or c.demand_ids @> array[$10::text])
  and ($11::text is null or c.rule = $11)
  and ($12::text is null or c.company = $12 or $12 = any (c.for_operators))
  and ($13::text is null or (c.state = '申请' and c.until > now() and exists (select from claim_confirmations f
     where f.claim_id = c.id and f.operator = $13 and f.decision is null)))
  and ($14::int is null or (c.state = '持有' and c.until > now() and c.until <= now() + make_interval(days => $14::int)))
  and ($15::int is null or coalesce(c.ended_at, c.until) between now() - make_interval(days => $15::int) and now())`;
const filterSql = `${anywhereSql}
  and ($16::float8 is null or c.resource_id in (select r.id from resources r where ${withinSql('r', 16)}))`;

const filterValues = (query: ClaimQuery): unknown[] => [
  query.q || null,
  query.states ?? null,
  query.kind ?? null,
  query.company ?? null,
  query.operator ?? null,
  query.districtCode ?? null,
  query.townCode ?? null,
  query.resourceId ?? null,
  query.planId ?? null,
  query.demandId ?? null,
  query.rule ?? null,
  query.mine ?? null,
  query.confirmationOf ?? null,
  query.endsWithinDays ?? null,
  query.endedWithinDays ?? null,
  ...boxValues(query.box),
];

const sortColumns = {
  submittedAt: 'c.submitted_at',
  until: 'c.until',
  state: `(${stateSql}) collate "C"`,
  company: 'c.company',
  resource: 'r.code',
} as const;

export interface ClaimPage {
  readonly claims: ClaimRow[];
  readonly total: number;
}

/** One page and the number of all matches; the newest first unless said otherwise. */
export async function loadClaimPage(db: Queryable, query: ClaimQuery): Promise<ClaimPage> {
  const { sort = 'submittedAt', order = sort === 'submittedAt' ? 'desc' : 'asc', pageSize = 50 } = query;
  // as the indexes have them; only an end may be unknown, and comes last both ways
  const by = `${sortColumns[sort]} ${order}${sort === 'until' ? ' nulls last' : ''}, c.id ${order}`;
  const from = sort === 'resource' ? 'claims c left join resources r on r.id = c.resource_id' : 'claims c';
  const { rows } = await db.query<ClaimPage>(
    `select (select count(*) from claims c where ${filterSql}) as total,
            (select coalesce(json_agg(to_json(listed) order by page.place), '[]')
               from (select c.id, row_number() over (order by ${by}) as place from ${from} where ${filterSql}
                      order by ${by} limit $20::int offset $21::bigint) as page
               cross join lateral (select ${claimSql} from claims c where c.id = page.id) as listed) as claims`,
    [...filterValues(query), pageSize, ((query.page ?? 1) - 1) * pageSize],
  );
  return rows[0] ?? { claims: [], total: 0 };
}

export async function countClaimStates(
  db: Queryable,
  query: ClaimQuery,
): Promise<{ states: { state: ClaimState; count: number }[]; total: number }> {
  const { rows } = await db.query<{ state: ClaimState; count: number }>(
    `select ${stateSql} as state, count(*) as count from claims c where ${filterSql} group by 1`,
    filterValues({ ...query, states: undefined }),
  );
  return { states: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** Marks of the resources in the box of the query. */
export const loadClaimMarks = (db: Queryable, query: ClaimQuery, zoom: number): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: `select c.id, r.lon, r.lat, ${stateSql} as state, r.code as label, null::text as part
        from claims c join resources r on r.id = c.resource_id and ${withinSql('r', 16)} where ${anywhereSql}`,
      totalsSql: `select count(r.lon) as located, count(*) - count(r.lon) as unlocated
        from claims c left join resources r on r.id = c.resource_id where ${anywhereSql}`,
      values: filterValues(query),
    },
    zoom,
  );

export async function loadClaim(db: Queryable, id: string): Promise<ClaimRow | null> {
  const { rows } = await db.query<{ claim: ClaimRow }>(
    `select to_json(listed) as claim from (select ${claimSql} from claims c where c.id = $1) as listed`,
    [id],
    { keepPlan: true },
  );
  return rows[0]?.claim ?? null;
}

/** Which resource, in which plan, for which demands. */
export interface ClaimTarget {
  readonly resourceId: string | null;
  readonly planId: string | null;
  readonly siteId: string | null;
  readonly demandIds: readonly string[];
}

export interface ClaimDemand {
  readonly id: string;
  readonly operators: readonly string[];
  readonly state: string;
  /** YYYY-MM-DD when it serves a key area and says by when. */
  readonly keyAreaDeadline: string | null;
  readonly searchRadiusM: number;
  /** To the resource; null: it has no place. */
  readonly distanceM: number | null;
}

export interface ClaimGrounds {
  /** Null: nothing of that id, or no such row of the plan, within reach. */
  readonly resource: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly position: LonLat | null;
    /** Whole yuan for one station; null: nobody knows. */
    readonly costCny: number | null;
  } | null;
  readonly demands: readonly ClaimDemand[];
  readonly values: ClaimRuleValues;
  readonly discounts: ShareDiscounts;
  readonly ground: (ClaimGround & { readonly state: ResourceState }) | null;
  /** By the time they were held: the first is the anchor. Company '': a request nobody has taken up. */
  readonly standing: readonly StandingClaim[];
}

/**
 * What a decision rests on. `lock` holds the resource until the transaction ends and ends what has run out on it; `look` takes it as it
 * is at this moment, which is enough to lose by and never to hold by.
 */
export async function loadClaimGrounds(
  tx: Queryable,
  target: ClaimTarget,
  how: 'look' | 'lock' = 'lock',
): Promise<ClaimGrounds> {
  const { resourceId, planId, siteId, demandIds } = target;
  const { rows } =
    planId === null && demandIds.length === 0
      ? await tx.query<ClaimGrounds>(groundsOfResource[how], [resourceId], { keepPlan: true })
      : await tx.query<ClaimGrounds>(groundsOfAny[how], [resourceId, demandIds, planId, siteId]);
  const [grounds] = rows;
  if (!grounds) throw new RangeError('loadClaimGrounds: expected one row');
  return grounds;
}

/** `found`: which resource r; `wanted`: which demands d; `grounds`: the function that knows the ground and what stands there, of f.id. */
const groundsSql = (found: string, wanted: string, grounds: string): string => `with found as materialized (
       select r.id, r.code, r.name, r.lon, r.lat, r.geom, coalesce(r.cost_cny, t.default_cost_cny) as cost_cny
         from resources r left join resource_types t on t.code = r.resource_type where ${found} limit 1
     )
     select case when f.id is not null then json_build_object('id', f.id, 'code', f.code, 'name', f.name, 'costCny', f.cost_cny,
              'position', case when f.geom is not null then json_build_array(f.lon, f.lat) end) end as resource,
            ${wanted} as demands,
            json_build_object('spacingSettlementM', setting_number('tower.spacing_settlement_m', 500),
              'spacingOtherM', setting_number('tower.spacing_other_m', 3000)) as values,
            json_build_object('percentOff', json_build_array(0, setting_number('price.share_two_percent', 30),
              setting_number('price.share_three_percent', 40)), 'anchorPercentOff', setting_number('price.anchor_percent', 5))
              as discounts,
            g.ground, coalesce(g.standing, '[]') as standing
       from (select 1) as once left join found f on true
       left join lateral ${grounds} as g on f.id is not null`;

const demandsSql = `(select coalesce(json_agg(json_build_object('id', w.id, 'operators', w.operators, 'state', w.state,
              'keyAreaDeadline', w.key_area_deadline, 'searchRadiusM', w.search_radius_m, 'distanceM', w.distance_m)
              order by w.id), '[]')
              from (select d.id, array[d.operator]::text[] || d.joint_operators as operators, d.state,
                           case when d.key_area is not null then d.want_date end as key_area_deadline, d.search_radius_m,
                           ST_DistanceSphere(f.geom, d.geom) as distance_m
                      from demands d where d.id = any ($2::text[])) as w)`;
const bothGrounds = (found: string, wanted: string) => ({
  lock: groundsSql(found, wanted, 'claim_grounds(array[f.id])'),
  look: groundsSql(found, wanted, 'claim_outlook(f.id)'),
});
/** Most claims: the plan of this text is the same for all of them. */
const groundsOfResource = bothGrounds('r.id = $1', "'[]'::json");
const groundsOfAny = bothGrounds(
  `($1::text is null or r.id = $1) and ($1::text is not null or $3::text is not null)
          and ($3::text is null or exists (select from plan_items i where i.plan_id = $3 and i.site_id = r.site_id
                 and i.site_id = coalesce($4::text, r.site_id)))`,
  demandsSql,
);

/** Locks all of them, in the order in which everybody does. */
export async function lockResources(
  tx: Queryable,
  resourceIds: readonly string[],
  siteIds: readonly string[],
): Promise<void> {
  await tx.query(
    `select g.resource_id from claim_grounds(array(select r.id from resources r where r.id = any ($1::text[])
       union select r.id from resources r where r.site_id = any ($2::text[]))) as g`,
    [resourceIds, siteIds],
  );
}

export interface ClaimsAround {
  readonly costCny: number | null;
  readonly discounts: ShareDiscounts;
  /** By the time they were held. Id '': not for whoever asks, who is told no more of it than that it is there. */
  readonly standing: readonly (StandingClaim & { readonly until: string | null })[];
}

/** What else runs on a resource, and what it costs; nothing is locked. */
export async function loadClaimsAround(db: Queryable, resourceId: string): Promise<ClaimsAround> {
  const { rows } = await db.query<ClaimsAround>(
    `select coalesce(r.cost_cny, t.default_cost_cny) as "costCny",
            json_build_object('percentOff', json_build_array(0, setting_number('price.share_two_percent', 30),
              setting_number('price.share_three_percent', 40)), 'anchorPercentOff', setting_number('price.anchor_percent', 5))
              as discounts,
            claims_beside(r.id) as standing
       from resources r left join resource_types t on t.code = r.resource_type where r.id = $1`,
    [resourceId],
  );
  return rows[0] ?? { costCny: null, discounts: { percentOff: [0], anchorPercentOff: 0 }, standing: [] };
}

/** The resource of a claim, locked, with what has run out on it ended. Null: the claim is out of reach. */
export async function lockResourceOfClaim(tx: Queryable, claimId: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `select g.resource_id as id from claims c, lateral claim_grounds(array[c.resource_id]) as g where c.id = $1`,
    [claimId],
  );
  return rows[0]?.id ?? null;
}

export interface ClaimToSave {
  readonly id: string;
  readonly state: '申请' | '持有' | '未获';
  readonly resourceId: string;
  /** '': an operator's request. */
  readonly company: string;
  readonly requestedBy: string | null;
  readonly operators: readonly string[];
  readonly demandIds: readonly string[];
  readonly planId: string | null;
  readonly slots: number;
  readonly loadKg: number | null;
  readonly powerKva: number | null;
  readonly note: string;
  readonly keyAreaDeadline: string | null;
  readonly onAirBy: string | null;
  readonly rule: ClaimRule | null;
  readonly facts: ClaimFacts;
}

/**
 * Answers the claim as it has become, null when who acts may not read it. District and owner are found by the database. Throws
 * STORE_CONSTRAINT (claims_…) for what it does not let through.
 */
export async function saveClaim(tx: Queryable, claim: ClaimToSave): Promise<ClaimRow | null> {
  const { rows } = await tx.query<{ lost: ClaimRow | null }>(
    // nothing follows from what was lost: it is as it was written
    `insert into claims as c (id, state, resource_id, company, requested_by, for_operators, demand_ids, plan_id, slots, load_kg,
       power_kva, note, key_area_deadline, on_air_by, rule, facts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::int, $10::float8, $11::float8, $12, $13::date, $14::date, $15, $16::jsonb)
     returning case when c.state = '未获' then (select to_json(listed) from (select ${claimSql}) as listed) end as lost`,
    [
      claim.id,
      claim.state,
      claim.resourceId,
      claim.company,
      claim.requestedBy,
      claim.operators,
      claim.demandIds,
      claim.planId,
      claim.slots,
      claim.loadKg,
      claim.powerKva,
      claim.note,
      claim.keyAreaDeadline,
      claim.onAirBy,
      claim.rule,
      jsonText(claim.facts),
    ],
    { keepPlan: true },
  );
  return rows[0]?.lost ?? loadClaim(tx, claim.id);
}

/** Lets go what only waits. */
export async function displaceClaims(
  tx: Queryable,
  resourceId: string,
  displaced: readonly Displaced[],
): Promise<void> {
  if (displaced.length === 0) return;
  const rows = displaced.map(({ id, reason }) => ({ id, ...reason }));
  await tx.query('select displace_claims($1, $2::json)', [resourceId, jsonText(rows)]);
}

/** Which columns a person's act changes; what follows is the database's. */
export interface ClaimChange {
  readonly state?: ClaimState;
  readonly company?: string;
  readonly extended?: true;
  readonly onAirBy?: string;
  readonly rule?: ClaimRule | null;
  readonly facts?: ClaimFacts;
  readonly overrideReason?: string;
}

/** False: it is not this person's to change. */
export async function changeClaim(tx: Queryable, id: string, change: ClaimChange): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update claims set state = coalesce($2, state), company = coalesce($3, company),
            extensions = extensions + case when $4::boolean then 1 else 0 end, on_air_by = coalesce($5::date, on_air_by),
            rule = case when $6::boolean then $7 else rule end, facts = coalesce($8::jsonb, facts),
            override_reason = coalesce($9, override_reason) where id = $1`,
    [
      id,
      change.state ?? null,
      change.company ?? null,
      change.extended ?? false,
      change.onAirBy ?? null,
      change.rule !== undefined,
      change.rule ?? null,
      change.facts === undefined ? null : jsonText(change.facts),
      change.overrideReason ?? null,
    ],
  );
  return rowCount === 1;
}

/** Takes back what was asked for; masked roles too, which reach no other column. */
export async function withdrawClaim(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query("update claims set state = '已撤回' where id = $1", [id]);
  return rowCount === 1;
}

/** False: nothing is asked of this operator. */
export async function confirmClaim(
  tx: Queryable,
  id: string,
  operator: string,
  agrees: boolean,
  note: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update claim_confirmations set decision = $3, at = now(), note = $4
      where claim_id = $1 and operator = $2 and decision is null`,
    [id, operator, agrees ? '同意' : '不同意', note],
  );
  return rowCount === 1;
}

/** How many, and when the first of them ends. */
export async function countClaims(
  db: Queryable,
  query: ClaimQuery,
): Promise<{ readonly count: number; readonly soonest: string | null }> {
  const { rows } = await db.query<{ count: number; soonest: string | null }>(
    `select count(*) as count, ${isoTimeSql('min(c.until)')} as soonest from claims c where ${filterSql}`,
    filterValues(query),
  );
  return rows[0] ?? { count: 0, soonest: null };
}
