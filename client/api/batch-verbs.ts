// Beside deciding on a batch: whom it waits for and urging them, handing it over, names for copies, its history.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryJson } from '../../server/contract/audit.ts';
import type {
  HandoverJson,
  OrganisationsJson,
  ReviewersJson,
  UrgeJson,
  UrgeResultJson,
  WaitingUnitsJson,
} from '../../server/contract/batch-verbs.ts';
import type { BatchJson } from '../../server/contract/batches.ts';
import { fetchJson } from './fetch-reply.ts';
import { makeAct } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

const partOf = (batchId: string, part: string) => `/api/batches/${encodeURIComponent(batchId)}/${part}`;

function useBatchPart<Reply>(batchId: string, part: string) {
  return useQuery({
    queryKey: [...queryKeys.batches, part, batchId],
    queryFn: ({ signal }) => fetchJson<Reply>(partOf(batchId, part), { signal }),
  });
}

/** Whom this person may urge, with the rows that wait and when that was done last. */
export const useWaitingUnits = (batchId: string) => useBatchPart<WaitingUnitsJson>(batchId, 'urges');
export const useReviewers = (batchId: string) => useBatchPart<ReviewersJson>(batchId, 'reviewers');
export const useCopyNames = (batchId: string) => useBatchPart<OrganisationsJson>(batchId, 'organisations');
export const useBatchHistory = (batchId: string) => useBatchPart<HistoryJson>(batchId, 'history');

export const useUrge = (batchId: string) => useVerb<UrgeJson, UrgeResultJson>(batchId, 'urges');
/** Refused with BATCH_STALE when somebody else changed the batch since it was read. */
export const useHandOver = ({ id, version }: Pick<BatchJson, 'id' | 'version'>) =>
  useVerb<HandoverJson, BatchJson>(id, 'handovers', version);

function useVerb<Asked, Answer>(batchId: string, part: string, ifMatch?: number) {
  const client = useQueryClient();
  const [act] = useState(makeAct);
  return useMutation({
    mutationFn: (json: Asked) =>
      act.run((once) =>
        fetchJson<Answer>(partOf(batchId, part), {
          method: 'POST',
          json,
          once,
          ...(ifMatch !== undefined && { ifMatch }),
        }),
      ),
    // also after a refusal: somebody else may have been faster
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.batches }),
  });
}
