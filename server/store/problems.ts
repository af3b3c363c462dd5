// The problem list: found by page with what the clock says of each, given to units, moved with its version, noted upon, ranked. Who may
// do what, numbers, steps and notices are the database's (migration 043). Writes name `public`, because the masked view takes none.
import {
  type Box,
  type ProblemCategoryCode,
  type ProblemState,
  type ProblemUrgeTarget,
  type RankedProblem,
  type RankedProblems,
  rankTowns,
} from '../../engine/index.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import type {
  NewProblemJson,
  ProblemCountsJson,
  ProblemJson,
  ProblemStepJson,
  RankingJson,
} from '../contract/problems.ts';
import { boxValues, loadMarks, withinSql } from './map-marks.ts';
import { isoTimeSql, placeFilterSql } from './sql-text.ts';
import { jsonText, type Queryable, StoreError } from './store.ts';

export interface ProblemQuery {
  /** One of its places lies there. */
  readonly box?: Box | undefined;
  /** Part of number, title, unit or raiser. */
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly levels?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  readonly ownerUnit?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly dueWithinDays?: number | undefined;
  readonly mine?: 'raised' | 'unit' | undefined;
  readonly about?: { readonly noun: string; readonly id: string } | undefined;
  /** Those that a figure of the ranking board counts. */
  readonly ranked?: RankedProblems | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Where the things are that `p` is about, those that whoever asks sees: geom, lon and lat. */
const placesSql = `
  select place.* from jsonb_array_elements(p.objects) as o cross join lateral (
    select r.geom, r.lon, r.lat from resources r where o->>'noun' = 'resource' and r.id = o->>'id' and r.geom is not null
    union all select s.geom, s.lon, s.lat from sites s where o->>'noun' = 'site' and s.id = o->>'id'
    union all select s.geom, s.lon, s.lat from cases c join sites s on s.id = c.site_id where o->>'noun' = 'case' and c.id = o->>'id'
    union all select r.geom, r.lon, r.lat from claims c join resources r on r.id = c.resource_id
               where o->>'noun' = 'claim' and c.id = o->>'id' and r.geom is not null
    union all select b.geom, b.lon, b.lat from batch_rows b where o->>'noun' = 'batch-row' and b.id = o->>'id'
    union all select s.geom, s.lon, s.lat from relocation_sites l join sites s on s.id = l.site_id
               where o->>'noun' = 'relocation' and l.relocation_id = o->>'id') as place`;

/** The level as of now: the timer that writes it down may be late. */
const levelSql = 'problem_level_at(p.level, p.state, p.due_at, p.lead_at, now())';
export const overdueSql = 'coalesce(p.settled_at, p.closed_at, now()) > p.due_at';
const dayOfDueSql = "(p.due_at at time zone 'Asia/Shanghai')::date";

/** By whoever asks. */
const handledSql =
  'handles_problem(p.district_code, p.town_code, p.owner, p.owner_unit, p.co_units, p.raiser_organisation)';

// What is said of one row; `left_over` is looked up once for each due day of a page, because counting working days takes time.
const problemSql = `p.id, p.number, p.category, p.title, p.description, objects_seen(p.objects) as objects,
  (select coalesce(json_agg(distinct jsonb_build_array(x.lon, x.lat)), '[]') from (${placesSql}) as x) as positions, p.district_code as "districtCode",
  p.town_code as "townCode", p.owner, p.state, ${levelSql} as level,
  ${isoTimeSql(`case when ${levelSql} = p.level then p.level_since when ${levelSql} = '督办' then p.due_at else p.lead_at end`)} as "levelSince",
  p.owner_unit as "ownerUnit", p.co_units as "coUnits", ${isoTimeSql('p.raised_at')} as "raisedAt", p.raiser,
  p.raiser_role as "raiserRole", p.raiser_organisation as "raiserOrganisation",
  coalesce(p.raised_by = my_account(), false) as "raisedByMe", ${handledSql} as "handledByMe", ${isoTimeSql('p.due_at')} as "dueAt", ${isoTimeSql('p.lead_at')} as "leadAt",
  ${overdueSql} as overdue, case when p.state in ('新建', '分派', '处理中') then d.days end as "workingDaysLeft", p.evidence, p.evidence_files as "evidenceFiles", p.reopenings,
  ${isoTimeSql('p.settled_at')} as "settledAt", ${isoTimeSql('p.closed_at')} as "closedAt",
  p.confirmed_by_raiser as "confirmedByRaiser", ${isoTimeSql('p.updated_at')} as "updatedAt", p.version`;

const listedSql = (ids: string) => `with page as materialized (${ids}), days as materialized (
    select day, working_days_between(now(), day + time '12:00' at time zone 'Asia/Shanghai') as days
      from (select distinct ${dayOfDueSql} as day from page join problems p on p.id = page.id
             where p.state in ('新建', '分派', '处理中')) as due)
  select coalesce(json_agg(to_json(listed) order by page.place), '[]') as problems from page
   cross join lateral (select ${problemSql} from problems p left join days d on d.day = ${dayOfDueSql} where p.id = page.id) as listed`;

/** One is in charge of it or helps with it; a town's people by the name of their town, too. */
export const ofMyUnitsSql =
  '(p.owner_unit = any ((select my_units())::text[]) or p.co_units && (select my_units())::text[])';

/** Days in China, both within the period; a period that is not over ends now. */
const periodSql = (
  from: string,
  to: string,
): string => `select ${from}::date::timestamp at time zone 'Asia/Shanghai' as from_at,
    least(now(), (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai') as to_at`;

/** What `rankTowns` counts as the figure, of a problem `p` in the period `t`. */
const rankedSql = (figure: string): string => `t.from_at < t.to_at and p.raised_at < t.to_at
  and (p.closed_at is null or p.closed_at >= t.from_at)
  and case ${figure}
        when 'raised' then p.raised_at >= t.from_at
        when 'open' then p.closed_at is null or p.closed_at >= t.to_at
        when 'overdue' then (p.closed_at is null or p.closed_at >= t.to_at) and p.due_at < t.to_at
          and (p.settled_at is null or p.settled_at > p.due_at)
        when 'closed' then p.closed_at < t.to_at
        when 'closedOnTime' then p.closed_at < t.to_at and coalesce(p.settled_at, p.closed_at) <= p.due_at end`;

// $1 text, $2 states, $3 levels, $4 categories, $5 district, $6 town, $7 unit, $8 overdue, $9 days, $10 raised by me, $11 of my unit,
// $12 objects, $13 … $16 box, $17 figure of the ranking board with its days $18 and $19; NULL means any.
const anywhereSql = `
  ($1::text is null or strpos(p.search_text, lower($1 collate "C")) > 0)
  and ($2::text[] is null or p.state = any ($2::text[]))
  and ($3::text[] is null or ${levelSql} = any ($3::text[]))
  and ($4::text[] is null or p.category = any ($4::text[]))
  and ${placeFilterSql('p.district_code', '$5')}
  and ${placeFilterSql('p.town_code', '$6')}
  and ($7::text is null or p.owner_unit = $7)
  and ($8::boolean is null or (p.state <> '已销号' and ${overdueSql}) = $8)
  and ($9::int is null or (p.state in ('新建', '分派', '处理中') and p.due_at <= now() + make_interval(days => $9)))
  and ($10::boolean is null or p.raised_by = my_account())
  and ($11::boolean is null or ${ofMyUnitsSql})
  and ($12::jsonb is null or p.objects @> $12::jsonb)
  and ($17::text is null or exists (select from (${periodSql('$18', '$19')}) as t where ${rankedSql('$17')}))`;
const filterSql = `${anywhereSql}
  and ($13::float8 is null or exists (select from (${placesSql}) as x where ${withinSql('x', 13)}))`;

const filterValues = ({ about, ...query }: ProblemQuery): unknown[] => [
  query.q || null,
  query.states ?? null,
  query.levels ?? null,
  query.categories ?? null,
  query.districtCode ?? null,
  query.townCode ?? null,
  query.ownerUnit ?? null,
  query.overdue ?? null,
  query.dueWithinDays ?? null,
  query.mine === 'raised' ? true : null,
  query.mine === 'unit' ? true : null,
  about ? jsonText([{ noun: about.noun, id: about.id }]) : null,
  ...boxValues(query.box),
  query.ranked?.figure ?? null,
  query.ranked?.from ?? null,
  query.ranked?.to ?? null,
];

/** An index of migration 043 stands behind each. */
const sortColumns = {
  number: 'p.number',
  raisedAt: 'p.raised_at',
  dueAt: 'p.due_at',
  updatedAt: 'p.updated_at',
  ownerUnit: 'p.owner_unit',
} as const;

/** One page. */
export async function loadProblems(db: Queryable, query: ProblemQuery): Promise<ProblemJson[]> {
  const { sort = 'raisedAt', order = 'desc', page = 1, pageSize = 50 } = query;
  const by = `${sortColumns[sort]} ${order}, p.id ${order}`;
  const { rows } = await db.query<{ problems: ProblemJson[] }>(
    listedSql(`select p.id, row_number() over (order by ${by}) as place from problems p where ${filterSql}
      order by ${by} limit $20::int offset $21::bigint`),
    [...filterValues(query), pageSize, (page - 1) * pageSize],
  );
  return rows[0]?.problems ?? [];
}

export async function countProblems(db: Queryable, query: ProblemQuery): Promise<number> {
  const { rows } = await db.query<{ total: number }>(
    `select count(*) as total from problems p where ${filterSql}`,
    filterValues(query),
  );
  return rows[0]?.total ?? 0;
}

/** Whatever `states` says. */
export async function countProblemStates(db: Queryable, query: ProblemQuery): Promise<ProblemCountsJson> {
  const { rows } = await db.query<ProblemCountsJson>(
    `with hits as materialized (
       select p.state, ${levelSql} as level, p.state <> '已销号' and ${overdueSql} as overdue from problems p where ${filterSql})
     select (select coalesce(json_agg(s), '[]') from (select state, count(*) as count from hits group by state) as s) as states,
            (select coalesce(json_agg(l), '[]') from (select level, count(*) as count from hits where state <> '已销号' group by level) as l)
              as levels,
            (select count(*) from hits where overdue) as overdue, (select count(*) from hits) as total`,
    filterValues({ ...query, states: undefined }),
  );
  return rows[0] ?? { states: [], levels: [], overdue: 0, total: 0 };
}

/** Marks of the places in the box of the query. */
export const loadProblemMarks = (db: Queryable, query: ProblemQuery, zoom: number): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: `select distinct p.id, x.lon, x.lat, p.state, p.number as label, null::text as part
        from problems p cross join lateral (${placesSql}) as x where ${withinSql('x', 13)} and ${anywhereSql}`,
      totalsSql: `select count(*) filter (where h.located) as located, count(*) filter (where not h.located) as unlocated
        from (select exists (${placesSql}) as located from problems p where ${anywhereSql}) as h`,
      values: filterValues(query),
      hasSeveral: true,
    },
    zoom,
  );

