// Target areas: drawn or imported, listed and deleted.
import { randomUUID } from 'node:crypto';
import type { MultiPolygon } from '../../engine/index.ts';
import { areaJsonSchema, areaListSchema, type NewAreaJson, newAreaSchema } from '../contract/areas.ts';
import { ProductError } from '../errors.ts';
import { checkArea } from '../import/check-geometry.ts';
import { makeIssueList } from '../import/import-issue.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { deleteArea, findPlanOfArea, loadArea, loadAreas, saveAreas } from '../store/areas.ts';
import { checkGeometries } from '../store/geometry-check.ts';
import type { Store } from '../store/store.ts';
import { created, emptied, idParams, replies } from './route-parts.ts';

export function areaRoutes(app: App, { store: whole }: Pick<Services, 'store'>): void {
  const tags = ['areas'];
  const read = { access: 'area:read' } as const;
  const change = { access: 'area:change' } as const;

  app.get(
    '/api/areas',
    { config: read, schema: { tags, response: replies(areaListSchema) } },
    async ({ store }) => ({
      areas: await loadAreas(store),
    }),
  );

  app.get(
    '/api/areas/:id',
    { config: read, schema: { tags, params: idParams, response: replies(areaJsonSchema) } },
    async ({ params, store }) => areaOf(store, params.id),
  );

  app.post(
    '/api/areas',
    { config: change, schema: { tags, body: newAreaSchema, response: created(areaJsonSchema) } },
    async ({ body, store }, reply) => {
      const geometry = checkedGeometry(body);
      const [reason] = await checkGeometries(store, [geometry]);
      if (reason) throw new ProductError('AREA_GEOMETRY', { reason });
      const id = `area-${randomUUID()}`;
      await saveAreas(store, [{ id, name: body.name, kind: body.kind, geometry, sourceFile: null }], null);
      return reply.code(201).send(await areaOf(store, id));
    },
  );

  app.delete(
    '/api/areas/:id',
    { config: change, schema: { tags, params: idParams, response: emptied } },
    async ({ params: { id }, store }, reply) => {
      await areaOf(store, id);
      // plans of other people count too; their names stay theirs
      if ((await findPlanOfArea(whole, id)) !== null)
        throw new ProductError('AREA_IN_USE', { plan: (await findPlanOfArea(store, id)) ?? '—' });
      if (!(await deleteArea(store, id))) throw new ProductError('AREA_UNKNOWN', { id });
      return reply.code(204).send(null);
    },
  );

  const areaOf = async (store: Store, id: string) => {
    const area = await loadArea(store, id);
    if (!area) throw new ProductError('AREA_UNKNOWN', { id });
    return area;
  };
}

/** Closed rings and ranges by the same rules as an import. */
function checkedGeometry({ geometry }: NewAreaJson): MultiPolygon {
  const issues = makeIssueList();
  const raw = { row: 1, cells: new Map(), geometry, geometryField: 'geometry' };
  const checked = checkArea(raw, { datum: 'CGCS2000', issues, outsideRows: [] });
  if (checked) return checked;
  const { zh, en } = issues.issues[0]?.message ?? { zh: '-', en: '-' };
  // it becomes part of a sentence that ends by itself
  throw new ProductError('AREA_GEOMETRY', {
    reason: { zh: zh.replace(/。$/, ''), en: en.replace(/\.$/, '') },
  });
}
