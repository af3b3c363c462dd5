// Opening directories: what is open in a district, frozen row by row. Numbered, dated and immutable by the database
// (migration 030); a snapshot holds what may be published and nothing of contacts. Its rows beside the version before: directory-rows.ts.
import type {
  DirectoryDetailJson,
  DirectoryDiffJson,
  DirectoryJson,
  DirectoryQueryJson,
  DirectoryRowJson,
} from '../contract/directories.ts';
import { changedFieldsSql, type Versions } from './directory-rows.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** Rows of a difference that are listed; all are counted. */
const LISTED_CHANGES = 1_000;
const PUBLISH_DEADLINE_MS = 120_000;

const snapshotSql = `jsonb_build_object('code', r.code, 'name', r.name, 'address', r.address, 'resourceType', r.resource_type,
  'districtCode', r.district_code, 'townCode', r.town_code, 'owner', r.owner, 'ownerType', r.owner_type,
  'freeStatus', r.free_status, 'feeCnyPerYear', r.fee_cny_per_year, 'feeBasis', r.fee_basis, 'whitelisted', r.whitelisted,
  'totalHeightM', r.total_height_m, 'mountHeightsM', r.mount_heights_m, 'loadKg', r.load_kg, 'slots', r.slots,
  'powerMode', r.power_mode, 'fibre', r.fibre, 'structureCheck', r.structure_check,
  'appearanceRequirement', r.appearance_requirement, 'constraintFlags', r.constraint_flags,
  'validFrom', r.valid_from, 'validTo', r.valid_to)`;

/** Of a district: $1. Held and full ones are open, too: a directory says what was opened, not what is free. */
const openSql = `
  select r.id as resource_id, r.lon, r.lat, ${snapshotSql} as snapshot from resources r
   where r.district_code = $1 and r.state in ('已开放', '已锁定', '部分占用', '满载')`;

const directorySql = `json_build_object('id', d.id, 'number', d.number, 'districtCode', d.district_code,
  'publishedAt', ${isoTimeSql('d.published_at')}, 'publisher', d.publisher, 'note', d.note,
  'rows', (select count(*) from directory_rows listed where listed.directory_id = d.id))`;

export async function countOpen(db: Queryable, districtCode: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`select count(*) as n from (${openSql}) as open`, [
    districtCode,
  ]);
  return rows[0]?.n ?? 0;
}

/** Call it in a transaction: the directory and its rows belong together. Answers the number of rows. */
export async function publishDirectory(
  tx: Queryable,
  { id, districtCode, note }: { readonly id: string; readonly districtCode: string; readonly note: string },
): Promise<number> {
  await tx.query('insert into directories (id, district_code, note) values ($1, $2, $3)', [
    id,
    districtCode,
    note,
  ]);
  const { rowCount } = await tx.query(
    `insert into directory_rows (directory_id, resource_id, lon, lat, snapshot)
     select $2, open.resource_id, open.lon, open.lat, open.snapshot from (${openSql}) as open`,
    [districtCode, id],
    { deadlineMs: PUBLISH_DEADLINE_MS },
  );
  return rowCount;
}

export interface DirectoryPage {
  readonly directories: DirectoryJson[];
  readonly total: number;
}

/** As text: a day no month has is before or after the others, and no error. */
const daySql = `to_char(d.published_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') collate "C"`;

const directoryKeys = {
  publishedAt: 'd.published_at',
  number: 'd.number',
  publisher: 'd.publisher',
} as const;

/** Newest first unless told; ties by id. */
export async function loadDirectoryPage(
  db: Queryable,
  query: DirectoryQueryJson & { readonly page: number; readonly pageSize: number },
): Promise<DirectoryPage> {
  const { sort = 'publishedAt', order = query.sort === undefined ? 'desc' : 'asc', page, pageSize } = query;
  const ordered = `order by ${directoryKeys[sort]} ${order}, d.id`;
  const { rows } = await db.query<DirectoryPage>(
    `with hits as materialized (
       select d.* from directories d
        where ($1::text is null or strpos(lower(concat_ws(' ', d.number, d.publisher, d.note) collate "C"), lower($1 collate "C")) > 0)
          and ($2::text is null or d.district_code = $2)
          and ($3::text is null or ${daySql} >= $3) and ($4::text is null or ${daySql} <= $4))
     select (select count(*) from hits) as total,
            (select coalesce(json_agg(${directorySql} ${ordered}), '[]')
               from (select * from hits d ${ordered} limit $5::int offset $6::bigint) as d) as directories`,
    [
      query.q || null,
      query.districtCode ?? null,
      query.from ?? null,
      query.to ?? null,
      pageSize,
      (page - 1) * pageSize,
    ],
  );
  return rows[0] ?? { directories: [], total: 0 };
}

