// The rows of one directory beside the one before it: found by page, counted by what changed, put on a map. Rows that went away are told
// from the version that still had them. What a person may not see of a place or a number is no difference to them: both versions are
// read as they see them (migration 052 keeps what masked roles see with the row).
import type { Box } from '../../engine/index.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import type {
  DirectoryCountsJson,
  DirectoryRowsQueryJson,
  ListedRowJson,
  RowChange,
} from '../contract/directories.ts';
import { boxValues, loadMarks } from './map-marks.ts';
import type { Queryable } from './store.ts';

const MOST_OWNERS = 500;

export interface DirectoryRowQuery
  extends Pick<
    DirectoryRowsQueryJson,
    'q' | 'townCode' | 'owner' | 'freeStatus' | 'change' | 'sort' | 'order'
  > {
  readonly box?: Box | undefined;
  readonly resourceTypes?: readonly string[] | undefined;
  readonly whitelisted?: boolean | undefined;
}

/** A directory and the one before it. */
export interface Versions {
  readonly id: string;
  readonly before: string | null;
}

// $1 the directory, $2 the one before, $3 … $6 box, $7 change, $8 text, $9 types, $10 town, $11 owner, $12 free status, $13 whitelisted;
// NULL means any.
const anywhereSql = `
  ($8::text is null or strpos(lower(concat_ws(' ', r.snapshot->>'code', r.snapshot->>'name', r.snapshot->>'address',
         r.snapshot->>'owner') collate "C"), lower($8 collate "C")) > 0)
  and ($9::text[] is null or r.snapshot->>'resourceType' = any ($9::text[]))
  and ($10::text is null or r.snapshot->>'townCode' = $10)
  and ($11::text is null or r.snapshot->>'owner' = $11)
  and ($12::text is null or r.snapshot->>'freeStatus' = $12)
  and ($13::boolean is null or (r.snapshot->>'whitelisted')::boolean = $13)`;
// a directory is short enough to be read as a whole: its places have no index
const filterSql = `($3::float8 is null or r.lon between $3 and $5::float8 and r.lat between $4::float8 and $6::float8)
  and ${anywhereSql}`;

const filterValues = ({ id, before }: Versions, query: DirectoryRowQuery): unknown[] => [
  id,
  before,
  ...boxValues(query.box),
  query.change ?? null,
  query.q || null,
  query.resourceTypes ?? null,
  query.townCode ?? null,
  query.owner ?? null,
  query.freeStatus ?? null,
  query.whitelisted ?? null,
];

const changeSql = `case when e.resource_id is null then 'added'
  when e.snapshot <> r.snapshot or e.lon <> r.lon or e.lat <> r.lat then 'changed' else 'unchanged' end`;

/** Of a row of either version. */
const judgedSql = `case when r.directory_id = $1 then ${changeSql} else 'removed' end`;

/** Rows `r` of the directory beside `e`, what they were before. */
const hereSql = (columns: string, filter = filterSql): string => `
  select ${columns} from directory_rows r
    left join directory_rows e on e.directory_id = $2 and e.resource_id = r.resource_id
   where r.directory_id = $1 and ($7::text is null or ${changeSql} = $7) and ${filter}`;

/** Rows `r` of the one before that are not in the directory any more. */
const goneSql = (columns: string, filter = filterSql): string => `
  select ${columns} from directory_rows r
   where r.directory_id = $2 and ($7::text is null or $7 = 'removed') and ${filter}
     and not exists (select from directory_rows h where h.directory_id = $1 and h.resource_id = r.resource_id)`;

const rowsSql = ({ change }: DirectoryRowQuery, columns: string, filter = filterSql): string =>
  (change === 'removed' ? goneSql : hereSql)(columns, filter);

const rowKeys = {
  code: '(r.snapshot->>\'code\') collate "C"',
  name: '(r.snapshot->>\'name\') collate "C"',
  resourceType: '(r.snapshot->>\'resourceType\') collate "C"',
  townCode: '(r.snapshot->>\'townCode\') collate "C"',
  owner: '(r.snapshot->>\'owner\') collate "C"',
  totalHeightM: "(r.snapshot->>'totalHeightM')::float8",
  feeCnyPerYear: "(r.snapshot->>'feeCnyPerYear')::float8",
} as const;

const placedSql = (row: string): string =>
  `${row}.snapshot || jsonb_build_object('position', jsonb_build_array(${row}.lon, ${row}.lat))`;

