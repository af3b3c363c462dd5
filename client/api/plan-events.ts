// Progress of a plan job over server-sent events. Ends by itself when the job does; the caches are refreshed then.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PlanJson } from '../../server/contract/plans.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

const endings = ['done', 'failed', 'cancelled'] as const;

/** The latest news of a running plan, or null while nothing has been heard. `onEnd` is called once. */
export function usePlanEvents(planId: string | null, onEnd: (plan: PlanJson) => void): PlanJson | null {
  const client = useQueryClient();
  const [plan, setPlan] = useState<PlanJson | null>(null);

  useEffect(() => {
    setPlan(null);
    if (planId === null) return;
    let ended = false;
    const source = new EventSource(`/api/plans/${encodeURIComponent(planId)}/events`);
    const finish = (last: PlanJson) => {
      if (ended) return;
      ended = true;
      source.close();
      setPlan(last);
      for (const key of [queryKeys.plans, queryKeys.plan(planId), queryKeys.status]) {
        void client.invalidateQueries({ queryKey: key });
      }
      onEnd(last);
    };
    source.addEventListener('progress', (event) => setPlan(JSON.parse(event.data) as PlanJson));
    for (const ending of endings) {
      source.addEventListener(ending, (event) =>
        finish(JSON.parse((event as MessageEvent<string>).data) as PlanJson),
      );
    }
    // A broken stream reconnects by itself; meanwhile ask once whether the job has ended without us.
    source.addEventListener('error', () => {
      if (ended) return;
      fetchJson<{ plan: PlanJson }>(`/api/plans/${encodeURIComponent(planId)}`)
        .then(({ plan: now }) => {
          if (endings.some((ending) => ending === now.state)) finish(now);
        })
        .catch(() => undefined);
    });
    return () => {
      ended = true;
      source.close();
    };
  }, [planId, client, onEnd]);

  return plan;
}
