// Cases: pages, counts, one with the ways on, its survey, its photos, what happened to it. Moves and new cases carry the key of their
// dialog, so that a retry is the same act.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  BulkCaseMoveJson,
  BulkCaseMoveResultJson,
  CaseChangesJson,
  CaseCountsJson,
  CaseDetailJson,
  CaseExportQueryJson,
  CaseMoveJson,
  CasePageJson,
  CaseQueryJson,
  CasesFromPlanJson,
  CasesFromPlanResultJson,
  SurveyChangesJson,
  SurveyJson,
  TimelineJson,
} from '../../server/contract/cases.ts';
import type { PhotoJson, PhotoListJson } from '../../server/contract/photos.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

const casePath = (id: string) => `/api/cases/${encodeURIComponent(id)}`;
const photoPath = (id: string) => `/api/photos/${encodeURIComponent(id)}`;

export function useCasePage(query: CaseQueryJson, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.cases, 'page', query],
    queryFn: ({ signal }) => fetchJson<CasePageJson>(`/api/cases${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Under the same filters without the state. */
export function useCaseCounts(query: CaseExportQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.cases, 'counts', query],
    queryFn: ({ signal }) => fetchJson<CaseCountsJson>(`/api/cases/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useCase(id: string) {
  return useQuery({
    queryKey: [...queryKeys.cases, 'one', id],
    queryFn: ({ signal }) => fetchJson<CaseDetailJson>(casePath(id), { signal }),
  });
}

export function useCaseTimeline(id: string) {
  return useQuery({
    queryKey: [...queryKeys.cases, 'timeline', id],
    queryFn: ({ signal }) => fetchJson<TimelineJson>(`${casePath(id)}/timeline`, { signal }),
  });
}

export function useSurvey(caseId: string) {
  return useQuery({
    queryKey: [...queryKeys.cases, 'survey', caseId],
    queryFn: ({ signal }) => fetchJson<SurveyJson>(`${casePath(caseId)}/survey`, { signal }),
  });
}

export function usePhotos(caseId: string) {
  return useQuery({
    queryKey: [...queryKeys.cases, 'photos', caseId],
    queryFn: ({ signal }) => fetchJson<PhotoListJson>(`${casePath(caseId)}/photos`, { signal }),
    select: (reply) => reply.photos,
  });
}

export type ReadCase = Pick<CaseDetailJson, 'id' | 'version'>;

export function useMoveCase() {
  return useCaseMutation(
    ({ read, move, act }: { readonly read: ReadCase; readonly move: CaseMoveJson; readonly act: Act }) =>
      act.run((once) =>
        fetchJson<CaseDetailJson>(`${casePath(read.id)}/moves`, {
          method: 'POST',
          json: move,
          once,
          ifMatch: read.version,
        }),
      ),
  );
}

export function useChangeCase() {
  return useCaseMutation(
    ({ read, changes }: { readonly read: ReadCase; readonly changes: CaseChangesJson }) =>
      fetchJson<CaseDetailJson>(casePath(read.id), { method: 'PATCH', json: changes, ifMatch: read.version }),
  );
}

/** The operator says that the station was handed over. */
export function useConfirmDelivery() {
  return useCaseMutation(({ read, act }: { readonly read: ReadCase; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<CaseDetailJson>(`${casePath(read.id)}/delivery`, {
        method: 'POST',
        json: {},
        once,
        ifMatch: read.version,
      }),
    ),
  );
}

export function useMoveCases() {
  return useCaseMutation(({ move, act }: { readonly move: BulkCaseMoveJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<BulkCaseMoveResultJson>('/api/cases/moves', { method: 'POST', json: move, once }),
    ),
  );
}

export function useCasesFromPlan() {
  return useCaseMutation(({ asked, act }: { readonly asked: CasesFromPlanJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<CasesFromPlanResultJson>('/api/cases/from-plan', { method: 'POST', json: asked, once }),
    ),
  );
}

/** Refused with 412 when somebody else wrote it meanwhile: `freshSurvey`. */
export function useSaveSurvey(caseId: string) {
  return useCaseMutation(
    ({ survey, version }: { readonly survey: SurveyChangesJson; readonly version: number }) =>
      fetchJson<SurveyJson>(`${casePath(caseId)}/survey`, { method: 'PUT', json: survey, ifMatch: version }),
  );
}

/** The case as it is now, out of the refusal of a stale change; null for any other error. */
export const freshCase = (error: unknown): CaseDetailJson | null => freshRow<CaseDetailJson>(error, 'case');

/** The survey as it is now, out of the refusal of a stale one; null for any other error. */
export const freshSurvey = (error: unknown): SurveyJson | null => freshRow<SurveyJson>(error, 'survey');

export interface PhotoToSend {
  readonly caseId: string;
  readonly kind: PhotoJson['kind'];
  readonly file: File;
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
}

/** The same photo again answers the one that is there. */
export async function sendPhoto({ caseId, kind, file, signal, onSent }: PhotoToSend): Promise<PhotoJson> {
  const form = new FormData();
  form.append('file', file, file.name);
  return fetchJson<PhotoJson>(`/api/photos${queryText({ caseId, kind })}`, {
    method: 'POST',
    form,
    signal,
    onSent,
  });
}

export function useRemovePhoto() {
  return useCaseMutation((id: string) => fetchJson<void>(photoPath(id), { method: 'DELETE' }));
}

/** Address of the picture itself. */
export const photoUrl = (id: string): string => photoPath(id);

/** Address of the rows under these filters as a file. */
export const casesExportUrl = (query: CaseExportQueryJson): string =>
  `/api/cases/export.xlsx${queryText(query)}`;

export function useRefreshCases(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys.cases });
}

function useCaseMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal; a case moves its claim, and its site becomes standing with it
    onSettled: () =>
      refreshAnswers(client, [queryKeys.cases, queryKeys.claims, queryKeys.relocations, queryKeys.sites]),
  });
}
