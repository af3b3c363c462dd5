// Proposals for rule values: those to decide, those one made that still wait, and what became of the others of late.
import type { AgendaItem } from '../../contract/home.ts';
import type { RuleProposalQueryJson } from '../../contract/rule-proposals.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { loadRuleProposalPage } from '../rule-proposals.ts';
import type { Queryable } from '../store.ts';

const DECIDED_WITHIN_DAYS = 14;

/** As the person of `db`. */
export async function rulesAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const agenda: AgendaItem[] = [];
  const count = async (kind: string, section: AgendaItem['section'], query: RuleProposalQueryJson) => {
    const { total } = await loadRuleProposalPage(db, { ...query, pageSize: 1 });
    const { state, mine, decidedWithinDays } = query;
    const asked = {
      ...(state !== undefined && { state }),
      ...(mine !== undefined && { mine }),
      ...(decidedWithinDays !== undefined && { decidedWithinDays: String(decidedWithinDays) }),
    };
    const path = `/people/rules?${new URLSearchParams(asked)}`;
    agenda.push({ desk: 'rules', kind, section, count: total, soonestDueAt: null, path });
  };
  if (rowScopeOf(principal, 'rule:change') !== undefined) await count('decide', 'waiting', { state: '待定' });
  if (rowScopeOf(principal, 'rule:propose') !== undefined) {
    await count('asked', 'asked', { state: '待定', mine: 'true' });
    await count('decided', 'asked', { mine: 'true', decidedWithinDays: DECIDED_WITHIN_DAYS });
  }
  return agenda;
}
