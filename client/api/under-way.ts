// What is under way at a site, and at the sites of a plan: who claims what they stand for, and each operator's case.
import { useQuery } from '@tanstack/react-query';
import type { PlanUnderWayJson, SiteUnderWayJson } from '../../server/contract/under-way.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useSiteUnderWay(siteId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.underWay, 'site', siteId],
    queryFn: ({ signal }) =>
      fetchJson<SiteUnderWayJson>(`/api/sites/${encodeURIComponent(siteId ?? '')}/under-way`, { signal }),
    enabled: siteId !== null,
  });
}

/** By the id of the site; sites where nothing is under way are left out. */
export function usePlanUnderWay(planId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.underWay, 'plan', planId],
    queryFn: ({ signal }) =>
      fetchJson<PlanUnderWayJson>(`/api/plans/${encodeURIComponent(planId ?? '')}/under-way`, { signal }),
    enabled: planId !== null,
    select: bySite,
  });
}

const bySite = ({ sites }: PlanUnderWayJson): ReadonlyMap<string, SiteUnderWayJson> =>
  new Map(sites.map((site) => [site.siteId, site]));
