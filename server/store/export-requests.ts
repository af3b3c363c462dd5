// How much with a place somebody takes out of the house in a day, and the requests for more. Sums, states and who is told are the
// database's (migration 058). Writes name `public`, as everywhere masked roles write.
import type { ExportRequestJson, ExportRequestQueryJson } from '../contract/export-requests.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface TakenPlaces {
  readonly ok: boolean;
  /** Rows of the last day. */
  readonly taken: number;
  readonly most: number;
}

/** Counts them when they may be taken, and notes the try when not: commit either way. */
export async function takePlaces(db: Queryable, rows: number, address: string): Promise<TakenPlaces> {
  const { rows: answers } = await db.query<{ answer: TakenPlaces }>(
    'select take_places($1::integer, $2) as answer',
    [rows, address],
  );
  const [first] = answers;
  if (!first) throw new RangeError('take_places gave no row');
  return first.answer;
}

const usableSql = "(x.state = '同意' and x.valid_until > now() and x.account_id = my_account())";
const decidableSql = `(x.state = '待批' and x.account_id <> my_account() and (reaches_all('export:approve')
  or (not x.everywhere and x.district_codes <> '{}' and x.district_codes <@ my_districts('export:approve'))))`;

const requestJsonSql = `json_build_object('id', x.id, 'address', x.address, 'rows', x.rows, 'reason', x.reason, 'state', x.state,
  'name', x.name, 'role', x.role, 'organisation', x.organisation, 'askedAt', ${isoTimeSql('x.asked_at')},
  'decidedName', x.decided_name, 'decidedAt', ${isoTimeSql('x.decided_at')}, 'decisionText', x.decision_text,
  'validUntil', ${isoTimeSql('x.valid_until')}, 'usedAt', ${isoTimeSql('x.used_at')}, 'mine', x.account_id = my_account(),
  'decidable', ${decidableSql}, 'usable', ${usableSql}, 'version', x.version)`;

const shownSql = { mine: 'x.account_id = my_account()', decidable: decidableSql, usable: usableSql } as const;

export interface ExportRequestPage {
  readonly total: number;
  readonly requests: ExportRequestJson[];
}

export async function loadExportRequestPage(
  db: Queryable,
  { state, show, q, page = 1, pageSize = 50 }: ExportRequestQueryJson,
): Promise<ExportRequestPage> {
  const where = `($1::text is null or x.state = $1)
    and ($2::text is null or strpos(lower(x.name || ' ' || x.organisation || ' ' || x.reason || ' ' || x.address), lower($2)) > 0)
    and ${show === undefined ? 'true' : shownSql[show]}`;
  const { rows } = await db.query<ExportRequestPage>(
    `select (select count(*) from export_requests x where ${where}) as total,
            (select coalesce(json_agg(${requestJsonSql} order by x.asked_at desc, x.id), '[]')
               from (select * from export_requests x where ${where} order by x.asked_at desc, x.id
                      limit $3::int offset $4::bigint) as x) as requests`,
    [state ?? null, q || null, pageSize, (page - 1) * pageSize],
  );
  return rows[0] ?? { total: 0, requests: [] };
}

export async function loadExportRequest(db: Queryable, id: string): Promise<ExportRequestJson | null> {
  const { rows } = await db.query<{ request: ExportRequestJson }>(
    `select ${requestJsonSql} as request from export_requests x where x.id = $1`,
    [id],
  );
  return rows[0]?.request ?? null;
}

/** Throws STORE_CONSTRAINT export_requests_tried, STORE_CONFLICT export_requests_once. */
export async function saveExportRequest(
  db: Queryable,
  { id, address, reason }: { readonly id: string; readonly address: string; readonly reason: string },
): Promise<void> {
  await db.query('insert into public.export_requests (id, address, reason) values ($1, $2, $3)', [
    id,
    address,
    reason.trim(),
  ]);
}

/** False when the version is not the one of the row, or it is not for who acts. Throws STORE_CONSTRAINT export_requests_open. */
export async function decideExportRequest(
  db: Queryable,
  id: string,
  version: number,
  { agree, text }: { readonly agree: boolean; readonly text: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update public.export_requests set state = $3, decision_text = $4 where id = $1 and version = $2',
    [id, version, agree ? '同意' : '不同意', text.trim()],
  );
  return rowCount > 0;
}
