// Resources of a file: a known code is updated field by field with what the file says, the rest is new and waits for its place or
// its owner. States are left alone, but for what waited for a place and now has one.
import type { ContactsJson, ResourceChangesJson } from '../contract/resources.ts';
import { editableColumns, editableFields, emptyValueSql } from './resource-columns.ts';
import { saveContactsByCode } from './resource-contacts.ts';
import type { ResourcePlace } from './resources.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { countSavedSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

type Nullable<T> = { readonly [Key in keyof T]-?: Exclude<T[Key], undefined> | null };

/** null: the file says nothing about it. */
export interface ImportedResource extends Nullable<Omit<ResourceChangesJson, 'code'>> {
  readonly code: string;
  readonly place: ResourcePlace | null;
  readonly contacts: ContactsJson['contacts'];
  readonly sourceFile: string;
  readonly sourceRow: number;
}

const listedSql = editableFields.map((field) => `"${field}" ${editableColumns[field][1]}`).join(', ');
const taken = editableFields.filter(
  (field) => field !== 'code' && field !== 'validFrom' && field !== 'validTo',
);

// what a list calls by its name is kept by its code
const valueSql: Readonly<Record<string, string>> = {
  districtCode: 'district_named(l."districtCode")',
  townCode: 'town_named(l."townCode", coalesce(district_named(l."districtCode"), \'\'))',
};
const given = (field: (typeof editableFields)[number]): string =>
  valueSql[field] === undefined
    ? `l."${field}"`
    : `case when l."${field}" is not null then ${valueSql[field]} end`;

const saveSql = `
  with listed as materialized (
    select r.*, case when r.position is not null
             then ST_SetSRID(ST_MakePoint((r.position->>0)::float8, (r.position->>1)::float8), 4490) end as geom
      from json_to_recordset($1::json) as r (id text, position json, original json, datum text, quality text,
             "sourceFile" text, "sourceRow" integer, ${listedSql})
  ), updated as (
    update resources r set ${taken.map((field) => `${editableColumns[field][0]} = coalesce(${given(field)}, r.${editableColumns[field][0]})`).join(', ')},
      -- both ends of a period, or neither
      valid_from = case when coalesce(l."validFrom", l."validTo") is null then r.valid_from else l."validFrom" end,
      valid_to = case when coalesce(l."validFrom", l."validTo") is null then r.valid_to else l."validTo" end,
      geom = coalesce(l.geom, r.geom),
      original_lon = coalesce((l.original->>0)::float8, r.original_lon), original_lat = coalesce((l.original->>1)::float8, r.original_lat),
      datum = coalesce(l.datum, r.datum), location_quality = coalesce(l.quality, r.location_quality),
      state = case when r.state = '待定位' and l.geom is not null then '待产权确认' else r.state end,
      source_file = l."sourceFile", source_row = l."sourceRow", import_id = $2
      from listed l where r.code = l.code returning false as inserted
  ), added as (
    insert into resources (id, state, geom, original_lon, original_lat, datum, location_quality, origin, source_file, source_row,
      import_id, ${editableFields.map((field) => editableColumns[field][0]).join(', ')})
    select l.id, case when l.geom is null then '待定位' else '待产权确认' end, l.geom, (l.original->>0)::float8,
      (l.original->>1)::float8, l.datum, coalesce(l.quality, '未定位'), 'import', l."sourceFile", l."sourceRow", $2,
      ${editableFields
        .map((field) => {
          if (field === 'freeStatus') return 'coalesce(l."freeStatus", t.free_status)';
          return emptyValueSql[field] === undefined
            ? given(field)
            : `coalesce(${given(field)}, ${emptyValueSql[field]})`;
        })
        .join(', ')}
      from listed l left join resource_types t on t.code = l."resourceType"
     where not exists (select from resources known where known.code = l.code) returning true as inserted
  ), saved as (select * from updated union all select * from added) ${countSavedSql}`;

/** Call it in a transaction: a resource and whom to call about it belong together. */
export async function saveImportedResources(
  tx: Queryable,
  resources: readonly ImportedResource[],
  importId: string,
  makeId: () => string,
): Promise<SaveCount> {
  const rows = resources.map(({ place, contacts: _contacts, ...rest }) => ({
    id: makeId(),
    ...place,
    ...rest,
  }));
  const count = await saveRows(tx, 'sites', saveSql, rows, ({ code }) => code, importId);
  await saveContactsByCode(
    tx,
    resources.filter(({ contacts }) => contacts.length > 0),
  );
  return count;
}

const CHUNK_ROWS = 5_000;

/** Codes of listed resources that are open on their owner's word and would get another owner. */
export async function codesOfOpenWithOtherOwner(
  db: Queryable,
  resources: readonly Pick<ImportedResource, 'code' | 'owner'>[],
): Promise<Set<string>> {
  const found = new Set<string>();
  const named = resources.filter(({ owner }) => owner !== null && owner !== '');
  for (let from = 0; from < named.length; from += CHUNK_ROWS) {
    const listed = named.slice(from, from + CHUNK_ROWS).map(({ code, owner }) => ({ code, owner }));
    const { rows } = await db.query<{ code: string }>(
      `select r.code from json_to_recordset($1::json) as l (code text, owner text) join resources r on r.code = l.code
        where r.owner <> l.owner and r.state in ('已开放', '已锁定', '部分占用', '满载') and not r.whitelisted`,
      [jsonText(listed)],
    );
    for (const { code } of rows) found.add(code);
  }
  return found;
}

/** Codes of sites that belong to a resource: people change them there. */
export async function codesOfLibrarySites(db: Queryable, codes: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ code: string }>(
    `select s.code from unnest($1::text[]) as listed (code) join sites s on s.code = listed.code
      where exists (select from resources r where r.site_id = s.id)`,
    [codes],
  );
  return new Set(rows.map(({ code }) => code));
}

/** Whether who acts may keep contacts; the system may. */
export async function mayKeepContacts(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ allowed: boolean }>(
    "select my_account() is null or may('contact:change') as allowed",
    [],
  );
  return rows[0]?.allowed === true;
}
