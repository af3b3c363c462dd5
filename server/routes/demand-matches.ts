// Matching: ranked candidates of one demand, the best of many at once, taking one, and demands that say the same thing twice. The ranking
// is the engine's; nothing that a rule blocks is taken.
import { type Match, matchResources } from '../../engine/index.ts';
import {
  type BulkMatchResultJson,
  bulkMatchResultSchema,
  bulkMatchSchema,
  demandJsonSchema,
  duplicatesQuerySchema,
  duplicatesSchema,
  type MatchJson,
  matchListSchema,
  matchQuerySchema,
  mergeSchema,
  staleDemandSchema,
  takeMatchSchema,
} from '../contract/demands.ts';
import { ProductError } from '../errors.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { type DemandCandidates, loadCandidates, loadMatchRules } from '../store/demand-matches.ts';
import {
  type ChosenMatch,
  loadDemandIds,
  loadDuplicates,
  mergeDemands,
  moveDemand,
  takeMatches,
} from '../store/demands.ts';
import type { Queryable } from '../store/store.ts';
import { demandFiltersOf, demandMoveOrThrow, demandOf, demandOutcome, staleDemand } from './demand-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const DEFAULT_MATCHES = 50;
const MOST_AT_ONCE = 1000;
const DEMANDS_PER_QUERY = 100;
const MOST_PAIRS = 500;
const tags = ['demands'];
const read = { access: 'demand:read' } as const;
const update = { access: 'demand:update' } as const;

export function demandMatchRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/demands/:id/matches',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: matchQuerySchema,
        response: replies(matchListSchema),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { all, most = DEFAULT_MATCHES } = request.query;
      const mine = storeOfRequest(request, store);
      const rules = await loadMatchRules(mine);
      const found = await candidatesOf(mine, id, all !== undefined);
      const ranked = matchResources(found.demand, found.candidates, rules);
      return {
        demandId: id,
        version: found.demand.version,
        matches: shownMatches(found, ranked.slice(0, most)),
        total: ranked.length,
        free: ranked.filter(isFree).length,
        plan: found.demand.plan,
        rules: [...rules],
      };
    },
  );

  app.post(
    '/api/demands/:id/match',
    {
      config: update,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: takeMatchSchema,
        response: { ...replies(demandJsonSchema), 412: replies(staleDemandSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { resourceId, reason = '' } = request.body;
      const { principal } = signedInPerson(request);
      return sendOnce(
        reply,
        await onceOnly(request, store, reason, async (tx) => {
          const before = await demandOf(tx, id);
          if (before.version !== version) return { status: 412, body: staleDemand(request, before) };
          // another resource for what is matched already changes the choice, not the state
          if (before.state !== '已匹配')
            demandMoveOrThrow(principal, { ...before, resourceId }, '已匹配', reason);
          const found = await candidatesOf(tx, id, true);
          const match = matchResources(found.demand, found.candidates).find((one) => one.id === resourceId);
          if (!match) throw new ProductError('DEMAND_MATCH_OUTSIDE', { radius: found.demand.searchRadiusM });
          if (!isFree(match))
            throw new ProductError('DEMAND_MATCH_BLOCKED', { rules: match.blockedBy.join(', ') });
          const done = await moveDemand(tx, id, version, '已匹配', resourceId);
          const { demand, stale } = await demandOutcome(tx, id, version, done);
          return stale ? { status: 412, body: staleDemand(request, demand) } : { status: 200, body: demand };
        }),
      );
    },
  );

  app.post(
    '/api/demands/matches',
    {
      config: update,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: bulkMatchSchema,
        response: replies(bulkMatchResultSchema),
      },
    },
    async (request, reply) => {
      const { filters, dryRun } = request.body;
      const query = { ...demandFiltersOf(filters), states: ['新建'] };
      if (dryRun) return matchMany(storeOfRequest(request, store), query, true);
      return sendOnce(
        reply,
        await onceOnly(request, store, '', async (tx) => ({
          status: 200,
          body: await matchMany(tx, query, false),
        })),
      );
    },
  );

  app.get(
    '/api/demands/duplicates',
    {
      config: read,
      schema: { tags, querystring: duplicatesQuerySchema, response: replies(duplicatesSchema) },
    },
    async (request) =>
      loadDuplicates(storeOfRequest(request, store), request.query.demandId ?? null, MOST_PAIRS),
  );

  app.post(
    '/api/demands/merge',
    {
      config: update,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: mergeSchema,
        response: { ...replies(demandJsonSchema), 412: replies(staleDemandSchema)[200] },
      },
    },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const { keep, merge, reason = '' } = request.body;
      if (rowScopeOf(principal, 'demand:update') === 'own') throw new ProductError('PERMISSION_DENIED');
      return sendOnce(
        reply,
        await onceOnly(request, store, reason, async (tx) => {
          for (const { id, version } of [keep, ...merge]) {
            const demand = await demandOf(tx, id);
            if (demand.version !== version) return { status: 412, body: staleDemand(request, demand) };
            if (id === keep.id && demand.state !== '新建' && demand.state !== '已匹配')
              throw new ProductError('DEMAND_MERGE_STATE', { state: demand.state });
            if (id !== keep.id) demandMoveOrThrow(principal, demand, '已取消', reason);
          }
          const ids = new Set([keep.id, ...merge.map(({ id }) => id)]);
          if (ids.size <= merge.length) throw new ProductError('DEMAND_MERGE_SAME');
          if (!(await mergeDemands(tx, keep, merge))) throw new ProductError('PERMISSION_DENIED');
          return { status: 200, body: await demandOf(tx, keep.id) };
        }),
      );
    },
  );
}

