// Target areas through their states, one or many at once, what was approved of them, and their history; and how those of a plan stood when
// it was made. The machine of the engine says beforehand what would be refused and why; the database refuses the rest.
import {
  type AreaMovesResultJson,
  areaApprovalsSchema,
  areaHistorySchema,
  areaJsonSchema,
  areaMoveSchema,
  areaMovesResultSchema,
  areaMovesSchema,
  planAreasSchema,
  staleAreaSchema,
} from '../contract/areas.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { loadAreaApprovals, loadPlanAreas, moveAreas } from '../store/area-approvals.ts';
import { type AreaRow, loadAreaRows } from '../store/areas.ts';
import { loadHistory } from '../store/histories.ts';
import { areaOf, refusalOfStep, staleArea, writtenArea } from './area-parts.ts';
import { type MoveRefusal, versionOfRequest } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const tags = ['areas'];
/** Which permission a step needs is the machine's word. */
const read = { access: 'area:read' } as const;

export function areaMoveRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.post(
    '/api/areas/:id/moves',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: areaMoveSchema,
        response: { ...replies(areaJsonSchema), 412: replies(staleAreaSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { to, reason = '', documentNo = '' } = request.body;
      const outcome = await onceOnly(request, store, reason, async (tx) => {
        const area = await areaOf(tx, id);
        if (area.version !== version) return { status: 412, body: staleArea(request.id, area) };
        const refusal = refusalOfStep(area, to, reason);
        if (refusal) throw new ProductError(refusal.code, refusal.values);
        const moved = await moveAreas(tx, [area], { to, documentNo });
        return writtenArea(tx, request.id, area, moved === 1);
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/areas/moves',
    {
      config: read,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: areaMovesSchema,
        response: replies(areaMovesResultSchema),
      },
    },
    async (request, reply) => {
      const { rows, to, reason = '', documentNo = '', dryRun, skipRefused = false } = request.body;
      const outcome = await onceOnly(request, store, reason, async (tx) => {
        const found = await loadAreaRows(
          tx,
          rows.map(({ id }) => id),
        );
        const { allowed, refused } = judgeAll(rows, found, (area) => refusalOfStep(area, to, reason));
        if (!dryRun && refused.length > 0 && !skipRefused)
          throw new ProductError('AREA_MOVES_REFUSED', { refused: refused.length });
        if (!dryRun && allowed.length > 0) {
          const moved = await moveAreas(tx, allowed, { to, documentNo });
          // somebody was faster with one of them: as they are now, it would be refused
          if (moved !== allowed.length)
            throw new ProductError('AREA_MOVES_REFUSED', { refused: allowed.length - moved });
        }
        return { status: 200, body: { dryRun, moved: allowed.length, refused } };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/areas/:id/approvals',
    { config: read, schema: { tags, params: idParams, response: replies(areaApprovalsSchema) } },
    async ({ params: { id }, store: mine }) => {
      await areaOf(mine, id);
      return { approvals: await loadAreaApprovals(mine, id) };
    },
  );

  app.get(
    '/api/areas/:id/timeline',
    { config: read, schema: { tags, params: idParams, response: replies(areaHistorySchema) } },
    async ({ params: { id }, store: mine }) => {
      await areaOf(mine, id);
      return { records: await loadHistory(mine, 'area_history', id) };
    },
  );

  app.get(
    '/api/plans/:id/areas',
    {
      config: { access: 'plan:read' },
      schema: { tags, params: idParams, response: replies(planAreasSchema) },
    },
    async ({ params: { id }, store: mine }) => {
      const found = await loadPlanAreas(mine, id);
      if (!found) throw new ProductError('PLAN_UNKNOWN', { id });
      return found;
    },
  );
}

interface Asked {
  readonly id: string;
  readonly version: number;
}

/** Each area once, as it was first named. */
function judgeAll(
  asked: readonly Asked[],
  found: readonly AreaRow[],
  refusalOf: (area: AreaRow) => MoveRefusal | null,
): { readonly allowed: AreaRow[]; readonly refused: AreaMovesResultJson['refused'] } {
  const known = new Map(found.map((area) => [area.id, area]));
  const allowed: AreaRow[] = [];
  const refused: AreaMovesResultJson['refused'] = [];
  for (const [id, version] of new Map(asked.map((one) => [one.id, one.version]))) {
    const area = known.get(id);
    const refusal: MoveRefusal | null =
      area === undefined
        ? { code: 'AREA_UNKNOWN', values: { id } }
        : area.version === version
          ? refusalOf(area)
          : { code: 'AREA_STALE', values: {} };
    if (area && !refusal) allowed.push(area);
    if (!refusal) continue;
    const { code, message, hint } = describeCode(refusal.code, refusal.values);
    const { name = null, state = null } = area ?? {};
    refused.push({ id, name, state, version: area?.version ?? null, refusal: code, message, hint });
  }
  return { allowed, refused };
}
