// What somebody typed in a form and has not sent: kept in this tab, so that a reload, the way back or a look at another row loses none of
// it. It belongs to the row as it was: of a row that somebody changed meanwhile nothing is put over what they wrote. Gone once it is saved
// or given up, with the tab, and with signing out.
import { useEffect, useRef, useState } from 'react';
import { typedInText, typedText } from '../../parts/kept-typing.ts';
import type { LateEdit } from '../../parts/use-late-edit.ts';
import { keepInTab, keptInTab } from '../../state/person-storage.ts';
import { useMe } from '../../state/session.ts';

export interface KeptTyping {
  /** Something of an earlier look at the form stands in it again. */
  readonly isRestored: boolean;
  /** What was typed is sent, or the person gave it up. */
  forget(): void;
}

/** `form` names the form and its row, where there is one; `draftOf` as for `useLateEdit`. A form without a row is for something new. */
export function useKeptTyping<Row extends { readonly version: number } | null, Draft extends object>(
  form: string,
  { base, draft, change }: LateEdit<Row, Draft>,
  draftOf: (row: Row) => Draft,
): KeptTyping {
  const accountId = useMe()?.id ?? '';
  const stage = useRef<'new' | 'kept' | 'forgotten'>('new');
  const [isRestored, setRestored] = useState(false);
  useEffect(() => {
    if (stage.current === 'forgotten') return;
    const version = base?.version ?? 0;
    const before = draftOf(base);
    const kept = stage.current === 'new' ? typedInText(keptInTab(accountId, form), version, before) : {};
    stage.current = 'kept';
    if (Object.keys(kept).length > 0) {
      change(kept);
      setRestored(true);
    } else keepInTab(accountId, form, typedText(version, before, draft));
  });
  return {
    isRestored,
    forget: () => {
      stage.current = 'forgotten';
      keepInTab(accountId, form, '');
    },
  };
}
