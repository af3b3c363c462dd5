// What is under way at the sites of a plan, or at one: read from resources, claims and cases as far as who asks may see them.
import type { SiteUnderWayJson } from '../contract/under-way.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

// A claim that has run out is over, whether or not its timer has been worked off.
const underWaySql = (wanted: string): string => `
  select coalesce(json_agg(json_build_object('siteId', s.id,
      'resource', case when r.id is not null then json_build_object('id', r.id, 'code', r.code, 'name', r.name, 'state', r.state) end,
      'claims', coalesce(k.claims, '[]'), 'cases', coalesce(o.cases, '[]')) order by s.id), '[]') as sites
    from (${wanted}) as w join sites s on s.id = w.site_id left join resources r on r.site_id = s.id
    left join lateral (
      select json_agg(json_build_object('id', c.id, 'state', c.state, 'company', c.company, 'operators', c.for_operators,
               'until', ${isoTimeSql('c.until')}) order by c.company = '', c.submitted_at, c.id) as claims
        from claims c where c.resource_id = r.id and c.state in ('申请', '持有', '已转建设')
         and (c.state = '已转建设' or c.until is null or c.until > now())) as k on true
    left join lateral (
      select json_agg(json_build_object('id', p.id, 'number', p.number, 'operator', p.operator, 'state', p.state)
               order by p.operator, p.id) as cases
        from cases p where p.site_id = s.id and p.state not in ('撤销', '退网')) as o on true`;

export async function loadPlanUnderWay(db: Queryable, planId: string): Promise<SiteUnderWayJson[]> {
  const wanted = 'select i.site_id from plan_items i where i.plan_id = $1';
  const { rows } = await db.query<{ sites: SiteUnderWayJson[] }>(
    `${underWaySql(wanted)} where r.id is not null or o.cases is not null`,
    [planId],
  );
  return rows[0]?.sites ?? [];
}

/** Null: no such site, or not for whoever asks. */
export async function loadSiteUnderWay(db: Queryable, siteId: string): Promise<SiteUnderWayJson | null> {
  const { rows } = await db.query<{ sites: SiteUnderWayJson[] }>(underWaySql('select $1::text as site_id'), [
    siteId,
  ]);
  return rows[0]?.sites[0] ?? null;
}
