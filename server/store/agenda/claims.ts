// What of the claims waits for somebody: requests to take up, sharing to agree to, holds that end, what one asked for and waits for. Each
// count is that of the list behind its address.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { type ClaimQuery, countClaims } from '../claims.ts';
import type { Queryable } from '../store.ts';

const ENDS_WITHIN_DAYS = 7;
const ENDED_WITHIN_DAYS = 14;

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly query: ClaimQuery;
  readonly path: string;
}

/** As the person of `db`. */
export async function claimsAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const agenda: AgendaItem[] = [];
  for (const { kind, section, query, path } of kindsOf(principal)) {
    const { count, soonest } = await countClaims(db, query);
    agenda.push({ desk: 'claims', kind, section, count, soonestDueAt: soonest, path: `/claims?${path}` });
  }
  return agenda;
}

function kindsOf(principal: Principal): Kind[] {
  const { organisation: mine } = principal;
  const may = (permission: Parameters<typeof rowScopeOf>[1]) =>
    rowScopeOf(principal, permission) !== undefined;
  return [
    ...(may('claim:create') && mine !== '' ? companyKinds(mine) : []),
    ...(may('claim:request') && mine !== '' ? operatorKinds(mine) : []),
    ...(may('claim:override') ? [officeKind] : []),
  ];
}

const companyKinds = (mine: string): Kind[] => [
  {
    kind: 'take',
    section: 'waiting',
    query: { kind: 'request', states: ['申请'] },
    path: 'waiting=taking',
  },
  {
    kind: 'ending',
    section: 'due',
    query: { mine, endsWithinDays: ENDS_WITHIN_DAYS },
    path: `mine=true&endsWithinDays=${ENDS_WITHIN_DAYS}`,
  },
  {
    kind: 'sharing',
    section: 'asked',
    query: { mine, kind: 'claim', states: ['申请'] },
    path: 'mine=true&kind=claim&state=申请',
  },
  {
    kind: 'lost',
    section: 'asked',
    query: { mine, states: ['未获'], endedWithinDays: ENDED_WITHIN_DAYS },
    path: `mine=true&state=未获&endedWithinDays=${ENDED_WITHIN_DAYS}`,
  },
];

const operatorKinds = (mine: string): Kind[] => [
  {
    kind: 'confirm',
    section: 'waiting',
    query: { confirmationOf: mine },
    path: 'waiting=confirmation',
  },
  {
    kind: 'requested',
    section: 'asked',
    query: { mine, kind: 'request', states: ['申请'] },
    path: 'mine=true&kind=request&state=申请',
  },
];

const officeKind: Kind = {
  kind: 'override',
  section: 'waiting',
  query: { rule: 'CLAIM-TOWER-NEAR', states: ['未获'], endedWithinDays: ENDED_WITHIN_DAYS },
  path: `rule=CLAIM-TOWER-NEAR&state=未获&endedWithinDays=${ENDED_WITHIN_DAYS}`,
};
