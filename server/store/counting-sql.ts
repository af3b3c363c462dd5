// The bases of counting (domain reference, section 5) as SQL. Reports and the lists behind their figures are made of the same pieces, so a
// figure and its list cannot part. What left the air (退网) is on the air until the day it left, and so is what waits for its removal (迁改).
import type { CountedCases, CountingForm, CountingUnit, ProgressStage } from '../../engine/index.ts';

/** What one station, a case `c`, counts as: the key that is counted once. */
export const unitKeySql: Readonly<Record<CountingUnit, string>> = {
  physical: 'c.site_id',
  logical: 'c.id',
  shared: "c.site_id || ' ' || c.company",
};

/** Whether a site `s` is of the form. */
export const formSql: Readonly<Record<CountingForm, string>> = {
  macro: "s.resource_type <> '室分' and s.structure in ('roof', 'tower')",
  pole: "s.resource_type <> '室分' and s.structure = 'pole'",
  outdoor: "s.resource_type <> '室分'",
  indoor: "s.resource_type = '室分'",
  all: 'true',
};

const lost = "('撤销', '不同意', '退回补正')";
/** The day a case `c` came so far; NULL: it has not. */
export const stageDaySql: Readonly<Record<ProgressStage, string>> = {
  listed: `case when c.state not in ${lost} then (c.listed_at at time zone 'Asia/Shanghai')::date end`,
  built: `case when c.state not in ${lost} then c.completed_on end`,
  onAir: `case when c.state in ('开通', '验收', '迁改', '退网') then c.on_air_on end`,
  accepted: `case when c.state in ('验收', '退网') or (c.state = '迁改' and c.state_before = '验收') then c.accepted_on end`,
};
/** The day a case `c` left the air. */
export const leftDaySql = `case when c.state = '退网' then (c.state_since at time zone 'Asia/Shanghai')::date end`;

/** A site `s` that stood before anybody had a case there, whoever asks. */
export const stoodSql =
  "(s.status = 'existing' and s.id not in (select made.site_id from sites_made_standing() as made (site_id)))";

/**
 * Ids of the cases a figure counts, the first of each key. `from` and `to` are parameters with its days, `whereSql` says for cases `c`
 * which place it is of.
 */
export function countedCasesSql(
  { stage, part, unit, form }: Pick<CountedCases, 'stage' | 'part' | 'unit' | 'form'>,
  { from, to, whereSql }: { readonly from: string; readonly to: string; readonly whereSql: string },
): string {
  const stays = stage === 'onAir' ? `and (d.left_on is null or d.left_on > ${to}::date)` : '';
  return `select f.id from (
      select distinct on (d.key) d.id, d.day from (
        select c.id, ${unitKeySql[unit]} as key, ${stageDaySql[stage]} as day, ${leftDaySql} as left_on
          from cases c join sites s on s.id = c.site_id where ${formSql[form]} and ${whereSql}) as d
       where d.day <= ${to}::date ${stays} order by d.key, d.day, d.id) as f
     where ${part === 'added' ? `f.day >= ${from}::date` : `${from}::date is not null`}`;
}
