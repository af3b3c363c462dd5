// Relocation cases (先建后拆): registered by an owner or a tower company, changed, moved through their states; transmission is confirmed by
// the operator, and only a district lets one pass the gate with fewer replacements than sites that go.

import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { openRelocationStates } from '../../engine/index.ts';
import { timelineSchema } from '../contract/cases.ts';
import {
  newRelocationSchema,
  overrideListSchema,
  overrideQuerySchema,
  overrideSchema,
  relocationChangesSchema,
  relocationCountQuerySchema,
  relocationCountsSchema,
  relocationDetailSchema,
  relocationMoveSchema,
  relocationPageSchema,
  relocationQuerySchema,
  staleRelocationSchema,
  transmissionSchema,
} from '../contract/relocations.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { type OnceOutcome, onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadHistory } from '../store/histories.ts';
import {
  changeRelocation,
  confirmTransmission,
  countRelocationStates,
  loadOverrides,
  loadRelocationPage,
  moveRelocation,
  overrideGate,
  type RelocationWithSites,
  saveRelocation,
  saveRelocationSites,
  unseenSites,
} from '../store/relocations.ts';
import type { Queryable } from '../store/store.ts';
import {
  answeredRelocation,
  detailOfRelocation,
  filtersOfRelocations,
  refusalOfRelocationMove,
  relocationOf,
  staleRelocation,
} from './relocation-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, idParams, replies } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const tags = ['relocations'];
const read = { access: 'relocation:read' } as const;
const changed = { ...replies(relocationDetailSchema), 412: replies(staleRelocationSchema)[200] };

