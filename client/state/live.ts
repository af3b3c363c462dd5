// What changes elsewhere shows here without a reload: the kinds of things the service tells of make their cached answers stale. Where no
// line to the service holds (a proxy that keeps streams back), the answers on the screen are asked for again each minute.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { staleKeys } from '../api/live-keys.ts';
import { openEventSource, openLiveLine } from '../api/live-line.ts';
import { queryKeys } from '../api/query-keys.ts';
import { makeStore } from './make-store.ts';
import { useMe } from './session.ts';

const FALLBACK_MS = 60_000;

interface Live {
  /** Unread notices; null while it is not known. */
  readonly unread: number | null;
  readonly isConnected: boolean;
}

export const liveStore = makeStore<Live>({ unread: null, isConnected: false });

/** Belongs into the frame, once. */
export function useLive(): void {
  const client = useQueryClient();
  const meId = useMe()?.id ?? null;
  useEffect(() => {
    if (meId === null) return;
    const refresh = (objects: readonly string[]) => {
      for (const queryKey of staleKeys(objects)) void client.invalidateQueries({ queryKey });
    };
    const line = openLiveLine({
      open: openEventSource,
      hear: (event) => {
        if ('objects' in event) return refresh(event.objects);
        liveStore.set({ unread: event.unread });
        void client.invalidateQueries({ queryKey: queryKeys.notices });
      },
      tellConnected: (isConnected) => liveStore.set({ isConnected }),
    });
    const look = () => line.look(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    const fallback = setInterval(() => {
      if (!liveStore.get().isConnected && document.visibilityState === 'visible') refresh(['*']);
    }, FALLBACK_MS);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearInterval(fallback);
      line.close();
      liveStore.set({ unread: null, isConnected: false });
    };
  }, [client, meId]);
}
