// Files with many coordinates: requests to decide, files that may be taken, requests still waiting.
import type { AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { loadExportRequestPage } from '../export-requests.ts';
import type { Queryable } from '../store.ts';

/** As the person of `db`. */
export async function exportsAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const agenda: AgendaItem[] = [];
  const count = async (
    kind: string,
    section: AgendaItem['section'],
    query: { readonly show: 'mine' | 'decidable' | 'usable'; readonly state?: '待批' },
  ) => {
    const { total } = await loadExportRequestPage(db, { ...query, pageSize: 1 });
    const path = `/exports?${new URLSearchParams(query)}`;
    agenda.push({ desk: 'exports', kind, section, count: total, soonestDueAt: null, path });
  };
  if (rowScopeOf(principal, 'export:approve') !== undefined)
    await count('decide', 'waiting', { show: 'decidable' });
  if (rowScopeOf(principal, 'export:request') !== undefined) {
    await count('take', 'waiting', { show: 'usable' });
    await count('asked', 'asked', { show: 'mine', state: '待批' });
  }
  return agenda;
}
