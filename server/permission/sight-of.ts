// A word for what a person sees of a layer: answers that are kept in memory are shared by those who see the same, and by nobody else.
import { createHash } from 'node:crypto';
import { maskedRoles, type Permission } from './permission-table.ts';
import type { Principal } from './principal.ts';
import { rowScopeOf } from './row-scope-of.ts';

/** Equal words, equal rows and equal masks. */
export function sightOf(principal: Principal, permission: Permission): string {
  const { role, organisation, territory } = principal;
  const mask = maskedRoles.includes(role) ? 'masked' : 'exact';
  const scope = rowScopeOf(principal, permission);
  if (scope === 'all' || (scope === 'territory' && territory.everywhere)) return mask;
  const rows =
    scope === 'own'
      ? ['own', organisation]
      : [scope ?? 'nothing', [...territory.districtCodes].sort(), [...territory.townCodes].sort()];
  return `${mask}-${createHash('sha256').update(JSON.stringify(rows)).digest('base64url').slice(0, 16)}`;
}