export async function loadProblem(db: Queryable, id: string): Promise<ProblemJson | null> {
  const { rows } = await db.query<{ problems: ProblemJson[] }>(
    listedSql('select p.id, 1 as place from problems p where p.id = $1'),
    [id],
  );
  return rows[0]?.problems[0] ?? null;
}

/** From the first to the last. */
export async function loadProblemSteps(db: Queryable, id: string): Promise<ProblemStepJson[]> {
  const { rows } = await db.query<{ steps: ProblemStepJson[] }>(
    `select coalesce(json_agg(json_build_object('id', s.id, 'at', ${isoTimeSql('s.at')}, 'accountName', s.account_name, 'role', s.role,
         'kind', s.kind, 'words', s.words, 'photoIds', s.photo_ids, 'facts', s.facts) order by s.id), '[]') as steps
       from problem_steps s where s.problem_id = $1`,
    [id],
  );
  return rows[0]?.steps ?? [];
}

/** Throws STORE_REFUSED by problem_object, problem_town; STORE_DENIED outside of who acts. */
export async function saveProblem(db: Queryable, id: string, problem: NewProblemJson): Promise<void> {
  const { category, title, description = '', objects = [], districtCode = '', townCode = '' } = problem;
  await db.query(
    `insert into public.problems (id, category, title, description, objects, district_code, town_code, owner_unit)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)`,
    [
      id,
      category,
      title.trim(),
      description.trim(),
      jsonText(objects),
      districtCode,
      townCode,
      problem.ownerUnit?.trim() ?? '',
    ],
  );
}

