// Copies the permission table into the database, where row policies read it. One statement, and nothing is written when
// nothing differs; the last version of the service that started decides.
import { permissionTable } from '../permission/permission-table.ts';
import { jsonText, type Queryable } from './store.ts';

/** Answers how many rows were changed or removed. */
export async function syncPermissions(db: Queryable): Promise<number> {
  const rows = Object.entries(permissionTable).flatMap(([permission, scopes]) =>
    Object.entries(scopes).map(([role, scope]) => ({ permission, role, scope })),
  );
  const { rows: counted } = await db.query<{ changed: number }>(
    `with wanted as materialized (
       select * from json_to_recordset($1::json) as r (permission text, role text, scope text)
     ), gone as (
       delete from permissions p
        where not exists (select from wanted w where w.permission = p.permission and w.role = p.role) returning 1
     ), written as (
       insert into permissions as p (permission, role, scope) select permission, role, scope from wanted
       on conflict (permission, role) do update set scope = excluded.scope where p.scope <> excluded.scope returning 1)
     select (select count(*) from gone) + (select count(*) from written) as changed`,
    [jsonText(rows)],
  );
  return counted[0]?.changed ?? 0;
}
