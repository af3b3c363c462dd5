// The audit trail as people read it, and the door for what no row tells: exports, downloads. Changes of rows write their own
// records (triggers of migration 022); nothing here can change one.
import type { AuditPageJson, AuditQueryJson } from '../contract/audit.ts';
import { isoTimeSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

export interface NewAuditRecord {
  /** What was done, such as 'export'. */
  readonly action: string;
  /** To what kind of thing, and to which. */
  readonly object: string;
  readonly objectId: string | null;
  /** Nothing secret, no contacts. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
}

/** Notes it for who acts in this transaction; chained when it commits, gone when it rolls back. */
export async function writeAudit(db: Queryable, record: NewAuditRecord): Promise<void> {
  const { action, object, objectId, before, after, reason = '' } = record;
  await db.query('select write_audit($1, $2, $3, $4::json, $5::json, $6)', [
    action,
    object,
    objectId,
    before === undefined ? null : jsonText(before),
    after === undefined ? null : jsonText(after),
    reason,
  ]);
}

const DEFAULT_PAGE_SIZE = 100;

// $1 object, $2 its id, $3 account, $4 action, $5 from, $6 until; NULL means any.
const filterSql = `
  ($1::text is null or a.object = $1) and ($2::text is null or a.object_id = $2)
  and ($3::text is null or a.account_id = $3) and ($4::text is null or a.action = $4)
  and ($5::timestamptz is null or a.at >= $5::timestamptz) and ($6::timestamptz is null or a.at < $6::timestamptz)`;

/** Newest first. */
export async function loadAuditPage(db: Queryable, query: AuditQueryJson): Promise<AuditPageJson> {
  const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = query;
  const { rows } = await db.query<Pick<AuditPageJson, 'records' | 'total'>>(
    `select (select count(*) from audit_records a where ${filterSql}) as total,
            (select coalesce(json_agg(json_build_object('seq', p.seq, 'at', ${isoTimeSql('p.at')}, 'accountId', p.account_id,
                 'accountName', p.account_name, 'role', p.role, 'address', p.address, 'requestId', p.request_id,
                 'action', p.action, 'object', p.object, 'objectId', p.object_id, 'before', p.before, 'after', p.after,
                 'reason', p.reason, 'hash', p.hash) order by p.seq desc), '[]')
               from (select * from audit_records a where ${filterSql}
                      order by a.seq desc limit $7::int offset $8::bigint) as p) as records`,
    [
      query.object ?? null,
      query.objectId ?? null,
      query.account ?? null,
      query.action ?? null,
      query.from ?? null,
      query.to ?? null,
      pageSize,
      (page - 1) * pageSize,
    ],
  );
  const { records = [], total = 0 } = rows[0] ?? {};
  return { records, total, page, pageSize };
}