/** What a verdict about an act has to know. */
export interface ActedProblem {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly category: ProblemCategoryCode;
  readonly state: ProblemState;
  readonly ownerUnit: string;
  readonly evidence: number;
  readonly evidenceFiles: number;
  readonly isRaiser: boolean;
  readonly isHandled: boolean;
  readonly districtCode: string;
  readonly townCode: string;
  readonly owner: string;
  readonly version: number;
}

/** In the order of `ids`; unknown ids are left out. */
export async function loadActedProblems(db: Queryable, ids: readonly string[]): Promise<ActedProblem[]> {
  const { rows } = await db.query<ActedProblem>(
    `select p.id, p.number, p.title, p.category, p.state, p.owner_unit as "ownerUnit", p.evidence,
            p.evidence_files as "evidenceFiles", coalesce(p.raised_by = my_account(), false) as "isRaiser",
            ${handledSql} as "isHandled", p.district_code as "districtCode",
            p.town_code as "townCode", p.owner, p.version
       from unnest($1::text[]) with ordinality as wanted (id, place) join problems p on p.id = wanted.id order by wanted.place`,
    [ids],
  );
  return rows;
}

export interface Assignment {
  readonly ownerUnit: string;
  /** Undefined: as they are; so the others. */
  readonly coUnits?: readonly string[] | undefined;
  /** A day in China, to its end. */
  readonly dueDate?: string | undefined;
  readonly townCode?: string | undefined;
}

