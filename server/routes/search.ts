// One search box: a position as people write it, areas by name, sites by code, name or owner.
import { Type } from 'typebox';
import { strictObject } from '../contract/shared.ts';
import { searchReplySchema } from '../contract/sites.ts';
import { parseLonLat } from '../import/parse-coordinate.ts';
import type { App } from '../plugins/app-types.ts';
import { searchAreas } from '../store/areas.ts';
import { searchSites } from '../store/sites.ts';
import { replies } from './route-parts.ts';

const MOST_AREAS = 5;
const MOST_SITES = 15;
const querySchema = strictObject({ q: Type.String({ minLength: 1, maxLength: 100 }) });

export function searchRoutes(app: App): void {
  app.get(
    '/api/search',
    {
      config: { access: 'resource:read' },
      schema: { tags: ['search'], querystring: querySchema, response: replies(searchReplySchema) },
    },
    async ({ query, store }) => {
      const q = query.q.trim();
      if (q === '') return { hits: [] };
      const areas = await searchAreas(store, q, MOST_AREAS);
      const sites = await searchSites(store, q, MOST_SITES);
      return {
        hits: [
          ...positionHits(q),
          ...areas.map(({ id, name, kind, position }) => ({
            kind: 'area' as const,
            id,
            title: name,
            subtitle: kind,
            position: [...position],
          })),
          ...sites.map((site) => ({
            kind: 'site' as const,
            id: site.id,
            title: site.name,
            subtitle: `${site.code} · ${site.resourceType}`,
            position: [...site.position],
          })),
        ],
      };
    },
  );
}

/** Latitude first is read as such when only that order is a place on earth. */
function positionHits(q: string) {
  const pair = parseLonLat(q);
  if (!pair) return [];
  const [lon, lat] = Math.abs(pair[1]) > 90 ? [pair[1], pair[0]] : pair;
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return [];
  const title = `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
  return [{ kind: 'position' as const, id: title, title, subtitle: 'CGCS2000', position: [lon, lat] }];
}
