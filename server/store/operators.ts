// Operators of plans: where each is on the air, and what the price book says about sharing.
import type { SharingTermsJson } from '../contract/plans.ts';
import type { Queryable } from './store.ts';

/** Ids of the sites where each of them is on the air by its case, in their order; as far as the reader may see. */
export async function loadOnAirSiteIds(
  db: Queryable,
  operators: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await db.query<{ operator: string; siteIds: string[] }>(
    `select c.operator, array_agg(distinct c.site_id order by c.site_id) as "siteIds" from cases c join sites s on s.id = c.site_id
      where c.operator = any ($1::text[]) and c.state in ('开通', '验收') and s.status = 'existing' group by c.operator`,
    [operators],
  );
  return new Map(rows.map(({ operator, siteIds }) => [operator, siteIds]));
}

/** Who moves in at a row of a plan for several operators, the row named by its site or its resource; empty in a plan for one. */
export async function loadRowOperators(
  db: Queryable,
  planId: string,
  row: { readonly siteId: string | null; readonly resourceId: string | null },
): Promise<readonly string[]> {
  const { rows } = await db.query<{ operators: string[] }>(
    `select array(select jsonb_array_elements_text(i.sharing->'operatorIds')) as operators from plan_items i
      where i.plan_id = $1 and i.status = 'new'
        and i.site_id = coalesce($2, (select r.site_id from resources r where r.id = $3))`,
    [planId, row.siteId, row.resourceId],
  );
  return rows[0]?.operators ?? [];
}

/** Discounts of the price book (settings), no anchor, and nobody joins stations of others. */
export async function loadSharingTerms(db: Queryable): Promise<SharingTermsJson> {
  const { rows } = await db.query<Pick<SharingTermsJson, 'percentOff' | 'anchorPercentOff'>>(
    `select json_build_array(0, setting_number('price.share_two_percent', 30), setting_number('price.share_three_percent', 40)) as "percentOff",
            setting_number('price.anchor_percent', 5) as "anchorPercentOff"`,
    [],
  );
  // a select without a table is one row
  return { ...rows[0]!, anchorId: null, joinCostCny: null };
}

/** Organisations of operators as their accounts name them; rows that name one of them are its own. */
export async function loadOperatorNames(db: Queryable): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>('select name from operator_names() as name', []);
  return rows.map(({ name }) => name);
}
