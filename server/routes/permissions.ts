// The permission table as it is enforced, for whoever wants to know what a role may do.
import { permissionListSchema } from '../contract/people.ts';
import { maskedRoles, permissionTable, permissionWords, roles } from '../permission/permission-table.ts';
import type { App } from '../plugins/app-types.ts';
import { replies } from './route-parts.ts';

export function permissionRoutes(app: App): void {
  app.get(
    '/api/permissions',
    {
      config: { access: 'signed-in' },
      schema: { tags: ['accounts'], response: replies(permissionListSchema) },
    },
    () => ({
      roles,
      maskedRoles,
      permissions: permissionWords.map((permission) => ({ permission, scopes: permissionTable[permission] })),
    }),
  );
}
