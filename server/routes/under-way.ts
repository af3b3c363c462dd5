// What is under way at one site, and at the sites of a plan: who claims what they stand for, and how far each station is.
import { planUnderWaySchema, siteUnderWaySchema } from '../contract/under-way.ts';
import { ProductError } from '../errors.ts';
import type { App } from '../plugins/app-types.ts';
import { loadPlanUnderWay, loadSiteUnderWay } from '../store/under-way.ts';
import { idParams, planOf, replies } from './route-parts.ts';

export function underWayRoutes(app: App): void {
  app.get(
    '/api/sites/:id/under-way',
    {
      config: { access: 'resource:read' },
      schema: { tags: ['sites'], params: idParams, response: replies(siteUnderWaySchema) },
    },
    async ({ params: { id }, store }) => {
      const found = await loadSiteUnderWay(store, id);
      if (!found) throw new ProductError('SITE_UNKNOWN', { id });
      return found;
    },
  );

  app.get(
    '/api/plans/:id/under-way',
    {
      config: { access: 'plan:read' },
      schema: { tags: ['plans'], params: idParams, response: replies(planUnderWaySchema) },
    },
    async ({ params: { id }, store }) => {
      await planOf(store, id);
      return { sites: await loadPlanUnderWay(store, id) };
    },
  );
}
