// Reviews: a person's judgement on rows of a plan. They are read with the plan's rows and with the site card.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewReviewJson, PlanItemPageJson, ReviewListJson } from '../../server/contract/plans.ts';
import { fetchJson } from './fetch-reply.ts';
import { makeActs } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

export function useSendReview(planId: string) {
  const client = useQueryClient();
  const [acts] = useState(makeActs);
  return useMutation({
    mutationFn: (review: NewReviewJson) =>
      acts.run([planId, review], (once) =>
        fetchJson<ReviewListJson>(`/api/plans/${encodeURIComponent(planId)}/reviews`, {
          method: 'POST',
          json: review,
          once,
        }),
      ),
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
      void client.invalidateQueries({ queryKey: queryKeys.siteCards(planId) });
      void client.invalidateQueries({ queryKey: queryKeys.planItems(planId), refetchType: 'none' });
    },
  });
}
