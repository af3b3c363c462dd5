// Reviews: a person's judgement on rows of a plan.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewReviewJson, PlanItemPageJson, ReviewListJson } from '../../server/contract/plans.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useReviews(planId: string | null) {
  return useQuery({
    queryKey: queryKeys.reviews(planId ?? ''),
    queryFn: ({ signal }) =>
      fetchJson<ReviewListJson>(`/api/plans/${encodeURIComponent(planId ?? '')}/reviews`, { signal }),
    enabled: planId !== null,
    select: (reply) => reply.reviews,
  });
}

/**
 * Records a judgement. The answer is laid over the rows at hand instead of loading thousands of them again after every
 * key; lists filtered by decision and site cards are stale afterwards.
 */
export function useSendReview(planId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (review: NewReviewJson) =>
      fetchJson<ReviewListJson>(`/api/plans/${encodeURIComponent(planId)}/reviews`, {
        method: 'POST',
        json: review,
      }),
    onSuccess: ({ reviews }, { siteIds }) => {
      const latest = new Map(reviews.map((review) => [review.siteId, review]));
      const touched = new Set(siteIds);
      client.setQueriesData<PlanItemPageJson>({ queryKey: queryKeys.planItems(planId) }, (page) =>
        page === undefined
          ? page
          : {
              ...page,
              items: page.items.map((item) =>
                touched.has(item.site.id)
                  ? { ...item, review: latest.get(item.site.id) ?? item.review }
                  : item,
              ),
            },
      );
      void client.invalidateQueries({ queryKey: queryKeys.reviews(planId) });
      void client.invalidateQueries({ queryKey: queryKeys.siteCards(planId) });
      void client.invalidateQueries({ queryKey: queryKeys.planItems(planId), refetchType: 'none' });
    },
  });
}
