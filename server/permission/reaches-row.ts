// Whether somebody holds a permission for one row: the rule of the row policies (migration 021), for telling people beforehand why
// something would be refused. The database asks again.
import type { Permission } from './permission-table.ts';
import { permissionWords } from './permission-table.ts';
import type { Principal } from './principal.ts';
import { rowScopeOf } from './row-scope-of.ts';

/** Where a row belongs. */
export interface RowPlace {
  readonly districtCode: string;
  readonly townCode: string;
  readonly owner: string;
}

export function reachesRow(principal: Principal, permission: Permission, row: RowPlace): boolean {
  const { territory, organisation } = principal;
  switch (rowScopeOf(principal, permission)) {
    case undefined:
      return false;
    case 'all':
      return true;
    case 'own':
      return organisation !== '' && row.owner === organisation;
    case 'territory':
      return (
        territory.everywhere ||
        territory.districtCodes.includes(row.districtCode) ||
        territory.townCodes.includes(row.townCode)
      );
  }
}

/** Every permission somebody holds for this row. */
export function permissionsOnRow(principal: Principal, row: RowPlace): Set<string> {
  return new Set(permissionWords.filter((permission) => reachesRow(principal, permission, row)));
}