/** The end of a day in China; NULL for none. */
const endOfDaySql = (parameter: string) =>
  `(${parameter}::date + time '23:59:59') at time zone 'Asia/Shanghai'`;

type Seen = Pick<ActedProblem, 'id' | 'version'>;

/** All of them as they were looked at; a new one, or one somebody works on, becomes 分派. Throws STORE_CONFLICT when one was changed since. */
export async function assignProblems(
  tx: Queryable,
  problems: readonly Seen[],
  { ownerUnit, coUnits, dueDate, townCode }: Assignment,
): Promise<void> {
  await changeAll(
    tx,
    problems,
    // who is given more time goes on with the work
    `state = case when p.state = '处理中' and p.owner_unit = $2 then p.state else '分派' end, owner_unit = $2, co_units = coalesce($3::text[], p.co_units), due_at = coalesce(${endOfDaySql('$4')}, p.due_at),
     town_code = coalesce($5, p.town_code)`,
    [ownerUnit.trim(), coUnits ?? null, dueDate ?? null, townCode ?? null],
  );
}

/** Throws STORE_CONFLICT when it was changed since it was looked at. */
export async function moveProblem(
  tx: Queryable,
  problem: Seen,
  to: ProblemState,
  dueDate: string | undefined,
): Promise<void> {
  // a date of one's own is asked of those only who may give one: masked roles may change nothing but the state
  if (dueDate === undefined) await changeAll(tx, [problem], 'state = $2', [to]);
  else await changeAll(tx, [problem], `state = $2, due_at = ${endOfDaySql('$3')}`, [to, dueDate]);
}

export async function escalateProblem(tx: Queryable, problem: Seen, level: string): Promise<void> {
  await changeAll(tx, [problem], 'level = $2', [level]);
}

async function changeAll(
  tx: Queryable,
  problems: readonly Seen[],
  sets: string,
  values: readonly unknown[],
): Promise<void> {
  if (problems.length === 0) return;
  const { rowCount } = await tx.query(
    `update public.problems p set ${sets}
       from json_to_recordset($1::json) as seen (id text, version integer) where p.id = seen.id and p.version = seen.version`,
    [jsonText(problems.map(({ id, version }) => ({ id, version }))), ...values],
  );
  if (rowCount !== problems.length)
    throw new StoreError('STORE_CONFLICT', 'a problem was changed meanwhile, or is out of reach');
}

