// What only a superuser can give this database, and what migration 021 does without when it is not given.
import type { Queryable } from './store.ts';

export interface DatabaseRights {
  /** Box filters may use their index before row policies are asked. */
  readonly leakproofBoxes: boolean;
  /** A request's statement cannot set its own role and territory. */
  readonly guardedSettings: boolean;
}

export async function loadDatabaseRights(db: Queryable): Promise<DatabaseRights> {
  const { rows } = await db.query<DatabaseRights>(
    `select coalesce((select bool_and(proleakproof) from pg_proc
                       where oid = to_regprocedure('geometry_overlaps(geometry, geometry)')), false) as "leakproofBoxes",
            not exists (select from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as g
                         where p.oid = 'pg_catalog.set_config(text, text, boolean)'::regprocedure and g.grantee = 0)
              as "guardedSettings"`,
    [],
  );
  return rows[0] ?? { leakproofBoxes: false, guardedSettings: false };
}
