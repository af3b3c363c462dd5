// State of the service and its small tables: coverage rules, equipment profiles, resource types.
import { useQuery } from '@tanstack/react-query';
import type {
  CoverageRuleListJson,
  ProfileListJson,
  ResourceTypeListJson,
  StatusJson,
} from '../../server/contract/catalogue.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useStatus() {
  return useQuery({
    queryKey: queryKeys.status,
    queryFn: ({ signal }) => fetchJson<StatusJson>('/api/status', { signal }),
  });
}

export function useCoverageRules() {
  return useQuery({
    queryKey: queryKeys.rules,
    queryFn: ({ signal }) => fetchJson<CoverageRuleListJson>('/api/coverage-rules', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    select: (reply) => reply.rules,
  });
}

export function useProfiles() {
  return useQuery({
    queryKey: queryKeys.profiles,
    queryFn: ({ signal }) => fetchJson<ProfileListJson>('/api/profiles', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    select: (reply) => reply.profiles,
  });
}

export function useResourceTypes() {
  return useQuery({
    queryKey: queryKeys.resourceTypes,
    queryFn: ({ signal }) => fetchJson<ResourceTypeListJson>('/api/resource-types', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    select: (reply) => reply.resourceTypes,
  });
}
