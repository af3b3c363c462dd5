// Urging, handing over and the history of a batch. Who may, what waits and what follows is the database's (migration 056).
import type { UrgeTarget } from '../../engine/index.ts';
import type { ReviewersJson, WaitingUnitJson } from '../contract/batch-verbs.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** Whom who asks may urge; nobody of a batch that is not open. Departments and towns by their names. */
export async function loadWaitingUnits(db: Queryable, batchId: string): Promise<WaitingUnitJson[]> {
  const { rows } = await db.query<{ units: WaitingUnitJson[] }>(
    `select coalesce(json_agg(json_build_object('to', w.to_whom, 'unit', w.unit, 'name',
                case w.to_whom when 'town' then coalesce(t.name, w.unit) when 'department' then w.unit
                  when 'submitter' then coalesce(b.submitted_name, b.created_name) else coalesce(d.name, b.district_code) end,
                'waiting', w.waiting, 'urgedAt', ${isoTimeSql('last.at')}, 'urgedBy', last.by_name,
                'againAt', case when last.at + urge_pause() > clock_timestamp() then ${isoTimeSql('(last.at + urge_pause())')} end)
              order by array_position(array['town', 'submitter', 'department', 'district'], w.to_whom), w.unit), '[]') as units
       from batches b cross join lateral batch_waiting(b.id) as w
       left join towns t on w.to_whom = 'town' and t.code = w.unit left join districts d on d.code = b.district_code
       left join lateral (select u.at, u.by_name from batch_urges u where u.batch_id = b.id and u.to_whom = w.to_whom and u.unit = w.unit
                           order by u.at desc limit 1) as last on true
      where b.id = $1 and b.state in ('已提交', '审查中') and may_urge(b, w.to_whom)`,
    [batchId],
  );
  return rows[0]?.units ?? [];
}

/** Until the transaction ends nobody else urges, decides or closes. Rows out of reach are not there. */
export async function holdBatch(tx: Queryable, batchId: string): Promise<void> {
  await tx.query('select b.id from batches b where b.id = $1 for update', [batchId]);
}

export interface NewUrge {
  readonly actId: string;
  readonly to: UrgeTarget;
  /** Codes of towns, names of departments, or one empty text. */
  readonly units: readonly string[];
  readonly text: string;
}

/** Throws STORE_CONSTRAINT by urges_nothing, urges_again, urges_place; STORE_DENIED for who may not. */
export async function saveUrges(
  tx: Queryable,
  batchId: string,
  { actId, to, units, text }: NewUrge,
): Promise<void> {
  await tx.query(
    `insert into batch_urges (act_id, batch_id, to_whom, unit, body)
     select $1, $2, $3, asked.unit, $5 from unnest($4::text[]) as asked (unit)`,
    [actId, batchId, to, units, text],
  );
}

export async function loadReviewers(db: Queryable, batchId: string): Promise<ReviewersJson['reviewers']> {
  const { rows } = await db.query<ReviewersJson['reviewers'][number]>(
    'select r.id, r.name, r.role from batch_reviewers($1) as r',
    [batchId],
  );
  return rows;
}

/** Throws STORE_CONSTRAINT by batch_handovers_to, batches_not_own, urges_place. */
export async function handOver(
  tx: Queryable,
  batchId: string,
  accountId: string,
  note: string,
): Promise<void> {
  await tx.query('insert into batch_handovers (batch_id, to_account, note) values ($1, $2, $3)', [
    batchId,
    accountId,
    note,
  ]);
}

export async function loadCopyNames(db: Queryable, batchId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>('select name from batch_organisations($1) as name', [
    batchId,
  ]);
  return rows.map(({ name }) => name);
}
