// The acts of this person on one batch that are on their way, and what becomes of them: answers are laid over the rows shown.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { ActResultJson, BatchRowJson } from '../../../server/contract/batches.ts';
import { showActResult, showRows } from '../../api/batches.ts';
import { openOutbox, outboxStore } from '../../state/batch-outbox.ts';
import { useStore } from '../../state/make-store.ts';
import type { UnsentAct } from '../../state/unsent-acts.ts';

export interface OutboxEvents {
  answered(act: UnsentAct, result: ActResultJson): void;
  stale(act: UnsentAct, fresh: readonly BatchRowJson[]): void;
}

export interface ShownOutbox {
  readonly acts: readonly UnsentAct[];
  readonly isSending: boolean;
  readonly trouble: unknown;
  readonly errors: ReadonlyMap<string, unknown>;
}

export function useOutbox(accountId: string, batchId: string, events: OutboxEvents): ShownOutbox {
  const client = useQueryClient();
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useEffect(
    () =>
      openOutbox(accountId, {
        answered(act, result) {
          showActResult(client, result);
          if (act.batchId === batchId) latest.current.answered(act, result);
        },
        stale(act, fresh) {
          if (act.batchId === batchId) latest.current.stale(act, fresh);
          showRows(client, act.batchId, fresh);
        },
      }),
    [client, accountId, batchId],
  );
  const { acts, isSending, trouble, errors } = useStore(outboxStore, (outbox) => outbox);
  const ours = useMemo(() => acts.filter((act) => act.batchId === batchId), [acts, batchId]);
  return { acts: ours, isSending, trouble, errors };
}
