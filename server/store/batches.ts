// Review batches: found by page with their counts, put together, submitted, withdrawn, closed. Numbers, clocks, cases, problems and
// notices that follow from a state are the database's (migration 044).
import type { BatchState } from '../../engine/index.ts';
import type {
  BatchChangesJson,
  BatchCountsJson,
  BatchJson,
  batchWaits,
  DecisionCountsJson,
} from '../contract/batches.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface BatchQuery {
  /** Part of number, title or organisation. */
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly districtCode?: string | undefined;
  readonly planId?: string | undefined;
  readonly mine?: boolean | undefined;
  readonly waiting?: (typeof batchWaits)[number] | undefined;
  readonly year?: number | undefined;
  readonly handler?: 'me' | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Of rows `r`, as a `DecisionCountsJson`. */
export const decisionCountsSql = `json_build_object('rows', count(r.id), 'undecided', count(r.id) filter (where r.decision is null),
  '同意', count(*) filter (where r.decision = '同意'), '退回补正', count(*) filter (where r.decision = '退回补正'),
  '不同意', count(*) filter (where r.decision = '不同意'), '转问题', count(*) filter (where r.decision = '转问题'),
  'withoutTown', count(r.id) filter (where r.town_opinion is null),
  'countersigning', count(*) filter (where r.countersigns <> '[]'),
  'failing', count(*) filter (where r.checks @> '[{"result": "fail"}]'),
  'warning', count(*) filter (where r.checks @> '[{"result": "warn"}]' and not r.checks @> '[{"result": "fail"}]'))`;

const openSql = "b.state in ('已提交', '审查中')";
const mineSql = '(my_account() in (b.created_by, b.submitted_by))';

/** A `BatchJson` of a row `b` of batches, with the rows within reach. */
export const batchJsonSql = `json_build_object('id', b.id, 'number', b.number, 'title', b.title, 'state', b.state,
  'districtCode', b.district_code, 'districtName', coalesce((select d.name from districts d where d.code = b.district_code), b.district_code),
  'planId', b.plan_id, 'forOperators', b.for_operators, 'addressee', b.addressee, 'office', b.office, 'copyTo', b.copy_to, 'note', b.note,
  'organisation', b.organisation, 'createdAt', ${isoTimeSql('b.created_at')}, 'createdByName', b.created_name,
  'submittedAt', ${isoTimeSql('b.submitted_at')}, 'submittedByName', b.submitted_name,
  'closedAt', ${isoTimeSql('b.closed_at')}, 'closedByName', b.closed_name,
  'dueAt', case when ${openSql} then (select ${isoTimeSql('min(r.due_at)')} from batch_rows r where r.batch_id = b.id and r.decision is null) end,
  'counts', (select ${decisionCountsSql} from batch_rows r where r.batch_id = b.id),
  'submittedByMe', coalesce(${mineSql}, false), 'handlerName', b.handler_name,
  'handledByMe', coalesce(b.handler = my_account(), false),
  'undoable', case when ${openSql} then (
     select json_build_object('actId', d.act_id, 'decision', min(d.decision), 'rows', count(*), 'at', ${isoTimeSql('max(d.at)')})
       from batch_decisions d join batch_rows r on r.id = d.row_id
      where d.batch_id = b.id and ${lastOwnDecisionSql('d', 'r')} group by d.act_id order by max(d.id) desc limit 1) end,
  'updatedAt', ${isoTimeSql('b.updated_at')}, 'version', b.version)`;

/** The decision `d` holds for row `r`, and was made by who asks. */
export function lastOwnDecisionSql(d: string, r: string): string {
  return `${d}.decided_by = my_account() and ${d}.undoes is null and ${d}.round = ${r}.round and ${r}.decision is not null
    and ${d}.id = (select max(h.id) from batch_decisions h where h.row_id = ${r}.id and h.undoes is null
                     and not exists (select from batch_decisions u where u.undoes = h.id))`;
}

const anyRowSql = (where: string): string =>
  `exists (select from batch_rows r where r.batch_id = b.id and ${where})`;

/** Which batches wait for whom. */
export const waitingSql: Readonly<Record<(typeof batchWaits)[number], string>> = {
  decision: `${openSql} and not coalesce(${mineSql}, false) and ${anyRowSql('r.decision is null')}`,
  late: `${openSql} and ${anyRowSql('r.decision is null and r.due_at <= now()')}`,
  'town-opinion': `${openSql} and ${anyRowSql(`r.decision is null and r.town_opinion is null
    and within_reach('{batch:opinion}', r.district_code, r.town_code, '')`)}`,
  resubmission: `${openSql} and batch_is_mine(b.organisation, b.created_by) and ${anyRowSql("r.decision = '退回补正'")}`,
  countersign: `${openSql} and not coalesce(${mineSql}, false) and ${anyRowSql(`r.decision is null and exists (select
    from jsonb_array_elements(r.countersigns) as c where (c->>'dueAt')::timestamptz <= now())`)}`,
  closing: `b.state = '审查中' and not coalesce(${mineSql}, false) and not ${anyRowSql('r.decision is null')}`,
};

