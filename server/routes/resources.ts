// The resource library: pages with filters, one resource, its place, its owner's consent, the whitelist, its history and, by an
// address of their own, the people to call.

import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findLibraryType, type LonLat, toCgcs2000 } from '../../engine/index.ts';
import { versionHeadersSchema } from '../contract/people.ts';
import {
  confirmationSchema,
  contactListSchema,
  contactsSchema,
  newResourceSchema,
  type PlaceJson,
  placeSchema,
  type ResourceJson,
  resourceChangesSchema,
  resourceCountsSchema,
  resourceExportQuerySchema,
  resourceHistorySchema,
  resourceJsonSchema,
  resourcePageSchema,
  resourceQuerySchema,
  type StaleResourceJson,
  staleContactsSchema,
  staleResourceSchema,
  whitelistSchema,
} from '../contract/resources.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadHistory } from '../store/histories.ts';
import { readContacts, saveContacts } from '../store/resource-contacts.ts';
import {
  changeResource,
  confirmResource,
  countResourceStates,
  loadResourcePage,
  locateResource,
  type ResourcePlace,
  saveResource,
  whitelistResource,
} from '../store/resources.ts';
import type { Queryable } from '../store/store.ts';
import {
  answered,
  filtersOf,
  outcomeOf,
  resourceOf,
  staleReply,
  staleResource,
  versionOfRequest,
} from './resource-parts.ts';
import { created, idParams, keptNowhere, replies } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const tags = ['resources'];
const read = { access: 'resource:read' } as const;
const update = { access: 'resource:update' } as const;
const changed = { ...replies(resourceJsonSchema), 412: replies(staleResourceSchema)[200] };

export function resourceRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/resources',
    {
      config: read,
      schema: { tags, querystring: resourceQuerySchema, response: replies(resourcePageSchema) },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const mine = storeOfRequest(request, store);
      return { ...(await loadResourcePage(mine, { ...filtersOf(query), page, pageSize })), page, pageSize };
    },
  );

  app.get(
    '/api/resources/counts',
    {
      config: read,
      schema: { tags, querystring: resourceExportQuerySchema, response: replies(resourceCountsSchema) },
    },
    async (request) => countResourceStates(storeOfRequest(request, store), filtersOf(request.query)),
  );

  app.get(
    '/api/resources/:id',
    { config: read, schema: { tags, params: idParams, response: replies(resourceJsonSchema) } },
    async (request, reply) => {
      return answered(reply, await resourceOf(storeOfRequest(request, store), request.params.id));
    },
  );

  app.post(
    '/api/resources',
    {
      config: { access: 'resource:create' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newResourceSchema,
        response: created(resourceJsonSchema),
      },
    },
    async (request, reply) => {
      const { place, ...given } = request.body;
      const id = `resource-${randomUUID()}`;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        await saveResource(tx, {
          // what the type usually is, unless somebody knows better
          freeStatus: findLibraryType(given.resourceType ?? '')?.freeStatus ?? null,
          ...given,
          code: given.code ?? `${given.resourceType ?? '资源'}-${id.slice(-12)}`,
          id,
          place: place ? placeOf(place) : null,
        });
        return { status: 201, body: await resourceOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );

  /** Runs a change of one resource and answers the fresh row, 412 with it when somebody else was faster. */
  const change = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    reason: string | undefined,
    work: (tx: Queryable, id: string, version: number) => Promise<boolean>,
  ): Promise<ResourceJson | StaleResourceJson> => {
    const version = versionOfRequest(request);
    const { id } = request.params;
    const { resource, stale } = await storeOfRequest(request, store, reason).transaction(async (tx) =>
      outcomeOf(tx, id, version, await work(tx, id, version)),
    );
    return stale ? staleReply(request, reply, resource) : answered(reply, resource);
  };
  const ofOne = { tags, params: idParams, headers: versionHeadersSchema, response: changed };

  app.patch(
    '/api/resources/:id',
    { config: update, schema: { ...ofOne, body: resourceChangesSchema } },
    (request, reply) =>
      change(request, reply, undefined, (tx, id, version) => changeResource(tx, id, version, request.body)),
  );

  app.put(
    '/api/resources/:id/position',
    { config: update, schema: { ...ofOne, body: placeSchema } },
    (request, reply) => {
      const place = placeOf(request.body);
      return change(request, reply, undefined, (tx, id, version) => locateResource(tx, id, version, place));
    },
  );

  app.post(
    '/api/resources/:id/confirmation',
    {
      config: { access: 'resource:confirm' },
      schema: { ...ofOne, headers: onceHeadersSchema, body: confirmationSchema },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const outcome = await onceOnly(request, store, request.body.reason ?? '', async (tx) => {
        if ((await resourceOf(tx, id)).state === '退出') throw new ProductError('RESOURCE_LEFT');
        const { resource, stale } = await outcomeOf(tx, id, version, await confirmResource(tx, id, version));
        return stale
          ? { status: 412, body: staleResource(request, resource) }
          : { status: 200, body: resource };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.put(
    '/api/resources/:id/whitelist',
    { config: { access: 'resource:open' }, schema: { ...ofOne, body: whitelistSchema } },
    (request, reply) => {
      const { whitelisted, reason } = request.body;
      return change(request, reply, reason, (tx, id, version) =>
        whitelistResource(tx, id, version, whitelisted),
      );
    },
  );

  app.get(
    '/api/resources/:id/history',
    { config: read, schema: { tags, params: idParams, response: replies(resourceHistorySchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await resourceOf(tx, id);
        return { records: await loadHistory(tx, 'resource_history', id) };
      });
    },
  );

  app.get(
    '/api/resources/:id/contacts',
    {
      config: { access: 'contact:read' },
      schema: { tags, params: idParams, response: replies(contactListSchema) },
    },
    async (request, reply) => {
      const { id } = request.params;
      const list = await storeOfRequest(request, store).transaction(async (tx) => {
        await resourceOf(tx, id);
        return readContacts(tx, id);
      });
      return keptNowhere(reply).header('etag', `"${list.version}"`).send(list);
    },
  );

  app.put(
    '/api/resources/:id/contacts',
    {
      config: { access: 'contact:change' },
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: contactsSchema,
        response: { ...replies(contactListSchema), 412: replies(staleContactsSchema)[200] },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionOfRequest(request);
      const { done, list } = await storeOfRequest(request, store).transaction(async (tx) => {
        await resourceOf(tx, id);
        const saved = await saveContacts(tx, id, version, request.body.contacts);
        // whoever came too late reads what somebody else wrote
        return { done: saved !== null, list: saved ?? (await readContacts(tx, id)) };
      });
      keptNowhere(reply);
      if (done) return reply.header('etag', `"${list.version}"`).send(list);
      return reply.code(412).send({ ...replyOf(request.id, describeCode('RESOURCE_CONTACTS_STALE')), list });
    },
  );
}

/** Throws RESOURCE_POSITION for what is no place on the globe. */
function placeOf({
  position: [lon = 0, lat = 0],
  datum = 'CGCS2000',
  quality = '图上',
}: PlaceJson): ResourcePlace {
  if (Math.abs(lat) > 90 || (lon === 0 && lat === 0))
    throw new ProductError('RESOURCE_POSITION', { found: `${lon}, ${lat}` });
  const original: LonLat = [lon, lat];
  return { position: toCgcs2000(original, datum), original, datum, quality };
}
