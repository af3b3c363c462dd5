// For which rows somebody holds a permission: what the table gives the role, as far as a personal token reaches.
import { type Permission, type RowScope, scopeOf } from './permission-table.ts';
import type { Principal } from './principal.ts';

/** Undefined: not at all. */
export function rowScopeOf(
  { role, tokenScope }: Pick<Principal, 'role' | 'tokenScope'>,
  permission: Permission,
): RowScope | undefined {
  return tokenScope === null || tokenScope.includes(permission) ? scopeOf(permission, role) : undefined;
}
