// What of the resource library waits for somebody: resources without a place, without their owner's consent, or ready to be opened.
import type { AgendaItem } from '../../contract/home.ts';
import type { Permission } from '../../permission/permission-table.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: string;
  readonly permission: Permission;
  readonly where: string;
  readonly path: string;
  /** An administrator may do it in the place of owner or office; it waits for those. */
  readonly standIn: boolean;
}

const kinds: readonly Kind[] = [
  {
    kind: 'locate',
    permission: 'resource:update',
    where: "r.state = '待定位'",
    path: '/library?state=待定位',
    standIn: false,
  },
  {
    kind: 'confirm',
    permission: 'resource:confirm',
    where: "r.state = '待产权确认' and r.owner_confirmed_at is null",
    path: '/library?state=待产权确认&confirmed=false',
    standIn: true,
  },
  {
    kind: 'open',
    permission: 'resource:open',
    where: "r.state = '待产权确认' and r.owner_confirmed_at is not null",
    path: '/library?state=待产权确认&confirmed=true',
    standIn: true,
  },
];

/** As the person of `db`. */
export async function libraryAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const mine = kinds.filter(
    ({ permission, standIn }) =>
      rowScopeOf(principal, permission) !== undefined && !(standIn && principal.role === 'admin'),
  );
  if (mine.length === 0) return [];
  const columns = mine.map(({ where }, index) => `count(*) filter (where ${where}) as n${index}`);
  const { rows } = await db.query<Record<string, number>>(
    `select ${columns.join(', ')} from resources r where r.state in ('待定位', '待产权确认')`,
    [],
  );
  return mine.map(({ kind, path }, index) => ({
    desk: 'library',
    kind,
    section: 'waiting',
    count: rows[0]?.[`n${index}`] ?? 0,
    soonestDueAt: null,
    path,
  }));
}
