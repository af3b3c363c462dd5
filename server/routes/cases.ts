// Cases of sites: pages with filters, one case with what may be done to it, opened from a site, a demand or a plan, what is filled in
// on the way, and what became of it.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CaseState, lastCaseStates } from '../../engine/index.ts';
import {
  type CaseChangesJson,
  type CaseDetailJson,
  caseChangesSchema,
  caseCountsSchema,
  caseDetailSchema,
  caseExportQuerySchema,
  casePageSchema,
  caseQuerySchema,
  casesFromPlanResultSchema,
  casesFromPlanSchema,
  newCaseSchema,
  type StaleCaseJson,
  staleCaseSchema,
  timelineSchema,
} from '../contract/cases.ts';
import { versionHeadersSchema } from '../contract/people.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  changeCase,
  confirmDelivery,
  countCaseStates,
  loadCasePage,
  loadPlanSites,
  openCase,
} from '../store/cases.ts';
import { loadHistory } from '../store/histories.ts';
import {
  answeredCase,
  caseOf,
  demandSeen,
  detailOfCase,
  filtersOfCases,
  refusalOfCaseDays,
  staleCase,
} from './case-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, idParams, replies } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const tags = ['cases'];
const read = { access: 'case:read' } as const;
const create = { access: 'case:create' } as const;
const changed = { ...replies(caseDetailSchema), 412: replies(staleCaseSchema)[200] };
/** Another site is another place: only while nothing hangs on it. */
const siteMayChange: readonly CaseState[] = ['需求', '候选'];

export function caseRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/cases',
    { config: read, schema: { tags, querystring: caseQuerySchema, response: replies(casePageSchema) } },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const mine = storeOfRequest(request, store);
      return { ...(await loadCasePage(mine, { ...filtersOfCases(query), page, pageSize })), page, pageSize };
    },
  );

  app.get(
    '/api/cases/counts',
    {
      config: read,
      schema: { tags, querystring: caseExportQuerySchema, response: replies(caseCountsSchema) },
    },
    async (request) => countCaseStates(storeOfRequest(request, store), filtersOfCases(request.query)),
  );

  app.get(
    '/api/cases/:id',
    { config: read, schema: { tags, params: idParams, response: replies(caseDetailSchema) } },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const found = await caseOf(storeOfRequest(request, store), request.params.id);
      return answeredCase(reply, detailOfCase(principal, found));
    },
  );

  app.get(
    '/api/cases/:id/timeline',
    { config: read, schema: { tags, params: idParams, response: replies(timelineSchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await caseOf(tx, id);
        return { records: await loadHistory(tx, 'case_history', id) };
      });
    },
  );

  app.post(
    '/api/cases',
    {
      config: create,
      schema: { tags, headers: onceHeadersSchema, body: newCaseSchema, response: created(caseDetailSchema) },
    },
    async (request, reply) => {
      const { siteId, demandId } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await onceOnly(request, store, '', async (tx) => {
        if (siteId === undefined && demandId === undefined) throw new ProductError('CASE_NOTHING');
        await demandSeen(tx, request.body);
        const opened = await caseOf(tx, await openCase(tx, request.body));
        return { status: 201, body: detailOfCase(principal, opened) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/cases/from-plan',
    {
      config: create,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: casesFromPlanSchema,
        response: replies(casesFromPlanResultSchema),
      },
    },
    async (request, reply) => {
      const { planId, siteIds = null, operator = null, dryRun } = request.body;
      const sitesOf = async (tx: Parameters<typeof loadPlanSites>[0]) => {
        const sites = await loadPlanSites(tx, planId, siteIds, operator);
        if (!sites) throw new ProductError('PLAN_UNKNOWN', { id: planId });
        if (operator === null && !sites.named) throw new ProductError('CASE_PLAN_OPERATOR');
        return sites;
      };
      if (dryRun) {
        const { fit, held } = await sitesOf(storeOfRequest(request, store));
        return { dryRun, opened: fit.length, held };
      }
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const { fit, held } = await sitesOf(tx);
        for (const wanted of fit) await openCase(tx, { ...wanted, planId });
        return { status: 200, body: { dryRun, opened: fit.length, held } };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.patch(
    '/api/cases/:id',
    {
      // which part of a case is whose is the database's to say
      config: read,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: caseChangesSchema,
        response: changed,
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { principal } = signedInPerson(request);
      const { id } = request.params;
      const answer = await storeOfRequest(request, store).transaction(async (tx) => {
        const found = await caseOf(tx, id);
        if (found.version !== version) return { stale: true, found };
        demandChangeable(found.state, request.body);
        const refusal = refusalOfCaseDays(found, request.body);
        if (refusal) throw new ProductError(refusal.code, refusal.values);
        await demandSeen(tx, request.body);
        if (!(await changeCase(tx, id, version, request.body))) throw new ProductError('PERMISSION_DENIED');
        return { stale: false, found: await caseOf(tx, id) };
      });
      return sent(request, reply, answer.stale, detailOfCase(principal, answer.found));
    },
  );

  app.post(
    '/api/cases/:id/delivery',
    {
      config: { access: 'case:confirm' },
      schema: { tags, params: idParams, headers: onceHeadersSchema, response: changed },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { principal } = signedInPerson(request);
      const { id } = request.params;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const found = await caseOf(tx, id);
        if (found.version !== version)
          return { status: 412, body: staleCase(request, detailOfCase(principal, found)) };
        if (found.state !== '交付') throw new ProductError('CASE_NOT_DELIVERED', { state: found.state });
        if (!(await confirmDelivery(tx, id, version))) throw new ProductError('PERMISSION_DENIED');
        return { status: 200, body: detailOfCase(principal, await caseOf(tx, id)) };
      });
      return sendOnce(reply, outcome);
    },
  );
}

/** Throws CASE_CLOSED. */
function demandChangeable(state: CaseState, changes: CaseChangesJson): void {
  const isClosed =
    lastCaseStates.includes(state) || (changes.siteId !== undefined && !siteMayChange.includes(state));
  if (isClosed) throw new ProductError('CASE_CLOSED', { state });
}

function sent(
  request: Pick<FastifyRequest, 'id'>,
  reply: FastifyReply,
  stale: boolean,
  found: CaseDetailJson,
): CaseDetailJson | StaleCaseJson {
  if (!stale) return answeredCase(reply, found);
  reply.code(412);
  return staleCase(request, found);
}
