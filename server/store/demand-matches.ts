// What a match is judged by: for each demand the resources within its search radius (the nearest of them when there are very many),
// and what the latest plan that is done around it counted for their sites. One statement for one demand or for a hundred; each
// resource travels once. Whoever asks finds the resources they may read, where they may see them.
import {
  type MatchCandidate,
  type MatchDemand,
  type MatchRule,
  openStates,
  weighMatchRules,
} from '../../engine/index.ts';
import type { MatchJson } from '../contract/demands.ts';
import type { Queryable } from './store.ts';

/** A radius of twenty kilometres holds a whole city. */
const MOST_CANDIDATES = 2000;
const DEADLINE_MS = 60_000;

export interface DemandToMatch extends MatchDemand {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly operator: string;
  readonly version: number;
  readonly plan: { readonly id: string; readonly name: string } | null;
}

/** What a candidate shows beside what its match is made of. */
export type CandidateRow = Omit<MatchCandidate, 'gainShare' | 'constraintFlags' | 'mountHeightsM'> &
  Pick<MatchJson, 'code' | 'name' | 'owner' | 'siteId' | 'constraintFlags' | 'mountHeightsM'>;

export interface DemandCandidates {
  readonly demand: DemandToMatch;
  readonly rows: readonly CandidateRow[];
  readonly candidates: readonly MatchCandidate[];
}

/** Rows travel as lists in this order: names in each of ten thousand rows cost more than finding them. */
const candidateColumns: readonly (readonly [field: keyof CandidateRow, column: string])[] = [
  ['id', 'r.id'],
  ['code', 'r.code'],
  ['name', 'r.name'],
  ['owner', 'r.owner'],
  ['siteId', 'r.site_id'],
  ['position', 'json_build_array(r.lon, r.lat)'],
  ['resourceType', 'r.resource_type'],
  ['state', 'r.state'],
  ['totalHeightM', 'r.total_height_m'],
  ['mountHeightsM', 'r.mount_heights_m'],
  ['freeStatus', 'r.free_status'],
  ['powerMode', 'r.power_mode'],
  ['powerDistanceM', 'r.power_distance_m'],
  ['fibre', 'r.fibre'],
  ['structureCheck', 'r.structure_check'],
  ['constraintFlags', 'r.constraint_flags'],
  // nobody holds a place of what is plainly open; of the rest the claims are counted
  ['slotsFree', "case when r.state in ('已锁定', '部分占用', '满载') then slots_free(r.id) else r.slots end"],
];

// $1 ids of demands, $2 states of resources (NULL: any), $3 most candidates of one demand
const matchSql = `
  with wanted as materialized (
    select asked.place, d.id, d.code, d.name, d.operator, d.version, d.geom, d.lon, d.lat, d.search_radius_m, d.form, d.want_height_m,
           1 + cardinality(d.joint_operators) as stations, plan.id as plan_id, plan.name as plan_name
      from unnest($1::text[]) with ordinality as asked (id, place) join demands d on d.id = asked.id
      left join lateral (select p.id, p.name from plans p
         where p.state = 'done' and p.deleted_at is null and d.lon between p.box[1] and p.box[3] and d.lat between p.box[2] and p.box[4]
         order by p.finished_at desc, p.id limit 1) as plan on true
  ), hits as materialized (
    select w.id as demand_id, w.plan_id, near.id as resource_id, near.site_id from wanted w
     cross join lateral (
       select r.id, r.site_id from resources r
        where r.geom && ST_Expand(w.geom, w.search_radius_m / (111000.0 * greatest(0.01, cos(radians(w.lat)))), w.search_radius_m / 111000.0)
          and ($2::text[] is null or r.state = any ($2::text[])) and r.state <> '退出'
        order by ST_DistanceSphere(r.geom, w.geom), r.id limit $3::int) as near
  ), found as materialized (
    select row_number() over (order by id) - 1 as place, id from (select distinct resource_id as id from hits) as once
  )
  select
    (select coalesce(json_agg(json_build_object('id', w.id, 'code', w.code, 'name', w.name, 'operator', w.operator,
         'version', w.version, 'position', json_build_array(w.lon, w.lat), 'searchRadiusM', w.search_radius_m, 'form', w.form,
         'wantHeightM', w.want_height_m, 'stations', w.stations, 'plan', case when w.plan_id is not null
           then json_build_object('id', w.plan_id, 'name', w.plan_name) end) order by w.place), '[]') from wanted w) as demands,
    (select coalesce(json_agg(json_build_array(${candidateColumns.map(([, column]) => column).join(', ')}) order by f.place), '[]')
       from found f join resources r on r.id = f.id) as resources,
    (select coalesce(json_object_agg(of_one.demand_id, of_one.places), '{}')
       from (select h.demand_id, json_agg(f.place) as places from hits h join found f on f.id = h.resource_id group by h.demand_id)
         as of_one) as hits,
    (select coalesce(json_agg(json_build_array(i.plan_id, i.site_id, i.gain_weight_share)), '[]')
       from (select distinct h.plan_id, h.site_id from hits h where h.site_id is not null) as asked
       join plan_items i on i.plan_id = asked.plan_id and i.site_id = asked.site_id and i.status = 'new') as gains`;

interface Found {
  readonly demands: readonly DemandToMatch[];
  /** In the order of `candidateColumns`. */
  readonly resources: readonly (readonly unknown[])[];
  /** Demand → places in `resources`. */
  readonly hits: Readonly<Record<string, readonly number[]>>;
  readonly gains: readonly (readonly [planId: string, siteId: string, share: number])[];
}

/** In the order of `demandIds`; a demand out of reach is left out. `all`: also what is not open. */
export async function loadCandidates(
  db: Queryable,
  demandIds: readonly string[],
  all: boolean,
): Promise<DemandCandidates[]> {
  const { rows: answer } = await db.query<Found>(
    matchSql,
    [demandIds, all ? null : openStates, MOST_CANDIDATES],
    { deadlineMs: DEADLINE_MS },
  );
  const { demands = [], resources = [], hits = {}, gains = [] } = answer[0] ?? {};
  const found = resources.map(
    // one value for each column
    (values) =>
      Object.fromEntries(
        candidateColumns.map(([field], at) => [field, values[at]]),
      ) as unknown as CandidateRow,
  );
  const gainOf = new Map(gains.map(([planId, siteId, share]) => [`${planId} ${siteId}`, share]));
  return demands.map((demand) => {
    const rows = (hits[demand.id] ?? []).map((place) => found[place]!); // places are of this answer
    const candidates = rows.map((row) => ({
      ...row,
      gainShare: gainOf.get(`${demand.plan?.id} ${row.siteId}`) ?? null,
    }));
    return { demand, rows, candidates };
  });
}

/** The rules with the weights as they are set now. */
export async function loadMatchRules(db: Queryable): Promise<readonly MatchRule[]> {
  const { rows } = await db.query<{ name: string; value: number }>(
    "select name, value from rule_values where name like 'match.%'",
    [],
  );
  return weighMatchRules(new Map(rows.map(({ name, value }) => [name, value])));
}
