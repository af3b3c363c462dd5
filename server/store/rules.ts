// Rule values and the calendar of working days. Everybody reads them; row policies let `rule:change` write.
import type { CalendarChangeJson, CalendarJson, RuleChangeJson, RuleJson } from '../contract/rules.ts';
import { listVersion } from './list-version.ts';
import { isoTimeSql } from './sql-text.ts';
import { jsonText, type Queryable } from './store.ts';

const ruleJsonSql = `json_build_object('name', r.name, 'value', r.value, 'unit', r.unit, 'lowest', r.lowest,
  'highest', r.highest, 'source', r.source, 'note', r.note, 'updatedAt', ${isoTimeSql('r.updated_at')}, 'version', r.version)`;

export async function loadRules(db: Queryable): Promise<RuleJson[]> {
  const { rows } = await db.query<{ rules: RuleJson[] }>(
    `select coalesce(json_agg(${ruleJsonSql} order by r.name), '[]') as rules from rule_values r`,
    [],
  );
  return rows[0]?.rules ?? [];
}

export async function loadRule(db: Queryable, name: string): Promise<RuleJson | null> {
  const { rows } = await db.query<{ rule: RuleJson }>(
    `select ${ruleJsonSql} as rule from rule_values r where r.name = $1`,
    [name],
  );
  return rows[0]?.rule ?? null;
}

/** False when the version is not the one of the row. Throws STORE_CONSTRAINT: rule_values_range, rule_values_whole. */
export async function changeRule(
  db: Queryable,
  name: string,
  version: number,
  { value, source, note }: RuleChangeJson,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update rule_values set value = $3, source = $4, note = $5 where name = $1 and version = $2',
    [name, version, value, source.trim(), note.trim()],
  );
  return rowCount > 0;
}

export async function loadCalendar(db: Queryable, year: number): Promise<CalendarJson> {
  const days = await loadDays(db);
  const years = [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))];
  return {
    days: days.filter(({ day }) => Number(day.slice(0, 4)) === year),
    years,
    version: listVersion(days),
  };
}

/** Any number, the same for everybody: changes of the calendar come one after the other. */
const CALENDAR_LOCK = 4_490_053;

/**
 * Days named twice count once, the last one. False when the calendar is not the one of that version any more. Throws STORE_VALUE for a
 * day the calendar does not have.
 */
export async function changeCalendar(
  db: Queryable,
  version: number,
  days: CalendarChangeJson['days'],
): Promise<boolean> {
  await db.query('select pg_advisory_xact_lock($1)', [CALENDAR_LOCK]);
  if (listVersion(await loadDays(db)) !== version) return false;
  const listed = [...new Map(days.map((day) => [day.day, day])).values()];
  await db.query('delete from calendar_days where day = any ($1::date[])', [
    listed.flatMap(({ day, works }) => (works === null ? [day] : [])),
  ]);
  await db.query(
    `insert into calendar_days as d (day, works, note)
     select day, works, coalesce(note, '') from json_to_recordset($1::json) as r (day date, works boolean, note text)
     on conflict (day) do update set works = excluded.works, note = excluded.note
      where (d.works, d.note) is distinct from (excluded.works, excluded.note)`,
    [jsonText(listed.filter(({ works }) => works !== null))],
  );
  return true;
}

/** All years, some dozens of days each. */
async function loadDays(db: Queryable): Promise<CalendarJson['days']> {
  const { rows } = await db.query<{ days: CalendarJson['days'] }>(
    `select coalesce(json_agg(json_build_object('day', d.day, 'works', d.works, 'note', d.note) order by d.day), '[]') as days
       from calendar_days d`,
    [],
  );
  return rows[0]?.days ?? [];
}
