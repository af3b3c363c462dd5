// What a person is told about themselves: who they are and what they may do with which rows.
import type { MeJson } from '../contract/people.ts';
import { permissionWords } from '../permission/permission-table.ts';
import type { Principal } from '../permission/principal.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import type { SignedIn } from './signed-in.ts';

export function makeMe({ principal, login, mustChangePassword, expiresAt }: SignedIn): MeJson {
  const { accountId, name, role, organisation, territory } = principal;
  return {
    id: accountId,
    login,
    name,
    role,
    organisation,
    territory: {
      everywhere: territory.everywhere,
      districtCodes: [...territory.districtCodes],
      townCodes: [...territory.townCodes],
    },
    permissions: permissionsOf(principal),
    mustChangePassword,
    expiresAt,
  };
}

/** What the role may do, as far as the token reaches. */
function permissionsOf(principal: Principal): MeJson['permissions'] {
  const scopes = permissionWords.map(
    (permission) => [permission, rowScopeOf(principal, permission)] as const,
  );
  return Object.fromEntries(scopes.flatMap(([word, scope]) => (scope ? [[word, scope]] : [])));
}
