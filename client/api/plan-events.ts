// Progress of a plan job over server-sent events. Ends by itself when the job does; the caches are refreshed then.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PlanJson } from '../../server/contract/plans.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

const endings = ['done', 'failed', 'cancelled'] as const;
/**
 * News of a while are told together: a busy page gets hundreds at once, and one drawing for each of them is more than React follows
 * (it stops with "maximum update depth").
 */
const TELL_EVERY_MS = 100;
const REOPEN_AFTER_MS = 1_000;

/** `onNews` gets what was heard since it was told last, oldest first; `onEnd` is called once, and nothing after it. */
export function usePlanEvents(
  planId: string | null,
  onNews: (news: readonly PlanJson[]) => void,
  onEnd: (plan: PlanJson) => void,
): void {
  const client = useQueryClient();

  useEffect(() => {
    if (planId === null) return;
    let ended = false;
    let waiting: PlanJson[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let source = new EventSource(planEventsAddress(planId));
    const tell = () => {
      const news = waiting;
      waiting = [];
      timer = null;
      onNews(news);
    };
    const stop = () => {
      ended = true;
      clearTimeout(timer ?? undefined);
      clearTimeout(reopening);
      source.close();
    };
    const finish = (last: PlanJson) => {
      if (ended) return;
      stop();
      for (const key of [queryKeys.plans, queryKeys.plan(planId), queryKeys.status]) {
        void client.invalidateQueries({ queryKey: key });
      }
      onEnd(last);
    };
    const listen = () => {
      source.addEventListener('progress', (event) => {
        waiting.push(JSON.parse(event.data) as PlanJson);
        timer ??= setTimeout(tell, TELL_EVERY_MS);
      });
      for (const ending of endings) {
        source.addEventListener(ending, (event) =>
          finish(JSON.parse((event as MessageEvent<string>).data) as PlanJson),
        );
      }
      source.addEventListener('error', lookAfter);
    };
    // A broken stream reconnects by itself; meanwhile ask once whether the job has ended without us. A refused one does not
    // reconnect: the question waits until somebody is signed in again, then a new stream is opened.
    const lookAfter = () => {
      if (ended) return;
      fetchJson<{ plan: PlanJson }>(`/api/plans/${encodeURIComponent(planId)}`)
        .then(({ plan: now }) => {
          if (ended) return;
          if (endings.some((ending) => ending === now.state)) finish(now);
          else if (source.readyState === EventSource.CLOSED) reopening = setTimeout(reopen, REOPEN_AFTER_MS);
        })
        .catch(() => undefined);
    };
    const reopen = () => {
      source = new EventSource(planEventsAddress(planId));
      listen();
    };
    listen();
    return stop;
  }, [planId, client, onNews, onEnd]);
}

const planEventsAddress = (planId: string) => `/api/plans/${encodeURIComponent(planId)}/events`;
