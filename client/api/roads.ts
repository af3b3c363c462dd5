// Roads inside chosen areas, by class and by name: the corridors that a plan can ask for.
import { useQuery } from '@tanstack/react-query';
import type { RoadListJson } from '../../server/contract/roads.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

/** Asks for nothing without areas. */
export function useRoads(areaIds: readonly string[]) {
  return useQuery({
    queryKey: [...queryKeys.roads, ...areaIds],
    queryFn: ({ signal }) =>
      fetchJson<RoadListJson>(`/api/roads?areaIds=${encodeURIComponent(areaIds.join(','))}`, { signal }),
    select: (reply) => reply.roads,
    enabled: areaIds.length > 0,
  });
}
