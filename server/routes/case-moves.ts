// Cases through their states, one or many with a preview. The machine of the engine says beforehand what would be refused and why; the
// database refuses the rest. What follows from claims, batches and relocations is not moved here.
import {
  type BulkCaseMoveResultJson,
  bulkCaseMoveResultSchema,
  bulkCaseMoveSchema,
  type CaseChangesJson,
  type CaseJson,
  caseDetailSchema,
  caseMoveSchema,
  staleCaseSchema,
} from '../contract/cases.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadCases, moveCases } from '../store/cases.ts';
import type { Queryable } from '../store/store.ts';
import { caseOf, demandSeen, detailOfCase, refusalOfCaseMove, staleCase } from './case-parts.ts';
import { type MoveRefusal, versionOfRequest, versionsOf } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const tags = ['cases'];
/** Which permission a move needs depends on the move: the machine asks for it. */
const move = { access: 'case:read' } as const;

export function caseMoveRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.post(
    '/api/cases/:id/moves',
    {
      config: move,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: caseMoveSchema,
        response: { ...replies(caseDetailSchema), 412: replies(staleCaseSchema)[200] },
      },
    },
    async (request, reply) => {
      const { to, reason = '', fields = {} } = request.body;
      const version = versionOfRequest(request);
      const { principal } = signedInPerson(request);
      const { id } = request.params;
      const outcome = await onceOnly(request, store, reason, async (tx) => {
        const found = await caseOf(tx, id);
        if (found.version !== version)
          return { status: 412, body: staleCase(request, detailOfCase(principal, found)) };
        const refusal = refusalOfCaseMove(principal, found, to, fields, reason);
        if (refusal) throw new ProductError(refusal.code, refusal.values);
        await demandSeen(tx, fields);
        await moveCases(tx, [found], to, fields);
        return { status: 200, body: detailOfCase(principal, await caseOf(tx, id)) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/cases/moves',
    {
      config: move,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: bulkCaseMoveSchema,
        response: replies(bulkCaseMoveResultSchema),
      },
    },
    async (request, reply) => {
      const { rows, to, reason = '', fields = {}, dryRun, skipRefused = false } = request.body;
      const seen = versionsOf(rows);
      const { principal } = signedInPerson(request);
      const judge = async (tx: Queryable) =>
        judgeMoves(seen, await loadCases(tx, [...seen.keys()]), (found) =>
          refusalOfCaseMove(principal, found, to, fields, reason),
        );
      if (dryRun) {
        const { allowed, refused } = await judge(storeOfRequest(request, store));
        return { dryRun, moved: allowed.length, refused };
      }
      const outcome = await onceOnly(request, store, reason, async (tx) => {
        const { allowed, refused } = await judge(tx);
        if (refused.length > 0 && !skipRefused)
          throw new ProductError('CASE_MOVES_REFUSED', { refused: refused.length });
        await demandSeen(tx, fields);
        await moveCases(tx, allowed, to, fields satisfies CaseChangesJson);
        return { status: 200, body: { dryRun, moved: allowed.length, refused } };
      });
      return sendOnce(reply, outcome);
    },
  );
}

function judgeMoves(
  seen: ReadonlyMap<string, number>,
  found: readonly CaseJson[],
  refusalOf: (found: CaseJson) => MoveRefusal | null,
): { readonly allowed: CaseJson[]; readonly refused: BulkCaseMoveResultJson['refused'] } {
  const known = new Map(found.map((one) => [one.id, one]));
  const allowed: CaseJson[] = [];
  const refused: BulkCaseMoveResultJson['refused'] = [];
  for (const [id, version] of seen) {
    const one = known.get(id);
    const refusal: MoveRefusal | null = !one
      ? { code: 'CASE_UNKNOWN', values: { id } }
      : one.version === version
        ? refusalOf(one)
        : { code: 'CASE_STALE', values: {} };
    if (one && !refusal) allowed.push(one);
    if (!refusal) continue;
    const { code, message, hint } = describeCode(refusal.code, refusal.values);
    const { number = null, siteName = null, state = null } = one ?? {};
    refused.push({ id, number, siteName, state, refusal: code, message, hint });
  }
  return { allowed, refused };
}
