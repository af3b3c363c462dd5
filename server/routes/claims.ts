// Claims (认领): found by page, looked at with what else could serve, made alone or many with a preview, asked for by operators. Every
// making call happens once for its key; who loses is told by which rule and keeps that as a claim of its own.

import { type ClaimReason, compareClaims, openClaimStates } from '../../engine/index.ts';
import { historySchema } from '../contract/audit.ts';
import {
  type BulkClaimJson,
  type BulkClaimResultJson,
  bulkClaimResultSchema,
  bulkClaimSchema,
  type ClaimDetailJson,
  claimCountsQuerySchema,
  claimCountsSchema,
  claimDetailSchema,
  claimLostSchema,
  claimMadeSchema,
  claimPageSchema,
  claimQuerySchema,
  newClaimSchema,
} from '../contract/claims.ts';
import { describeCode, describeError, ProductError } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { countClaimStates, loadClaimPage, loadClaimsAround, lockResources } from '../store/claims.ts';
import { loadHistory } from '../store/histories.ts';
import type { OnceAnswer } from '../store/once-keys.ts';
import type { Queryable } from '../store/store.ts';
import { claimFiltersOf, claimRowOf, claimSeenBy, pricePreview, substitutesFor } from './claim-parts.ts';
import { explainClaim } from './claim-words.ts';
import { askForClaim, type MadeClaim, makeClaim } from './make-claim.ts';
import { created, idParams, replies } from './route-parts.ts';

const tags = ['claims'];
const read = { access: 'claim:read' } as const;
const making = {
  tags,
  headers: onceHeadersSchema,
  body: newClaimSchema,
  response: { ...created(claimMadeSchema), 409: replies(claimLostSchema)[200] },
};

export function claimRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/claims',
    { config: read, schema: { tags, querystring: claimQuerySchema, response: replies(claimPageSchema) } },
    async (request) => {
      const { page = 1, pageSize = 50, ...query } = request.query;
      const { principal } = signedInPerson(request);
      const filters = { ...claimFiltersOf(query, principal), sort: query.sort, order: query.order };
      const found = await loadClaimPage(storeOfRequest(request, store), { ...filters, page, pageSize });
      const claims = found.claims.map((row) => claimSeenBy(principal, row));
      return { claims, total: found.total, page, pageSize };
    },
  );

  app.get(
    '/api/claims/counts',
    {
      config: read,
      schema: { tags, querystring: claimCountsQuerySchema, response: replies(claimCountsSchema) },
    },
    async (request) => {
      const filters = claimFiltersOf(request.query, signedInPerson(request).principal);
      return countClaimStates(storeOfRequest(request, store), filters);
    },
  );

  app.get(
    '/api/claims/:id',
    { config: read, schema: { tags, params: idParams, response: replies(claimDetailSchema) } },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const detail = await storeOfRequest(request, store).transaction((tx) =>
        detailOf(tx, principal, request.params.id),
      );
      reply.header('etag', `"${detail.claim.version}"`);
      return detail;
    },
  );

  app.get(
    '/api/claims/:id/history',
    { config: read, schema: { tags, params: idParams, response: replies(historySchema) } },
    async (request) =>
      storeOfRequest(request, store).transaction(async (tx) => {
        await claimRowOf(tx, request.params.id);
        return { records: await loadHistory(tx, 'claim_history', request.params.id) };
      }),
  );

  app.post('/api/claims', { config: { access: 'claim:create' }, schema: making }, async (request, reply) => {
    const { principal } = signedInPerson(request);
    return sendOnce(
      reply,
      await onceOnly(request, store, request.body.note ?? '', async (tx) =>
        answerOf(tx, principal, request.id, await makeClaim(tx, principal, request.body)),
      ),
    );
  });

  app.post(
    '/api/claims/requests',
    { config: { access: 'claim:request' }, schema: making },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      return sendOnce(
        reply,
        await onceOnly(request, store, request.body.note ?? '', async (tx) =>
          answerOf(tx, principal, request.id, await askForClaim(tx, principal, request.body)),
        ),
      );
    },
  );

  app.post(
    '/api/claims/bulk',
    {
      config: { access: 'claim:create' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: bulkClaimSchema,
        response: replies(bulkClaimResultSchema),
      },
    },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const { claims, dryRun, skipRefused = false } = request.body;
      if (dryRun)
        return undone(storeOfRequest(request, store).transaction, (tx) =>
          claimMany(tx, principal, request.body),
        );
      return sendOnce(
        reply,
        await onceOnly(request, store, '', async (tx) => {
          const result = await claimMany(tx, principal, { claims, dryRun });
          if (result.refused > 0 && !skipRefused)
            throw new ProductError('CLAIM_BULK_REFUSED', { refused: result.refused });
          return { status: 200, body: result };
        }),
      );
    },
  );
}

