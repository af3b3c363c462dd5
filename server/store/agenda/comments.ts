// Which comments wait for an answer of somebody, and which of their own have none yet.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { loadCommentPage } from '../comments.ts';
import type { Queryable } from '../store.ts';

/** As the person of `db`. */
export async function commentsAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const agenda: AgendaItem[] = [];
  const count = async (section: AgendaItem['section'], kind: string, filter: 'mine' | 'answerable') => {
    const { total } = await loadCommentPage(db, { [filter]: true, answered: false, pageSize: 1 });
    const path = `/comments?answered=false&${filter}=true`;
    agenda.push({ desk: 'comments', kind, section, count: total, soonestDueAt: null, path });
  };
  if (rowScopeOf(principal, 'comment:answer') !== undefined) await count('waiting', 'answer', 'answerable');
  const says = (['resource:comment', 'plan:comment'] as const).some(
    (permission) => rowScopeOf(principal, permission) !== undefined,
  );
  if (says) await count('asked', 'unanswered', 'mine');
  return agenda;
}
