// Proposals for other rule values. Who may do what, that a rule has not moved unseen, and what follows when one is accepted are the
// database's (migration 064).
import type {
  NewRuleProposalJson,
  RuleProposalJson,
  RuleProposalMoveJson,
  RuleProposalQueryJson,
} from '../contract/rule-proposals.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

const proposalJsonSql = `json_build_object('id', x.id, 'rule', x.rule, 'unit', r.unit, 'valueNow', x.value_now, 'wanted', x.wanted,
  'current', r.value, 'moved', x.state = '待定' and r.value <> x.value_now, 'reason', x.reason, 'effectiveOn', x.effective_on,
  'state', x.state, 'name', x.name, 'role', x.role, 'organisation', x.organisation, 'askedAt', ${isoTimeSql('x.asked_at')},
  'decidedName', x.decided_name, 'decidedAt', ${isoTimeSql('x.decided_at')}, 'decisionText', x.decision_text,
  'appliedAt', ${isoTimeSql('x.applied_at')}, 'mine', coalesce(x.account_id = my_account(), false), 'version', x.version)`;
const fromSql = 'rule_proposals x join rule_values r on r.name = x.rule';

// $1 state, $2 rule, $3 mine, $4 days, $5 id; NULL means any.
const whereSql = `($1::text is null or x.state = $1) and ($2::text is null or x.rule = $2)
  and ($3::boolean is null or x.account_id = my_account())
  and ($4::int is null or (x.state in ('采纳', '不采纳') and x.decided_at > now() - make_interval(days => $4)))
  and ($5::text is null or x.id = $5)`;

export interface RuleProposalPage {
  readonly total: number;
  readonly proposals: RuleProposalJson[];
}

export async function loadRuleProposalPage(
  db: Queryable,
  { id, state, rule, mine, decidedWithinDays, page = 1, pageSize = 50 }: RuleProposalQueryJson,
): Promise<RuleProposalPage> {
  const { rows } = await db.query<RuleProposalPage>(
    `select (select count(*) from ${fromSql} where ${whereSql}) as total,
            (select coalesce(json_agg(listed.proposal order by listed.asked_at desc, listed.id), '[]')
               from (select ${proposalJsonSql} as proposal, x.asked_at, x.id from ${fromSql} where ${whereSql}
                      order by x.asked_at desc, x.id limit $6::int offset $7::bigint) as listed) as proposals`,
    [
      state ?? null,
      rule ?? null,
      mine === 'true' ? true : null,
      decidedWithinDays ?? null,
      id ?? null,
      pageSize,
      (page - 1) * pageSize,
    ],
  );
  return rows[0] ?? { total: 0, proposals: [] };
}

export async function loadRuleProposal(db: Queryable, id: string): Promise<RuleProposalJson | null> {
  const { rows } = await db.query<{ proposal: RuleProposalJson }>(
    `select ${proposalJsonSql} as proposal from ${fromSql} where x.id = $1`,
    [id],
  );
  return rows[0]?.proposal ?? null;
}

/** Throws STORE_CONSTRAINT rule_proposals_range, rule_proposals_same, rule_proposals_day, STORE_CONFLICT rule_proposals_once. */
export async function saveRuleProposal(
  db: Queryable,
  id: string,
  { rule, wanted, reason, effectiveOn }: NewRuleProposalJson,
): Promise<void> {
  await db.query(
    'insert into public.rule_proposals (id, rule, wanted, reason, effective_on) values ($1, $2, $3, $4, $5::date)',
    [id, rule, wanted, reason.trim(), effectiveOn ?? null],
  );
}

/**
 * False when the version is not the one of the row, or it is not for who acts. Throws STORE_CONSTRAINT rule_proposals_moved,
 * rule_proposals_open; STORE_DENIED for who may not.
 */
export async function moveRuleProposal(
  db: Queryable,
  id: string,
  version: number,
  { to, text = '', current }: RuleProposalMoveJson,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update public.rule_proposals set state = $3, decision_text = $4, value_before = $5::float8 where id = $1 and version = $2`,
    [id, version, to, text.trim(), to === '采纳' ? (current ?? null) : null],
  );
  return rowCount > 0;
}
