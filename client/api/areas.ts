// Target areas, districts and their towns.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AreaJson,
  AreaListJson,
  DistrictListJson,
  NewAreaJson,
  TownListJson,
} from '../../server/contract/areas.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useAreas() {
  return useQuery({
    queryKey: queryKeys.areas,
    queryFn: ({ signal }) => fetchJson<AreaListJson>('/api/areas', { signal }),
    select: (reply) => reply.areas,
  });
}

export function useDistricts() {
  return useQuery({
    queryKey: queryKeys.districts,
    queryFn: ({ signal }) => fetchJson<DistrictListJson>('/api/districts', { signal }),
    select: (reply) => reply.districts,
  });
}

export function useTowns() {
  return useQuery({
    queryKey: queryKeys.towns,
    queryFn: ({ signal }) => fetchJson<TownListJson>('/api/towns', { signal }),
    select: (reply) => reply.towns,
  });
}

export function useCreateArea() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (area: NewAreaJson) => fetchJson<AreaJson>('/api/areas', { method: 'POST', json: area }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.areas }),
        client.invalidateQueries({ queryKey: queryKeys.status }),
      ]),
  });
}

export function useDeleteArea() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (areaId: string) =>
      fetchJson<void>(`/api/areas/${encodeURIComponent(areaId)}`, { method: 'DELETE' }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.areas }),
        client.invalidateQueries({ queryKey: queryKeys.status }),
      ]),
  });
}
