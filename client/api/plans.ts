// Plans: jobs, results, rows, site cards, export addresses, and the input bytes for the browser preview.
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CoverageLayer, CoverageRamp } from '../../engine/index.ts';
import type { PlanQueryJson } from '../../server/contract/plan-approval.ts';
import type {
  NewPlanJson,
  PlanDetailJson,
  PlanItemPageJson,
  PlanItemQueryJson,
  PlanJson,
  PlanListJson,
  SiteCardJson,
  SiteLinkJson,
} from '../../server/contract/plans.ts';
import { fetchBytes, fetchJson, queryText } from './fetch-reply.ts';
import { makeActs } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

const planPath = (planId: string) => `/api/plans/${encodeURIComponent(planId)}`;

export function usePlans(isWanted = true, query: PlanQueryJson = {}) {
  return useQuery({
    queryKey: [...queryKeys.plans, query],
    queryFn: ({ signal }) => fetchJson<PlanListJson>(`/api/plans${queryText(query)}`, { signal }),
    enabled: isWanted,
    select: (reply) => reply.plans,
  });
}

export function usePlan(planId: string | null) {
  return useQuery({
    queryKey: queryKeys.plan(planId ?? ''),
    queryFn: ({ signal }) => fetchJson<PlanDetailJson>(planPath(planId ?? ''), { signal }),
    enabled: planId !== null,
  });
}

/** Areas, districts and patches of a plan as one of its operators sees them. */
export function usePlanView(planId: string | null, operator: string | null) {
  return useQuery({
    queryKey: [...queryKeys.plan(planId ?? ''), 'operator', operator],
    queryFn: ({ signal }) =>
      fetchJson<PlanDetailJson>(`${planPath(planId ?? '')}${queryText({ operator: operator ?? '' })}`, {
        signal,
      }),
    enabled: planId !== null && operator !== null,
  });
}

/** Rows of a plan; the default page size takes a whole district at once. */
export function usePlanItems(
  planId: string | null,
  query: PlanItemQueryJson = { page: 1, pageSize: 10_000 },
) {
  return useQuery({
    queryKey: [...queryKeys.planItems(planId ?? ''), query],
    queryFn: ({ signal }) =>
      fetchJson<PlanItemPageJson>(`${planPath(planId ?? '')}/items${queryText(query)}`, { signal }),
    enabled: planId !== null,
  });
}

/** The judged rows of several plans, for counting; the same answers the review screen asks for. */
export function useReviewRows(planIds: readonly string[]) {
  const query = { status: 'new', page: 1, pageSize: 10_000 } as const;
  return useQueries({
    queries: planIds.map((planId) => ({
      queryKey: [...queryKeys.planItems(planId), query],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        fetchJson<PlanItemPageJson>(`${planPath(planId)}/items${queryText(query)}`, { signal }),
    })),
  });
}

/** Whereto and with whose equipment a site is looked at. */
function lookText(receiver: readonly [lon: number, lat: number] | null, operator: string | null): string {
  return queryText({
    ...(receiver !== null && { lon: receiver[0], lat: receiver[1] }),
    ...(operator !== null && { operator }),
  });
}

/** Why a site is or is not in the plan, with the link budget to `receiver` (default: the far edge). */
export function useSiteCard(
  planId: string | null,
  siteId: string | null,
  receiver: readonly [lon: number, lat: number] | null,
  operator: string | null,
) {
  const query = lookText(receiver, operator);
  return useQuery({
    queryKey: [...queryKeys.siteCards(planId ?? ''), siteId, receiver, operator],
    queryFn: ({ signal }) =>
      fetchJson<SiteCardJson>(`${planPath(planId ?? '')}/sites/${encodeURIComponent(siteId ?? '')}${query}`, {
        signal,
      }),
    enabled: planId !== null && siteId !== null,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[3] === siteId && previousQuery?.queryKey[1] === planId ? previous : undefined,
  });
}

/** The link to `receiver` (default: the far edge) as a drawing, and the exposure of its antenna. */
export function useLinkProfile(
  planId: string | null,
  siteId: string,
  receiver: readonly [lon: number, lat: number] | null,
  operator: string | null,
) {
  const query = lookText(receiver, operator);
  return useQuery({
    queryKey: [...queryKeys.siteLinks(planId ?? ''), siteId, receiver, operator],
    queryFn: ({ signal }) =>
      fetchJson<SiteLinkJson>(
        `${planPath(planId ?? '')}/sites/${encodeURIComponent(siteId)}/link-profile${query}`,
        { signal },
      ),
    enabled: planId !== null,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[3] === siteId && previousQuery?.queryKey[1] === planId ? previous : undefined,
  });
}

/** Queues a plan; the answer is the job, its progress comes over plan-events. */
export function useCreatePlan() {
  const client = useQueryClient();
  const [acts] = useState(makeActs);
  return useMutation({
    mutationFn: async (request: NewPlanJson) => {
      const { plan } = await acts.run(request, (once) =>
        fetchJson<{ plan: PlanJson }>('/api/plans', { method: 'POST', json: request, once }),
      );
      return plan;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.plans }),
  });
}

export function useCancelPlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (planId: string) => fetchJson<unknown>(`${planPath(planId)}/cancel`, { method: 'POST' }),
    onSuccess: (_reply, planId) =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.plans }),
        client.invalidateQueries({ queryKey: queryKeys.plan(planId) }),
      ]),
  });
}

/** Ends the search: the best plan so far is finished and kept. */
export function useEnoughPlan() {
  return useMutation({
    mutationFn: (planId: string) => fetchJson<unknown>(`${planPath(planId)}/enough`, { method: 'POST' }),
  });
}

export function useDeletePlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (planId: string) => fetchJson<void>(planPath(planId), { method: 'DELETE' }),
    onSuccess: (_reply, planId) => {
      client.removeQueries({ queryKey: queryKeys.plan(planId) });
      return client.invalidateQueries({ queryKey: queryKeys.plans });
    },
  });
}

export type PlanExport =
  | 'export.geojson'
  | 'export.csv'
  | 'export.xlsx'
  | 'coverage.tif'
  | 'coverage.zip'
  | 'uncovered.geojson'
  | 'certificate.json'
  | 'prices.bin'
  | 'proof.zip';

/** Address of a plan as a file; coverage files show one layer. */
export function planExportUrl(
  planId: string,
  file: PlanExport,
  shown: { readonly layer: CoverageLayer; readonly ramp: CoverageRamp; readonly operator: string | null },
): string {
  const { layer, ramp } = shown;
  const operator = shown.operator === null ? {} : { operator: shown.operator };
  const query =
    file === 'coverage.tif'
      ? queryText({ layer, ...operator })
      : file === 'coverage.zip'
        ? queryText({ layer, ramp, ...operator })
        : file === 'uncovered.geojson'
          ? queryText(operator)
          : '';
  return `${planPath(planId)}/${file}${query}`;
}

/** The request as the server would compute it: with the refusals of reviews and the sites to stay near to. */
export async function fetchCompleteRequest(request: NewPlanJson, signal: AbortSignal): Promise<NewPlanJson> {
  const reply = await fetchJson<{ request: NewPlanJson }>('/api/plan-requests', {
    method: 'POST',
    json: request,
    signal,
  });
  return reply.request;
}

/** Everything the engine needs to compute this plan in the browser (encodePlanInput bytes). */
export function fetchPlanInput(request: NewPlanJson, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return fetchBytes('/api/plan-inputs', { method: 'POST', json: request, signal });
}
