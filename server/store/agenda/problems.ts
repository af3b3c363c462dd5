// What of the problem list waits for somebody: to be assigned, handled, confirmed; what is overdue; what they raised and is open.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { ofMyUnitsSql, overdueSql } from '../problems.ts';
import { isoTimeSql } from '../sql-text.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly where: string;
  readonly path: string;
}

const raisedByMe = 'p.raised_by = my_account()';

/** As the person of `db`. */
export async function problemsAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const may = (word: 'problem:read' | 'problem:update' | 'problem:manage') =>
    rowScopeOf(principal, word) !== undefined;
  if (!may('problem:read')) return [];
  const kinds: Kind[] = [];
  if (may('problem:manage'))
    kinds.push({ kind: 'assign', section: 'waiting', where: "p.state = '新建'", path: '?state=新建' });
  if (may('problem:update')) {
    // companies and towns read more than they work on: theirs are those they lead or help with
    const isUnit = principal.role === 'tower' || principal.role === 'town';
    if (isUnit)
      kinds.push({
        kind: 'handle',
        section: 'waiting',
        where: `p.state in ('分派', '处理中') and ${ofMyUnitsSql}`,
        path: '?state=分派,处理中&mine=unit',
      });
    kinds.push({
      kind: 'overdue',
      section: 'due',
      where: `p.state <> '已销号' and ${overdueSql}${isUnit ? ` and ${ofMyUnitsSql}` : ''}`,
      path: `?overdue=true${isUnit ? '&mine=unit' : ''}`,
    });
  }
  kinds.push(
    {
      kind: 'confirm',
      section: 'waiting',
      where: `p.state = '待确认' and ${raisedByMe}`,
      path: '?state=待确认&mine=raised',
    },
    {
      kind: 'raised',
      section: 'asked',
      where: `p.state <> '已销号' and ${raisedByMe}`,
      path: '?state=新建,分派,处理中,待确认&mine=raised',
    },
  );
  const columns = kinds.map(
    ({ where }, index) => `count(*) filter (where ${where}) as n${index},
      ${isoTimeSql(`min(p.due_at) filter (where ${where})`)} as due${index}`,
  );
  const { rows } = await db.query<Record<string, number | string | null>>(
    `select ${columns.join(', ')} from problems p where p.state <> '已销号'`,
    [],
  );
  const [row = {}] = rows;
  return kinds.map(({ kind, section, path }, index) => ({
    desk: 'problems',
    kind,
    section,
    count: Number(row[`n${index}`] ?? 0),
    soonestDueAt: (row[`due${index}`] as string | null) ?? null, // isoTimeSql gives text or NULL
    path: `/problems${path}`,
  }));
}
