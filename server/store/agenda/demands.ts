// What of the demand library waits for somebody: to be matched, to be claimed, to be told apart from a twin; what is wanted soon; what an
// operator asked for and does not have.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { hasTwinSql } from '../demands.ts';
import type { Queryable } from '../store.ts';

const SOON_DAYS = 30;

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly where: string;
  readonly path: (soonDay: string) => string;
}

const match: Kind = {
  kind: 'match',
  section: 'waiting',
  where: "d.state = '新建'",
  path: () => '?state=新建',
};
const twins: Kind = {
  kind: 'twins',
  section: 'waiting',
  where: hasTwinSql,
  path: () => '?duplicate=true',
};
const claim: Kind = {
  kind: 'claim',
  section: 'waiting',
  where: "d.state = '已匹配'",
  path: () => '?state=已匹配',
};
const soon: Kind = {
  kind: 'soon',
  section: 'due',
  where: "d.state in ('新建', '已匹配') and d.want_date <= soon.day",
  path: (soonDay) => `?state=新建,已匹配&wantedBy=${soonDay}`,
};
const mine: Kind = {
  kind: 'mine',
  section: 'asked',
  where: "d.state in ('新建', '已匹配', '已认领')",
  path: () => '?state=新建,已匹配,已认领',
};

/** As the person of `db`. */
export async function demandsAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const kinds = kindsOf(principal);
  if (kinds.length === 0) return [];
  // a day is over when it is over in China
  const columns = kinds.map(
    ({ where }, index) => `count(*) filter (where ${where}) as n${index},
      to_char((min(d.want_date) filter (where ${where}) + time '23:59:59') at time zone 'Asia/Shanghai' at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS"Z"') as due${index}`,
  );
  const { rows } = await db.query<Record<string, number | string | null>>(
    `with soon as (select (now() at time zone 'Asia/Shanghai')::date + $1::int as day)
     select ${columns.join(', ')}, max(soon.day)::text as day from soon left join demands d on d.state in ('新建', '已匹配', '已认领')`,
    [SOON_DAYS],
  );
  const [row = {}] = rows;
  return kinds.map(({ kind, section, path }, index) => ({
    desk: 'demands',
    kind,
    section,
    count: Number(row[`n${index}`] ?? 0),
    soonestDueAt: (row[`due${index}`] as string | null) ?? null, // to_char gives text or NULL
    path: `/demands${path(String(row.day))}`,
  }));
}

function kindsOf(principal: Principal): readonly Kind[] {
  if (rowScopeOf(principal, 'demand:read') === undefined) return [];
  if (principal.role === 'operator') return [mine];
  if (rowScopeOf(principal, 'demand:update') === undefined) return [];
  return principal.role === 'tower' ? [match, twins, claim, soon] : [match, twins, soon];
}
