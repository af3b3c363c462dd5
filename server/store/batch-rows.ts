// The rows of review batches: found by page, proposed, amended, and what is said of them. Decisions and opinions are added with the
// version of the row that was looked at; what holds is the database's to work out (migration 044).
import type { BatchDecision, BatchOpinion, FieldChange, RowCheck } from '../../engine/index.ts';
import type {
  BatchRowDetailJson,
  BatchRowJson,
  BatchRowQueryJson,
  CloseResultJson,
} from '../contract/batches.ts';
import type { Proposal } from './batch-proposals.ts';
import { lastOwnDecisionSql } from './batches.ts';
import { isoTimeSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

/** A `BatchRowJson` of a row `r` of batch_rows. */
const rowJsonSql = `json_build_object('id', r.id, 'batchId', r.batch_id, 'place', r.place, 'planId', r.plan_id, 'siteId', r.site_id,
  'resourceId', r.resource_id, 'code', r.code, 'name', r.name, 'address', r.address, 'position', json_build_array(r.lon, r.lat),
  'resourceType', r.resource_type, 'structure', r.structure, 'districtCode', r.district_code, 'townCode', r.town_code,
  'townName', coalesce((select t.name from towns t where t.code = r.town_code), ''), 'owner', r.owner, 'consent', r.consent,
  'resourceState', r.resource_state, 'heightM', r.height_m, 'buildMode', r.build_mode, 'costCny', r.cost_cny,
  'forOperators', r.for_operators, 'profileId', r.profile_id, 'powerMode', r.power_mode, 'structureCheck', r.structure_check,
  'constraintFlags', r.constraint_flags, 'note', r.note, 'checks', r.checks, 'checkedAt', ${isoTimeSql('r.checked_at')},
  'townOpinion', r.town_opinion, 'departmentOpinions', r.department_opinions,
  'countersigns', r.countersigns, 'decision', r.decision, 'reasonCode', r.reason_code,
  'reasonText', r.reason_text, 'decidedByName', r.decided_name, 'decidedAt', ${isoTimeSql('r.decided_at')}, 'round', r.round,
  'changes', r.changes, 'townDueAt', ${isoTimeSql('r.town_due_at')}, 'dueAt', ${isoTimeSql('r.due_at')},
  'updatedAt', ${isoTimeSql('r.updated_at')}, 'version', r.version)`;

const sortColumns = {
  place: 'r.place',
  code: 'r.code',
  name: 'r.name',
  townCode: 'r.town_code',
  decision: "array_position(array['同意', '退回补正', '不同意', '转问题'], r.decision)",
  decidedAt: 'r.decided_at',
} as const;

// $1 batch, $2 text, $3 decisions, $4 with undecided, $5 check and result, $6 town, $7 opinion, $8 came back, $9 a department is
// asked; NULL means any.
const filterSql = `r.batch_id = $1
  and ($2::text is null or strpos(lower(r.code || ' ' || r.name || ' ' || r.address || ' ' || r.owner), lower($2)) > 0)
  and ($3::text[] is null or r.decision = any ($3::text[]) or ($4::boolean and r.decision is null))
  and ($5::jsonb is null or r.checks @> $5::jsonb)
  and ($6::text is null or r.town_code = $6)
  and ($7::text is null or coalesce(r.town_opinion->>'opinion', '缺') = $7)
  and ($8::boolean is null or (r.round > 1) = $8)
  and ($9::boolean is null or (r.countersigns <> '[]') = $9)`;

function filterValues(batchId: string, query: BatchRowQueryJson): unknown[] {
  const decisions = query.decision?.split(',') ?? null;
  const check = {
    ...(query.check && { id: query.check }),
    ...(query.result && { result: query.result }),
  };
  return [
    batchId,
    query.q || null,
    decisions,
    decisions?.includes('未定') ?? false,
    query.check || query.result ? jsonText([check]) : null,
    query.townCode ?? null,
    query.townOpinion ?? null,
    query.returned === undefined ? null : query.returned === 'true',
    query.countersigning === undefined ? null : query.countersigning === 'true',
  ];
}

export interface BatchRowPage {
  readonly total: number;
  readonly rows: BatchRowJson[];
}

export async function loadBatchRowPage(
  db: Queryable,
  batchId: string,
  query: BatchRowQueryJson,
): Promise<BatchRowPage> {
  const { sort = 'place', order = 'asc', page = 1, pageSize = 100 } = query;
  const { rows } = await db.query<BatchRowPage>(
    `select (select count(*) from batch_rows r where ${filterSql}) as total,
            (select coalesce(json_agg(${rowJsonSql} order by listed.at), '[]')
               from (select r.id, row_number() over (order by ${sortColumns[sort]} ${order} nulls last, r.place) as at from batch_rows r
                      where ${filterSql} order by at limit $10::int offset $11::bigint) as listed
               join batch_rows r on r.id = listed.id) as rows`,
    [...filterValues(batchId, query), pageSize, (page - 1) * pageSize],
  );
  return rows[0] ?? { total: 0, rows: [] };
}

/** All of them, in the order of the annex. */
export async function loadWholeBatch(db: Queryable, batchId: string): Promise<BatchRowJson[]> {
  const { rows } = await db.query<{ rows: BatchRowJson[] }>(
    `select coalesce(json_agg(${rowJsonSql} order by r.place), '[]') as rows from batch_rows r where r.batch_id = $1`,
    [batchId],
  );
  return rows[0]?.rows ?? [];
}

/** Those within reach, in the order asked for. */
export async function loadBatchRows(
  db: Queryable,
  batchId: string,
  ids: readonly string[],
): Promise<BatchRowJson[]> {
  const { rows } = await db.query<{ rows: BatchRowJson[] }>(
    `select coalesce(json_agg(${rowJsonSql} order by wanted.place), '[]') as rows
       from unnest($2::text[]) with ordinality as wanted (id, place) join batch_rows r on r.id = wanted.id and r.batch_id = $1`,
    [batchId, ids],
  );
  return rows[0]?.rows ?? [];
}

/** Of sites that the last closed batch returned (退回补正), the row as it was then. */
export async function loadReturnedRows(
  db: Queryable,
  siteIds: readonly string[],
): Promise<Map<string, BatchRowJson>> {
  const { rows } = await db.query<{ rows: BatchRowJson[] }>(
    `select coalesce(json_agg(${rowJsonSql}), '[]') as rows
       from (select distinct on (n.site_id) n.id from batch_rows n join batches b on b.id = n.batch_id
              where n.site_id = any ($1::text[]) and b.state = '已关闭' order by n.site_id, b.closed_at desc, b.id) as last
       join batch_rows r on r.id = last.id where r.decision = '退回补正'`,
    [siteIds],
  );
  return new Map((rows[0]?.rows ?? []).map((row) => [row.siteId, row]));
}

/** Decisions ever made on it, oldest first. */
export async function loadRowHistory(db: Queryable, rowId: string): Promise<BatchRowDetailJson['history']> {
  const { rows } = await db.query<{ history: BatchRowDetailJson['history'] }>(
    `select coalesce(json_agg(json_build_object('id', d.id::text, 'actId', d.act_id, 'round', d.round, 'decision', d.decision,
              'reasonCode', d.reason_code, 'reasonText', mask_decimals(d.reason_text), 'byName', d.decided_name, 'at', ${isoTimeSql('d.at')},
              'undoneAt', ${isoTimeSql('u.at')}, 'undoneByName', u.decided_name) order by d.id), '[]') as history
       from batch_decisions d left join batch_decisions u on u.undoes = d.id where d.row_id = $1 and d.undoes is null`,
    [rowId],
  );
  return rows[0]?.history ?? [];
}

export interface CheckedProposal extends Proposal {
  readonly checks: readonly RowCheck[];
  /** Of a row that was returned: what differs. */
  readonly changes: readonly FieldChange[];
}

const proposalColumns = `code, name, address, geom, resource_id, resource_type, structure, town_code, owner, consent, resource_state,
  height_m, build_mode, cost_cny, for_operators, profile_id, power_mode, structure_check, constraint_flags, note, checks, checked_at, changes`;
const proposalValuesSql = `p.code, p.name, p.address, ST_SetSRID(ST_MakePoint((p.position->>0)::float8, (p.position->>1)::float8), 4490),
  p."resourceId", p."resourceType", p.structure, p."townCode", p.owner, p.consent, p."resourceState", p."heightM", p."buildMode",
  p."costCny", array(select json_array_elements_text(p."forOperators")), p."profileId", p."powerMode", p."structureCheck",
  array(select json_array_elements_text(p."constraintFlags")), p.note, p.checks, now(), p.changes`;
const proposalTableSql = `(id text, "siteId" text, "resourceId" text, code text, name text, address text, position json,
  "resourceType" text, structure text, "districtCode" text, "townCode" text, owner text, consent text, "resourceState" text,
  "heightM" float8, "buildMode" text, "costCny" bigint, "forOperators" json, "profileId" text, "powerMode" text,
  "structureCheck" text, "constraintFlags" json, note text, checks jsonb, changes jsonb)`;

/** Into a draft, in their order. */
export async function addBatchRows(
  tx: Queryable,
  batchId: string,
  planId: string | null,
  proposals: readonly (CheckedProposal & { readonly id: string })[],
): Promise<void> {
  await tx.query(
    `insert into batch_rows (id, batch_id, plan_id, site_id, district_code, place, ${proposalColumns})
     select p.id, $1, $2, p."siteId", p."districtCode", p.place, ${proposalValuesSql}
       from rows from (json_to_recordset($3::json) as ${proposalTableSql}) with ordinality
         as p (id, "siteId", "resourceId", code, name, address, position, "resourceType", structure, "districtCode", "townCode", owner,
               consent, "resourceState", "heightM", "buildMode", "costCny", "forOperators", "profileId", "powerMode", "structureCheck",
               "constraintFlags", note, checks, changes, place)`,
    [batchId, planId, jsonText(proposals)],
    { deadlineMs: 120_000 },
  );
}

/** The row as it is proposed now. False when it has another version by now. Throws STORE_CONSTRAINT unless it may be amended. */
export async function amendBatchRow(
  tx: Queryable,
  rowId: string,
  version: number,
  proposal: CheckedProposal,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update batch_rows as r set (${proposalColumns}) = (select ${proposalValuesSql}
        from json_to_record($3::json) as p ${proposalTableSql})
      where r.id = $1 and r.version = $2`,
    [rowId, version, jsonText(proposal)],
  );
  return rowCount === 1;
}

/** Out of a draft. */
export async function removeBatchRow(tx: Queryable, rowId: string, version: number): Promise<boolean> {
  const { rowCount } = await tx.query('delete from batch_rows where id = $1 and version = $2', [
    rowId,
    version,
  ]);
  return rowCount === 1;
}

/** As it was looked at. */
export interface SeenRow {
  readonly id: string;
  readonly version: number;
}

export interface NewDecision {
  readonly actId: string;
  readonly decision: BatchDecision;
  readonly reasonCode: string | null;
  readonly reasonText: string;
}

/** Throws STORE_CONSTRAINT (batch_rows_stale) when one of them was changed since, and for what else the rules refuse. */
export async function decideBatchRows(
  tx: Queryable,
  batchId: string,
  seen: readonly SeenRow[],
  { actId, decision, reasonCode, reasonText }: NewDecision,
): Promise<void> {
  await tx.query(
    `insert into batch_decisions (act_id, batch_id, row_id, round, decision, reason_code, reason_text, seen_version)
     select $1, $2, s.id, 1, $4, $5, $6, s.version from json_to_recordset($3::json) as s (id text, version integer)`,
    [actId, batchId, jsonText(seen), decision, reasonCode, reasonText],
    { deadlineMs: 120_000 },
  );
}

export interface UndoneAct {
  readonly rowIds: string[];
}

/** Takes back what of an act still holds; the last own act when none is named. Answers the rows; none: there is nothing to undo. */
export async function undoBatchAct(
  tx: Queryable,
  batchId: string,
  undoId: string,
  actId: string | null,
): Promise<UndoneAct> {
  const { rows } = await tx.query<{ rowId: string }>(
    `with held as (
       select d.id, d.row_id, d.act_id, r.version from batch_decisions d join batch_rows r on r.id = d.row_id
        where d.batch_id = $1 and ${lastOwnDecisionSql('d', 'r')})
     insert into batch_decisions (act_id, batch_id, row_id, round, undoes, seen_version)
     select $2, $1, h.row_id, 1, h.id, h.version from held h
      where h.act_id = coalesce($3, (select l.act_id from held l order by l.id desc limit 1))
     returning row_id as "rowId"`,
    [batchId, undoId, actId],
  );
  return { rowIds: rows.map(({ rowId }) => rowId) };
}

export interface NewOpinion {
  /** Empty: the town itself. */
  readonly department: string;
  readonly opinion: BatchOpinion;
  readonly text: string;
}

/** Throws like `decideBatchRows`. */
export async function saveBatchOpinions(
  tx: Queryable,
  batchId: string,
  seen: readonly SeenRow[],
  { department, opinion, text }: NewOpinion,
): Promise<void> {
  await tx.query(
    `insert into batch_opinions (batch_id, row_id, department, opinion, body, seen_version)
     select $1, s.id, $3, $4, $5, s.version from json_to_recordset($2::json) as s (id text, version integer)`,
    [batchId, jsonText(seen), department, opinion, text],
    { deadlineMs: 120_000 },
  );
}

export interface NewCountersign {
  readonly actId: string;
  readonly department: string;
  /** ISO time; undefined: by the rule. */
  readonly dueAt?: string | undefined;
  readonly note: string;
  /** The department need not answer any more. */
  readonly takesBack: boolean;
}

/** Throws like `decideBatchRows`. */
export async function saveCountersigns(
  tx: Queryable,
  batchId: string,
  seen: readonly SeenRow[],
  { actId, department, dueAt, note, takesBack }: NewCountersign,
): Promise<void> {
  await tx.query(
    `insert into batch_countersigns (act_id, batch_id, row_id, department, takes_back, due_at, note, seen_version)
     select $1, $2, s.id, $4, $5::boolean, $6::timestamptz, $7, s.version from json_to_recordset($3::json) as s (id text, version integer)`,
    [actId, batchId, jsonText(seen), department, takesBack, dueAt ?? null, note],
    { deadlineMs: 120_000 },
  );
}

/** What stands in the way of closing, and what is only told. */
export async function loadClosing(
  db: Queryable,
  batchId: string,
): Promise<Pick<CloseResultJson, 'undecided' | 'withoutTown' | 'countersigning'>> {
  const { rows } = await db.query<Pick<CloseResultJson, 'undecided' | 'withoutTown' | 'countersigning'>>(
    `select coalesce(json_agg(json_build_object('id', r.id, 'place', r.place, 'code', r.code) order by r.place)
              filter (where r.decision is null), '[]') as undecided,
            count(*) filter (where r.town_opinion is null) as "withoutTown",
            count(*) filter (where r.countersigns <> '[]') as countersigning
       from batch_rows r where r.batch_id = $1`,
    [batchId],
  );
  // an aggregate is one row
  return rows[0]!;
}
