// What of the target areas waits for somebody: submitted ones for the district and the city, returned ones for the planner, and what they
// submitted that is still open.
import type { AgendaItem } from '../../contract/home.ts';
import type { Permission } from '../../permission/permission-table.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly permission: Permission;
  readonly where: string;
  readonly path: string;
}

const kinds: readonly Kind[] = [
  {
    kind: 'decide',
    section: 'waiting',
    permission: 'area:decide',
    where: `a.state = '已送审' and lies_within('{area:decide}', a.district_codes)
      and coalesce(my_account() not in (coalesce(a.submitted_by, ''), coalesce(a.changed_by, '')), false)`,
    path: '/areas?show=decidable',
  },
  {
    kind: 'returned',
    section: 'waiting',
    permission: 'area:submit',
    where: "a.state = '退回' and lies_within('{area:submit}', a.district_codes)",
    path: '/areas?state=退回',
  },
  {
    kind: 'asked',
    section: 'asked',
    permission: 'area:submit',
    where: "a.state = '已送审' and a.submitted_by = my_account()",
    path: '/areas?show=mine',
  },
];

/** As the person of `db`. */
export async function areasAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const mine = kinds.filter(({ permission }) => rowScopeOf(principal, permission) !== undefined);
  if (mine.length === 0) return [];
  const columns = mine.map(({ where }, index) => `count(*) filter (where ${where}) as n${index}`);
  const { rows } = await db.query<Record<string, number>>(
    `select ${columns.join(', ')} from target_areas a where a.state in ('已送审', '退回')`,
    [],
  );
  return mine.map(({ kind, section, path }, index) => ({
    desk: 'areas',
    kind,
    section,
    count: rows[0]?.[`n${index}`] ?? 0,
    soonestDueAt: null,
    path,
  }));
}
