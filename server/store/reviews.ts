// Reviews: judgements on rows of a plan. Rows are only ever added; the latest one of a plan and site holds.
import type { NewReviewJson, ReviewJson } from '../contract/plans.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface NewReview {
  readonly siteIds: readonly string[];
  readonly decision: NewReviewJson['decision'];
  readonly reasonCode: ReviewJson['reasonCode'];
  readonly reasonText: string;
  readonly reviewer: string;
}

/** A `ReviewJson` from a row `r` of reviews; NULL when there is none. */
export const reviewJsonSql = `case when r.id is null then null else json_build_object('planId', r.plan_id,
  'siteId', r.site_id, 'decision', r.decision, 'reasonCode', r.reason_code, 'reasonText', r.reason_text,
  'reviewer', r.reviewer, 'at', ${isoTimeSql('r.at')}) end`;

/** One judgement for each site, in the order of `siteIds`. Throws STORE_CONSTRAINT for an unknown plan or site. */
export async function saveReviews(db: Queryable, planId: string, review: NewReview): Promise<ReviewJson[]> {
  const { rows } = await db.query<{ reviews: ReviewJson[] }>(
    `with r as (
       insert into reviews (plan_id, site_id, decision, reason_code, reason_text, reviewer)
       select $1, site_id, $3, $4, $5, $6 from unnest($2::text[]) with ordinality as judged (site_id, place) order by place
       returning *)
     select coalesce(json_agg(${reviewJsonSql} order by r.id), '[]') as reviews from r`,
    [planId, review.siteIds, review.decision, review.reasonCode, review.reasonText, review.reviewer],
  );
  return rows[0]?.reviews ?? [];
}

/** All judgements on a plan, oldest first. */
export async function loadReviews(db: Queryable, planId: string): Promise<ReviewJson[]> {
  const { rows } = await db.query<{ reviews: ReviewJson[] }>(
    `select coalesce(json_agg(${reviewJsonSql} order by r.id), '[]') as reviews from reviews r where r.plan_id = $1`,
    [planId],
  );
  return rows[0]?.reviews ?? [];
}

/** Judgements on a plan and on the plans it came from, oldest first. */
export async function loadReviewChain(db: Queryable, planId: string): Promise<ReviewJson[]> {
  const { rows } = await db.query<{ reviews: ReviewJson[] }>(
    `with recursive chain (id, based_on_plan_id) as (
       select id, based_on_plan_id from plans where id = $1
       union select p.id, p.based_on_plan_id from plans p join chain c on p.id = c.based_on_plan_id)
     select coalesce(json_agg(${reviewJsonSql} order by r.id), '[]') as reviews
       from reviews r where r.plan_id in (select id from chain)`,
    [planId],
  );
  return rows[0]?.reviews ?? [];
}
