// What of the review batches waits for somebody: decisions and closing for the district, opinions for the town, returned rows and drafts
// for whoever submitted, and what they submitted that is still open.
import type { AgendaItem } from '../../contract/home.ts';
import type { Permission } from '../../permission/permission-table.ts';
import type { Principal } from '../../permission/principal.ts';
import { rowScopeOf } from '../../permission/row-scope-of.ts';
import { waitingSql } from '../batches.ts';
import { isoTimeSql } from '../sql-text.ts';
import type { Queryable } from '../store.ts';

interface Kind {
  readonly kind: string;
  readonly section: AgendaItem['section'];
  readonly permission: Permission;
  readonly where: string;
  readonly path: string;
  /** Column of the rows that says when they are due. */
  readonly due: 'due_at' | 'town_due_at' | null;
}

const kinds: readonly Kind[] = [
  {
    kind: 'decide',
    section: 'waiting',
    permission: 'batch:decide',
    where: waitingSql.decision,
    path: '/batches?waiting=decision',
    due: 'due_at',
  },
  {
    kind: 'late',
    section: 'due',
    permission: 'batch:decide',
    where: waitingSql.late,
    path: '/batches?waiting=late',
    due: 'due_at',
  },
  {
    kind: 'handed',
    section: 'waiting',
    permission: 'batch:decide',
    where: "b.state in ('已提交', '审查中') and coalesce(b.handler = my_account(), false)",
    path: '/batches?state=已提交,审查中&handler=me',
    due: 'due_at',
  },
  {
    kind: 'countersign',
    section: 'due',
    permission: 'batch:decide',
    where: waitingSql.countersign,
    path: '/batches?waiting=countersign',
    due: null,
  },
  {
    kind: 'close',
    section: 'waiting',
    permission: 'batch:decide',
    where: waitingSql.closing,
    path: '/batches?waiting=closing',
    due: null,
  },
  {
    kind: 'town',
    section: 'waiting',
    permission: 'batch:opinion',
    where: waitingSql['town-opinion'],
    path: '/batches?waiting=town-opinion',
    due: 'town_due_at',
  },
  {
    kind: 'returned',
    section: 'waiting',
    permission: 'batch:submit',
    where: waitingSql.resubmission,
    path: '/batches?waiting=resubmission',
    due: null,
  },
  {
    kind: 'drafts',
    section: 'waiting',
    permission: 'batch:submit',
    where: "b.state = '草稿' and coalesce(my_account() in (b.created_by, b.submitted_by), false)",
    path: '/batches?state=草稿&mine=true',
    due: null,
  },
  {
    kind: 'submitted',
    section: 'asked',
    permission: 'batch:submit',
    where:
      "b.state in ('已提交', '审查中') and coalesce(my_account() in (b.created_by, b.submitted_by), false)",
    path: '/batches?state=已提交,审查中&mine=true',
    due: 'due_at',
  },
];

/** As the person of `db`. */
export async function batchesAgenda(db: Queryable, principal: Principal): Promise<AgendaItem[]> {
  const agenda: AgendaItem[] = [];
  for (const { kind, section, permission, where, path, due } of kinds) {
    if (rowScopeOf(principal, permission) === undefined) continue;
    const { rows } = await db.query<Pick<AgendaItem, 'count' | 'soonestDueAt'>>(
      `select count(*) as count, ${
        due === null
          ? 'null'
          : isoTimeSql(
              `min((select min(r.${due}) from batch_rows r where r.batch_id = b.id and r.decision is null))`,
            )
      } as "soonestDueAt" from batches b where ${where}`,
      [],
    );
    agenda.push({
      desk: 'batches',
      kind,
      section,
      path,
      ...(rows[0] ?? { count: 0, soonestDueAt: null }),
    });
  }
  return agenda;
}
