// What a batch proposes: sites of a plan, of a list or of the library with what is known of them, and the automatic checks of each. Read
// as the person who puts the batch together; only the neighbours of a place are looked for among everybody's rows.
import {
  checkRow,
  findEquipmentProfile,
  type RowCheck,
  type RowCheckFacts,
  type RowCheckRules,
} from '../../engine/index.ts';
import type { BatchPreviewJson, BatchPreviewRequestJson } from '../contract/batches.ts';
import { jsonText, type Queryable } from './store.ts';

export type Proposal = Omit<BatchPreviewJson['rows'][number], 'checks'>;
export type LeftOut = BatchPreviewJson['leftOut'][number];

export interface Proposals {
  readonly planId: string | null;
  /** Districts with their rows, whichever district was asked for. */
  readonly districts: BatchPreviewJson['districts'];
  /** Of the district asked for, in the order of the plan or the list. */
  readonly proposals: Proposal[];
  readonly leftOut: LeftOut[];
}

/** Of a site `s` and, where it is in the library, its resource `r`. */
const factsSql = `'siteId', s.id, 'resourceId', r.id, 'code', s.code, 'name', s.name, 'address', coalesce(r.address, ''),
  'position', json_build_array(s.lon, s.lat), 'resourceType', s.resource_type, 'structure', s.structure,
  'districtCode', s.district_code, 'townCode', coalesce(nullif(s.town_code, ''), r.town_code, ''),
  'townName', coalesce((select t.name from towns t where t.code = coalesce(nullif(s.town_code, ''), r.town_code)), ''), 'owner', s.owner,
  'consent', case when r.id is null then null when r.owner_confirmed_at is not null then 'confirmed' when r.whitelisted then 'whitelisted'
                  else 'missing' end,
  'resourceState', r.state, 'buildMode', s.build_mode, 'powerMode', coalesce(r.power_mode, s.power_mode),
  'structureCheck', r.structure_check, 'constraintFlags', coalesce(r.constraint_flags, '{}')`;

// $1 plan, $2 sites, $3 resources, $4 operators, $5 equipment, $6 the plan's own equipment, $7 district.
// A plan proposes its new sites, or those named of them, with the price and equipment it chose; one for several operators proposes each row
// for those who move in there (of $4, where some are named), at what they pay, with the equipment of the first.
const proposalsSql = `
  with wanted as materialized (
    select i.site_id, null::text as resource_id, i.rank::bigint as place, i.cost_cny, i.configuration->>'profileId' as profile_id,
           (i.configuration->>'heightM')::float8 as height_m, i.sharing
      from plan_items i where i.plan_id = $1 and i.status = 'new' and ($2::text[] is null or i.site_id = any ($2::text[]))
    union all
    select asked.id, null, asked.place, null, null, null, null from unnest($2::text[]) with ordinality as asked (id, place)
     where $1::text is null
    union all
    select r.site_id, asked.id, asked.place, null, null, null, null
      from unnest($3::text[]) with ordinality as asked (id, place) join resources r on r.id = asked.id
  ), moving as materialized (
    select w.site_id, w.place, w.height_m, coalesce(shared.cost_cny, w.cost_cny) as cost_cny,
           case when w.sharing is null then $4::text[] else shared.operators end as operators,
           case when w.sharing is null then w.profile_id else (
             select o->>'profileId' from plans p, jsonb_array_elements(p.request->'operators') as o
              where p.id = $1 and o->>'id' = shared.operators[1]) end as profile_id
      from wanted w left join lateral (
             select coalesce(array_agg(o.operator order by o.at), '{}') as operators, sum(paid.yuan::bigint)::bigint as cost_cny
               from jsonb_array_elements_text(w.sharing->'operatorIds') with ordinality as o (operator, at)
               join jsonb_array_elements_text(w.sharing->'paymentsCny') with ordinality as paid (yuan, at) using (at)
              where cardinality($4::text[]) = 0 or o.operator = any ($4::text[])) as shared on true
     where w.sharing is null or cardinality(shared.operators) > 0
  ), found as materialized (
    select w.place, s.id, s.code, s.name, s.district_code, open_batch_of(s.id, w.operators, null) as batch_number,
           cases_agreed(s.id, w.operators) as agreed,
           json_build_object(${factsSql}, 'heightM', coalesce(w.height_m, s.height_m), 'costCny', coalesce(w.cost_cny, s.cost_cny),
             'forOperators', w.operators, 'profileId', coalesce($5, w.profile_id, $6), 'note', '') as proposal
      from moving w join sites s on s.id = w.site_id left join resources r on r.site_id = s.id
  ), chosen as (
    select coalesce(nullif($7, ''), (select f.district_code from found f where f.district_code <> '' and f.batch_number is null and not f.agreed
      group by f.district_code order by count(*) desc, f.district_code limit 1)) as code
  )
  select chosen.code as "districtCode",
    (select coalesce(json_agg(json_build_object('districtCode', n.code, 'districtName', coalesce(d.name, n.code), 'rows', n.rows)
              order by n.code), '[]')
       from (select f.district_code as code, count(*) as rows from found f where f.batch_number is null and not f.agreed group by 1) as n
       left join districts d on d.code = n.code) as districts,
    (select coalesce(json_agg(f.proposal order by f.place, f.id), '[]') from found f
      where f.district_code = chosen.code and f.batch_number is null and not f.agreed) as proposals,
    (select coalesce(json_agg(l.left_out order by l.place), '[]') from (
       select f.place, json_build_object('id', f.id, 'code', f.code, 'name', f.name,
                'why', case when f.batch_number is not null then 'in-open-batch' else 'agreed' end,
                'batchNumber', nullif(f.batch_number, '')) as left_out
         from found f
        where f.district_code = coalesce(chosen.code, f.district_code) and (f.batch_number is not null or f.agreed)
       union all
       select w.place, json_build_object('id', r.id, 'code', r.code, 'name', r.name, 'why', 'no-site', 'batchNumber', null)
         from wanted w join resources r on r.id = w.resource_id where w.site_id is null) as l) as "leftOut"
    from chosen`;

