// Where the demonstration accounts belong: the first district of the sample, its first town, and an owner of many sites.
import type { Queryable } from './store.ts';

export interface DemoTerritory {
  readonly districtCode: string;
  readonly townCode: string;
  /** Owns candidates; the tower company owns what stands already. */
  readonly owner: string;
  readonly towerCompany: string;
}

/** Null for a database without districts, towns or sites. */
export async function loadDemoTerritory(db: Queryable): Promise<DemoTerritory | null> {
  const { rows } = await db.query<DemoTerritory>(
    `select t.district_code as "districtCode", t.code as "townCode",
            (select owner from sites where status = 'candidate' and owner <> '' group by owner order by count(*) desc, owner limit 1) as owner,
            (select owner from sites where status = 'existing' and owner <> '' group by owner order by count(*) desc, owner limit 1)
              as "towerCompany"
       from towns t order by t.district_code, t.code limit 1`,
    [],
  );
  const [row] = rows;
  return row?.owner && row.towerCompany ? row : null;
}
