// State of the service and its small tables: coverage rules, equipment profiles, resource types, operators.
import { useQuery } from '@tanstack/react-query';
import { mobileOperators } from '../../engine/index.ts';
import type {
  CoverageRuleListJson,
  OperatorListJson,
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

/** Choices of a form that asks for operators; the national ones until the others are known. */
export function useOperatorOptions(): { value: string; label: string }[] {
  const { data: operators = mobileOperators } = useQuery({
    queryKey: queryKeys.operators,
    queryFn: ({ signal }) => fetchJson<OperatorListJson>('/api/operators', { signal }),
    staleTime: 60_000,
    select: (reply): readonly string[] => reply.operators,
  });
  return operators.map((value) => ({ value, label: value }));
}
