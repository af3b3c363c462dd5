// Relocation cases: found by page with their gate counted from rows, changed with their version, moved through their states. What the
// gate lets through, and what follows for sites and cases, is the database's (migration 045).
import { type Box, gateIsOpen, type RelocationState } from '../../engine/index.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import type {
  NewRelocationJson,
  RelocationChangesJson,
  RelocationCountsJson,
  RelocationDetailJson,
  RelocationJson,
} from '../contract/relocations.ts';
import { boxValues, loadMarks, withinSql } from './map-marks.ts';
import { isoTimeSql, placeFilterSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

export interface RelocationQuery {
  /** One of its sites stands there. */
  readonly box?: Box | undefined;
  /** Part of the number or the project. */
  readonly q?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly cause?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly townCode?: string | undefined;
  readonly siteId?: string | undefined;
  readonly gateOpen?: boolean | undefined;
  readonly overridden?: boolean | undefined;
  readonly dueWithinDays?: number | undefined;
  readonly transmission?: 'mine' | undefined;
  readonly sort?: keyof typeof sortColumns | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Sites of `r`, those that whoever asks sees: geom, lon, lat and their part. */
const placesSql = `select s.geom, s.lon, s.lat, l.part, l.place from relocation_sites l join sites s on s.id = l.site_id
  where l.relocation_id = r.id`;

const relocationSql = `r.id, r.number, r.cause, r.project, r.compensation_cny as "compensationCny",
  r.compensation_note as "compensationNote", r.due_on as "dueOn", r.removed_on as "removedOn", r.milestones, r.remark,
  r.district_code as "districtCode", r.town_code as "townCode",
  (select coalesce(json_agg(json_build_array(x.lon, x.lat) order by x.part, x.place), '[]') from (${placesSql}) as x) as positions,
  r.owner, r.state, ${isoTimeSql('r.state_since')} as "stateSince",
  (select json_build_object('affected', g.affected, 'replacements', g.replacements, 'onAir', g.on_air, 'ready', g.ready,
     'overridden', r.override_at is not null) from relocation_gate(r.id) as g) as gate,
  case when r.override_at is not null then json_build_object('reason', r.override_reason, 'by', r.override_by,
    'at', ${isoTimeSql('r.override_at')}) end as override,
  ${isoTimeSql('r.created_at')} as "createdAt", ${isoTimeSql('r.updated_at')} as "updatedAt", r.version`;

const openSql = `(select g.affected > 0 and (r.override_at is not null or g.ready >= g.affected) from relocation_gate(r.id) as g)`;

/** A replacement on the air whose operator, that of who asks, has not said that it has transmission. */
export const awaitsTransmissionSql = `exists (select from relocation_sites s join cases c on c.site_id = s.site_id
  where s.relocation_id = r.id and s.part = 'replacement' and not s.transmission_ok and c.state in ('开通', '验收')
    and c.operator = current_setting('zhanzhi.organisation', true))`;

// $1 text, $2 states, $3 cause, $4 district, $5 town, $6 site, $7 gate, $8 overridden, $9 days, $10 waits for my
// word on transmission, $11 … $14 box; NULL means any.
const anywhereSql = `
  ($1::text is null or strpos(lower(r.number || ' ' || r.project), lower($1)) > 0)
  and ($2::text[] is null or r.state = any ($2::text[]))
  and ($3::text is null or r.cause = $3)
  and ${placeFilterSql('r.district_code', '$4')}
  and ${placeFilterSql('r.town_code', '$5')}
  and ($6::text is null or exists (select from relocation_sites s where s.relocation_id = r.id and s.site_id = $6))
  and ($7::boolean is null or ${openSql} = $7)
  and ($8::boolean is null or (r.override_at is not null) = $8)
  and ($9::integer is null or r.due_on <= (now() at time zone 'Asia/Shanghai')::date + $9::integer)
  and (not $10::boolean or ${awaitsTransmissionSql})`;
const filterSql = `${anywhereSql}
  and ($11::float8 is null or exists (select from (${placesSql}) as x where ${withinSql('x', 11)}))`;

const filterValues = (query: RelocationQuery): unknown[] => [
  query.q || null,
  query.states ?? null,
  query.cause ?? null,
  query.districtCode ?? null,
  query.townCode ?? null,
  query.siteId ?? null,
  query.gateOpen ?? null,
  query.overridden ?? null,
  query.dueWithinDays ?? null,
  query.transmission === 'mine',
  ...boxValues(query.box),
];

const sortColumns = {
  number: 'r.number',
  project: 'r.project',
  state: 'r.state collate "C"',
  stateSince: 'r.state_since',
  dueOn: 'r.due_on',
  updatedAt: 'r.updated_at',
} as const;

type RelocationRow = Omit<RelocationJson, 'gate'> & { readonly gate: Omit<RelocationJson['gate'], 'open'> };

const withGate = <Row extends RelocationRow>(row: Row) => ({
  ...row,
  gate: { ...row.gate, open: gateIsOpen(row.gate) },
});

export interface RelocationPage {
  readonly relocations: RelocationJson[];
  readonly total: number;
}

/** One page and the number of all matches; ties by id, unknown days last. */
export async function loadRelocationPage(db: Queryable, query: RelocationQuery): Promise<RelocationPage> {
  const { sort = 'number', order = 'asc', page = 1, pageSize = 50 } = query;
  const orderSql = `${sortColumns[sort]} ${order} nulls last, r.id ${order}`;
  const { rows } = await db.query<{ total: number; relocations: RelocationRow[] }>(
    `select (select count(*) from relocations r where ${filterSql}) as total,
       (select coalesce(json_agg(to_json(listed) order by cut.place), '[]')
          from (select r.id, row_number() over (order by ${orderSql}) as place from relocations r where ${filterSql}
                 order by ${orderSql} limit $15::int offset $16::bigint) as cut
          cross join lateral (select ${relocationSql} from relocations r where r.id = cut.id) as listed) as relocations`,
    [...filterValues(query), pageSize, (page - 1) * pageSize],
  );
  const [found] = rows;
  return { relocations: (found?.relocations ?? []).map(withGate), total: found?.total ?? 0 };
}

export async function countRelocationStates(
  db: Queryable,
  query: RelocationQuery,
): Promise<RelocationCountsJson> {
  const { rows } = await db.query<{ state: RelocationState; count: number }>(
    `select r.state, count(*) as count from relocations r where ${filterSql} group by r.state`,
    filterValues({ ...query, states: undefined }),
  );
  return { states: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** Marks of the sites in the box of the query. */
export const loadRelocationMarks = (
  db: Queryable,
  query: RelocationQuery,
  zoom: number,
): Promise<DeskMapJson> =>
  loadMarks(
    db,
    {
      placesSql: `select r.id, x.lon, x.lat, r.state, r.number as label, x.part
        from relocations r cross join lateral (${placesSql}) as x where ${withinSql('x', 11)} and ${anywhereSql}`,
      totalsSql: `select count(*) filter (where h.located) as located, count(*) filter (where not h.located) as unlocated
        from (select exists (${placesSql}) as located from relocations r where ${anywhereSql}) as h`,
      values: filterValues(query),
      hasSeveral: true,
    },
    zoom,
  );

/** Those a district let pass, by the day in China it did, oldest first. */
export async function loadOverrides(
  db: Queryable,
  {
    from = null,
    to = null,
    districtCode = null,
  }: Partial<Record<'from' | 'to' | 'districtCode', string | null>>,
): Promise<RelocationJson[]> {
  const { rows } = await db.query<{ found: RelocationRow }>(
    `select to_json(listed) as found from relocations o
      cross join lateral (select ${relocationSql} from relocations r where r.id = o.id) as listed
      where o.override_at is not null
        and ($1::date is null or (o.override_at at time zone 'Asia/Shanghai')::date >= $1::date)
        and ($2::date is null or (o.override_at at time zone 'Asia/Shanghai')::date <= $2::date)
        and ($3::text is null or o.district_code = $3)
      order by o.override_at, o.id limit 1000`,
    [from, to, districtCode],
  );
  return rows.map(({ found }) => withGate(found));
}

export type RelocationWithSites = RelocationJson &
  Pick<RelocationDetailJson, 'affectedSites' | 'replacementSites'>;

// sites across the border of what somebody sees are named with the case and not shown here
const sitesSql = (part: 'affected' | 'replacement', more = ''): string => `
  (select coalesce(json_agg(json_build_object('siteId', s.id, 'code', s.code, 'name', s.name, 'status', s.status,
      'position', json_build_array(s.lon, s.lat), 'cases', (select coalesce(json_agg(json_build_object('id', c.id, 'number', c.number,
        'operator', c.operator, 'state', c.state) order by c.number), '[]') from cases c
        where c.site_id = s.id and c.state <> '撤销')${more}) order by l.place, s.id), '[]')
     from relocation_sites l join sites s on s.id = l.site_id where l.relocation_id = r.id and l.part = '${part}')`;

const replacementMoreSql = `, 'onAir', is_on_air(s.id),
  'transmissionOk', l.transmission_ok, 'transmissionNote', l.transmission_note,
  'transmissionAt', ${isoTimeSql('l.transmission_at')}, 'transmissionBy', l.transmission_by`;

export async function loadRelocation(db: Queryable, id: string): Promise<RelocationWithSites | null> {
  const { rows } = await db.query<{
    found: RelocationRow & Pick<RelocationWithSites, 'affectedSites' | 'replacementSites'>;
  }>(
    `select to_json(listed) as found from (select ${relocationSql}, ${sitesSql('affected')} as "affectedSites",
       ${sitesSql('replacement', replacementMoreSql)} as "replacementSites" from relocations r where r.id = $1) as listed`,
    [id],
  );
  return rows[0] ? withGate(rows[0].found) : null;
}

/** Ids of the list that whoever asks does not see as sites. */
export async function unseenSites(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select w.id from unnest($1::text[]) as w (id) where not exists (select from sites s where s.id = w.id) order by w.id',
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** It belongs where the first site that goes stands; `owner` '' for a tower company. */
export async function saveRelocation(
  tx: Queryable,
  id: string,
  owner: string,
  given: NewRelocationJson,
): Promise<void> {
  await tx.query(
    `insert into relocations (id, owner, cause, project, compensation_cny, compensation_note, due_on, milestones, remark,
       district_code, town_code)
     select $1, $2, $3, $4, $5::bigint, $6, $7::date, $8::jsonb, $9, s.district_code, s.town_code from sites s where s.id = $10`,
    [
      id,
      owner,
      given.cause,
      given.project,
      given.compensationCny ?? null,
      given.compensationNote ?? '',
      given.dueOn ?? null,
      jsonText(given.milestones ?? []),
      given.remark ?? '',
      given.affectedSiteIds[0],
    ],
  );
  await saveRelocationSites(tx, id, 'affected', given.affectedSiteIds);
  await saveRelocationSites(tx, id, 'replacement', given.replacementSiteIds ?? []);
}

/** Takes the place of the list that was there; what is known of sites that stay stays. */
export async function saveRelocationSites(
  tx: Queryable,
  id: string,
  part: 'affected' | 'replacement',
  siteIds: readonly string[],
): Promise<void> {
  await tx.query(
    'delete from relocation_sites where relocation_id = $1 and part = $2 and site_id <> all ($3::text[])',
    [id, part, siteIds],
  );
  await tx.query(
    `insert into relocation_sites (relocation_id, site_id, part, place)
     select $1, w.id, $2, w.place - 1 from unnest($3::text[]) with ordinality as w (id, place)
      where not exists (select from relocation_sites s where s.relocation_id = $1 and s.site_id = w.id and s.part = $2)`,
    [id, part, siteIds],
  );
}

const columnOf = {
  cause: ['cause', 'text'],
  project: ['project', 'text'],
  compensationCny: ['compensation_cny', 'bigint'],
  compensationNote: ['compensation_note', 'text'],
  dueOn: ['due_on', 'date'],
  removedOn: ['removed_on', 'date'],
  milestones: ['milestones', 'jsonb'],
  remark: ['remark', 'text'],
} as const;

/** Only what is given changes; its version rises even when only sites did. False when `version` is not the one of the row. */
export async function changeRelocation(
  tx: Queryable,
  id: string,
  version: number,
  changes: RelocationChangesJson,
): Promise<boolean> {
  const given = (Object.keys(columnOf) as (keyof typeof columnOf)[]).filter(
    (field) => changes[field] !== undefined,
  );
  const sets = given.map((field, index) => `${columnOf[field][0]} = $${index + 3}::${columnOf[field][1]}`);
  const values = given.map((field) =>
    field === 'milestones' ? jsonText(changes.milestones) : (changes[field] ?? null),
  );
  const { rowCount } = await tx.query(
    `update relocations set ${sets.length > 0 ? sets.join(', ') : 'remark = remark'} where id = $1 and version = $2`,
    [id, version, ...values],
  );
  return rowCount === 1;
}

/** Throws STORE_CONFLICT (relocations_gate) where the gate is closed. */
export async function moveRelocation(
  tx: Queryable,
  id: string,
  version: number,
  to: RelocationState,
  removedOn: string | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update relocations set state = $3, removed_on = coalesce($4::date, removed_on) where id = $1 and version = $2',
    [id, version, to, removedOn],
  );
  return rowCount === 1;
}

export async function overrideGate(
  tx: Queryable,
  id: string,
  version: number,
  reason: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update relocations set override_reason = $3, override_at = now() where id = $1 and version = $2',
    [id, version, reason],
  );
  return rowCount === 1;
}

/** False when it is no replacement of this relocation. */
export async function confirmTransmission(
  tx: Queryable,
  id: string,
  { siteId, ok, note }: { readonly siteId: string; readonly ok: boolean; readonly note: string },
): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>(
    'select confirm_transmission($1, $2, $3::boolean, $4) as done',
    [id, siteId, ok, note],
  );
  return rows[0]?.done ?? false;
}
