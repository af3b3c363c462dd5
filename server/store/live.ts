// What has changed since a moment, for pages that stay open: read by the system for everybody at once. Audit records are numbered in
// the order of their commits, so none is missed; notices are not, so those of the last minute and a half are looked at by their ids.
import type { Queryable } from './store.ts';

export interface LivePulse {
  /** Number of the last audit record. */
  readonly seq: number;
  /** Sum of the revisions of all map layers. */
  readonly layers: number;
  /** Ids of notices of the last 90 s. */
  readonly noticeIds: readonly number[];
  /** Accounts that have read one within the last 5 s. */
  readonly readers: readonly string[];
}

export async function loadPulse(db: Queryable): Promise<LivePulse> {
  const { rows } = await db.query<LivePulse>(
    `select (select seq from audit_head) as seq, (select coalesce(sum(revision), 0) from layer_revisions)::bigint as layers,
            array(select id from notices where at > now() - interval '90 seconds' order by id desc limit 5000) as "noticeIds",
            array(select distinct account_id from notice_reads where at > now() - interval '5 seconds') as readers`,
    [],
  );
  return rows[0] ?? { seq: 0, layers: 0, noticeIds: [], readers: [] };
}

export interface ChangedObject {
  readonly object: string;
  /** Only of accounts: whose doors may have changed. */
  readonly accountIds: readonly string[];
}

/** Kinds of objects with records after `after` up to `upTo`. */
export async function loadChangedObjects(
  db: Queryable,
  after: number,
  upTo: number,
): Promise<ChangedObject[]> {
  const { rows } = await db.query<ChangedObject>(
    `select a.object, coalesce(array_agg(distinct a.object_id) filter (where a.object = 'account' and a.object_id is not null),
              '{}') as "accountIds"
       from audit_records a where a.seq > $1 and a.seq <= $2 group by a.object order by a.object`,
    [after, upTo],
  );
  return rows;
}

/** Whom a notice is for; null: everybody as far as this goes. */
export interface NoticeAudience {
  readonly account: string | null;
  readonly role: string | null;
  readonly organisation: string | null;
}

export async function loadAudiences(db: Queryable, ids: readonly number[]): Promise<NoticeAudience[]> {
  const { rows } = await db.query<NoticeAudience>(
    `select distinct to_account as account, to_role as role, to_organisation as organisation
       from notices where id = any ($1::bigint[])`,
    [ids],
  );
  return rows;
}
