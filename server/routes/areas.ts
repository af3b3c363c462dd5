// Target areas: drawn or imported, listed, changed and deleted. A changed area that was submitted or approved is a draft again; one that was
// approved stays.
import { randomUUID } from 'node:crypto';
import { findCoverageRule } from '../../engine/index.ts';
import {
  areaChangesSchema,
  areaJsonSchema,
  areaListSchema,
  newAreaSchema,
  staleAreaSchema,
} from '../contract/areas.ts';
import { versionHeadersSchema } from '../contract/people.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { changeArea, deleteArea, findPlanOfArea, loadAreas, saveAreas } from '../store/areas.ts';
import { areaJson, areaOf, checkedGeometry, staleArea, writtenArea } from './area-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, emptied, idParams, replies } from './route-parts.ts';

export function areaRoutes(app: App, { store: whole }: Pick<Services, 'store'>): void {
  const tags = ['areas'];
  const read = { access: 'area:read' } as const;
  const change = { access: 'area:change' } as const;

  app.get(
    '/api/areas',
    { config: read, schema: { tags, response: replies(areaListSchema) } },
    async ({ store }) => ({
      areas: (await loadAreas(store)).map(areaJson),
    }),
  );

  app.get(
    '/api/areas/:id',
    { config: read, schema: { tags, params: idParams, response: replies(areaJsonSchema) } },
    async ({ params, store }, reply) => {
      const area = areaJson(await areaOf(store, params.id));
      reply.header('etag', `"${area.version}"`);
      return area;
    },
  );

  app.post(
    '/api/areas',
    {
      config: change,
      schema: { tags, headers: onceHeadersSchema, body: newAreaSchema, response: created(areaJsonSchema) },
    },
    async (request, reply) => {
      const { name, kind, geometry: drawn, ...targets } = request.body;
      demandRule(targets.coverageRule);
      const outcome = await onceOnly(request, whole, '', async (tx) => {
        const geometry = await checkedGeometry(tx, drawn);
        const id = `area-${randomUUID()}`;
        await saveAreas(tx, [{ id, name, kind, geometry, sourceFile: null }], null);
        if (Object.keys(targets).length > 0) await changeArea(tx, id, 1, targets);
        return { status: 201, body: areaJson(await areaOf(tx, id)) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.patch(
    '/api/areas/:id',
    {
      config: change,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: areaChangesSchema,
        response: { ...replies(areaJsonSchema), 412: replies(staleAreaSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { reason = '', geometry: drawn, ...changes } = request.body;
      demandRule(changes.coverageRule);
      const outcome = await onceOnly(request, whole, reason, async (tx) => {
        const area = await areaOf(tx, id);
        if (area.version !== version) return { status: 412, body: staleArea(request.id, area) };
        const geometry = drawn === undefined ? undefined : await checkedGeometry(tx, drawn);
        const isDone = await changeArea(tx, id, version, { ...changes, geometry });
        return writtenArea(tx, request.id, area, isDone);
      });
      return sendOnce(reply, outcome);
    },
  );

  app.delete(
    '/api/areas/:id',
    {
      config: change,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        response: { ...emptied, 412: replies(staleAreaSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { store } = request;
      const area = await areaOf(store, id);
      if (area.version !== version) return reply.code(412).send(staleArea(request.id, area));
      // plans of other people count too; their names stay theirs
      if ((await findPlanOfArea(whole, id)) !== null)
        throw new ProductError('AREA_IN_USE', { plan: (await findPlanOfArea(store, id)) ?? '—' });
      // somebody was faster
      if (!(await deleteArea(store, id, version)))
        return reply.code(412).send(staleArea(request.id, await areaOf(store, id)));
      return reply.code(204).send(null);
    },
  );
}

/** Throws PLAN_RULE_UNKNOWN for a word no rule has. */
function demandRule(word: string | null | undefined): void {
  if (typeof word === 'string' && !findCoverageRule(word))
    throw new ProductError('PLAN_RULE_UNKNOWN', { word });
}