export async function addProblemNote(
  tx: Queryable,
  problemId: string,
  kind: 'progress' | 'evidence',
  words: string,
  photoIds: readonly string[],
): Promise<void> {
  await tx.query(
    'insert into public.problem_steps (problem_id, kind, words, photo_ids) values ($1, $2, $3, $4::text[])',
    [problemId, kind, words.trim(), photoIds],
  );
}

/** When somebody was last urged, and when that may be done again; null: nobody was. */
export async function loadLastUrge(
  db: Queryable,
  problemId: string,
  to: ProblemUrgeTarget,
): Promise<{ readonly urgedAt: string; readonly againAt: string | null } | null> {
  const { rows } = await db.query<{ readonly urgedAt: string; readonly againAt: string | null }>(
    `select ${isoTimeSql('s.at')} as "urgedAt",
            case when s.at + urge_pause() > clock_timestamp() then ${isoTimeSql('(s.at + urge_pause())')} end as "againAt"
       from problem_steps s where s.problem_id = $1 and s.kind = 'urge' and s.facts->>'urged' = $2 order by s.id desc limit 1`,
    [problemId, to],
  );
  return rows[0] ?? null;
}

/** Throws STORE_CONSTRAINT by urges_nothing, urges_again, urges_place; STORE_DENIED for who may not. */
export async function urgeProblem(tx: Queryable, problemId: string, text: string): Promise<void> {
  await tx.query("insert into public.problem_steps (problem_id, kind, words) values ($1, 'urge', $2)", [
    problemId,
    text,
  ]);
}

/**
 * `from` and `to` are days in China, both within the period; a period that is not over ends now. What lies in no town (or district) is a
 * line of its own without a rank, one for each district, after all others.
 */
export async function rankProblems(
  db: Queryable,
  { from, to, by, districtCode }: Pick<RankingJson, 'from' | 'to' | 'by'> & { districtCode?: string },
): Promise<RankingJson['rows']> {
  interface Row extends Omit<RankedProblem, 'place'> {
    readonly district: string;
    readonly town: string;
    /** Whoever asks finds it in the list, too; a town compares itself with others it only counts. */
    readonly isReadable: boolean;
    readonly fromMs: number;
    readonly toMs: number;
  }
  const msSql = (time: string) => `(extract(epoch from ${time}) * 1000)::bigint`;
  const { rows } = await db.query<Row>(
    `with period as materialized (${periodSql('$1', '$2')})
     select t.district_code as district, t.town_code as town, ${msSql('t.raised_at')} as "raisedMs", ${msSql('t.due_at')} as "dueMs",
            ${msSql('t.settled_at')} as "settledMs", ${msSql('t.closed_at')} as "closedMs", ${msSql('from_at')} as "fromMs",
            ${msSql('to_at')} as "toMs", my_account() is null or (select reaches_all('problem:read'))
              or t.district_code = any ((select my_districts('problem:read'))::text[])
              or t.town_code = any ((select my_towns('problem:read'))::text[]) as "isReadable"
       from period cross join lateral problem_times(from_at, to_at) as t
      where from_at < to_at and ($3::text is null or t.district_code = $3)`,
    [from, to, districtCode ?? null],
  );
  const [first] = rows;
  if (!first) return [];
  const placed = rows.map((row) => ({ ...row, place: by === 'town' ? row.town : row.district }));
  const known = placed.filter(({ place }) => place !== '');
  const districtOf = new Map(known.map(({ place, district }) => [place, district]));
  const unreadable = new Set(placed.filter(({ isReadable }) => !isReadable).map(placeKey));
  const nowhere = placed.filter(({ place }) => place === '').map((row) => ({ ...row, place: row.district }));
  return [
    ...rankTowns(known, first).map(({ place, ...counts }) => ({
      code: place,
      districtCode: districtOf.get(place) ?? '',
      ...counts,
    })),
    // nobody answers for it, so it is compared with nobody
    ...rankTowns(nowhere, first).map(({ place, ...counts }) => ({
      code: '',
      districtCode: place,
      ...counts,
      rank: null,
    })),
  ].map((row) => ({
    ...row,
    readable: !unreadable.has(placeKey({ place: row.code, district: row.districtCode })),
  }));
}

const placeKey = ({ place, district }: { readonly place: string; readonly district: string }): string =>
  `${place} ${district}`;
