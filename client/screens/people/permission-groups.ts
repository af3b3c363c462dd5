// The permissions by object, in the order of the table: 'plan:read', 'plan:create' → plan: read, create.
import type { PermissionListJson } from '../../../server/contract/people.ts';

type PermissionRow = PermissionListJson['permissions'][number];

export interface PermissionGroup {
  readonly object: string;
  readonly rows: readonly { readonly action: string; readonly scopes: PermissionRow['scopes'] }[];
}

export function permissionGroups(permissions: readonly PermissionRow[]): PermissionGroup[] {
  const groups = new Map<string, { action: string; scopes: PermissionRow['scopes'] }[]>();
  for (const { permission, scopes } of permissions) {
    const [object = '', action = ''] = permission.split(':');
    const rows = groups.get(object) ?? [];
    rows.push({ action, scopes });
    groups.set(object, rows);
  }
  return [...groups].map(([object, rows]) => ({ object, rows }));
}
