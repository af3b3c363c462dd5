// The audit trail as people read it, and the door for what no row tells: exports, downloads. Changes of rows write their own
// records (triggers of migration 022); nothing here can change one. Records are numbered without a gap and never leave, so without
// filters a page is a stretch of numbers and nothing is counted; with filters the numbers are found first and only a page of wide
// rows is read.
import type {
  AuditExportQueryJson,
  AuditPageJson,
  AuditQueryJson,
  AuditRecordJson,
} from '../contract/audit.ts';
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

// $1 object, $2 its id, $3 account, $4 action, $5 from, $6 until, $7 role, $8 part of a name, $9 part of a reason; NULL means any.
const filterSql = `
  ($1::text is null or a.object = $1) and ($2::text is null or a.object_id = $2)
  and ($3::text is null or a.account_id = $3) and ($4::text is null or a.action = $4)
  and ($5::timestamptz is null or a.at >= $5::timestamptz) and ($6::timestamptz is null or a.at < $6::timestamptz)
  and ($7::text is null or a.role = $7)
  and ($8::text is null or position(lower($8) in lower(a.account_name)) > 0)
  and ($9::text is null or (a.reason is not null and position(lower($9) in lower(a.reason)) > 0))`;

const filterValues = (query: AuditExportQueryJson): readonly (string | null)[] => [
  query.object ?? null,
  query.objectId ?? null,
  query.account ?? null,
  query.action ?? null,
  query.from ?? null,
  query.to ?? null,
  query.role ?? null,
  query.person || null,
  query.q || null,
];

/** Of a row `p`. */
const recordSql = `json_build_object('seq', p.seq, 'at', ${isoTimeSql('p.at')}, 'accountId', p.account_id,
  'accountName', p.account_name, 'role', p.role, 'address', p.address, 'requestId', p.request_id,
  'action', p.action, 'object', p.object, 'objectId', p.object_id, 'before', p.before, 'after', p.after,
  'reason', p.reason, 'hash', p.hash)`;

/** Newest first, unless told otherwise. */
export async function loadAuditPage(db: Queryable, query: AuditQueryJson): Promise<AuditPageJson> {
  const { page = 1, pageSize = DEFAULT_PAGE_SIZE, order = 'desc' } = query;
  const values = filterValues(query);
  const skipped = (page - 1) * pageSize;
  const isPlain = values.every((value) => value === null);
  const { rows } = await db.query<Pick<AuditPageJson, 'records' | 'total'>>(
    isPlain ? stretchSql(order) : foundSql(order),
    isPlain ? [pageSize, skipped] : [...values, pageSize, skipped],
  );
  const { records = [], total = 0 } = rows[0] ?? {};
  return { records, total, page, pageSize };
}

type Order = NonNullable<AuditQueryJson['order']>;

/** $1 size of a page, $2 records before it. */
const stretchSql = (order: Order): string => {
  const [after, until] =
    order === 'desc'
      ? ['t.last - $2::bigint - $1::int', 't.last - $2::bigint']
      : ['$2::bigint', '$2::bigint + $1::int'];
  return `select t.last as total,
         (select coalesce(json_agg(${recordSql} order by p.seq ${order}), '[]')
            from audit_records p where p.seq > ${after} and p.seq <= ${until}) as records
    from (select coalesce(max(a.seq), 0) as last from audit_records a) as t`;
};

/** After the filters: $10 size of a page, $11 records before it. */
const foundSql = (order: Order): string => `
  with found as materialized (
    select a.seq from audit_records a where ${filterSql} order by a.seq ${order} limit $10::int offset $11::bigint)
  select (select count(*) from audit_records a where ${filterSql}) as total,
         (select coalesce(json_agg(${recordSql} order by p.seq ${order}), '[]')
            from audit_records p where p.seq = any (array(select seq from found))) as records`;

/** Null: there is none of that number, or it is not this person's to read. */
export async function loadAuditRecord(db: Queryable, seq: number): Promise<AuditRecordJson | null> {
  const { rows } = await db.query<{ record: AuditRecordJson }>(
    `select ${recordSql} as record from audit_records p where p.seq = $1::bigint`,
    [seq],
  );
  return rows[0]?.record ?? null;
}

export interface AuditSpan {
  readonly count: number;
  /** The newest record of all, under the filters or not: what comes later is none of this. */
  readonly last: number;
}

/** How many there are up to now. What is read up to `last` stays the same however late it is read. */
export async function spanOfAudit(db: Queryable, query: AuditExportQueryJson): Promise<AuditSpan> {
  const { rows } = await db.query<AuditSpan>(
    `select (select count(*) from audit_records a where ${filterSql}) as count,
            (select coalesce(max(a.seq), 0) from audit_records a) as last`,
    filterValues(query),
  );
  return rows[0] ?? { count: 0, last: 0 };
}

/** The next records from number `last` on downwards, newest first. */
export async function loadAuditRun(
  db: Queryable,
  query: AuditExportQueryJson,
  last: number,
  most: number,
): Promise<AuditRecordJson[]> {
  const { rows } = await db.query<{ records: AuditRecordJson[] }>(
    `select coalesce(json_agg(${recordSql} order by p.seq desc), '[]') as records
       from (select * from audit_records a where ${filterSql} and a.seq <= $10::bigint
              order by a.seq desc limit $11::int) as p`,
    [...filterValues(query), last, most],
  );
  return rows[0]?.records ?? [];
}
