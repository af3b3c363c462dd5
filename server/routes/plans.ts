// Plans: asked for, watched, cancelled, read row by row. The computing is done by jobs.
import { Type } from 'typebox';
import {
  type ChosenConfiguration,
  encodePlanInput,
  explainSite,
  findBlocks,
  type LonLat,
  type OpenSite,
  type PlanInput,
  type SiteBlock,
  type WhyNot,
} from '../../engine/index.ts';
import type { ChosenConfigurationJson } from '../contract/configurations.ts';
import { planQuerySchema } from '../contract/plan-approval.ts';
import {
  type NewPlanJson,
  newPlanSchema,
  type PlanItemJson,
  type PlanJson,
  type PlanOperatorJson,
  type PlanSummaryJson,
  planDetailSchema,
  planItemPageSchema,
  planItemQuerySchema,
  planJsonSchema,
  planListSchema,
  planViewQuerySchema,
  type SiteCardJson,
  siteCardSchema,
  siteLinkSchema,
} from '../contract/plans.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { completeRequest } from '../jobs/complete-request.ts';
import { loadPlanInput, loadPlanInputAround } from '../jobs/load-plan-input.ts';
import { planChoiceOf } from '../jobs/plan-choice.ts';
import { hasEnded } from '../jobs/plan-jobs.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import {
  deletePlan,
  loadOperatorTotals,
  loadPlanItem,
  loadPlanItems,
  loadPlans,
  loadPlanTotals,
} from '../store/plans.ts';
import { loadReviews } from '../store/reviews.ts';
import { loadSite, type StoredSite } from '../store/sites.ts';
import type { Store } from '../store/store.ts';
import { rasterOf } from './plan-rasters.ts';
import { accepted, bytes, donePlanOf, emptied, idParams, planOf, replies } from './route-parts.ts';

const LISTED_PLANS = 500;
const DEFAULT_PAGE_SIZE = 100;
const HEARTBEAT_MS = 15_000;
const MOST_NAMED = 5;
/** More rows than any plan has. */
const MOST_ITEMS = 1_000_000;

const planReply = strictObject({ plan: planJsonSchema });
/** A request as a plan would be computed from it: reviewed refusals and the sites to stay near to written in. */
const completeReply = strictObject({ request: newPlanSchema });
const cardParams = strictObject({ id: idSchema, siteId: idSchema });
const cardQuery = strictObject({
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  ...planViewQuerySchema.properties,
});