const isFree = ({ blockedBy }: Match): boolean => blockedBy.length === 0;

async function candidatesOf(db: Queryable, id: string, all: boolean): Promise<DemandCandidates> {
  const [found] = await loadCandidates(db, [id], all);
  if (!found) throw new ProductError('DEMAND_UNKNOWN', { id });
  return found;
}

function shownMatches({ rows }: DemandCandidates, ranked: readonly Match[]): MatchJson[] {
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return ranked.map(({ id, distanceM, score, reasons, blockedBy }, index) => {
    const { id: resourceId, structureCheck: _check, position, ...row } = rowOf.get(id)!; // ranked rows are of these
    return {
      ...row,
      resourceId,
      position: [...position],
      rank: index + 1,
      distanceM,
      score,
      reasons: [...reasons],
      blockedBy: [...blockedBy],
    };
  });
}

/**
 * The most pressing first, a hundred to a query, so that one call never holds the service up. What goes before takes the places of a
 * resource from what comes after: two demands are not sent to the last place of one pole.
 */
async function matchMany(
  db: Queryable,
  query: Parameters<typeof loadDemandIds>[1],
  dryRun: boolean,
): Promise<BulkMatchResultJson> {
  const rules = await loadMatchRules(db);
  const { ids, total } = await loadDemandIds(db, query, MOST_AT_ONCE);
  const rows: BulkMatchResultJson['rows'] = [];
  const chosen: ChosenMatch[] = [];
  const stationsAt = new Map<string, number>();
  for (let from = 0; from < ids.length; from += DEMANDS_PER_QUERY) {
    for (const found of await loadCandidates(db, ids.slice(from, from + DEMANDS_PER_QUERY), false)) {
      const { id, code, name, operator, version, stations } = found.demand;
      const ranked = matchResources(found.demand, found.candidates, rules);
      const free = ranked.filter(isFree);
      const rowOf = new Map(found.rows.map((row) => [row.id, row]));
      const hasPlace = (match: Match): boolean => {
        const held = stationsAt.get(match.id) ?? 0;
        return held === 0 || held + stations <= (rowOf.get(match.id)?.slotsFree ?? 1);
      };
      const match = free.find(hasPlace);
      const row = match && rowOf.get(match.id);
      if (match) {
        stationsAt.set(match.id, (stationsAt.get(match.id) ?? 0) + stations);
        chosen.push({ id, version, resourceId: match.id });
      }
      rows.push({
        demandId: id,
        code,
        name,
        operator,
        candidates: ranked.length,
        free: free.length,
        best:
          match && row
            ? {
                resourceId: match.id,
                code: row.code,
                name: row.name,
                distanceM: match.distanceM,
                score: match.score,
              }
            : null,
      });
    }
  }
  if (!dryRun) await takeMatches(db, chosen);
  return { dryRun, demands: rows.length, left: total - ids.length, matched: chosen.length, rows };
}
