// A form on a row that others may change under it, and a question about such a row: both say what is new instead of losing what was typed.
import { useState } from 'react';
import {
  changedKeys,
  followedOnFresh,
  type LateField,
  lateFields,
  typedOn,
  typedOnFresh,
} from './typed-on-fresh.ts';

export interface LateEdit<Row, Draft> {
  /** The row the changes are made on; another one after `takeFresh`. */
  readonly base: Row;
  readonly draft: Draft;
  /** Null: nobody was faster. */
  readonly news: readonly LateField<Draft>[] | null;
  change(part: Partial<Draft>): void;
  /** The row as it is now, out of a refusal; null: the refusal was about something else. */
  takeFresh(fresh: Row | null): void;
  /** For a form that stays open: the row was saved, or somebody else changed it; what is typed stays, with a word of what is new. */
  follow(fresh: Row): void;
}

/** `draftOf` gives the fields of the form as they stand in a row. */
export function useLateEdit<Row, Draft extends object>(
  row: Row,
  draftOf: (row: Row) => Draft,
): LateEdit<Row, Draft> {
  const [{ base, typed }, set] = useState(() => ({ base: row, typed: typedOn(draftOf(row)) }));
  const { draft } = typed;
  return {
    base,
    draft,
    news: typed.first === typed.base ? null : lateFields(typed),
    change: (part) =>
      set((now) => ({ ...now, typed: { ...now.typed, draft: { ...now.typed.draft, ...part } } })),
    takeFresh: (fresh) => {
      if (fresh !== null) set({ base: fresh, typed: typedOnFresh(typed, draftOf(fresh)) });
    },
    follow: (fresh) => set({ base: fresh, typed: followedOnFresh(typed, draftOf(fresh)) }),
  };
}

/** What changed of a row since a question about it was opened; null: nothing did. `row` is the row as it is now. */
export function useRowNews<Row extends { readonly version: number }, Shown extends object>(
  row: Row,
  shownOf: (row: Row) => Shown,
): readonly LateField<Shown>[] | null {
  const [seen] = useState(row);
  if (row.version === seen.version) return null;
  return changedKeys(shownOf(seen), shownOf(row)).map((key) => ({ key, isTyped: false }));
}
