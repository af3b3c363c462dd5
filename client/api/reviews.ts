// Reviews: a person's judgement on rows of a plan.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewReviewJson, ReviewListJson } from '../../server/contract/plans.ts';
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

export function useSendReview(planId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (review: NewReviewJson) =>
      fetchJson<ReviewListJson>(`/api/plans/${encodeURIComponent(planId)}/reviews`, {
        method: 'POST',
        json: review,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.plan(planId) }),
  });
}
