// Notices as their reader sees them: row policies keep everybody else's away, so nothing here asks whose they are.
import type { NoticeJson, NoticePageJson, NoticeQueryJson } from '../contract/notices.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

const DEFAULT_PAGE_SIZE = 50;

const readSql = 'select from notice_reads r where r.notice_id = n.id and r.account_id = my_account()';

export async function loadNoticePage(
  db: Queryable,
  { unread, page = 1, pageSize = DEFAULT_PAGE_SIZE }: NoticeQueryJson,
): Promise<NoticePageJson> {
  const wanted = unread === undefined ? 'true' : `not exists (${readSql})`;
  const { rows } = await db.query<{ notices: NoticeJson[]; total: number; unread: number }>(
    `select (select count(*) from notices n where ${wanted}) as total,
            (select count(*) from notices n where not exists (${readSql})) as unread,
            (select coalesce(json_agg(json_build_object('id', p.id::text, 'at', ${isoTimeSql('p.at')}, 'kind', p.kind,
                 'noun', p.noun, 'objectId', p.object_id, 'facts', p.facts, 'readAt', ${isoTimeSql('p.read_at')})
                 order by p.id desc), '[]')
               from (select n.*, (select r.at from notice_reads r
                                   where r.notice_id = n.id and r.account_id = my_account()) as read_at
                       from notices n where ${wanted} order by n.id desc limit $1::int offset $2::bigint) as p) as notices`,
    [pageSize, (page - 1) * pageSize],
  );
  const { notices = [], total = 0, unread: left = 0 } = rows[0] ?? {};
  return { notices, total, unread: left, page, pageSize };
}

export async function countUnread(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ unread: number }>(
    `select count(*) as unread from notices n where not exists (${readSql})`,
    [],
  );
  return rows[0]?.unread ?? 0;
}

/** False when there is no such notice for who reads. Reading again changes nothing. */
export async function markRead(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    `with seen as (select n.id from notices n where n.id::text = $1),
     added as (insert into notice_reads (notice_id) select id from seen on conflict do nothing)
     select exists (select from seen) as found`,
    [id],
  );
  return rows[0]?.found ?? false;
}

/** All up to this one. */
export async function markAllRead(db: Queryable, upTo: string): Promise<void> {
  await db.query(
    `insert into notice_reads (notice_id)
     select n.id from notices n where n.id <= $1::bigint and not exists (${readSql}) on conflict do nothing`,
    [upTo],
  );
}