export async function loadDirectory(db: Queryable, id: string): Promise<DirectoryJson | null> {
  const { rows } = await db.query<{ directory: DirectoryJson }>(
    `select ${directorySql} as directory from directories d where d.id = $1`,
    [id],
  );
  return rows[0]?.directory ?? null;
}

/** The one before it in its district. */
export async function loadDirectoryBefore(
  db: Queryable,
  id: string,
): Promise<DirectoryDetailJson['against']> {
  const { rows } = await db.query<{ id: string; number: string }>(
    `select e.id, e.number from directories d join directories e on e.district_code = d.district_code
      where d.id = $1 and (e.year, e.serial) < (d.year, d.serial) order by e.year desc, e.serial desc limit 1`,
    [id],
  );
  return rows[0] ?? null;
}

/** By code, as they were when it was published. */
export async function loadDirectoryRows(
  db: Queryable,
  id: string,
  most: number,
): Promise<DirectoryRowJson[]> {
  const { rows } = await db.query<{ rows: DirectoryRowJson[] }>(
    `select coalesce(json_agg(p.snapshot || jsonb_build_object('resourceId', p.resource_id, 'position', jsonb_build_array(p.lon, p.lat))
              order by p.snapshot->>'code' collate "C", p.resource_id), '[]') as rows
       from (select * from directory_rows where directory_id = $1
              order by snapshot->>'code' collate "C", resource_id limit $2::int) as p`,
    [id, most],
  );
  return rows[0]?.rows ?? [];
}

/** Of a published one to the one before it in its district. */
export async function loadDirectoryDiff(
  db: Queryable,
  { id, before, number }: Versions & { readonly number: string | null },
  most: number,
): Promise<DirectoryDiffJson> {
  const nowSql = 'select resource_id, lon, lat, snapshot from directory_rows where directory_id = $1';
  return diffOf(db, nowSql, [id, before], number, most);
}

/** Of what is open now to the last directory of the district. */
export async function previewDiff(db: Queryable, districtCode: string): Promise<DirectoryDiffJson> {
  const { rows } = await db.query<{ id: string; number: string }>(
    'select id, number from directories where district_code = $1 order by year desc, serial desc limit 1',
    [districtCode],
  );
  return diffOf(db, openSql, [districtCode, rows[0]?.id ?? null], rows[0]?.number ?? null, LISTED_CHANGES);
}

type Counted = Pick<DirectoryDiffJson, 'added' | 'removed' | 'changed' | 'unchanged' | 'rows'>;

/** `nowSql` reads with $1; $2 is the earlier directory. A place that moved is the field `position`. */
async function diffOf(
  db: Queryable,
  nowSql: string,
  values: readonly [string, string | null],
  against: string | null,
  most: number,
): Promise<DirectoryDiffJson> {
  const { rows } = await db.query<Counted>(
    `with here as materialized (${nowSql}
     ), earlier as materialized (select resource_id, lon, lat, snapshot from directory_rows where directory_id = $2
     ), compared as materialized (
       select coalesce(here.resource_id, earlier.resource_id) as id,
              earlier.snapshot || jsonb_build_object('position', jsonb_build_array(earlier.lon, earlier.lat)) as before,
              here.snapshot || jsonb_build_object('position', jsonb_build_array(here.lon, here.lat)) as after
         from here full join earlier on earlier.resource_id = here.resource_id
     ), judged as materialized (
       select *, case when before is null then 'added' when after is null then 'removed'
                      when before <> after then 'changed' end as change, coalesce(after, before)->>'code' as code from compared)
     select count(*) filter (where change = 'added') as added, count(*) filter (where change = 'removed') as removed,
            count(*) filter (where change = 'changed') as changed, count(*) filter (where change is null) as unchanged,
            (select coalesce(json_agg(json_build_object('resourceId', j.id, 'code', j.code,
                       'name', coalesce(j.after, j.before)->>'name', 'change', j.change,
                       'fields', case j.change when 'changed' then ${changedFieldsSql('j')} else '[]' end) order by j.code collate "C", j.id), '[]')
               from (select * from judged where change is not null order by code collate "C", id limit ${most}) as j) as rows
       from judged`,
    values,
    { deadlineMs: PUBLISH_DEADLINE_MS },
  );
  const { added = 0, removed = 0, changed = 0, unchanged = 0, rows: listed = [] } = rows[0] ?? {};
  return { against, added, removed, changed, unchanged, rows: listed };
}
