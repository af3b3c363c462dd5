// Comments on resources and plans: found by page, made, answered. Who may do what, what stays, and who is told are the database's
// (migration 057). Writes name `public`, because the masked view takes none.
import type { CommentAnswerJson, CommentJson } from '../contract/comments.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface CommentQuery {
  readonly noun?: 'resource' | 'plan' | undefined;
  readonly objectId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly q?: string | undefined;
  readonly answered?: boolean | undefined;
  readonly mine?: boolean | undefined;
  readonly answerable?: boolean | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

const answerableSql = `(c.by_account is distinct from my_account() and case when c.plan_id is null
  then coalesce(within_reach('{comment:answer}', r.district_code, r.town_code, r.owner), false) else may('comment:answer') end)`;

const commentJsonSql = `json_build_object('id', c.id, 'noun', case when c.plan_id is null then 'resource' else 'plan' end,
  'objectId', coalesce(c.resource_id, c.plan_id), 'objectName', coalesce(nullif(r.name, ''), r.code, p.name, ''),
  'siteId', c.site_id, 'siteName', (select coalesce(nullif(s.name, ''), s.code) from sites s where s.id = c.site_id),
  'body', c.body, 'at', ${isoTimeSql('c.at')}, 'byName', c.by_name, 'role', c.role, 'organisation', c.organisation,
  'mine', coalesce(c.by_account = my_account(), false),
  'answer', case when c.outcome is not null then json_build_object('outcome', c.outcome, 'text', c.answer, 'byName', c.answered_name,
    'at', ${isoTimeSql('c.answered_at')}) end,
  'answerable', ${answerableSql}, 'version', c.version)`;

const fromSql = `comments c left join resources r on r.id = c.resource_id left join plans p on p.id = c.plan_id`;

// $1 noun, $2 object, $3 site, $4 text, $5 answered, $6 mine, $7 answerable; NULL means any.
const filterSql = `
  ($1::text is null or (c.plan_id is null) = ($1 = 'resource'))
  and ($2::text is null or coalesce(c.resource_id, c.plan_id) = $2)
  and ($3::text is null or c.site_id = $3)
  and ($4::text is null or strpos(lower(c.body || ' ' || c.answer || ' ' || c.by_name || ' ' || c.organisation), lower($4)) > 0)
  and ($5::boolean is null or (c.outcome is not null) = $5)
  and ($6::boolean is null or c.by_account = my_account())
  and ($7::boolean is null or ${answerableSql})`;

const filterValues = (query: CommentQuery): unknown[] => [
  query.noun ?? null,
  query.objectId ?? null,
  query.siteId ?? null,
  query.q || null,
  query.answered ?? null,
  query.mine ?? null,
  query.answerable ?? null,
];

const sortColumns = { at: 'c.at', answeredAt: 'c.answered_at', byName: 'c.by_name' } as const;

export interface CommentPage {
  readonly total: number;
  readonly open: number;
  readonly comments: CommentJson[];
}

export async function loadCommentPage(db: Queryable, query: CommentQuery): Promise<CommentPage> {
  const { sort = 'at', order = 'desc', page = 1, pageSize = 50 } = query;
  const { rows } = await db.query<CommentPage>(
    `with found as materialized (select c.id, c.outcome, row_number() over (order by ${sortColumns[sort]} ${order} nulls last, c.id) as place
            from ${fromSql} where ${filterSql})
     select (select count(*) from found) as total, (select count(*) from found where outcome is null) as open,
            (select coalesce(json_agg(${commentJsonSql} order by f.place), '[]')
               from (select * from found order by place limit $8::int offset $9::bigint) as f join ${fromSql} on c.id = f.id) as comments`,
    [...filterValues(query), pageSize, (page - 1) * pageSize],
  );
  return rows[0] ?? { total: 0, open: 0, comments: [] };
}

export async function loadComment(db: Queryable, id: string): Promise<CommentJson | null> {
  const { rows } = await db.query<{ comment: CommentJson }>(
    `select ${commentJsonSql} as comment from ${fromSql} where c.id = $1`,
    [id],
  );
  return rows[0]?.comment ?? null;
}

export interface NewComment {
  readonly id: string;
  readonly resourceId: string | null;
  readonly planId: string | null;
  readonly siteId: string | null;
  readonly body: string;
}

/** Throws STORE_CONSTRAINT: comments_plan_done, comments_plan_site; STORE_DENIED. */
export async function saveComment(db: Queryable, comment: NewComment): Promise<void> {
  await db.query(
    'insert into public.comments (id, resource_id, plan_id, site_id, body) values ($1, $2, $3, $4, $5)',
    [comment.id, comment.resourceId, comment.planId, comment.siteId, comment.body.trim()],
  );
}

/** False when the version is not the one of the row, or it is not for who acts. */
export async function answerComment(
  db: Queryable,
  id: string,
  version: number,
  { outcome, text = '' }: CommentAnswerJson,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update public.comments set outcome = $3, answer = $4 where id = $1 and version = $2',
    [id, version, outcome, text.trim()],
  );
  return rowCount > 0;
}
