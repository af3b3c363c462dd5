// Progress counted from the cases a person may read: one statement for every basis of counting, so that no two figures of a report can
// come from different moments. The lists behind the figures are made of the same pieces (counting-sql.ts).
import { type ProgressStage, progressStages } from '../../engine/index.ts';
import type { ProgressJson, ProgressQueryJson } from '../contract/progress.ts';
import { formSql, leftDaySql, stageDaySql, stoodSql, unitKeySql } from './counting-sql.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** Throws nothing of its own; `query` was checked by its schema. */
export async function loadProgress(db: Queryable, query: ProgressQueryJson): Promise<ProgressJson> {
  const { to: toDay = null, from: fromDay = null, unit = 'logical', form = 'outdoor' } = query;
  const { rows: days } = await db.query<{ from: string; to: string }>(
    `select to_char(coalesce($2::date, date_trunc('year', d.day)::date), 'YYYY-MM-DD') as "from", to_char(d.day, 'YYYY-MM-DD') as "to"
       from (select coalesce($1::date, (now() at time zone 'Asia/Shanghai')::date) as day) as d`,
    [toDay, fromDay],
  );
  const { from, to } = days[0]!;
  const { rows } = await db.query<ProgressJson['rows'][number] & { isTotal: boolean }>(
    `with dated as (
       select c.district_code, c.town_code, ${unitKeySql[unit]} as key, ${leftDaySql} as left_on,
              ${progressStages.map((stage) => `${stageDaySql[stage]} as "${stage}"`).join(', ')}
         from cases c join sites s on s.id = c.site_id where ${formSql[form]}
     ), counted as (
       select d.district_code, d.town_code, grouping(d.district_code) = 1 as is_total,
              ${progressStages.map((stage) => countSql(stage)).join(', ')}
         from dated d group by grouping sets ((d.district_code, d.town_code), ())
     ), stood as (
       select s.district_code, s.town_code, grouping(s.district_code) = 1 as is_total, count(*)::int as standing
         from sites s where ${stoodSql} and ${formSql[form]}
        group by grouping sets ((s.district_code, s.town_code), ())
     )
     select coalesce(k.is_total, t.is_total) as "isTotal", coalesce(k.district_code, t.district_code, '') as "districtCode",
            coalesce(d.name, '') as "districtName", coalesce(k.town_code, t.town_code, '') as "townCode",
            coalesce(w.name, '') as "townName", coalesce(t.standing, 0) as standing,
            ${progressStages.map((stage) => `coalesce(k."${stage}", '{"total":0,"added":0}'::json) as "${stage}"`).join(', ')}
       from counted k full join stood t
         on t.is_total = k.is_total and t.district_code is not distinct from k.district_code
        and t.town_code is not distinct from k.town_code
       left join districts d on d.code = coalesce(k.district_code, t.district_code)
       left join towns w on w.code = coalesce(k.town_code, t.town_code)
      order by "isTotal" desc, "districtCode", "townCode"`,
    [from, to],
  );
  const [first, ...towns] = rows.map(({ isTotal: _, ...row }) => row);
  const { listed, built, onAir, accepted, standing } = first!;
  return {
    basis: { from, to, unit, form },
    rows: towns,
    total: { listed, built, onAir, accepted, standing },
    overrides: await loadOverrides(db, from, to),
  };
}

/** Stations of the stage by `$2`, and of them those that came to it since `$1`. */
function countSql(stage: ProgressStage): string {
  const stays = stage === 'onAir' ? 'and (d.left_on is null or d.left_on > $2::date)' : '';
  const by = `d."${stage}" <= $2::date ${stays}`;
  return `json_build_object('total', count(distinct d.key) filter (where ${by}),
     'added', count(distinct d.key) filter (where ${by})
            - count(distinct d.key) filter (where ${by} and d."${stage}" < $1::date)) as "${stage}"`;
}

async function loadOverrides(db: Queryable, from: string, to: string): Promise<ProgressJson['overrides']> {
  const { rows } = await db.query<{ overrides: ProgressJson['overrides'] }>(
    `select coalesce(json_agg(json_build_object('number', r.number, 'project', r.project, 'at', ${isoTimeSql('r.override_at')},
              'by', r.override_by, 'reason', r.override_reason) order by r.override_at, r.id), '[]') as overrides
       from relocations r
      where (r.override_at at time zone 'Asia/Shanghai')::date between $1::date and $2::date`,
    [from, to],
  );
  return rows[0]?.overrides ?? [];
}
