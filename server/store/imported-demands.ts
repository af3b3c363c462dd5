// Demands of a file: what an operator has under the same code is updated field by field with what the file says, the rest is new. States
// are left alone.
import type { DemandFieldsJson } from '../contract/demands.ts';
import { type DemandField, demandColumns, demandFields } from './demand-columns.ts';
import type { DemandPlace } from './demands.ts';
import { type SaveCount, saveRows } from './save-rows.ts';
import { countSavedSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

type Nullable<T> = { readonly [Key in keyof T]-?: Exclude<T[Key], undefined> | null };

/** null: the file says nothing about it. */
export interface ImportedDemand
  extends Nullable<Omit<DemandFieldsJson, 'code' | 'operator' | 'searchRadiusM'>> {
  readonly code: string;
  readonly operator: string;
  /** The usual one where the file names none. */
  readonly searchRadiusM: number;
  readonly place: DemandPlace;
  readonly sourceFile: string;
  readonly sourceRow: number;
}

const listedSql = demandFields.map((field) => `"${field}" ${demandColumns[field][1]}`).join(', ');
const taken = demandFields.filter((field) => field !== 'code' && field !== 'operator');

// columns that are never NULL
const emptySql: Readonly<Partial<Record<DemandField, string>>> = {
  name: "''",
  batch: "''",
  districtCode: "''",
  townCode: "''",
  tags: "'{}'",
  priority: '3',
  note: "''",
};

const saveSql = `
  with listed as materialized (
    select r.id, r.position, r.original, r.datum, r."sourceFile", r."sourceRow",
           ${demandFields
             .filter((field) => field !== 'districtCode' && field !== 'townCode')
             .map((field) => `r."${field}"`)
             .join(', ')},
           ST_SetSRID(ST_MakePoint((r.position->>0)::float8, (r.position->>1)::float8), 4490) as geom,
           case when r."districtCode" is not null then district_named(r."districtCode") end as "districtCode",
           case when r."townCode" is not null then town_of_district(r."townCode",
             coalesce(district_at(ST_SetSRID(ST_MakePoint((r.position->>0)::float8, (r.position->>1)::float8), 4490)),
                      district_named(r."districtCode"), '')) end as "townCode"
      from json_to_recordset($1::json) as r (id text, position json, original json, datum text, "sourceFile" text, "sourceRow" integer,
             ${listedSql})
  ), updated as (
    update public.demands d set ${taken.map((field) => `${demandColumns[field][0]} = coalesce(l."${field}", d.${demandColumns[field][0]})`).join(', ')},
      geom = l.geom, original_lon = (l.original->>0)::float8, original_lat = (l.original->>1)::float8, datum = l.datum,
      source_file = l."sourceFile", source_row = l."sourceRow", import_id = $2
      from listed l where d.operator = l.operator and d.code = l.code returning false as inserted
  ), added as (
    insert into public.demands (id, geom, original_lon, original_lat, datum, origin, source_file, source_row, import_id,
      ${demandFields.map((field) => demandColumns[field][0]).join(', ')})
    select l.id, l.geom, (l.original->>0)::float8, (l.original->>1)::float8, l.datum, 'import', l."sourceFile", l."sourceRow", $2,
      ${demandFields.map((field) => (emptySql[field] === undefined ? `l."${field}"` : `coalesce(l."${field}", ${emptySql[field]})`)).join(', ')}
      from listed l
     where not exists (select from public.demands known where known.operator = l.operator and known.code = l.code)
    returning true as inserted
  ), saved as (select * from updated union all select * from added) ${countSavedSql}`;

/** Call it in a transaction with the report of the import. */
export function saveImportedDemands(
  tx: Queryable,
  demands: readonly ImportedDemand[],
  importId: string,
  makeId: () => string,
): Promise<SaveCount> {
  const rows = demands.map(({ place, ...rest }) => ({ id: makeId(), ...place, ...rest }));
  return saveRows(
    tx,
    'demands',
    saveSql,
    rows,
    ({ operator, code }) => JSON.stringify([operator, code]),
    importId,
  );
}
