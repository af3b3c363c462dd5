// Plans: first a job with a lease, later a result with rows and a raster. A result is written under the number of the
// lease it was computed under, so a worker that was thought dead cannot overwrite its successor's.
import type { AreaTotal, Box, PlanItem, PlanProof, PlanSummary, UncoveredPatch } from '../../engine/index.ts';
import type { PlanQueryJson } from '../contract/plan-approval.ts';
import type {
  AreaTotalJson,
  NewPlanJson,
  PlanItemJson,
  PlanItemQueryJson,
  PlanJson,
  PlanProgressJson,
  UncoveredPatchJson,
} from '../contract/plans.ts';
import { officeBriefSql, planFilter } from './plan-approval.ts';
import { reviewJsonSql } from './reviews.ts';
import { siteJsonSql } from './sites.ts';
import { boxSql, isoTimeSql } from './sql-text.ts';
import { inTransaction, jsonText, type Queryable, StoreError } from './store.ts';
import type { TileFeature } from './tile-feature.ts';
import { loadTileFeatures } from './tile-query.ts';

export interface NewPlan {
  readonly id: string;
  readonly name: string;
  readonly request: NewPlanJson;
  readonly basedOnPlanId: string | null;
}

/** Puts a plan into the queue. Throws STORE_CONSTRAINT when the plan it is based on does not exist. */
export async function createPlan(db: Queryable, plan: NewPlan): Promise<PlanJson> {
  const { rows } = await db.query<{ plan: PlanJson }>(
    `insert into plans as p (id, name, request, based_on_plan_id) values ($1, $2, $3::jsonb, $4)
     returning ${planJsonSql} as plan`,
    [plan.id, plan.name, jsonText(plan.request), plan.basedOnPlanId],
  );
  const created = rows[0]?.plan;
  if (!created) throw new StoreError('STORE_INTERNAL', 'the plan was written, but not returned');
  return created;
}

/** Plans of everybody that wait or are computed, whoever asks. */
export async function countOpenPlans(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count_open_plans() as count', []);
  if (!rows[0]) throw new StoreError('STORE_INTERNAL', 'the open plans were not counted');
  return rows[0].count;
}

// Plans of earlier versions did not count these.
const summaryDefaults = jsonText({
  insideBuildings: 0,
  ground: 'flat',
  groundHoles: 0,
  leftOut: [],
  quality: null,
  outOfRange: [],
  certificate: null,
  reach: null,
  phases: [],
  duties: [],
  scenarios: [],
  corridors: [],
  servers: null,
});

const planJsonSql = `json_build_object('id', p.id, 'name', p.name, 'state', p.state, 'progress', p.progress,
  'error', p.error, 'request', p.request, 'basedOnPlanId', p.based_on_plan_id, 'fingerprint', p.fingerprint,
  'summary', '${summaryDefaults}'::jsonb || p.summary, 'seconds', p.seconds, 'peakMb', p.peak_mb, 'createdAt', ${isoTimeSql('p.created_at')},
  'finishedAt', ${isoTimeSql('p.finished_at')}, 'office', ${officeBriefSql})`;

/** Newest first. */
export async function loadPlans(
  db: Queryable,
  limit: number,
  query: PlanQueryJson = {},
): Promise<PlanJson[]> {
  const { sql, values } = planFilter(query, 2);
  const { rows } = await db.query<{ plans: PlanJson[] }>(
    `select coalesce(json_agg(newest.plan), '[]') as plans
       from (select ${planJsonSql} as plan from plans p where ${sql}
              order by p.created_at desc, p.id limit $1::int) as newest`,
    [limit, ...values],
  );
  return rows[0]?.plans ?? [];
}

export async function loadPlan(db: Queryable, id: string): Promise<PlanJson | null> {
  const { rows } = await db.query<{ plan: PlanJson }>(
    `select ${planJsonSql} as plan from plans p where p.id = $1 and p.deleted_at is null`,
    [id],
  );
  return rows[0]?.plan ?? null;
}

