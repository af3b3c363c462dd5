// Every desk's own counts of what waits for somebody, one after the other. A desk that cannot be counted must not take the page with
// it: it is named, and the rest is shown.
import type { AgendaDesk, AgendaItem } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { isoTimeSql } from '../sql-text.ts';
import type { Queryable, Store } from '../store.ts';
import { areasAgenda } from './areas.ts';
import { batchesAgenda } from './batches.ts';
import { casesAgenda } from './cases.ts';
import { claimsAgenda } from './claims.ts';
import { commentsAgenda } from './comments.ts';
import { demandsAgenda } from './demands.ts';
import { exportsAgenda } from './exports.ts';
import { libraryAgenda } from './library.ts';
import { plansAgenda } from './plans.ts';
import { problemsAgenda } from './problems.ts';
import { relocationsAgenda } from './relocations.ts';
import { rulesAgenda } from './rules.ts';

type CountAgenda = (db: Queryable, principal: Principal) => Promise<AgendaItem[]>;

const desks: readonly (readonly [AgendaDesk, CountAgenda])[] = [
  ['plans', plansAgenda],
  ['demands', demandsAgenda],
  ['claims', claimsAgenda],
  ['batches', batchesAgenda],
  ['cases', casesAgenda],
  ['problems', problemsAgenda],
  ['relocations', relocationsAgenda],
  ['areas', areasAgenda],
  ['library', libraryAgenda],
  ['comments', commentsAgenda],
  ['exports', exportsAgenda],
  ['rules', rulesAgenda],
];

export interface WholeAgenda {
  /** Only what there is something of. */
  readonly agenda: AgendaItem[];
  readonly missing: AgendaDesk[];
}

/** `store` sees what the person sees. `report` hears why a desk was not counted. */
export async function wholeAgenda(
  store: Store,
  principal: Principal,
  report: (desk: AgendaDesk, error: unknown) => void,
): Promise<WholeAgenda> {
  const agenda: AgendaItem[] = [];
  const missing: AgendaDesk[] = [];
  for (const [desk, count] of desks) {
    try {
      const counted = await store.transaction((tx) => count(tx, principal));
      agenda.push(...counted.filter((item) => item.count > 0));
    } catch (error) {
      missing.push(desk);
      report(desk, error);
    }
  }
  return { agenda, missing };
}

/** ISO time of the database. */
export async function loadNow(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ now: string }>(`select ${isoTimeSql('now()')} as now`, []);
  return rows[0]?.now ?? '';
}
