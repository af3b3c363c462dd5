// What else could serve whoever lost a resource: open ones with places left, around the demand they were to serve (within its search
// radius) or around what was lost, none where one of the operators is already. The nearest are looked at; the engine ranks them.
import type { FreeStatus, MatchCandidate, MatchDemand, ResourceState } from '../../engine/index.ts';
import type { Queryable } from './store.ts';

/** Around a resource that was to serve no demand. */
const RADIUS_M = 1000;
const MOST_LOOKED_AT = 100;

export interface SubstituteRow extends Omit<MatchCandidate, 'gainShare'> {
  readonly code: string;
  readonly name: string;
  readonly owner: string;
  readonly state: ResourceState;
  readonly freeStatus: FreeStatus | null;
  readonly slotsFree: number;
  readonly whitelisted: boolean;
}

export interface SubstitutesAround {
  /** Null: neither the resource nor the demand has a place. */
  readonly demand: Omit<MatchDemand, 'stations'> | null;
  /** Measured from the demand, not from the resource. */
  readonly isFromDemand: boolean;
  readonly rows: readonly SubstituteRow[];
}

export async function loadSubstitutesAround(
  db: Queryable,
  resourceId: string,
  demandIds: readonly string[],
  operators: readonly string[],
): Promise<SubstitutesAround> {
  const { rows } =
    demandIds.length === 0
      ? await db.query<SubstitutesAround>(aroundResource, [resourceId, operators], { keepPlan: true })
      : await db.query<SubstitutesAround>(aroundDemand, [resourceId, operators, demandIds]);
  return rows[0] ?? { demand: null, isFromDemand: false, rows: [] };
}

/** `middles`: rows of place, id, geom, lon, lat, radius_m, form and want_height_m; the first is looked around. */
const aroundSql = (middles: string): string => `with middle as materialized (
       select * from (${middles}) as middles order by place, id limit 1
     ), near as materialized (
       select r.id from middle m cross join lateral (
         select r.id, r.geom from resources r
          where r.geom && ST_Expand(m.geom, m.radius_m / (111000.0 * greatest(0.01, cos(radians(m.lat)))), m.radius_m / 111000.0)
            and r.state in ('已开放', '部分占用') and r.id <> $1
          order by ST_DistanceSphere(r.geom, m.geom), r.id limit ${MOST_LOOKED_AT}) as r
     )
     select case when m.id is not null then json_build_object('position', json_build_array(m.lon, m.lat),
              'searchRadiusM', m.radius_m, 'form', m.form, 'wantHeightM', m.want_height_m) end as demand,
            coalesce(m.place = 1, false) as "isFromDemand",
            (select coalesce(json_agg(json_build_object('id', r.id, 'code', r.code, 'name', r.name, 'owner', r.owner,
               'position', json_build_array(r.lon, r.lat), 'resourceType', r.resource_type, 'state', r.state,
               'totalHeightM', r.total_height_m, 'mountHeightsM', r.mount_heights_m, 'freeStatus', r.free_status,
               'powerMode', r.power_mode, 'powerDistanceM', r.power_distance_m, 'fibre', r.fibre,
               'structureCheck', r.structure_check, 'constraintFlags', r.constraint_flags,
               -- an open one that nobody holds has all its places: counting is for the others
               'slotsFree', case when r.state = '已开放' then coalesce(r.slots, 1) else slots_free(r.id) end,
               'whitelisted', r.whitelisted)), '[]') from near n join resources r on r.id = n.id
              -- an operator claims a resource once (CLAIM-SAME-OPERATOR): no way out of a refusal
              where not exists (select 1 from claims c where c.resource_id = n.id and c.state in ('申请', '持有', '已转建设')
                and c.company <> '' and c.for_operators && $2::text[])) as rows
       from (select 1) as once left join middle m on true`;

const lostSql = `select 2 as place, r.id, r.geom, r.lon, r.lat, ${RADIUS_M} as radius_m, null::text as form,
           null::float8 as want_height_m from resources r where r.id = $1 and r.geom is not null`;
/** Most claims: the plan of this text is the same for all of them. */
const aroundResource = aroundSql(lostSql);
const aroundDemand =
  aroundSql(`select 1 as place, d.id, d.geom, d.lon, d.lat, d.search_radius_m as radius_m, d.form, d.want_height_m
           from demands d where d.id = any ($3::text[])
         union all ${lostSql}`);