export interface PlanTotals {
  readonly areas: AreaTotalJson[];
  readonly districts: AreaTotalJson[];
  readonly uncovered: UncoveredPatchJson[];
  readonly box: Box | null;
  /** Of the engine that computed it; null while the plan is not done. */
  readonly engineVersion: string | null;
}

/** Empty lists while the plan is not done. */
export async function loadPlanTotals(db: Queryable, id: string): Promise<PlanTotals> {
  const { rows } = await db.query<PlanTotals>(
    'select areas, districts, uncovered, box, engine_version as "engineVersion" from plans where id = $1',
    [id],
  );
  return rows[0] ?? { areas: [], districts: [], uncovered: [], box: null, engineVersion: null };
}

/** The same as one of its operators sees it; null when the plan is not for that one. */
export async function loadOperatorTotals(
  db: Queryable,
  id: string,
  operator: string,
): Promise<Pick<PlanTotals, 'areas' | 'districts' | 'uncovered'> | null> {
  const { rows } = await db.query<Pick<PlanTotals, 'areas' | 'districts' | 'uncovered'>>(
    'select areas, districts, uncovered from plan_operators where plan_id = $1 and operator = $2',
    [id, operator],
  );
  return rows[0] ?? null;
}

export interface PlanJob {
  readonly plan: PlanJson;
  /** Show it with every later write; it is refused when somebody else took the job since. */
  readonly lease: number;
}

/** Takes the oldest waiting plan for `leaseSeconds`, or null when none waits. */
export async function takePlanJob(db: Queryable, leaseSeconds: number): Promise<PlanJob | null> {
  const { rows } = await db.query<PlanJob>(
    `update plans as p
        set state = 'running', lease = p.lease + 1, tries = p.tries + 1, progress = null,
            lease_until = now() + make_interval(secs => $1::float8)
      where p.id = (select id from plans where state = 'queued' order by created_at, id limit 1 for update skip locked)
     returning ${planJsonSql} as plan, p.lease`,
    [leaseSeconds],
  );
  return rows[0] ?? null;
}

const heldSql = "id = $1 and lease = $2 and state = 'running'";

