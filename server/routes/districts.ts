// Districts: imported outlines that group a plan's totals.
import { districtListSchema } from '../contract/areas.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { loadDistricts } from '../store/districts.ts';
import { replies } from './route-parts.ts';

export function districtRoutes(app: App, { store }: Services): void {
  app.get(
    '/api/districts',
    { config: { access: 'read' }, schema: { tags: ['districts'], response: replies(districtListSchema) } },
    async () => ({ districts: await loadDistricts(store) }),
  );
}
