// Target areas through their states, what was approved of them, and how those of a plan stood when it was made. Guards, numbers and the
// copies of what was approved are the database's (migration 062).
import type { AreaState } from '../../engine/index.ts';
import type { AreaApprovalsJson, PlanAreasJson } from '../contract/areas.ts';
import { raiseRevision } from './save-rows.ts';
import { isoTimeSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

export interface AreaStep {
  readonly to: AreaState;
  /** Of an approval only. */
  readonly documentNo: string;
}

/**
 * How many were moved: those whose version is the one given and that whoever acts may move. The reason is that of the scope.
 * Throws STORE_CONSTRAINT (areas_water, areas_not_own, areas_unchanged, state_move, state_reason).
 */
export async function moveAreas(
  tx: Queryable,
  areas: readonly { readonly id: string; readonly version: number }[],
  { to, documentNo }: AreaStep,
): Promise<number> {
  const { rowCount } = await tx.query(
    `update target_areas a set state = $2, document_no = $3
       from json_to_recordset($1::json) as w (id text, version integer) where a.id = w.id and a.version = w.version`,
    [jsonText(areas.map(({ id, version }) => ({ id, version }))), to, documentNo],
  );
  if (rowCount > 0) await raiseRevision(tx, 'areas');
  return rowCount;
}

/** The latest first; ground counted on the ellipsoid against the area as it is now. */
export async function loadAreaApprovals(
  db: Queryable,
  areaId: string,
): Promise<AreaApprovalsJson['approvals']> {
  const { rows } = await db.query<{ approvals: AreaApprovalsJson['approvals'] }>(
    `select coalesce(json_agg(json_build_object('number', p.number, 'at', ${isoTimeSql('p.at')}, 'byName', p.by_name,
         'documentNo', p.document_no, 'differs', area_differences(p, a), 'name', p.name, 'kind', p.kind,
         'geometry', ST_AsGeoJSON(p.geom, 15, 0)::json, 'areaKm2', p.area_km2, 'coverageRule', p.coverage_rule,
         'targetShare', p.target_share, 'deadline', p.deadline, 'note', p.note, 'submittedName', p.submitted_name,
         'addedKm2', ${onlySql('a.geom', 'p.geom')}, 'removedKm2', ${onlySql('p.geom', 'a.geom')})
         order by p.number desc), '[]') as approvals
       from area_approvals p join target_areas a on a.id = p.area_id where p.area_id = $1`,
    [areaId],
  );
  return rows[0]?.approvals ?? [];
}

const onlySql = (one: string, other: string): string =>
  `case when a.geom = p.geom then 0 else ST_Area(ST_Difference(${one}, ${other})::geography) / 1e6 end`;

/** Null: there is no such plan within reach. */
export async function loadPlanAreas(db: Queryable, planId: string): Promise<PlanAreasJson | null> {
  const { rows } = await db.query<PlanAreasJson>(
    `select (select json_agg(json_build_object('areaId', s."areaId", 'name', s.name, 'state', s.state, 'number', s.number,
               'documentNo', h.document_no, 'approvedAt', ${isoTimeSql('h.at')},
               'stillApproved', coalesce(a.state = '已批准' and s.number =
                 (select max(l.number) from area_approvals l where l.area_id = a.id), false)) order by s.place)
               from rows from (jsonb_to_recordset(p.area_standing) as ("areaId" text, name text, state text, number integer))
                 with ordinality as s ("areaId", name, state, number, place)
               left join target_areas a on a.id = s."areaId"
               left join area_approvals h on h.area_id = s."areaId" and h.number = s.number) as areas
       from plans p where p.id = $1 and p.deleted_at is null`,
    [planId],
  );
  return rows[0] ?? null;
}
