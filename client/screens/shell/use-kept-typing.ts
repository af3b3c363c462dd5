// What somebody typed in a form and has not sent: kept in this tab, so that a reload or a look at another row loses none of it. It
// belongs to the row as it was: of a row that somebody changed meanwhile nothing is put over what they wrote. Gone once it is saved, with
// the tab, and with signing out.
import { useEffect, useRef } from 'react';
import { typedInText, typedText } from '../../parts/kept-typing.ts';
import type { LateEdit } from '../../parts/use-late-edit.ts';
import { keepInTab, keptInTab } from '../../state/person-storage.ts';
import { useMe } from '../../state/session.ts';

/** `form` names the form and its row; `draftOf` as for `useLateEdit`. */
export function useKeptTyping<Row extends { readonly version: number }, Draft extends object>(
  form: string,
  { base, draft, change }: LateEdit<Row, Draft>,
  draftOf: (row: Row) => Draft,
): void {
  const accountId = useMe()?.id ?? '';
  const isTaken = useRef(false);
  useEffect(() => {
    const before = draftOf(base);
    const kept = isTaken.current ? {} : typedInText(keptInTab(accountId, form), base.version, before);
    isTaken.current = true;
    if (Object.keys(kept).length > 0) change(kept);
    else keepInTab(accountId, form, typedText(base.version, before, draft));
  });
}
