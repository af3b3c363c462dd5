// What a record of the audit trail is about, as it stands now: its name, what it belongs to, where it is. Only what whoever asks may
// see: row policies decide, and what is gone or out of reach is simply not there.
import type { AuditThingJson } from '../contract/audit.ts';
import type { Queryable } from './store.ts';

// $1 kind as the records name it, $2 id. Each part is empty at once for every other kind.
const thingSql = `
  select r.code || ' ' || r.name as name, r.id as "pageId", r.site_id as "siteId", r.lon, r.lat from resources r
   where $1 in ('resource', 'resource-contact', 'resource-photo', 'resource-attachment') and r.id = $2
  union all
  select r.code || ' ' || r.name, c.id, r.site_id, r.lon, r.lat from claims c join resources r on r.id = c.resource_id
   where $1 = 'claim' and c.id = $2
  union all
  select c.number || ' ' || coalesce(s.name, ''), c.id, c.site_id, s.lon, s.lat from cases c left join sites s on s.id = c.site_id
   where $1 in ('case', 'survey', 'case-attachment') and c.id = $2
  union all
  select c.number || ' ' || coalesce(s.name, ''), c.id, c.site_id, s.lon, s.lat
    from photos f join cases c on c.id = f.case_id left join sites s on s.id = c.site_id where $1 = 'photo' and f.id = $2
  union all
  select d.code || ' ' || d.name, d.id, null, d.lon, d.lat from demands d where $1 = 'demand' and d.id = $2
  union all
  select s.name, s.id, s.id, s.lon, s.lat from sites s where $1 = 'site' and s.id = $2
  union all
  select p.number || ' ' || p.title, p.id, place.site_id, place.lon, place.lat
    from problems p left join lateral (
      select at.* from jsonb_array_elements(p.objects) with ordinality as o (named, place) cross join lateral (
        select r.site_id, r.lon, r.lat from resources r where o.named->>'noun' = 'resource' and r.id = o.named->>'id'
        union all select s.id, s.lon, s.lat from sites s where o.named->>'noun' = 'site' and s.id = o.named->>'id'
        union all select s.id, s.lon, s.lat from cases c join sites s on s.id = c.site_id
                   where o.named->>'noun' = 'case' and c.id = o.named->>'id'
        union all select r.site_id, r.lon, r.lat from claims c join resources r on r.id = c.resource_id
                   where o.named->>'noun' = 'claim' and c.id = o.named->>'id'
        union all select b.site_id, b.lon, b.lat from batch_rows b where o.named->>'noun' = 'batch-row' and b.id = o.named->>'id'
      ) as at where at.lon is not null order by o.place limit 1) as place on true
   where $1 in ('problem', 'problem-attachment') and p.id = $2
  union all
  select coalesce(b.number || ' ', '') || b.title, b.id, null, null, null from batches b where $1 = 'batch' and b.id = $2
  union all
  select b.code || ' ' || b.name, b.batch_id, b.site_id, b.lon, b.lat from batch_rows b where $1 = 'batch-row' and b.id = $2
  union all
  select r.number || ' ' || r.project, r.id, place.id, place.lon, place.lat
    from relocations r left join lateral (
      select s.id, s.lon, s.lat from relocation_sites l join sites s on s.id = l.site_id
       where l.relocation_id = r.id order by l.part, l.place limit 1) as place on true
   where $1 in ('relocation', 'relocation-site', 'relocation-attachment') and r.id = $2
  union all
  select coalesce(r.code || ' ' || r.name, p.name), c.id, coalesce(r.site_id, s.id), coalesce(r.lon, s.lon), coalesce(r.lat, s.lat)
    from comments c left join resources r on r.id = c.resource_id left join plans p on p.id = c.plan_id
         left join sites s on s.id = c.site_id
   where $1 = 'comment' and c.id = $2
  union all
  select d.number, d.id, null, null, null from directories d where $1 = 'directory' and d.id = $2
  union all
  select p.name, p.id, null, null, null from plans p where $1 = 'plan' and p.id = $2 and p.deleted_at is null
  union all
  select a.name, a.id, null, ST_X(ST_PointOnSurface(a.geom)), ST_Y(ST_PointOnSurface(a.geom))
    from target_areas a where $1 in ('area', 'area-approval') and a.id = $2`;

interface ThingRow {
  readonly name: string;
  readonly pageId: string;
  readonly siteId: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

/** Null: gone, out of reach, or nothing with a page of its own. */
export async function loadAuditThing(
  db: Queryable,
  object: string,
  objectId: string | null,
): Promise<AuditThingJson | null> {
  if (objectId === null) return null;
  const { rows } = await db.query<ThingRow>(thingSql, [object, objectId]);
  const [thing] = rows;
  if (!thing) return null;
  const { name, pageId, siteId, lon, lat } = thing;
  return { name: name.trim(), pageId, siteId, position: lon === null || lat === null ? null : [lon, lat] };
}