/** What a making call is answered: 201 with the claim, or 409 with the rule, the lost claim and what else could serve. */
async function answerOf(
  tx: Queryable,
  principal: Principal,
  requestId: string,
  { outcome, claim: row, resource, reason }: MadeClaim,
): Promise<OnceAnswer> {
  const claim = claimSeenBy(principal, row);
  if (outcome !== 'refused') return { status: 201, body: { outcome, claim } };
  const substitutes = await substitutesFor(tx, resource.id, row);
  const { rule, zh, en } = wordsOf(reason);
  const refusal = describeCode('CLAIM_REFUSED', { rule, why: { zh, en } });
  return { status: 409, body: { ...replyOf(requestId, refusal), claim, substitutes } };
}

function wordsOf(reason: ClaimReason | null) {
  const words = reason && explainClaim(reason.rule, reason.facts);
  if (!words) throw new RangeError('answerOf: expected the rule of a refusal');
  return words;
}

async function detailOf(tx: Queryable, principal: Principal, id: string): Promise<ClaimDetailJson> {
  const row = await claimRowOf(tx, id);
  const { resource, operators, state } = row;
  const { costCny, discounts, standing } = await loadClaimsAround(tx, resource.id);
  const isOver = !openClaimStates.includes(state);
  return {
    claim: claimSeenBy(principal, row),
    substitutes: isOver ? await substitutesFor(tx, resource.id, row) : [],
    price: pricePreview(costCny, standing, operators, discounts),
    others: standing
      .filter((other) => other.id !== id && other.id !== '')
      .sort((a, b) => compareClaims(a, b).order)
      .map(({ company, state: otherState, slots, until, ...other }) => ({
        id: other.id,
        company,
        operators: [...other.operators],
        state: otherState,
        slots,
        until,
      })),
  };
}

/** In the order of their resources, which is that of the locks; answered in the order in which they were asked. */
async function claimMany(
  tx: Queryable,
  principal: Principal,
  { claims, dryRun }: Pick<BulkClaimJson, 'claims' | 'dryRun'>,
): Promise<BulkClaimResultJson> {
  const ids = claims.flatMap(({ resourceId }) => (resourceId === undefined ? [] : [resourceId]));
  const siteIds = claims.flatMap(({ siteId }) => (siteId === undefined ? [] : [siteId]));
  await lockResources(tx, ids, siteIds);
  const items: BulkClaimResultJson['items'] = [];
  for (const [index, wanted] of claims.entries()) items.push(await claimOne(tx, principal, wanted, index));
  const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length;
  return { dryRun, held: count('held'), waits: count('waits'), refused: count('refused'), items };
}

async function claimOne(
  tx: Queryable,
  principal: Principal,
  wanted: BulkClaimJson['claims'][number],
  index: number,
): Promise<BulkClaimResultJson['items'][number]> {
  try {
    const made = await makeClaim(tx, principal, wanted, true);
    const { outcome, claim, resource, reason, price, warnings } = made;
    if (outcome === 'asked') throw new RangeError('claimOne: expected a claim, got a request');
    const { until, explanation } = claimSeenBy(principal, claim);
    return {
      index,
      outcome,
      claimId: claim.id,
      resourceId: resource.id,
      code: resource.code,
      name: resource.name,
      refusal: null,
      message: null,
      explanation: reason && explanation,
      price,
      warnings: [...warnings],
      until,
    };
  } catch (error) {
    // refused before anything was written, so the others go on
    if (!(error instanceof ProductError)) throw error;
    const { code, message } = describeError(error);
    const { resourceId = null } = wanted;
    return {
      index,
      outcome: 'refused',
      claimId: null,
      resourceId,
      code: null,
      name: null,
      refusal: code,
      message,
      explanation: null,
      price: null,
      warnings: [],
      until: null,
    };
  }
}

class Undone extends Error {}

/** What a transaction would do, without doing it. */
async function undone<T>(
  transaction: (work: (tx: Queryable) => Promise<never>) => Promise<never>,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const seen: { result?: T } = {};
  await transaction(async (tx) => {
    seen.result = await work(tx);
    throw new Undone();
  }).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return seen.result as T; // work ran to its end, or its error was thrown
}
