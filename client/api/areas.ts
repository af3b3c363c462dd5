// Target areas with their steps and approvals, districts and their towns.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type {
  AreaApprovalsJson,
  AreaChangesJson,
  AreaHistoryJson,
  AreaJson,
  AreaListJson,
  AreaMoveJson,
  AreaMovesJson,
  AreaMovesResultJson,
  DistrictListJson,
  NewAreaJson,
  PlanAreasJson,
  TownListJson,
} from '../../server/contract/areas.ts';
import { fetchJson } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

/** Not asked for unless the person may read areas. */
export function useAreas(isAllowed: boolean) {
  return useQuery({
    enabled: isAllowed,
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

/** To choose from. Outlines of towns may lie among the districts; no row has one as its district. Empty until both lists are there. */
export function useDistrictChoices(): readonly { readonly code: string; readonly name: string }[] {
  const districts = useDistricts().data;
  const towns = useTowns().data;
  return useMemo(() => {
    const townCodes = new Set(towns?.map(({ code }) => code));
    return towns === undefined ? [] : (districts ?? []).filter(({ code }) => !townCodes.has(code));
  }, [districts, towns]);
}

interface ReadArea {
  readonly area: Pick<AreaJson, 'id' | 'version'>;
  readonly act: Act;
}

export function useCreateArea() {
  return useAreaMutation(({ area, act }: { readonly area: NewAreaJson; readonly act: Act }) =>
    act.run((once) => fetchJson<AreaJson>('/api/areas', { method: 'POST', json: area, once })),
  );
}

/** Refused with 412 when somebody else was faster. */
export function useChangeArea() {
  return useAreaMutation(({ area, act, changes }: ReadArea & { readonly changes: AreaChangesJson }) =>
    act.run((once) =>
      fetchJson<AreaJson>(areaPath(area.id), {
        method: 'PATCH',
        json: changes,
        once,
        ifMatch: area.version,
      }),
    ),
  );
}

export function useDeleteArea() {
  return useAreaMutation(({ id, version }: ReadArea['area']) =>
    fetchJson<void>(areaPath(id), { method: 'DELETE', ifMatch: version }),
  );
}

/** Refused with 412 when somebody else was faster. */
export function useMoveArea() {
  return useAreaMutation(({ area, act, move }: ReadArea & { readonly move: AreaMoveJson }) =>
    act.run((once) =>
      fetchJson<AreaJson>(`${areaPath(area.id)}/moves`, {
        method: 'POST',
        json: move,
        once,
        ifMatch: area.version,
      }),
    ),
  );
}

export function useMoveAreas() {
  return useAreaMutation(({ moves, act }: { readonly moves: AreaMovesJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<AreaMovesResultJson>('/api/areas/moves', { method: 'POST', json: moves, once }),
    ),
  );
}

export function useAreaApprovals(areaId: string) {
  return useQuery({
    queryKey: [...queryKeys.areas, areaId, 'approvals'],
    queryFn: ({ signal }) => fetchJson<AreaApprovalsJson>(`${areaPath(areaId)}/approvals`, { signal }),
    select: (reply) => reply.approvals,
  });
}

export function useAreaTimeline(areaId: string) {
  return useQuery({
    queryKey: [...queryKeys.areas, areaId, 'timeline'],
    queryFn: ({ signal }) => fetchJson<AreaHistoryJson>(`${areaPath(areaId)}/timeline`, { signal }),
    select: (reply) => reply.records,
  });
}

/** How the areas of a plan stood when it was made; null: made before it was noted. */
export function usePlanAreas(planId: string) {
  return useQuery({
    queryKey: [...queryKeys.areas, 'of-plan', planId],
    queryFn: ({ signal }) =>
      fetchJson<PlanAreasJson>(`/api/plans/${encodeURIComponent(planId)}/areas`, { signal }),
    select: (reply) => reply.areas,
  });
}

/** The area as it is now, out of the refusal of a late act; null for any other error. */
export const freshArea = (error: unknown): AreaJson | null => freshRow<AreaJson>(error, 'area');

const areaPath = (id: string): string => `/api/areas/${encodeURIComponent(id)}`;

function useAreaMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: somebody else may have moved it on
    onSettled: () => {
      void refreshAnswers(client, [queryKeys.status, queryKeys.home]);
      // the list holds the opened row: a dialog waits for it
      return client.invalidateQueries({ queryKey: queryKeys.areas });
    },
  });
}
