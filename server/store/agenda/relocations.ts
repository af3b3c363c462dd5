// What of the relocations waits for somebody: to be taken up and taken down by the tower company, closed by the district, given
// transmission by the operator; what is wanted soon; what an owner asked for.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { awaitsTransmissionSql } from '../relocations.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly where: string;
  readonly path: string;
}

const DAYS_AHEAD = 30;

function kindsOf(principal: Principal): Kind[] {
  const may = (word: 'relocation:create' | 'relocation:update' | 'relocation:confirm' | 'relocation:gate') =>
    rowScopeOf(principal, word) !== undefined;
  const kinds: Kind[] = [];
  if (may('relocation:update')) {
    kinds.push(
      { kind: 'take-up', section: 'waiting', where: "r.state = '登记'", path: '?state=登记' },
      { kind: 'take-down', section: 'waiting', where: "r.state = '可拆除'", path: '?state=可拆除' },
    );
  }
  if (may('relocation:update') || may('relocation:gate')) {
    const open = ['登记', '替补建设', '可拆除'];
    kinds.push({
      kind: 'wanted-soon',
      section: 'due',
      where: `r.state = any ('{${open.join(',')}}') and r.due_on <= (now() at time zone 'Asia/Shanghai')::date + ${DAYS_AHEAD}`,
      path: `?state=${open.join(',')}&dueWithinDays=${DAYS_AHEAD}`,
    });
  }
  if (may('relocation:gate'))
    kinds.push({ kind: 'close', section: 'waiting', where: "r.state = '已拆除'", path: '?state=已拆除' });
  if (may('relocation:confirm')) {
    kinds.push({
      kind: 'transmission',
      section: 'waiting',
      where: `r.state = '替补建设' and ${awaitsTransmissionSql}`,
      path: '?state=替补建设&transmission=mine',
    });
  }
  if (rowScopeOf(principal, 'relocation:create') === 'own') {
    const running = ['登记', '替补建设', '可拆除', '已拆除'];
    kinds.push({
      kind: 'asked',
      section: 'asked',
      where: `r.state = any ('{${running.join(',')}}')`,
      path: `?state=${running.join(',')}`,
    });
  }
  return kinds;
}

/** As the person of `db`. */
export async function relocationsAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const kinds = kindsOf(principal);
  if (kinds.length === 0 || rowScopeOf(principal, 'relocation:read') === undefined) return [];
  const columns = kinds.map(
    ({ where }, index) => `count(*) filter (where ${where}) as n${index},
      to_char(min(r.due_on) filter (where ${where}), 'YYYY-MM-DD"T16:00:00.000Z"') as due${index}`,
  );
  const { rows } = await db.query<Record<string, number | string | null>>(
    `select ${columns.join(', ')} from relocations r where r.state not in ('已关闭', '撤销')`,
    [],
  );
  const [row = {}] = rows;
  return kinds.map(({ kind, section, path }, index) => ({
    desk: 'relocations',
    kind,
    section,
    count: Number(row[`n${index}`] ?? 0),
    // a day ends at 16:00 UTC in China
    soonestDueAt: (row[`due${index}`] as string | null) ?? null, // to_char gives text or NULL
    path: `/relocations${path}`,
  }));
}
