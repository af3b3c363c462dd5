// The problem list: pages, counts, one with its steps, the ranking board, and what people do with problems. Every call that makes or
// decides something carries the key of its dialog, so that a retry is the same act.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AssignmentJson,
  BulkAssignmentJson,
  BulkAssignmentResultJson,
  EscalationJson,
  NewProblemJson,
  ProblemCountsJson,
  ProblemDetailJson,
  ProblemExportQueryJson,
  ProblemJson,
  ProblemMoveJson,
  ProblemNoteJson,
  ProblemPageJson,
  ProblemQueryJson,
  ProblemUrgeJson,
  RankingJson,
  RankingQueryJson,
} from '../../server/contract/problems.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

const problemPath = (id: string) => `/api/problems/${encodeURIComponent(id)}`;

export function useProblemPage(query: ProblemQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.problems, 'page', query],
    queryFn: ({ signal }) => fetchJson<ProblemPageJson>(`/api/problems${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Under the same filters without the state. */
export function useProblemCounts(query: ProblemExportQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.problems, 'counts', query],
    queryFn: ({ signal }) =>
      fetchJson<ProblemCountsJson>(`/api/problems/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useProblem(id: string, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.problems, 'one', id],
    queryFn: ({ signal }) => fetchJson<ProblemDetailJson>(problemPath(id), { signal }),
    enabled,
  });
}

export function useProblemRanking(query: RankingQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.problems, 'ranking', query],
    queryFn: ({ signal }) => fetchJson<RankingJson>(`/api/problems/ranking${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Address of the rows under these filters as a file. */
export const problemsExportUrl = (query: ProblemExportQueryJson): string =>
  `/api/problems/export.xlsx${queryText(query)}`;

export function useRaiseProblem() {
  return useProblemMutation(({ problem, act }: { readonly problem: NewProblemJson; readonly act: Act }) =>
    act.run((once) => fetchJson<ProblemJson>('/api/problems', { method: 'POST', json: problem, once })),
  );
}

export type ProblemWork =
  | { readonly kind: 'assignment'; readonly json: AssignmentJson }
  | { readonly kind: 'moves'; readonly json: ProblemMoveJson }
  | { readonly kind: 'escalation'; readonly json: EscalationJson };

export interface WorkOnProblem {
  /** As it was read: its version goes along. */
  readonly problem: Pick<ProblemJson, 'id' | 'version'>;
  readonly work: ProblemWork;
  readonly act: Act;
}

/** Refused with 412 when somebody else was faster. */
export function useWorkOnProblem() {
  return useProblemMutation(({ problem: { id, version }, work: { kind, json }, act }: WorkOnProblem) =>
    act.run((once) =>
      fetchJson<ProblemJson>(`${problemPath(id)}/${kind}`, { method: 'POST', json, once, ifMatch: version }),
    ),
  );
}

/** The problem as it is now, out of the refusal of a stale act; null for any other error. */
export const freshProblem = (error: unknown): ProblemJson | null => freshRow<ProblemJson>(error, 'problem');

export interface NoteOnProblem {
  readonly id: string;
  readonly kind: 'progress' | 'evidence';
  readonly note: ProblemNoteJson;
  readonly act: Act;
}

export function useNoteOnProblem() {
  return useProblemMutation(({ id, kind, note, act }: NoteOnProblem) =>
    act.run((once) =>
      fetchJson<ProblemDetailJson>(`${problemPath(id)}/${kind}`, { method: 'POST', json: note, once }),
    ),
  );
}

export interface UrgeOnProblem {
  readonly id: string;
  readonly urge: ProblemUrgeJson;
  readonly act: Act;
}

/** Refused when nothing waits, or when it was done a short while ago. */
export function useUrgeProblem() {
  return useProblemMutation(({ id, urge, act }: UrgeOnProblem) =>
    act.run((once) =>
      fetchJson<ProblemDetailJson>(`${problemPath(id)}/urges`, { method: 'POST', json: urge, once }),
    ),
  );
}

export function useAssignProblems() {
  return useProblemMutation(({ bulk, act }: { readonly bulk: BulkAssignmentJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<BulkAssignmentResultJson>('/api/problems/assignments', { method: 'POST', json: bulk, once }),
    ),
  );
}

function useProblemMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: the row may have been changed by somebody else
    onSettled: () => refreshAnswers(client, [queryKeys.problems]),
  });
}
