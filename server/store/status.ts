// What is in the store, for the first screen.
import type { Box } from '../../engine/index.ts';
import type { Queryable } from './store.ts';

export interface StoreStatus {
  readonly counts: {
    readonly sites: number;
    readonly existing: number;
    /** Candidates and proposed sites: what a selection may choose. */
    readonly candidates: number;
    readonly buildings: number;
    readonly roads: number;
    readonly pipes: number;
    readonly areas: number;
    readonly districts: number;
    readonly demand: number;
    readonly plans: number;
  };
  /** Of sites and areas, or of buildings and roads when there are neither; null when there is nothing. */
  readonly box: Box | null;
  readonly revisions: Record<string, number>;
  /** True when the data is the made-up sample district. */
  readonly sample: boolean;
}

export async function loadStatus(db: Queryable): Promise<StoreStatus> {
  const { rows } = await db.query<{ status: StoreStatus }>(
    `with site_facts as materialized (
       select count(*) as sites, count(*) filter (where status = 'existing') as existing,
              count(*) filter (where status in ('candidate', 'proposed')) as candidates,
              ST_MakeEnvelope(min(lon), min(lat), max(lon), max(lat)) as box from sites)
     select json_build_object(
       'counts', json_build_object('sites', f.sites, 'existing', f.existing, 'candidates', f.candidates,
           'buildings', (select count(*) from buildings), 'roads', (select count(*) from roads),
           'pipes', (select count(*) from pipes), 'areas', (select count(*) from target_areas),
           'districts', (select count(*) from districts), 'demand', (select count(*) from demand_points),
           'plans', (select count(*) from plans where deleted_at is null)),
       'box', (select case when extent is null then null else json_build_array(ST_XMin(extent), ST_YMin(extent),
           ST_XMax(extent), ST_YMax(extent)) end from (select coalesce(
             (select ST_Extent(shape) from (
                select f.box as shape union all select ST_SetSRID(geom, 0) from target_areas) as shown),
             (select ST_Extent(geom) from (select geom from buildings union all select geom from roads) as ground)
           ) as extent) as whole),
       'revisions', (select json_object_agg(layer, revision) from layer_revisions),
       'sample', coalesce((select value = 'true' from settings where key = 'sample'), false)) as status
       from site_facts f`,
    [],
  );
  const status = rows[0]?.status;
  if (!status) throw new Error('the status query gave no row');
  return status;
}

/** Revision of every layer: part of tile addresses. */
export async function loadRevisions(db: Queryable): Promise<Record<string, number>> {
  const { rows } = await db.query<{ revisions: Record<string, number> }>(
    'select json_object_agg(layer, revision) as revisions from layer_revisions',
    [],
  );
  const revisions = rows[0]?.revisions;
  if (!revisions) throw new Error('the table of revisions is empty');
  return revisions;
}
