// Reviews: judgements on rows of a plan, one or many at a time. They are only ever added; the latest one of a row holds.
import { reviewAllowed } from '../../engine/index.ts';
import { newReviewSchema, reviewListSchema } from '../contract/plans.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { loadPlanSiteIds } from '../store/plans.ts';
import { loadReviews, saveReviews } from '../store/reviews.ts';
import { created, donePlanOf, idParams, planOf, replies } from './route-parts.ts';

export function reviewRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const tags = ['reviews'];

  app.get(
    '/api/plans/:id/reviews',
    {
      config: { access: 'review:read' },
      schema: { tags, params: idParams, response: replies(reviewListSchema) },
    },
    async ({ params: { id }, store }) => {
      await planOf(store, id);
      return { reviews: await loadReviews(store, id) };
    },
  );

  app.post(
    '/api/plans/:id/reviews',
    {
      config: { access: 'review:decide' },
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: newReviewSchema,
        response: created(reviewListSchema),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { decision, reviewer, reasonCode = null, reasonText = '' } = request.body;
      const siteIds = [...new Set(request.body.siteIds)];
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const verdict = reviewAllowed(null, { decision, reasonCode, reasonText, reviewer });
        if (!verdict.ok) throw new ProductError(verdict.code, { reason: verdict.reason });
        await donePlanOf(tx, id);
        const rows = await loadPlanSiteIds(tx, id);
        const stranger = siteIds.find((siteId) => !rows.has(siteId));
        if (stranger !== undefined) throw new ProductError('REVIEW_SITE_NOT_IN_PLAN', { siteId: stranger });
        const reviews = await saveReviews(tx, id, { siteIds, decision, reasonCode, reasonText, reviewer });
        return { status: 201, body: { reviews } };
      });
      return sendOnce(reply, outcome);
    },
  );
}
