// What became of one row, newest first: a history function of the database answers whoever may read it, masked where they see places
// roughly, and nothing to anybody else.
import type { AreaHistoryJson } from '../contract/areas.ts';
import type { HistoryJson } from '../contract/audit.ts';
import type { TimelineJson } from '../contract/cases.ts';
import type { ResourceHistoryJson } from '../contract/resources.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

interface Histories {
  readonly area_history: AreaHistoryJson;
  readonly batch_history: HistoryJson;
  readonly claim_history: HistoryJson;
  readonly demand_history: HistoryJson;
  readonly plan_history: HistoryJson;
  readonly resource_history: ResourceHistoryJson;
  readonly case_history: TimelineJson;
  readonly relocation_history: TimelineJson;
}

const object = ", 'object', h.object";
/** Beside what all of them say. */
const moreSql: Readonly<Record<keyof Histories, string>> = {
  area_history: object,
  batch_history: '',
  claim_history: '',
  demand_history: '',
  plan_history: '',
  resource_history: object,
  case_history: `${object}, 'objectId', h.object_id`,
  relocation_history: `${object}, 'objectId', h.object_id`,
};

export async function loadHistory<Name extends keyof Histories>(
  db: Queryable,
  history: Name,
  id: string,
): Promise<Histories[Name]['records']> {
  const { rows } = await db.query<{ records: Histories[Name]['records'] }>(
    `select coalesce(json_agg(json_build_object('seq', h.seq, 'at', ${isoTimeSql('h.at')}, 'accountName', h.account_name,
              'role', h.role, 'action', h.action, 'before', h.before, 'after', h.after, 'reason', h.reason${moreSql[history]})
              order by h.seq desc), '[]') as records from ${history}($1) as h`,
    [id],
  );
  return rows[0]?.records ?? [];
}
