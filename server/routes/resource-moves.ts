// Resources through their states: one, many with a preview, and candidates of the plans taken over into the library. The machine of
// the engine says beforehand what would be refused and why; the database refuses the rest.
import { versionHeadersSchema } from '../contract/people.ts';
import {
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
import {
  answered,
  type MoveRefusal,
  refusalOfMove,
  resourceOf,
  staleReply,
  versionOfRequest,
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
        headers: versionHeadersSchema,
        body: resourceMoveSchema,
        response: { ...replies(resourceJsonSchema), 412: replies(staleResourceSchema)[200] },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { to, reason = '' } = request.body;
      const version = request.headers['if-match'] === undefined ? null : versionOfRequest(request);
      const { principal } = signedInPerson(request);
      const { resource, stale } = await storeOfRequest(request, store, reason).transaction(async (tx) => {
        const [found] = await loadMovable(tx, [id]);
        if (!found) throw new ProductError('RESOURCE_UNKNOWN', { id });
        const seen = version === null || version === found.version;
        if (seen) {
          const refusal = refusalOfMove(principal, found, to, reason);
          if (refusal) throw new ProductError(refusal.code, refusal.values);
          await moveResources(tx, [found], to);
        }
        return { resource: await resourceOf(tx, id), stale: !seen };
      });
      return stale ? staleReply(request, reply, resource) : answered(reply, resource);
    },
  );

  app.post(
    '/api/resources/moves',
    { config: move, schema: { tags, body: bulkMoveSchema, response: replies(bulkMoveResultSchema) } },
    async (request) => {
      const { ids, to, reason = '', dryRun, skipRefused = false } = request.body;
      const { principal } = signedInPerson(request);
      return storeOfRequest(request, store, reason).transaction(async (tx) => {
        const found = await loadMovable(tx, ids);
        const { allowed, refused } = judgeAll(ids, found, (resource) =>
          refusalOfMove(principal, resource, to, reason),
        );
        if (dryRun) return { dryRun, moved: allowed.length, refused };
        if (refused.length > 0 && !skipRefused)
          throw new ProductError('RESOURCE_MOVES_REFUSED', { refused: refused.length });
        await moveResources(tx, allowed, to);
        return { dryRun, moved: allowed.length, refused };
      });
    },
  );

  app.post(
    '/api/resources/confirmations',
    {
      config: { access: 'resource:confirm' },
      schema: { tags, body: bulkConfirmSchema, response: replies(bulkMoveResultSchema) },
    },
    async (request) => {
      const { ids, reason = '', dryRun, skipRefused = false } = request.body;
      const { principal } = signedInPerson(request);
      return storeOfRequest(request, store, reason).transaction(async (tx) => {
        const found = await loadMovable(tx, ids);
        const { allowed, refused } = judgeAll(ids, found, (resource) =>
          refusalOfConsent(principal, resource),
        );
        if (!dryRun && refused.length > 0 && !skipRefused)
          throw new ProductError('RESOURCE_MOVES_REFUSED', { refused: refused.length });
        if (!dryRun) await confirmResources(tx, allowed);
        return { dryRun, moved: allowed.length, refused };
      });
    },
  );

  app.post(
    '/api/resources/take-over',
    {
      config: { access: 'resource:create' },
      schema: { tags, body: takeOverSchema, response: replies(takeOverResultSchema) },
    },
    async (request) => {
      const { siteIds = null, districtCode = null, dryRun } = request.body;
      return storeOfRequest(request, store).transaction(async (tx) => {
        const { fit, held, unfit } = await countForTakeOver(tx, siteIds, districtCode);
        if (dryRun || fit === 0) return { dryRun, taken: fit, held, unfit };
        const taken = await takeOverSites(tx, siteIds, districtCode);
        await raiseRevision(tx, 'sites');
        await writeAudit(tx, {
          action: 'take-over',
          object: 'resource',
          objectId: null,
          after: { taken, districtCode, siteIds: siteIds?.length ?? null },
        });
        return { dryRun, taken, held, unfit };
      });
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
  ids: readonly string[],
  found: readonly MovableResource[],
  refusalOf: (resource: MovableResource) => MoveRefusal | null,
): { readonly allowed: MovableResource[]; readonly refused: BulkMoveResultJson['refused'] } {
  const known = new Map(found.map((resource) => [resource.id, resource]));
  const allowed: MovableResource[] = [];
  const refused: BulkMoveResultJson['refused'] = [];
  for (const id of ids) {
    const resource = known.get(id);
    const refusal = resource ? refusalOf(resource) : ({ code: 'RESOURCE_UNKNOWN', values: { id } } as const);
    if (resource && !refusal) allowed.push(resource);
    if (!refusal) continue;
    const { code: word, message, hint } = describeCode(refusal.code, refusal.values);
    const { code = null, name = null, state = null } = resource ?? {};
    refused.push({ id, code, name, state, refusal: word, message, hint });
  }
  return { allowed, refused };
}
