// The survey of a case: one form, written while the case is being prepared (migration 041). A place is kept as a point and read back
// rounded by masked roles.
import { type PhotoKind, requiredPhotoKinds } from '../../engine/index.ts';
import type { SurveyChangesJson, SurveyJson } from '../contract/cases.ts';
import { surveyDuties } from './cases.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

interface SurveyRow extends Omit<SurveyJson, 'missingPhotoKinds'> {
  readonly photoKinds: readonly PhotoKind[];
}

const surveySql = `c.id as "caseId", case when v.geom is not null then json_build_array(v.lon, v.lat) end as position,
  v.accuracy_m as "accuracyM", v.mount_height_m as "mountHeightM", coalesce(v.structure_check, '未核') as "structureCheck",
  v.power_mode as "powerMode", v.power_distance_m as "powerDistanceM", v.power_kva as "powerKva", v.fibre,
  v.duct_distance_m as "ductDistanceM", coalesce(v.room, '') as room, v.surveyed_on as "surveyedOn",
  coalesce(v.surveyor, '') as surveyor, coalesce(v.remark, '') as remark, coalesce(v.photo_ids, '{}') as "photoIds",
  ${isoTimeSql('v.updated_at')} as "updatedAt", coalesce(v.version, 0) as version,
  array_remove(array[${Object.entries(surveyDuties)
    .map(([field, met]) => `case when (${met}) is not true then '${field}' end`)
    .join(', ')}], null) as "missingFields",
  array(select distinct p.kind from photos p where p.case_id = c.id and p.id = any (v.photo_ids)) as "photoKinds"`;

/** An empty form of version 0 before somebody wrote it; null: there is no such case. */
export async function loadSurvey(db: Queryable, caseId: string): Promise<SurveyJson | null> {
  const { rows } = await db.query<{ survey: SurveyRow }>(
    `select to_json(listed) as survey from (select ${surveySql} from cases c left join surveys v on v.case_id = c.id
      where c.id = $1) as listed`,
    [caseId],
  );
  const [row] = rows;
  if (!row) return null;
  const { photoKinds, ...survey } = row.survey;
  return { ...survey, missingPhotoKinds: requiredPhotoKinds.filter((kind) => !photoKinds.includes(kind)) };
}

const columns = [
  ['accuracy_m', 'accuracyM', 'float8'],
  ['mount_height_m', 'mountHeightM', 'float8'],
  ['structure_check', 'structureCheck', 'text'],
  ['power_mode', 'powerMode', 'text'],
  ['power_distance_m', 'powerDistanceM', 'float8'],
  ['power_kva', 'powerKva', 'float8'],
  ['fibre', 'fibre', 'text'],
  ['duct_distance_m', 'ductDistanceM', 'float8'],
  ['room', 'room', 'text'],
  ['surveyed_on', 'surveyedOn', 'date'],
  ['surveyor', 'surveyor', 'text'],
  ['remark', 'remark', 'text'],
  ['photo_ids', 'photoIds', 'text[]'],
] as const satisfies readonly (readonly [string, keyof SurveyChangesJson, string])[];

const FIRST_COLUMN = 5;

/** `version` 0 writes it for the first time. False when somebody else was faster. Throws STORE_CONFLICT (surveys_open, surveys_photos). */
export async function saveSurvey(
  db: Queryable,
  caseId: string,
  version: number,
  survey: SurveyChangesJson,
): Promise<boolean> {
  const values = columns.map(([, field]) => survey[field]);
  const place =
    '(case when $3::float8 is not null then ST_SetSRID(ST_MakePoint($3::float8, $4::float8), 4490) end)';
  const given = columns.map(([column, , type], index) => ({
    column,
    value: `$${index + FIRST_COLUMN}::${type}`,
  }));
  const sql =
    version === 0
      ? `insert into surveys (case_id, geom, ${given.map(({ column }) => column).join(', ')})
         select $1, ${place}, ${given.map(({ value }) => value).join(', ')} where $2::integer = 0
         on conflict (case_id) do nothing`
      : `update surveys set geom = ${place}, ${given.map(({ column, value }) => `${column} = ${value}`).join(', ')}
          where case_id = $1 and version = $2`;
  const { rowCount } = await db.query(sql, [
    caseId,
    version,
    ...(survey.position ?? [null, null]),
    ...values,
  ]);
  return rowCount === 1;
}