/** False when the lease is lost: stop working. */
export async function renewPlanLease(
  db: Queryable,
  id: string,
  lease: number,
  leaseSeconds: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update plans set lease_until = now() + make_interval(secs => $3::float8) where ${heldSql}`,
    [id, lease, leaseSeconds],
  );
  return rowCount === 1;
}

/** False when the lease is lost. */
export async function setPlanProgress(
  db: Queryable,
  id: string,
  lease: number,
  progress: PlanProgressJson,
): Promise<boolean> {
  const { rowCount } = await db.query(`update plans set progress = $3::jsonb where ${heldSql}`, [
    id,
    lease,
    jsonText(progress),
  ]);
  return rowCount === 1;
}

export interface PlanView extends Pick<FinishedPlan, 'areas' | 'districts' | 'uncovered'> {
  readonly operatorId: string;
  /** null for the first operator, whose raster is that of the plan. */
  readonly raster: Uint8Array | null;
}

export interface FinishedPlan {
  readonly fingerprint: string;
  readonly engineVersion: string;
  readonly summary: PlanSummary;
  readonly areas: readonly AreaTotal[];
  readonly districts: readonly AreaTotal[];
  readonly uncovered: readonly UncoveredPatch[];
  readonly items: readonly PlanItem[];
  /** Encoded by the engine. */
  readonly raster: Uint8Array;
  readonly proof: PlanProof;
  /** One per operator, in their order; empty in a plan for one. */
  readonly views?: readonly PlanView[];
  readonly seconds: number;
  readonly peakMb: number;
}

const FINISH_DEADLINE_MS = 60_000;
const ITEM_CHUNK = 5_000;

/** Writes the whole result at once. False, and nothing written, when the lease is lost or the plan was cancelled. */
export function finishPlan(db: Queryable, id: string, lease: number, result: FinishedPlan): Promise<boolean> {
  return inTransaction(
    db,
    async (tx) => {
      const { rowCount } = await tx.query(finishSql, [
        id,
        lease,
        result.fingerprint,
        jsonText(result.summary),
        jsonText(result.areas),
        jsonText(result.districts),
        jsonText(result.uncovered),
        result.seconds,
        result.peakMb,
        result.engineVersion,
      ]);
      if (rowCount !== 1) return false;
      for (let from = 0; from < result.items.length; from += ITEM_CHUNK) {
        const items = result.items.slice(from, from + ITEM_CHUNK);
        const saved = await tx.query(itemsSql, [id, jsonText(items)]);
        if (saved.rowCount !== items.length) {
          throw new StoreError('STORE_INTERNAL', `${items.length} plan items, ${saved.rowCount} written`);
        }
      }
      await tx.query('insert into plan_rasters (plan_id, bytes) values ($1, $2)', [id, result.raster]);
      for (const [place, { operatorId, areas, districts, uncovered, raster }] of (
        result.views ?? []
      ).entries())
        await tx.query(
          `insert into plan_operators (plan_id, operator, place, areas, districts, uncovered, raster)
           values ($1, $2, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7)`,
          [id, operatorId, place, jsonText(areas), jsonText(districts), jsonText(uncovered), raster],
        );
      const { file, prices, phases } = result.proof;
      await tx.query(
        `insert into plan_certificates (plan_id, file, prices, phases, phase_prices)
         values ($1, $2::jsonb, $3, $4::jsonb, $5)`,
        [id, jsonText(file), prices, phases && jsonText(phases.file), phases && phases.prices],
      );
      return true;
    },
    { deadlineMs: FINISH_DEADLINE_MS },
  );
}

// The box is that of the areas as they are now; they may be deleted later.
const finishSql = `
  update plans p
     set state = 'done', fingerprint = $3, summary = $4::jsonb, areas = $5::jsonb, districts = $6::jsonb,
         uncovered = $7::jsonb, seconds = $8::float8, peak_mb = $9::float8, engine_version = $10,
         progress = null, lease_until = null, finished_at = now(),
         box = (select array[ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent)]
                  from (select ST_Extent(a.geom) as extent from target_areas a
                         where a.id in (select jsonb_array_elements_text(p.request->'areaIds'))) as asked
                 where extent is not null)
   where ${heldSql}`;

const itemsSql = `
  insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, gain_people,
    share_after, unique_weight_share, unique_people, unique_bins, replacement, displaced, phase, configuration, sharing)
  select $1, r."siteId", r.rank, r.status, r."placedBy", r."costCny", r."gainBins", r."gainWeightShare", r."gainPeople",
    r."shareAfter", r."uniqueWeightShare", r."uniquePeople", r."uniqueBins", r.replacement, r.displaced, r.phase, r.configuration, r.sharing
  from json_to_recordset($2::json) as r ("siteId" text, rank integer, status text, "placedBy" text, "costCny" bigint,
    "gainBins" integer, "gainWeightShare" float8, "gainPeople" float8, "shareAfter" float8,
    "uniqueWeightShare" float8, "uniquePeople" float8, "uniqueBins" integer, replacement jsonb,
    displaced jsonb, phase integer, configuration jsonb, sharing jsonb)`;

export type PlanFailure = NonNullable<PlanJson['error']>;

/** False when the lease is lost. */
export async function failPlan(
  db: Queryable,
  id: string,
  lease: number,
  error: PlanFailure,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update plans set state = 'failed', error = $3::jsonb, progress = null, lease_until = null, finished_at = now()
      where ${heldSql}`,
    [id, lease, jsonText(error)],
  );
  return rowCount === 1;
}

