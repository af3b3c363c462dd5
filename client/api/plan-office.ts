// The office life of one plan: as it stands, its history, a step.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HistoryJson } from '../../server/contract/audit.ts';
import type { PlanMoveJson, PlanOfficeJson } from '../../server/contract/plan-approval.ts';
import { fetchJson } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

const pathOf = (planId: string, rest: string) => `/api/plans/${encodeURIComponent(planId)}/${rest}`;

export function usePlanOffice(planId: string) {
  return useQuery({
    queryKey: [...queryKeys.planOffice, 'one', planId],
    queryFn: ({ signal }) => fetchJson<PlanOfficeJson>(pathOf(planId, 'office'), { signal }),
  });
}

export function usePlanTimeline(planId: string) {
  return useQuery({
    queryKey: [...queryKeys.planOffice, 'timeline', planId],
    queryFn: ({ signal }) => fetchJson<HistoryJson>(pathOf(planId, 'timeline'), { signal }),
  });
}

export interface AskedPlanMove {
  /** As it was looked at: refused with 412 when somebody else was faster. */
  readonly read: Pick<PlanOfficeJson, 'planId' | 'version'>;
  readonly move: PlanMoveJson;
  readonly act: Act;
}

export function useMovePlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ read, move, act }: AskedPlanMove) =>
      act.run((once) =>
        fetchJson<PlanOfficeJson>(pathOf(read.planId, 'moves'), {
          method: 'POST',
          json: move,
          once,
          ifMatch: read.version,
        }),
      ),
    // also after a refusal; a plan in force replaces another
    onSettled: () => refreshAnswers(client, [queryKeys.planOffice, queryKeys.plans, ['plan']]),
  });
}

/** The plan's office life as it is now, out of the refusal of a stale step; null for any other error. */
export const freshOffice = (error: unknown): PlanOfficeJson | null =>
  freshRow<PlanOfficeJson>(error, 'office');
