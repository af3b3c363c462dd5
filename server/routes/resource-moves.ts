// Resources through their states: one, many with a preview, and candidates of the plans taken over into the library. The machine of
// the engine says beforehand what would be refused and why; the database refuses the rest. Every act happens once for its key, on rows
// as they were looked at.
import type { FastifyRequest } from 'fastify';
import {
  type BulkConfirmJson,
  type BulkMoveResultJson,
  bulkConfirmSchema,
  bulkMoveResultSchema,
  bulkMoveSchema,
  resourceJsonSchema,
  resourceMoveSchema,
  staleResourceSchema,
  takeOverResultSchema,
  takeOverSchema,
} from '../contract/resources.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { type OnceOutcome, onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import {
  confirmResources,
  countForTakeOver,
  loadMovable,
  type MovableResource,
  moveResources,
  takeOverSites,
} from '../store/resources.ts';
import { raiseRevision } from '../store/save-rows.ts';
import type { Queryable } from '../store/store.ts';
import {
  type MoveRefusal,
  refusalOfMove,
  resourceOf,
  staleResource,
  versionOfRequest,
  versionsOf,
} from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const tags = ['resources'];
/** Which permission a move needs depends on the move: the machine asks for it. */
const move = { access: 'resource:read' } as const;

export function resourceMoveRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.post(
    '/api/resources/:id/moves',
    {
      config: move,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: resourceMoveSchema,
        response: { ...replies(resourceJsonSchema), 412: replies(staleResourceSchema)[200] },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { to, reason = '' } = request.body;
      const version = versionOfRequest(request);
      const { principal } = signedInPerson(request);
      const outcome = await onceOnly(request, store, reason, async (tx) => {
        const [found] = await loadMovable(tx, [id]);
        if (!found) throw new ProductError('RESOURCE_UNKNOWN', { id });
        if (version !== found.version)
          return { status: 412, body: staleResource(request, await resourceOf(tx, id)) };
        const refusal = refusalOfMove(principal, found, to, reason);
        if (refusal) throw new ProductError(refusal.code, refusal.values);
        await moveResources(tx, [found], to);
        return { status: 200, body: await resourceOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );

  /** Judged, and unless it is only looked at, done once for its key; nothing is done when one is refused and none may be left out. */
  const doToMany = async (
    request: FastifyRequest<{ Body: BulkConfirmJson }>,
    refusalOf: (resource: MovableResource) => MoveRefusal | null,
    work: (tx: Queryable, allowed: readonly MovableResource[]) => Promise<void>,
  ): Promise<OnceOutcome> => {
    const { rows, reason = '', dryRun, skipRefused = false } = request.body;
    const seen = versionsOf(rows);
    const judge = async (tx: Queryable) => judgeAll(seen, await loadMovable(tx, [...seen.keys()]), refusalOf);
    if (dryRun) {
      const { allowed, refused } = await judge(storeOfRequest(request, store, reason));
      return { status: 200, body: { dryRun, moved: allowed.length, refused }, replayed: false };
    }
    return onceOnly(request, store, reason, async (tx) => {
      const { allowed, refused } = await judge(tx);
      if (refused.length > 0 && !skipRefused)
        throw new ProductError('RESOURCE_MOVES_REFUSED', { refused: refused.length });
      await work(tx, allowed);
      return { status: 200, body: { dryRun, moved: allowed.length, refused } };
    });
  };
  const ofMany = { tags, headers: onceHeadersSchema, response: replies(bulkMoveResultSchema) };

  app.post(
    '/api/resources/moves',
    { config: move, schema: { ...ofMany, body: bulkMoveSchema } },
    async (request, reply) => {
      const { to, reason = '' } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await doToMany(
        request,
        (resource) => refusalOfMove(principal, resource, to, reason),
        (tx, allowed) => moveResources(tx, allowed, to),
      );
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/resources/confirmations',
    { config: { access: 'resource:confirm' }, schema: { ...ofMany, body: bulkConfirmSchema } },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const outcome = await doToMany(
        request,
        (resource) => refusalOfConsent(principal, resource),
        confirmResources,
      );
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/resources/take-over',
    {
      config: { access: 'resource:create' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: takeOverSchema,
        response: replies(takeOverResultSchema),
      },
    },
    async (request, reply) => {
      const { siteIds = null, districtCode = null, dryRun } = request.body;
      if (dryRun) {
        const { fit, held, unfit } = await countForTakeOver(
          storeOfRequest(request, store),
          siteIds,
          districtCode,
        );
        return { dryRun, taken: fit, held, unfit };
      }
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const { fit, held, unfit } = await countForTakeOver(tx, siteIds, districtCode);
        if (fit === 0) return { status: 200, body: { dryRun, taken: fit, held, unfit } };
        const taken = await takeOverSites(tx, siteIds, districtCode);
        await raiseRevision(tx, 'sites');
        await writeAudit(tx, {
          action: 'take-over',
          object: 'resource',
          objectId: null,
          after: { taken, districtCode, siteIds: siteIds?.length ?? null },
        });
        return { status: 200, body: { dryRun, taken, held, unfit } };
      });
      return sendOnce(reply, outcome);
    },
  );
}

/** Null: the person may consent, and has not yet. */
function refusalOfConsent(principal: Principal, resource: MovableResource): MoveRefusal | null {
  if (!permissionsOnRow(principal, resource).has('resource:confirm'))
    return { code: 'PERMISSION_DENIED', values: {} };
  if (resource.state === '退出') return { code: 'RESOURCE_LEFT', values: {} };
  return resource.confirmed ? { code: 'RESOURCE_CONFIRMED', values: {} } : null;
}

function judgeAll(
  seen: ReadonlyMap<string, number>,
  found: readonly MovableResource[],
  refusalOf: (resource: MovableResource) => MoveRefusal | null,
): { readonly allowed: MovableResource[]; readonly refused: BulkMoveResultJson['refused'] } {
  const known = new Map(found.map((resource) => [resource.id, resource]));
  const allowed: MovableResource[] = [];
  const refused: BulkMoveResultJson['refused'] = [];
  for (const [id, version] of seen) {
    const resource = known.get(id);
    const refusal = resource
      ? resource.version === version
        ? refusalOf(resource)
        : ({ code: 'RESOURCE_STALE', values: {} } as const)
      : ({ code: 'RESOURCE_UNKNOWN', values: { id } } as const);
    if (resource && !refusal) allowed.push(resource);
    if (!refusal) continue;
    const { code: word, message, hint } = describeCode(refusal.code, refusal.values);
    const { code = null, name = null, state = null } = resource ?? {};
    refused.push({ id, code, name, state, refusal: word, message, hint });
  }
  return { allowed, refused };
}