export function planRoutes(app: App, { store: whole, jobs }: Services): void {
  const tags = ['plans'];
  const read = { access: 'plan:read' } as const;
  const create = { access: 'plan:create' } as const;
  const change = { access: 'plan:update' } as const;

  app.post(
    '/api/plans',
    {
      config: create,
      schema: { tags, headers: onceHeadersSchema, body: newPlanSchema, response: accepted(planReply) },
    },
    async (request, reply) => {
      const outcome = await onceOnly(request, whole, '', async (tx) => ({
        status: 202,
        body: { plan: await jobs.savePlan(tx, request.body) },
      }));
      jobs.start();
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/plans',
    { config: read, schema: { tags, querystring: planQuerySchema, response: replies(planListSchema) } },
    async ({ query, store }) => ({
      plans: (await loadPlans(store, LISTED_PLANS, query)).map((each) => jobs.current(each)),
    }),
  );

  app.get(
    '/api/plans/:id',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: planViewQuerySchema,
        response: replies(planDetailSchema),
      },
    },
    async ({ params: { id }, query: { operator }, store }) => {
      const found = await planOf(store, id);
      const { box, ...whole } = await loadPlanTotals(store, id);
      const { areas, districts, uncovered } =
        operator === undefined ? whole : await viewOf(store, id, operator);
      return {
        plan: jobs.current(found),
        areas: [...areas],
        districts: [...districts],
        uncovered: [...uncovered],
        box: box ? [...box] : null,
      };
    },
  );

  app.delete(
    '/api/plans/:id',
    { config: change, schema: { tags, params: idParams, response: emptied } },
    async ({ params: { id }, store }, reply) => {
      const outcome = await deletePlan(store, id);
      if (outcome === 'missing') throw new ProductError('PLAN_UNKNOWN', { id });
      if (outcome === 'running') throw new ProductError('PLAN_STILL_RUNNING');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/plans/:id/cancel',
    { config: change, schema: { tags, params: idParams, response: replies(planReply) } },
    async ({ params: { id }, store }) => {
      await planOf(store, id);
      return { plan: await jobs.cancelPlan(id, store) };
    },
  );

  app.post(
    '/api/plans/:id/enough',
    { config: change, schema: { tags, params: idParams, response: replies(planReply) } },
    async ({ params: { id }, store }) => {
      await planOf(store, id);
      return { plan: await jobs.endSearch(id) };
    },
  );

  app.get(
    '/api/plans/:id/events',
    {
      config: { ...read, rateLimit: false },
      exposeHeadRoute: false,
      schema: { tags, params: idParams, produces: ['text/event-stream'], response: bytes },
    },
    async ({ params: { id }, store }, reply) => {
      const now = jobs.current(await planOf(store, id));
      reply.hijack();
      const stream = reply.raw;
      streams.add(stream);
      stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const tell = (news: PlanJson): void => {
        stream.write(`event: ${hasEnded(news) ? news.state : 'progress'}\ndata: ${JSON.stringify(news)}\n\n`);
        if (hasEnded(news)) stream.end();
      };
      const stop = jobs.subscribe(id, tell);
      const heartbeat = setInterval(() => {
        stream.write(': still here\n\n');
        // another server on the same database may have ended it
        planOf(store, id).then(
          (later) => hasEnded(later) && !stream.writableEnded && tell(later),
          () => stream.end(),
        );
      }, HEARTBEAT_MS);
      stream.once('close', () => {
        stop();
        clearInterval(heartbeat);
        streams.delete(stream);
      });
      tell(now);
      // it may have ended between reading the row and listening
      if (!hasEnded(now)) {
        const later = await planOf(store, id).catch(() => now);
        if (hasEnded(later) && !stream.writableEnded) tell(later);
      }
    },
  );
  const streams = new Set<NodeJS.WritableStream>();
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });

  app.get(
    '/api/plans/:id/items',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: planItemQuerySchema,
        response: replies(planItemPageSchema),
      },
    },
    async ({ params: { id }, query, store }) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = query;
      await planOf(store, id);
      const { items, total } = await loadPlanItems(store, id, { ...query, page, pageSize });
      return { items: [...items], total, page, pageSize };
    },
  );

  app.get(
    '/api/plans/:id/sites/:siteId',
    {
      config: read,
      schema: { tags, params: cardParams, querystring: cardQuery, response: replies(siteCardSchema) },
    },
    async ({ params: { id, siteId }, query: { lon, lat, operator }, store }) => {
      const { site, item, configuration, costCny, whyNot, linkBudget, summary, choice } = await explained(
        store,
        whole,
        id,
        siteId,
        operator,
      );
      const budget = linkBudget(receiverOf(lon, lat));
      const { items } = whyNot ? await loadPlanItems(store, id, { pageSize: MOST_ITEMS }) : { items: [] };
      return {
        site,
        item,
        configuration: configuration && configurationJson(configuration),
        whyNot:
          whyNot &&
          whyNotJson(
            whyNot,
            summary,
            findBlocks(choice, { ...site, costCny }, items.map(openSiteOf), summary.epsg),
            insteadOf(items, siteId),
          ),
        linkBudget: budget && { ...budget, lines: [...budget.lines] },
        reviews: (await loadReviews(store, id)).filter((review) => review.siteId === siteId),
      };
    },
  );

  app.get(
    '/api/plans/:id/sites/:siteId/link-profile',
    {
      config: read,
      schema: { tags, params: cardParams, querystring: cardQuery, response: replies(siteLinkSchema) },
    },
    async ({ params: { id, siteId }, query: { lon, lat, operator }, store }) => {
      const receiver = receiverOf(lon, lat);
      const { configuration, linkProfile, exposure } = await explained(store, whole, id, siteId, operator);
      return {
        configuration: configuration && configurationJson(configuration),
        profile: linkProfile(receiver),
        exposure,
      };
    },
  );

  app.post(
    '/api/plan-requests',
    { config: create, schema: { tags, body: newPlanSchema, response: replies(completeReply) } },
    async ({ body, store }) => ({ request: await completeRequest(store, body) }),
  );

  app.post(
    '/api/plan-inputs',
    { config: create, schema: { tags, body: newPlanSchema, response: bytes } },
    async ({ body, store }, reply) => {
      const input = await loadPlanInput(store, body);
      return reply.type('application/octet-stream').send(Buffer.from(encodePlanInput(input)));
    },
  );
}

