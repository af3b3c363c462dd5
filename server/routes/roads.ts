// Roads inside areas, by name and by class: the corridors that a plan can ask for.
import { roadListSchema, roadQuerySchema } from '../contract/roads.ts';
import type { App } from '../plugins/app-types.ts';
import { loadRoadLengths } from '../store/roads.ts';
import { replies } from './route-parts.ts';

/** More names than anybody reads through; the longest come first. */
const MOST_OF_A_KIND = 500;

export function roadRoutes(app: App): void {
  app.get(
    '/api/roads',
    {
      config: { access: 'ground:read' },
      schema: { tags: ['roads'], querystring: roadQuerySchema, response: replies(roadListSchema) },
    },
    async ({ query, store }) => {
      const roads = await loadRoadLengths(store, query.areaIds.split(','), MOST_OF_A_KIND);
      return { roads: roads.map((road) => ({ ...road, corridorId: `${road.by}=${road.value}` })) };
    },
  );
}
