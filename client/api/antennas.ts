// Uploaded antenna files and their two cuts.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AntennaCutsJson, AntennaJson } from '../../server/contract/antennas.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useAntennas() {
  return useQuery({
    queryKey: queryKeys.antennas,
    queryFn: ({ signal }) => fetchJson<{ readonly antennas: AntennaJson[] }>('/api/antennas', { signal }),
    select: (reply) => reply.antennas,
  });
}

export function useAntennaCuts(antennaId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.antennas, antennaId, 'cuts'],
    queryFn: ({ signal }) =>
      fetchJson<AntennaCutsJson>(`/api/antennas/${encodeURIComponent(antennaId ?? '')}/cuts`, { signal }),
    enabled: antennaId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSendAntenna() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return fetchJson<AntennaJson>('/api/antennas', { method: 'POST', form });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.antennas }),
  });
}

export function useDeleteAntenna() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (antennaId: string) =>
      fetchJson<void>(`/api/antennas/${encodeURIComponent(antennaId)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.antennas }),
  });
}