/** False when the plan has ended already, or does not exist. */
export async function cancelPlan(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update plans set state = 'cancelled', progress = null, lease_until = null, finished_at = now()
      where id = $1 and state in ('queued', 'running')`,
    [id],
  );
  return rowCount === 1;
}

/** A plan that never ends: three tries, then it failed. */
const MAX_TRIES = 3;
const triesSpent: PlanFailure = {
  code: 'PLAN_TRIES_SPENT',
  message: {
    zh: `方案被中断 ${MAX_TRIES} 次后停止重试。`,
    en: `The plan was interrupted ${MAX_TRIES} times and is not tried again.`,
  },
  hint: { zh: '查看日志；缩小区域后新建方案。', en: 'Read the log; make a new plan with a smaller area.' },
};

/** Puts plans of workers that are gone back into the queue; `all` when no worker can be alive, as after a start. */
export async function requeuePlans(
  db: Queryable,
  which: 'expired' | 'all',
): Promise<{ requeued: number; failed: number }> {
  const { rows } = await db.query<{ requeued: number; failed: number }>(
    `with gone as (
       update plans
          set state = case when tries >= ${MAX_TRIES} then 'failed' else 'queued' end,
              error = case when tries >= ${MAX_TRIES} then $2::jsonb end,
              finished_at = case when tries >= ${MAX_TRIES} then now() end,
              lease = lease + 1, lease_until = null, progress = null
        where state = 'running' and ($1 = 'all' or lease_until < now())
       returning state)
     select count(*) filter (where state = 'queued') as requeued, count(*) filter (where state = 'failed') as failed
       from gone`,
    [which, jsonText(triesSpent)],
  );
  return rows[0] ?? { requeued: 0, failed: 0 };
}

/** Removes a plan that has ended. Its row and its reviews stay behind, because later plans may be based on them. */
export function deletePlan(db: Queryable, id: string): Promise<'deleted' | 'missing' | 'running'> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ state: PlanJson['state'] }>(
      'select state from plans where id = $1 and deleted_at is null for update',
      [id],
    );
    const state = rows[0]?.state;
    if (!state) return 'missing';
    if (state === 'queued' || state === 'running') return 'running';
    await tx.query('update plans set deleted_at = now() where id = $1', [id]);
    await tx.query('delete from plan_items where plan_id = $1', [id]);
    await tx.query('delete from plan_rasters where plan_id = $1', [id]);
    await tx.query('delete from plan_operators where plan_id = $1', [id]);
    await tx.query('delete from plan_certificates where plan_id = $1', [id]);
    return 'deleted';
  });
}

const itemSql = `
  select json_build_object('site', ${siteJsonSql}, 'rank', i.rank, 'status', i.status, 'placedBy', i.placed_by,
      'costCny', i.cost_cny, 'gainBins', i.gain_bins, 'gainWeightShare', i.gain_weight_share,
      'gainPeople', i.gain_people, 'shareAfter', i.share_after, 'uniqueWeightShare', i.unique_weight_share,
      'uniquePeople', i.unique_people, 'uniqueBins', i.unique_bins, 'replacement', i.replacement, 'displaced', i.displaced, 'phase', i.phase,
      'configuration', i.configuration, 'sharing', i.sharing, 'review', ${reviewJsonSql}) as item,
      i.status, i.rank, i.site_id
    from plan_items i join sites s on s.id = i.site_id
    left join lateral (select * from reviews where plan_id = i.plan_id and site_id = i.site_id
                        order by id desc limit 1) as r on true`;

const DEFAULT_PAGE_SIZE = 100;

/** New sites in their order, then existing ones. `decision: 'none'` finds rows without a judgement. */
export async function loadPlanItems(
  db: Queryable,
  id: string,
  query: { readonly [K in keyof PlanItemQueryJson]?: PlanItemQueryJson[K] | undefined },
): Promise<{ items: PlanItemJson[]; total: number }> {
  const pageSize = query.pageSize ?? DEFAULT_PAGE_SIZE;
  const { rows } = await db.query<{ items: PlanItemJson[]; total: number }>(
    `with matching as materialized (
       select i.site_id from plan_items i
         left join lateral (select decision from reviews where plan_id = i.plan_id and site_id = i.site_id
                             order by id desc limit 1) as r on true
        where i.plan_id = $1 and ($2::text is null or i.status = $2)
          and ($3::text is null or coalesce(r.decision, 'none') = $3)
          and ($6::text is null or i.sharing->'operatorIds' ? $6 or i.sharing->'besideIds' ? $6))
     select (select count(*) from matching) as total,
            (select coalesce(json_agg(page.item), '[]') from (
               ${itemSql} where i.plan_id = $1 and i.site_id in (select site_id from matching)
                order by i.status desc, i.rank, i.site_id limit $4::int offset $5::bigint) as page) as items`,
    [
      id,
      query.status ?? null,
      query.decision ?? null,
      pageSize,
      ((query.page ?? 1) - 1) * pageSize,
      query.operator ?? null,
    ],
  );
  return rows[0] ?? { items: [], total: 0 };
}

/** Null when the site is not in the plan. */
export async function loadPlanItem(db: Queryable, id: string, siteId: string): Promise<PlanItemJson | null> {
  const { rows } = await db.query<{ item: PlanItemJson }>(
    `${itemSql} where i.plan_id = $1 and i.site_id = $2`,
    [id, siteId],
  );
  return rows[0]?.item ?? null;
}

/** Ids of all sites of the plan. */
export async function loadPlanSiteIds(db: Queryable, id: string): Promise<Set<string>> {
  const { rows } = await db.query<{ ids: string[] }>(
    "select coalesce(json_agg(site_id), '[]') as ids from plan_items where plan_id = $1",
    [id],
  );
  return new Set(rows[0]?.ids ?? []);
}

/** All sites of the plan, with their configuration where they have one, as `nameOfConfigured` writes it. */
export async function loadPlanNames(db: Queryable, id: string): Promise<string[]> {
  const { rows } = await db.query<{ names: string[] }>(
    `select coalesce(json_agg(site_id || coalesce('#' || (configuration->>'id'), '')), '[]') as names
       from plan_items where plan_id = $1`,
    [id],
  );
  return rows[0]?.names ?? [];
}

/** The raster as the engine encoded it, of one operator where it is named; null when the plan is not done or not for that operator. */
export async function loadPlanRaster(
  db: Queryable,
  id: string,
  operator: string | null = null,
): Promise<Buffer | null> {
  const { rows } = await db.query<{ bytes: Buffer }>(
    `select coalesce(o.raster, r.bytes) as bytes from plan_rasters r
       left join plan_operators o on o.plan_id = r.plan_id and o.operator = $2
      where r.plan_id = $1 and ($2::text is null or o.plan_id is not null)`,
    [id, operator],
  );
  return rows[0]?.bytes ?? null;
}

interface ProofRow {
  readonly file: PlanProof['file'];
  readonly prices: Buffer | null;
  readonly phases: NonNullable<PlanProof['phases']>['file'] | null;
  readonly phasePrices: Buffer | null;
}

/** What proves the bound of a plan; null when it is not done, or of a version that computed none. */
export async function loadPlanProof(db: Queryable, id: string): Promise<PlanProof | null> {
  const { rows } = await db.query<ProofRow>(
    `select file, prices, phases, phase_prices as "phasePrices" from plan_certificates where plan_id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  const { file, prices, phases, phasePrices } = row;
  return { file, prices, phases: phases && phasePrices && { file: phases, prices: phasePrices } };
}

/** Features with `siteId`, `rank`, `status`, `decision`, `costCny` and `operators`; the first ranks when there are too many. */
export function loadPlanTile(db: Queryable, id: string, box: Box, _zoom: number): Promise<TileFeature[]> {
  return loadTileFeatures(
    db,
    `select s.id, s.geom, json_build_object('siteId', s.id, 'rank', i.rank, 'status', i.status,
              'structure', s.structure, 'decision', r.decision, 'costCny', i.cost_cny, 'operators', (select string_agg(o.operator, ' ') from (
                select jsonb_array_elements_text((i.sharing->'besideIds') || (i.sharing->'operatorIds')) as operator) as o)) as properties
       from plan_items i join sites s on s.id = i.site_id
       left join lateral (select decision from reviews where plan_id = i.plan_id and site_id = i.site_id
                           order by id desc limit 1) as r on true
      where i.plan_id = $5 and s.geom && ${boxSql} order by i.rank, s.id`,
    [...box, id],
  );
}