// $1 text, $2 states, $3 district, $4 plan, $5 mine, $6 year, $7 handled by me; NULL means any.
const filterSql = (waiting: BatchQuery['waiting']): string => `
  ($1::text is null or strpos(lower(coalesce(b.number, '') || ' ' || b.title || ' ' || b.organisation), lower($1)) > 0)
  and ($2::text[] is null or b.state = any ($2::text[]))
  and ($3::text is null or b.district_code = $3)
  and ($4::text is null or b.plan_id = $4)
  and ($5::boolean is null or coalesce(${mineSql}, false) = $5)
  and ($6::integer is null or coalesce(b.year, extract(year from b.created_at at time zone 'Asia/Shanghai')::integer) = $6)
  and ($7::boolean is null or coalesce(b.handler = my_account(), false))
  ${waiting === undefined ? '' : `and ${waitingSql[waiting]}`}`;

const filterValues = (query: BatchQuery): unknown[] => [
  query.q || null,
  query.states ?? null,
  query.districtCode ?? null,
  query.planId ?? null,
  query.mine ?? null,
  query.year ?? null,
  query.handler === undefined ? null : true,
];

const sortColumns = {
  number: "coalesce(b.number, '')",
  title: 'b.title',
  state: 'b.state',
  submittedAt: 'b.submitted_at',
  updatedAt: 'b.updated_at',
} as const;

export interface BatchPage {
  readonly total: number;
  readonly batches: BatchJson[];
}

export async function loadBatchPage(db: Queryable, query: BatchQuery): Promise<BatchPage> {
  const { sort = 'updatedAt', order = 'desc', page = 1, pageSize = 50 } = query;
  const where = filterSql(query.waiting);
  const { rows } = await db.query<BatchPage>(
    `select (select count(*) from batches b where ${where}) as total,
            (select coalesce(json_agg(${batchJsonSql} order by listed.place), '[]')
               from (select b.id, row_number() over (order by ${sortColumns[sort]} ${order} nulls last, b.id) as place from batches b
                      where ${where} order by place limit $8::int offset $9::bigint) as listed
               join batches b on b.id = listed.id) as batches`,
    [...filterValues(query), pageSize, (page - 1) * pageSize],
  );
  return rows[0] ?? { total: 0, batches: [] };
}

/** Under the same filters without states. */
export async function countBatchStates(db: Queryable, query: BatchQuery): Promise<BatchCountsJson> {
  const { rows } = await db.query<{ state: BatchState; count: number }>(
    `select b.state, count(*) as count from batches b where ${filterSql(query.waiting)} group by b.state order by b.state collate "C"`,
    filterValues({ ...query, states: undefined }),
  );
  return { states: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

export async function loadBatch(db: Queryable, id: string): Promise<BatchJson | null> {
  const { rows } = await db.query<{ batch: BatchJson }>(
    `select ${batchJsonSql} as batch from batches b where b.id = $1`,
    [id],
  );
  return rows[0]?.batch ?? null;
}

export async function loadBatchRowCounts(db: Queryable, id: string): Promise<DecisionCountsJson> {
  const { rows } = await db.query<{ counts: DecisionCountsJson }>(
    `select ${decisionCountsSql} as counts from batch_rows r where r.batch_id = $1`,
    [id],
  );
  // an aggregate is one row
  return rows[0]!.counts;
}

export interface NewBatch {
  readonly id: string;
  readonly title: string;
  readonly districtCode: string;
  readonly planId: string | null;
  readonly addressee: string;
  readonly office: string;
  readonly copyTo: readonly string[];
  readonly note: string;
}

/** A draft without rows. */
export async function createBatch(tx: Queryable, batch: NewBatch): Promise<void> {
  await tx.query(
    `insert into batches (id, title, district_code, plan_id, addressee, office, note, copy_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8::text[])`,
    [
      batch.id,
      batch.title,
      batch.districtCode,
      batch.planId,
      batch.addressee,
      batch.office,
      batch.note,
      batch.copyTo,
    ],
  );
}

/** False when it has another version by now, or may not be changed. */
export async function changeBatch(
  tx: Queryable,
  id: string,
  version: number,
  changes: BatchChangesJson,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update batches set title = coalesce($3, title), addressee = coalesce($4, addressee), office = coalesce($5, office),
            note = coalesce($6, note), copy_to = coalesce($7::text[], copy_to) where id = $1 and version = $2`,
    [
      id,
      version,
      changes.title ?? null,
      changes.addressee ?? null,
      changes.office ?? null,
      changes.note ?? null,
      changes.copyTo ?? null,
    ],
  );
  return rowCount === 1;
}

/** To that state. False when it has another version by now. Throws STORE_CONSTRAINT for what the rules of batches refuse. */
export async function moveBatch(
  tx: Queryable,
  id: string,
  version: number,
  to: BatchState,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update batches set state = $3 where id = $1 and version = $2',
    [id, version, to],
    // cases of a thousand rows follow
    { deadlineMs: 120_000 },
  );
  return rowCount === 1;
}

/** Only a draft that was never submitted. */
export async function removeBatch(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from batches where id = $1', [id]);
  return rowCount === 1;
}
