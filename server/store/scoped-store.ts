// The store as one person sees it: each statement and transaction first becomes a database role that owns nothing and says who
// acts; row policies, grants and masked views (migration 021) do the rest, so no route can forget them.
// What SQL could do to its own scope: it cannot say `reset role` or `set`, because only rows are read and written and only one
// statement goes at a time; set_config is taken from everybody but the system where the database's account is a superuser, and
// refused here by its name everywhere. SQL that hid that name in a text it runs would, without a superuser, widen its own scope:
// accepted, because SQL text is constant in this house and values are parameters.

import { maskedRoles } from '../permission/permission-table.ts';
import type { ActContext, Principal } from '../permission/principal.ts';
import type { Queryable, QueryOptions, Store } from './store.ts';
import { StoreError } from './store.ts';

/** Throws STORE_DENIED for what the person may not do; rows they may not see are not there. `close` is the owner's. */
export function scopedStore(store: Store, principal: Principal, context: ActContext): Store {
  const scope = scopeValues(principal, context);
  const inScope = async <T>(work: (tx: Queryable) => Promise<T>, options?: QueryOptions): Promise<T> => {
    try {
      return await store.transaction(async (tx) => {
        await tx.query(ENTER_SQL, scope, { keepPlan: true });
        return work(guarded(tx));
      }, options);
    } catch (error) {
      throw asDenied(error);
    }
  };
  return {
    kind: store.kind,
    query: (sql, values, options) => inScope((tx) => tx.query(sql, values, options), options),
    transaction: inScope,
    health: () => store.health(),
    close: () => Promise.reject(new StoreError('STORE_DENIED', 'a scoped store is closed by its owner')),
  };
}

/** Role last: whoever has it may not set anything any more. */
const ENTER_SQL = `
  select set_config('zhanzhi.account', $1, true), set_config('zhanzhi.name', $2, true),
         set_config('zhanzhi.role', $3, true), set_config('zhanzhi.organisation', $4, true),
         set_config('zhanzhi.everywhere', $5, true), set_config('zhanzhi.districts', $6, true),
         set_config('zhanzhi.towns', $7, true), set_config('zhanzhi.token_scope', $8, true),
         set_config('zhanzhi.address', $9, true), set_config('zhanzhi.request', $10, true),
         set_config('zhanzhi.reason', $11, true),
         set_config('search_path', $12 || current_setting('search_path'), true), set_config('role', $13, true)`;

function scopeValues(principal: Principal, context: ActContext): readonly unknown[] {
  const { accountId, name, role, organisation, territory, tokenScope } = principal;
  if (accountId === '') throw new RangeError('scopedStore: expected an account id, got an empty text');
  const isMasked = maskedRoles.includes(role);
  return [
    accountId,
    name,
    role,
    organisation,
    territory.everywhere ? 'on' : 'off',
    territory.districtCodes,
    territory.townCodes,
    tokenScope ?? '',
    context.address,
    context.requestId,
    context.reason,
    isMasked ? 'masked, ' : '',
    isMasked ? 'zhanzhi_masked' : 'zhanzhi_app',
  ];
}

const ROWS_ONLY = /^[\s(]*(select|insert|update|delete|with)\b/i;
const SETTINGS = /set_config|pg_settings/i;

/** With a list of values, an empty one too, the database takes one statement and no script. */
function guarded(tx: Queryable): Queryable {
  return {
    query: async (sql, values = [], options) => {
      if (!ROWS_ONLY.test(sql) || SETTINGS.test(sql)) {
        throw new StoreError('STORE_DENIED', 'within a scope rows are read and written, nothing else');
      }
      try {
        return await tx.query(sql, values, options);
      } catch (error) {
        throw asDenied(error);
      }
    },
  };
}

/** A masked view takes no rows: PostgreSQL has states of its own for that. */
const viewRefusals = new Set(['55000', '0A000']);

/** Here a missing right is the person's and not the database account's. */
function asDenied(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  if (error.code !== 'STORE_FORBIDDEN' && !viewRefusals.has(error.sqlState ?? '')) return error;
  return new StoreError('STORE_DENIED', error.message, error.sqlState, error.constraint);
}
