// What waits for its reason, by row: looking at another row loses nothing that was typed, nor does a reload or the way back.
import { useEffect, useState } from 'react';
import { keepInTab, keptInTab } from '../../state/person-storage.ts';
import { type ReasonDrafts, reasonsInText, reasonsText } from './kept-reasons.ts';
import type { ReasonDraft } from './reason-form.tsx';

export interface KeptReasons {
  readonly drafts: ReasonDrafts;
  /** Null: it is recorded, or given up. */
  put(rowId: string, draft: ReasonDraft | null): void;
}

export function useKeptReasons(accountId: string, batchId: string): KeptReasons {
  const name = `reasons.${batchId}`;
  const [drafts, setDrafts] = useState(() => reasonsInText(keptInTab(accountId, name)));
  useEffect(() => keepInTab(accountId, name, reasonsText(drafts)), [accountId, name, drafts]);
  return {
    drafts,
    put: (rowId, draft) =>
      setDrafts(
        (now) =>
          new Map([...now].filter(([id]) => id !== rowId).concat(draft === null ? [] : [[rowId, draft]])),
      ),
  };
}
