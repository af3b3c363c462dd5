// The office life of plans: as it stands, what of it waits for whoever asks, one step. What a step needs is asked by the database too
// (migration 061).
import type { OfficeState, PlanWaitingWord } from '../../engine/index.ts';
import type { PlanMoveJson, PlanOfficeJson, PlanQueryJson } from '../contract/plan-approval.ts';
import type { PlanState } from '../contract/plans.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** A day of a row as yyyy-mm-dd. */
const daySql = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`;

/** Last day of the window of rows `p`; null in other states. */
const windowSql =
  "case p.office_state when '征求意见' then p.consultation_to when '公示' then p.notice_to end";
const windowFromSql =
  "case p.office_state when '征求意见' then p.consultation_from when '公示' then p.notice_from end";

/** `office` of a PlanJson, from a row `p` of plans. */
export const officeBriefSql = `json_build_object('type', p.plan_type, 'state', p.office_state, 'since', ${isoTimeSql('p.office_since')},
  'documentNo', p.document_no, 'effectiveOn', ${daySql('p.effective_on')}, 'version', p.version,
  'windowTo', ${daySql(windowSql)},
  'isReturned', p.office_state = '草稿' and p.decided_at is not null)`;

const mineSql = 'coalesce(my_account() = p.created_by or my_account() = any (p.submitters), false)';
const submitsSql = "lies_within('{plan:submit}', p.district_codes)";
const approvesSql = "lies_within('{plan:approve}', p.district_codes)";

/** Rows `p` of plans that wait, by why; each as whoever asks. */
const waitingSql: Readonly<Record<PlanWaitingWord, string>> = {
  returned: `p.office_state = '草稿' and p.decided_at is not null and ${submitsSql}`,
  ended: `${windowSql} < today_in_china() and ${submitsSql}`,
  approve: `p.office_state = '审查' and ${approvesSql} and not ${mineSql}`,
  effect: `p.office_state = '批复' and coalesce(p.effective_on <= today_in_china(), true) and ${approvesSql}`,
  comment: `today_in_china() between ${windowFromSql} and ${windowSql} and (select may('plan:comment'))
    and not exists (select from comments c where c.plan_id = p.id and c.by_account = my_account())`,
  submitted: `${mineSql} and (p.office_state = '审查' or ${windowSql} >= today_in_china())`,
};

/** A condition on rows `p` of plans that are not deleted, and its values from `$first` on. */
export function planFilter({ type, office, waiting }: PlanQueryJson, first: number) {
  const values = [type ?? null, office ?? null];
  const sql = `p.deleted_at is null and ($${first}::text is null or p.plan_type = $${first})
    and ($${first + 1}::text is null or p.office_state = $${first + 1})${waiting ? ` and ${waitingSql[waiting]}` : ''}`;
  return { sql, values };
}

/** How many wait, and when the first window of them ends. */
export async function countWaitingPlans(
  db: Queryable,
  waiting: PlanWaitingWord,
): Promise<{ readonly count: number; readonly windowEndsAt: string | null }> {
  const { rows } = await db.query<{ count: number; windowEndsAt: string | null }>(
    // a day ends at 16:00 UTC in China
    `select count(*) as count, to_char(min(${windowSql}), 'YYYY-MM-DD"T16:00:00.000Z"') as "windowEndsAt"
       from plans p where p.deleted_at is null and ${waitingSql[waiting]}`,
    [],
  );
  return rows[0] ?? { count: 0, windowEndsAt: null };
}

export interface PlanOffice extends Omit<PlanOfficeJson, 'choices'> {
  readonly jobState: PlanState;
  readonly districtCodes: readonly string[];
  /** Whoever asks made or submitted it. */
  readonly isMine: boolean;
}

const otherSql = (
  alias: string,
) => `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name,
  'type', ${alias}.plan_type, 'documentNo', ${alias}.document_no) end`;
const MOST_REPLACEABLE = 100;

/** Null: there is none to be seen. */
export async function loadPlanOffice(db: Queryable, id: string): Promise<PlanOffice | null> {
  const { rows } = await db.query<{ office: PlanOffice }>(
    `select json_build_object('planId', p.id, 'name', p.name, 'type', p.plan_type, 'state', p.office_state,
        'since', ${isoTimeSql('p.office_since')}, 'documentNo', p.document_no, 'effectiveOn', ${daySql('p.effective_on')},
        'version', p.version,
        'consultation', case when p.consultation_to is not null then json_build_object('from', ${daySql('p.consultation_from')},
          'to', ${daySql('p.consultation_to')}) end,
        'notice', case when p.notice_to is not null then json_build_object('from', ${daySql('p.notice_from')},
          'to', ${daySql('p.notice_to')}) end,
        'submitted', case when p.submitted_at is not null then json_build_object('name', p.submitted_name,
          'at', ${isoTimeSql('p.submitted_at')}) end,
        'decided', case when p.decided_at is not null then json_build_object('name', p.decided_name,
          'at', ${isoTimeSql('p.decided_at')}) end,
        'reason', p.office_reason, 'replaces', ${otherSql('gone')}, 'replacedBy', ${otherSql('successor')},
        'comments', (select json_build_object('total', count(*), 'open', count(*) filter (where c.outcome is null))
                       from comments c where c.plan_id = p.id),
        'replaceable', (select coalesce(json_agg(${otherSql('o')} order by o.effective_on desc, o.id), '[]')
                          from (select * from plans o where o.office_state = '生效' and o.id <> p.id and o.deleted_at is null
                                   and o.district_codes && p.district_codes
                                 order by o.effective_on desc, o.id limit ${MOST_REPLACEABLE}) as o),
        'today', ${daySql('today_in_china()')},
        'consultationTo', ${daySql("window_end(today_in_china(), setting_number('plan.consultation_days', 30)::integer)")},
        'noticeTo', ${daySql("window_end(today_in_china(), setting_number('plan.notice_days', 15)::integer)")},
        'jobState', p.state, 'districtCodes', p.district_codes, 'isMine', ${mineSql}) as office
       from plans p
       left join plans gone on gone.id = p.replaces_plan_id
       left join plans successor on successor.replaces_plan_id = p.id and successor.office_state in ('生效', '被替代') and p.office_state = '被替代'
      where p.id = $1 and p.deleted_at is null limit 1`,
    [id],
  );
  return rows[0]?.office ?? null;
}

/** False when `version` is not the one of the row, or it is out of reach. The database leaves alone what the step is not about. */
export async function movePlanOffice(
  tx: Queryable,
  id: string,
  version: number,
  move: Omit<PlanMoveJson, 'to'> & { readonly to: OfficeState },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update plans set office_state = $3, plan_type = coalesce($4, plan_type), consultation_from = $5::date, consultation_to = $6::date,
       notice_from = $5::date, notice_to = $6::date, document_no = $7,
       effective_on = case when $3 = '批复' then $8::date else coalesce($8::date, effective_on) end,
       replaces_plan_id = case when $9::boolean then $10 else replaces_plan_id end
      where id = $1 and version = $2 and deleted_at is null`,
    [
      id,
      version,
      move.to,
      move.type ?? null,
      move.from ?? null,
      move.until ?? null,
      move.documentNo?.trim() ?? null,
      move.effectiveOn ?? null,
      move.replacesPlanId !== undefined,
      move.replacesPlanId ?? null,
    ],
  );
  return rowCount === 1;
}