/** Fields of the jsonb columns `before` and `after` of `row` that differ, by name. */
export const changedFieldsSql = (row: string): string => `(
  select json_agg(json_build_object('field', key, 'before', ${row}.before->key, 'after', ${row}.after->key) order by key)
    from jsonb_object_keys(${row}.before || ${row}.after) as key where ${row}.before->key is distinct from ${row}.after->key)`;

/** A row of the list, of a record `l` with resource_id, change, before and after. */
const listedSql = `l.after || jsonb_build_object('resourceId', l.resource_id, 'change', l.change,
  'fields', case l.change when 'changed' then ${changedFieldsSql('l')} else '[]' end,
  'inLibrary', exists (select from resources known where known.id = l.resource_id))`;

export interface DirectoryRowPage {
  readonly rows: ListedRowJson[];
  readonly total: number;
}

/** One page and the number of all matches; by code unless told, what is unknown last both ways, ties by id. */
export async function loadDirectoryRowPage(
  db: Queryable,
  versions: Versions,
  query: DirectoryRowQuery,
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
): Promise<DirectoryRowPage> {
  const { sort = 'code', order = 'asc' } = query;
  const { rows } = await db.query<DirectoryRowPage>(
    `with hits as materialized (${rowsSql(query, `r.directory_id, r.resource_id, ${rowKeys[sort]} as key`)}
     ), page as materialized (
       select h.*, row_number() over (order by h.key ${order} nulls last, h.resource_id ${order}) as place from hits h
        order by place limit $14::int offset $15::bigint)
     select (select count(*) from hits) as total, (
       select coalesce(json_agg(${listedSql} order by l.place), '[]') from (
         select p.place, p.resource_id, ${judgedSql} as change, ${placedSql('r')} as after, ${placedSql('e')} as before
           from page p join directory_rows r on r.directory_id = p.directory_id and r.resource_id = p.resource_id
           left join directory_rows e on e.directory_id = $2 and e.resource_id = p.resource_id) as l) as rows`,
    [...filterValues(versions, query), pageSize, (page - 1) * pageSize],
  );
  return rows[0] ?? { rows: [], total: 0 };
}

/** Of this directory, or of the one before where it is not in this one any more. */
export async function loadDirectoryRow(
  db: Queryable,
  { id, before }: Versions,
  resourceId: string,
): Promise<ListedRowJson | null> {
  const { rows } = await db.query<{ row: ListedRowJson }>(
    `select ${listedSql} as row from (
       select r.resource_id, ${placedSql('r')} as after, ${placedSql('e')} as before,
              ${judgedSql} as change
         from directory_rows r left join directory_rows e on e.directory_id = $2 and e.resource_id = r.resource_id
        where r.directory_id in ($1, $2) and r.resource_id = $3 order by r.directory_id = $1 desc limit 1) as l`,
    [id, before, resourceId],
  );
  return rows[0]?.row ?? null;
}

export async function countDirectoryRows(
  db: Queryable,
  versions: Versions,
  query: DirectoryRowQuery,
): Promise<DirectoryCountsJson> {
  const { change: _change, ...filters } = query;
  const { rows } = await db.query<{ changes: { change: RowChange; count: number }[]; owners: string[] }>(
    `select (select coalesce(json_agg(counted), '[]') from (
               select change, count(*) as count from (${hereSql(`${changeSql} as change`)} union all ${goneSql("'removed'")}) as judged
                group by change) as counted) as changes,
            (select coalesce(json_agg(o.owner order by o.rows desc, o.owner), '[]') from (
               select r.snapshot->>'owner' as owner, count(*) as rows from directory_rows r
                where r.directory_id = $1 and r.snapshot->>'owner' <> '' group by 1 order by 2 desc, 1 limit ${MOST_OWNERS}) as o) as owners`,
    filterValues(versions, filters),
  );
  const { changes = [], owners = [] } = rows[0] ?? {};
  const here = changes.filter(({ change }) => change !== 'removed');
  return { changes, total: here.reduce((sum, { count }) => sum + count, 0), owners };
}

/** Marks of what lies in the box of the query; their state is what they are against the one before. No row is without a place. */
export const loadDirectoryMarks = (
  db: Queryable,
  versions: Versions,
  query: DirectoryRowQuery,
  zoom: number,
): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: rowsSql(
        query,
        `r.resource_id as id, r.lon, r.lat, ${query.change === undefined ? changeSql : '$7::text'} as state,
         r.snapshot->>'code' as label, null::text as part`,
      ),
      totalsSql: `select count(*) as located, 0 as unlocated
        from (${rowsSql(query, 'r.resource_id', anywhereSql)}) as r`,
      values: filterValues(versions, query),
    },
    zoom,
  );
