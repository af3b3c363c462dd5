// Acts on accounts and doors: done by the system, because no role of a request may touch hashes and digests, but in the name of
// somebody, so that the audit trail says who. What needs a permission asks the database's own copy of the table again.
import type { Permission } from '../permission/permission-table.ts';
import type { ActContext, Principal } from '../permission/principal.ts';
import { type Queryable, type Store, StoreError } from './store.ts';

/** A transaction in somebody's name. Throws STORE_DENIED when they lack the permission (null: none is needed). */
export function actAs<T>(
  store: Store,
  principal: Pick<Principal, 'accountId' | 'name' | 'role' | 'tokenScope'>,
  context: ActContext,
  permission: Permission | null,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return store.transaction(async (tx) => {
    await tx.query(
      `select set_config('zhanzhi.account', $1, true), set_config('zhanzhi.name', $2, true),
              set_config('zhanzhi.role', $3, true), set_config('zhanzhi.token_scope', $4, true),
              set_config('zhanzhi.address', $5, true), set_config('zhanzhi.request', $6, true),
              set_config('zhanzhi.reason', $7, true)`,
      [
        principal.accountId,
        principal.name,
        principal.role,
        principal.tokenScope ?? '',
        context.address,
        context.requestId,
        context.reason,
      ],
    );
    if (permission !== null) await demandPermission(tx, permission);
    return work(tx);
  });
}

export interface DoorRecord {
  readonly action: 'sign-in' | 'sign-out' | 'password';
  readonly accountId: string;
  /** How, or how many sessions ended: nothing secret. */
  readonly after: Readonly<Record<string, string | number>>;
}

/** For what happens at the doors and changes no row somebody could see. */
export async function recordDoor(tx: Queryable, { action, accountId, after }: DoorRecord): Promise<void> {
  await tx.query("select write_audit($1, 'account', $2, null, $3, null)", [action, accountId, after]);
}

/** A refused sign-in, by nobody; `accountId` null when no account has that login. The typed name is not kept. */
export async function recordRefusedSignIn(
  db: Queryable,
  accountId: string | null,
  { address, requestId }: ActContext,
): Promise<void> {
  await db.query(
    "select write_audit_as(null, '-', null, $1, $2, 'sign-in-refused', 'account', $3, null, null, null)",
    [address, requestId, accountId],
  );
}

async function demandPermission(tx: Queryable, permission: Permission): Promise<void> {
  const { rows } = await tx.query<{ allowed: boolean }>('select may($1) as allowed', [permission]);
  if (rows[0]?.allowed !== true) throw new StoreError('STORE_DENIED', `${permission} is not allowed`);
}
