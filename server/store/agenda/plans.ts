// What of the plans waits for somebody: returned drafts and windows that have ended for planners, approval and coming into force for the
// district and the city, comments for whoever is asked, and what somebody submitted that is still open.
import type { PlanWaitingWord } from '../../../engine/index.ts';
import type { AgendaItem } from '../../contract/home.ts';
import type { Permission } from '../../permission/permission-table.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { countWaitingPlans } from '../plan-approval.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: PlanWaitingWord;
  readonly section: AgendaItem['section'];
  readonly permission: Permission;
}

const kinds: readonly Kind[] = [
  { kind: 'returned', section: 'waiting', permission: 'plan:submit' },
  { kind: 'ended', section: 'waiting', permission: 'plan:submit' },
  { kind: 'approve', section: 'waiting', permission: 'plan:approve' },
  { kind: 'effect', section: 'waiting', permission: 'plan:approve' },
  { kind: 'comment', section: 'due', permission: 'plan:comment' },
  { kind: 'submitted', section: 'asked', permission: 'plan:submit' },
];

/** As the person of `db`. */
export async function plansAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const agenda: AgendaItem[] = [];
  for (const { kind, section, permission } of kinds) {
    if (rowScopeOf(principal, permission) === undefined) continue;
    const { count, windowEndsAt } = await countWaitingPlans(db, kind);
    // only who is asked to speak is late when it has ended
    const soonestDueAt = kind === 'comment' ? windowEndsAt : null;
    agenda.push({ desk: 'plans', kind, section, count, soonestDueAt, path: `/plans?waiting=${kind}` });
  }
  return agenda;
}