export function relocationRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/relocations',
    {
      config: read,
      schema: { tags, querystring: relocationQuerySchema, response: replies(relocationPageSchema) },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const filters = { ...filtersOfRelocations(query), page, pageSize };
      return { ...(await loadRelocationPage(storeOfRequest(request, store), filters)), page, pageSize };
    },
  );

  app.get(
    '/api/relocations/counts',
    {
      config: read,
      schema: { tags, querystring: relocationCountQuerySchema, response: replies(relocationCountsSchema) },
    },
    async (request) =>
      countRelocationStates(storeOfRequest(request, store), filtersOfRelocations(request.query)),
  );

  app.get(
    '/api/relocations/overrides',
    {
      config: read,
      schema: { tags, querystring: overrideQuerySchema, response: replies(overrideListSchema) },
    },
    async (request) => ({ relocations: await loadOverrides(storeOfRequest(request, store), request.query) }),
  );

  app.get(
    '/api/relocations/:id',
    { config: read, schema: { tags, params: idParams, response: replies(relocationDetailSchema) } },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const found = await relocationOf(storeOfRequest(request, store), request.params.id);
      return answeredRelocation(reply, detailOfRelocation(principal, found));
    },
  );

  app.get(
    '/api/relocations/:id/timeline',
    { config: read, schema: { tags, params: idParams, response: replies(timelineSchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await relocationOf(tx, id);
        return { records: await loadHistory(tx, 'relocation_history', id) };
      });
    },
  );

  app.post(
    '/api/relocations',
    {
      config: { access: 'relocation:create' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newRelocationSchema,
        response: created(relocationDetailSchema),
      },
    },
    async (request, reply) => {
      const { affectedSiteIds, replacementSiteIds = [] } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await onceOnly(request, store, '', async (tx) => {
        await demandSites(tx, affectedSiteIds, replacementSiteIds);
        const id = `relocation-${randomUUID()}`;
        await saveRelocation(tx, id, principal.role === 'owner' ? principal.organisation : '', request.body);
        return { status: 201, body: detailOfRelocation(principal, await relocationOf(tx, id)) };
      });
      return sendOnce(reply, outcome);
    },
  );

  /** Runs an act on one relocation as it was looked at and answers the fresh row, 412 with it when somebody else was faster. */
  const act = (
    request: FastifyRequest<{ Params: { id: string } }>,
    reason: string,
    work: (tx: Queryable, found: RelocationWithSites) => Promise<boolean>,
  ): Promise<OnceOutcome> => {
    const version = versionOfRequest(request);
    const { principal } = signedInPerson(request);
    const { id } = request.params;
    return onceOnly(request, store, reason, async (tx) => {
      const found = await relocationOf(tx, id);
      if (found.version !== version)
        return { status: 412, body: staleRelocation(request, detailOfRelocation(principal, found)) };
      // it was seen with this version, and still it was not written: the database did not let this person
      if (!(await work(tx, found))) throw new ProductError('PERMISSION_DENIED');
      return { status: 200, body: detailOfRelocation(principal, await relocationOf(tx, id)) };
    });
  };
  const ofOne = { tags, params: idParams, headers: onceHeadersSchema, response: changed };

  app.patch(
    '/api/relocations/:id',
    { config: { access: 'relocation:update' }, schema: { ...ofOne, body: relocationChangesSchema } },
    async (request, reply) => {
      const { affectedSiteIds, replacementSiteIds, ...changes } = request.body;
      const outcome = await act(request, '', async (tx, found) => {
        if (!openRelocationStates.includes(found.state)) throw new ProductError('RELOCATION_SITES_CLOSED');
        const affected = affectedSiteIds ?? found.affectedSites.map(({ siteId }) => siteId);
        const replacements = replacementSiteIds ?? found.replacementSites.map(({ siteId }) => siteId);
        if (affectedSiteIds || replacementSiteIds) await demandSites(tx, affected, replacements);
        if (!(await changeRelocation(tx, found.id, found.version, changes))) return false;
        if (affectedSiteIds) await saveRelocationSites(tx, found.id, 'affected', affectedSiteIds);
        if (replacementSiteIds) await saveRelocationSites(tx, found.id, 'replacement', replacementSiteIds);
        return true;
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/relocations/:id/moves',
    // which permission a move needs depends on the move: the machine asks for it
    { config: read, schema: { ...ofOne, body: relocationMoveSchema } },
    async (request, reply) => {
      const { to, reason = '', removedOn = null } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await act(request, reason, async (tx, found) => {
        const refusal = refusalOfRelocationMove(principal, found, to, reason, removedOn);
        if (refusal) throw new ProductError(refusal.code, refusal.values);
        return moveRelocation(tx, found.id, found.version, to, to === '已拆除' ? removedOn : null);
      });
      return sendOnce(reply, outcome);
    },
  );

  app.put(
    '/api/relocations/:id/transmission',
    { config: { access: 'relocation:confirm' }, schema: { ...ofOne, body: transmissionSchema } },
    async (request, reply) => {
      const { siteId, ok, note = '' } = request.body;
      const outcome = await act(request, '', async (tx, { id }) => {
        if (!(await confirmTransmission(tx, id, { siteId, ok, note })))
          throw new ProductError('RELOCATION_REPLACEMENT', { id: siteId });
        return true;
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/relocations/:id/override',
    { config: { access: 'relocation:gate' }, schema: { ...ofOne, body: overrideSchema } },
    async (request, reply) => {
      const { reason } = request.body;
      const outcome = await act(request, reason, async (tx, { id, version, state, gate }) => {
        if (!openRelocationStates.includes(state) || gate.open || gate.affected === 0)
          throw new ProductError('RELOCATION_OVERRIDE_IDLE', { state });
        return overrideGate(tx, id, version, reason);
      });
      return sendOnce(reply, outcome);
    },
  );
}

/** Throws RELOCATION_SITE_BOTH, RELOCATION_SITE. */
async function demandSites(
  tx: Queryable,
  affected: readonly string[],
  replacements: readonly string[],
): Promise<void> {
  if (affected.some((id) => replacements.includes(id))) throw new ProductError('RELOCATION_SITE_BOTH');
  const [unseen] = await unseenSites(tx, [...affected, ...replacements]);
  if (unseen !== undefined) throw new ProductError('RELOCATION_SITE', { id: unseen });
}
