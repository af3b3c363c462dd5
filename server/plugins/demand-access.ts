// What a route states against who asks: `signed-in` wants anybody, a permission wants it in the table and in the token.
import { ProductError } from '../errors.ts';
import { type Permission, permissionWords } from '../permission/permission-table.ts';
import type { Principal } from '../permission/principal.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import type { Access } from './app-types.ts';

/** Throws SESSION_NEEDED, PERMISSION_DENIED. */
export function demandAccess(access: Access, principal: Principal | null): void {
  if (access !== 'signed-in' && !isPermission(access)) return;
  if (!principal) throw new ProductError('SESSION_NEEDED');
  if (isPermission(access) && !rowScopeOf(principal, access))
    throw new ProductError('PERMISSION_DENIED', { permission: access });
}

const isPermission = (access: Access): access is Permission =>
  (permissionWords as readonly string[]).includes(access);