async function viewOf(store: Store, id: string, operator: string) {
  const found = await loadOperatorTotals(store, id, operator);
  if (!found) throw new ProductError('PLAN_OPERATOR_NOT_IN_PLAN', { operator });
  return found;
}

/** The site of a finished plan, looked at again with what stands around it. */
async function explained(store: Store, whole: Store, id: string, siteId: string, asked: string | undefined) {
  const done = await donePlanOf(store, id);
  const site = await loadSite(store, siteId);
  if (!site) throw new ProductError('PLAN_SITE_UNKNOWN', { id: siteId });
  const around = [...site.position, ...site.position] as const;
  const item = await loadPlanItem(store, id, siteId);
  const operator = operatorOf(done.request, item, asked);
  const request = operator ? { ...done.request, profileId: operator.profileId } : done.request;
  const input = withSite(await loadPlanInputAround(store, request, around), site);
  const choice = planChoiceOf(request);
  const { summary } = done;
  const raster = await rasterOf(whole, id, operator?.id);
  const configurationId = item?.configuration?.id ?? null;
  return { site, item, choice, summary, ...explainSite(input, choice, raster, siteId, configurationId) };
}

/** Whose station is looked at: that of the one asked for, else of the first that stands there, else of the first of the plan. */
function operatorOf(
  { operators = [] }: NewPlanJson,
  item: PlanItemJson | null,
  asked: string | undefined,
): PlanOperatorJson | null {
  const wanted = asked ?? item?.sharing?.operatorIds[0] ?? operators[0]?.id;
  const found = operators.find(({ id }) => id === wanted);
  if (asked !== undefined && !found) throw new ProductError('PLAN_OPERATOR_NOT_IN_PLAN', { operator: asked });
  return found ?? null;
}

const configurationJson = ({ azimuthsDeg, ...rest }: ChosenConfiguration): ChosenConfigurationJson => ({
  ...rest,
  azimuthsDeg: azimuthsDeg && [...azimuthsDeg],
});

function openSiteOf({ site, status, costCny }: PlanItemJson): OpenSite {
  const position = [site.position[0]!, site.position[1]!] as const;
  return { site: { ...site, position }, isExisting: status === 'existing', costCny };
}

type Substituted = NonNullable<SiteCardJson['whyNot']>['insteadOf'][number];

/** Rows that name the site among their substitutes, cheapest first. */
function insteadOf(items: readonly PlanItemJson[], siteId: string): Substituted[] {
  return items
    .flatMap(({ site, replacement }) =>
      (replacement?.substitutes ?? []).flatMap((one) =>
        one.siteId === siteId && one.extraCostCny !== null
          ? [{ siteId: site.id, extraCostCny: one.extraCostCny }]
          : [],
      ),
    )
    .sort((a, b) => a.extraCostCny - b.extraCostCny)
    .slice(0, MOST_NAMED);
}

/** A rule is a reason only for a site that would add something. */
function whyNotJson(
  whyNot: WhyNot,
  { certificate }: PlanSummaryJson,
  blocks: readonly SiteBlock[],
  replaceable: Substituted[],
): SiteCardJson['whyNot'] {
  const isWanted = whyNot.reason === 'too-dear';
  const pointCny = certificate?.lastPointCny ?? null;
  return {
    ...whyNot,
    reason: isWanted && blocks.length > 0 ? 'blocked' : whyNot.reason,
    coveredBySiteIds: [...whyNot.coveredBySiteIds],
    blockedBy: blocks.map((block) => ({ ...block })),
    insteadOf: replaceable,
    worthCny: pointCny === null ? null : Math.round(100 * whyNot.remainingGainShare * pointCny),
  };
}

/** Both coordinates or neither; one alone is REQUEST_INVALID. */
function receiverOf(lon: number | undefined, lat: number | undefined): LonLat | undefined {
  if (lon === undefined && lat === undefined) return undefined;
  if (lon === undefined || lat === undefined)
    throw new ProductError('REQUEST_INVALID', { where: lon === undefined ? 'lon' : 'lat' });
  return [lon, lat];
}

/** Sites that are unavailable stand in no plan input, but can be asked about. */
function withSite(input: PlanInput, site: StoredSite): PlanInput {
  if (input.sites.some((other) => other.id === site.id)) return input;
  return { ...input, sites: [...input.sites, site] };
}