/** Sites out of reach are not there. */
export async function loadProposals(
  db: Queryable,
  source: BatchPreviewRequestJson,
): Promise<Proposals & { readonly districtCode: string | null }> {
  const { planId = null, siteIds = null, resourceIds = null, forOperators = [], profileId = null } = source;
  const { rows } = await db.query<Omit<Proposals, 'planId'> & { districtCode: string | null }>(
    proposalsSql,
    [
      planId,
      siteIds,
      resourceIds,
      forOperators,
      profileId,
      planId === null ? null : await profileOfPlan(db, planId),
      source.districtCode ?? null,
    ],
    { deadlineMs: 120_000 },
  );
  const found = rows[0] ?? { districtCode: null, districts: [], proposals: [], leftOut: [] };
  return { ...found, planId };
}

async function profileOfPlan(db: Queryable, planId: string): Promise<string | null> {
  const { rows } = await db.query<{ profileId: string | null }>(
    `select p.request->>'profileId' as "profileId" from plans p where p.id = $1`,
    [planId],
  );
  return rows[0]?.profileId ?? null;
}

/** What is known of one site now; null when it is out of reach. */
export async function loadSiteFacts(
  db: Queryable,
  siteId: string,
): Promise<Omit<
  Proposal,
  'heightM' | 'costCny' | 'forOperators' | 'profileId' | 'note' | 'buildMode'
> | null> {
  const { rows } = await db.query<{ facts: Proposal }>(
    `select json_build_object(${factsSql}) as facts from sites s left join resources r on r.site_id = s.id where s.id = $1`,
    [siteId],
  );
  return rows[0]?.facts ?? null;
}

type StoredFacts = Pick<
  RowCheckFacts,
  | 'foundDistrictCode'
  | 'outlineKnown'
  | 'nearby'
  | 'areaKinds'
  | 'slotsFree'
  | 'towerM'
  | 'buildingsAround'
  | 'tallBuildingM'
  | 'buildingsWithoutHeight'
>;

/** The checks of each, in their order. `batchId`: rows of this batch are not their own neighbours. */
export async function checkProposals(
  db: Queryable,
  batchId: string | null,
  proposals: readonly Proposal[],
): Promise<RowCheck[][]> {
  if (proposals.length === 0) return [];
  const rules = await loadCheckRules(db);
  const listed = proposals.map((row) => ({
    siteId: row.siteId,
    resourceId: row.resourceId,
    lon: row.position[0],
    lat: row.position[1],
    heightM: row.heightM,
    structure: row.structure,
    districtCode: row.districtCode,
  }));
  const { rows } = await db.query<{ place: number; facts: StoredFacts }>(
    'select place, facts from batch_check_facts($1, $2::json) order by place',
    [batchId, jsonText(listed)],
    { deadlineMs: 120_000 },
  );
  const claimed = await loadClaimedOperators(db, proposals);
  return proposals.map((row, index) =>
    checkRow(
      {
        ...rows[index]!.facts,
        districtCode: row.districtCode,
        constraintFlags: row.resourceId === null ? null : row.constraintFlags,
        consent: row.consent,
        resourceState: row.resourceState,
        operators: row.forOperators.length,
        operatorsClaimed: claimed[index] ?? 0,
        structure: row.structure,
        buildMode: row.buildMode,
        heightM: row.heightM,
        profile: findEquipmentProfile(row.profileId ?? '') ?? null,
      },
      rules,
    ),
  );
}

/** Of the operators of each row, how many have a live claim at its resource. */
async function loadClaimedOperators(db: Queryable, proposals: readonly Proposal[]): Promise<number[]> {
  const { rows } = await db.query<{ claimed: number }>(
    `select (select count(distinct o.operator)::int from claims c cross join unnest(c.for_operators) as o (operator)
              where c.resource_id = a.resource_id and o.operator = any (a.operators)
                and c.state in ('持有', '已转建设') and claim_lives(c.state, c.company, c.until, clock_timestamp())) as claimed
       from rows from (json_to_recordset($1::json) as ("resourceId" text, "forOperators" text[])) with ordinality
         as a (resource_id, operators, place) order by a.place`,
    [jsonText(proposals.map(({ resourceId, forOperators }) => ({ resourceId, forOperators })))],
  );
  return rows.map(({ claimed }) => claimed);
}

async function loadCheckRules(db: Queryable): Promise<RowCheckRules> {
  const { rows } = await db.query<RowCheckRules>(
    `select setting_number('duplicate.radius_m', 50) as "duplicateRadiusM",
            setting_number('tower.spacing_settlement_m', 500) as "towerSpacingSettlementM",
            setting_number('tower.spacing_other_m', 3000) as "towerSpacingOtherM"`,
    [],
  );
  // a select without a table is one row
  return rows[0]!;
}
