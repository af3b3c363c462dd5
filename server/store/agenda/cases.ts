// What of the cases waits for somebody: to be surveyed and built by its company, confirmed and put on the air by its operator, verified
// by the district, brought back by the planner.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { isoTimeSql } from '../sql-text.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly where: string;
  readonly path: string;
}

const DAYS_HELD_UP = 15;

function kindsOf(principal: Principal): Kind[] {
  const mine = encodeURIComponent(principal.organisation);
  const may = (word: 'case:create' | 'case:update' | 'case:confirm' | 'case:verify') =>
    rowScopeOf(principal, word) !== undefined;
  const kinds: Kind[] = [];
  if (may('case:update')) {
    const ofCompany = "c.company = current_setting('zhanzhi.organisation', true)";
    const building = ['认领', '谈点', '勘察设计', '报建备案', '建设'];
    kinds.push(
      {
        kind: 'build',
        section: 'waiting',
        where: `c.state = any ('{${building.join(',')}}') and ${ofCompany}`,
        path: `?state=${building.join(',')}&company=${mine}`,
      },
      {
        kind: 'held-up',
        section: 'due',
        where: `c.state = '疑难' and ${ofCompany} and c.state_since <= now() - interval '${DAYS_HELD_UP} days'`,
        path: `?state=疑难&company=${mine}&stalledDays=${DAYS_HELD_UP}`,
      },
      {
        kind: 'handed-over',
        section: 'asked',
        where: `c.state = '交付' and ${ofCompany}`,
        path: `?state=交付&company=${mine}`,
      },
    );
  }
  if (may('case:confirm')) {
    const ofOperator = "c.state = '交付' and c.operator = current_setting('zhanzhi.organisation', true)";
    kinds.push(
      {
        kind: 'confirm-delivery',
        section: 'waiting',
        where: `${ofOperator} and c.delivery_confirmed_at is null`,
        path: `?state=交付&operator=${mine}&deliveryConfirmed=false`,
      },
      {
        kind: 'put-on-air',
        section: 'waiting',
        where: `${ofOperator} and c.delivery_confirmed_at is not null`,
        path: `?state=交付&operator=${mine}&deliveryConfirmed=true`,
      },
    );
  }
  if (may('case:verify'))
    kinds.push({ kind: 'verify', section: 'waiting', where: "c.state = '开通'", path: '?state=开通' });
  if (may('case:create') && !may('case:update')) {
    const back = ['退回补正', '不同意'];
    kinds.push({
      kind: 'returned',
      section: 'waiting',
      where: `c.state = any ('{${back.join(',')}}')`,
      path: `?state=${back.join(',')}`,
    });
  }
  return kinds;
}

/** As the person of `db`. */
export async function casesAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const kinds = kindsOf(principal);
  if (kinds.length === 0 || rowScopeOf(principal, 'case:read') === undefined) return [];
  const columns = kinds.map(
    ({ where, section }, index) => `count(*) filter (where ${where}) as n${index},
      ${section === 'due' ? isoTimeSql(`min(c.state_since) filter (where ${where})`) : 'null::text'} as due${index}`,
  );
  const { rows } = await db.query<Record<string, number | string | null>>(
    `select ${columns.join(', ')} from cases c where c.state not in ('撤销', '退网', '验收')`,
    [],
  );
  const [row = {}] = rows;
  return kinds.map(({ kind, section, path }, index) => ({
    desk: 'cases',
    kind,
    section,
    count: Number(row[`n${index}`] ?? 0),
    soonestDueAt: (row[`due${index}`] as string | null) ?? null, // isoTimeSql gives text or NULL
    path: `/cases${path}`,
  }));
}
