// Districts: imported outlines that group a plan's totals; and the names of their towns, for territories.
import { districtListSchema, townListSchema } from '../contract/areas.ts';
import type { App } from '../plugins/app-types.ts';
import { loadDistricts, loadTowns } from '../store/districts.ts';
import { replies } from './route-parts.ts';

export function districtRoutes(app: App): void {
  app.get(
    '/api/districts',
    {
      config: { access: 'ground:read' },
      schema: { tags: ['districts'], response: replies(districtListSchema) },
    },
    async ({ store }) => ({ districts: await loadDistricts(store) }),
  );

  app.get(
    '/api/towns',
    { config: { access: 'ground:read' }, schema: { tags: ['districts'], response: replies(townListSchema) } },
    async ({ store }) => ({ towns: await loadTowns(store) }),
  );
}
