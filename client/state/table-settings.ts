// How a person set up the table of a desk: columns and named views, kept in this browser for this account.
import { useState } from 'react';
import type { SavedView, TableSettings } from '../parts/table-tools.tsx';
import { keepForAccount, keptForAccount } from './person-storage.ts';
import { useMe } from './session.ts';

type Kept = Pick<TableSettings, 'columns' | 'views'>;

/** `desk` names the table: claims, cases, library. */
export function useTableSettings(desk: string): TableSettings {
  const accountId = useMe()?.id ?? '';
  const [kept, setKept] = useState(() => readTableSettings(keptForAccount(accountId, `table.${desk}`)));
  const keep = (change: Partial<Kept>) => {
    const next = { ...kept, ...change };
    setKept(next);
    keepForAccount(accountId, `table.${desk}`, JSON.stringify(next));
  };
  return { ...kept, onColumns: (columns) => keep({ columns }), onViews: (views) => keep({ views }) };
}

/** What the browser kept is outside input: anything else than columns and views is nothing. */
export function readTableSettings(text: string | null): Kept {
  try {
    const { columns, views }: { columns?: unknown; views?: unknown } = JSON.parse(text ?? '{}') ?? {};
    return {
      columns: Array.isArray(columns) ? columns.filter((key) => typeof key === 'string') : null,
      views: Array.isArray(views) ? views.filter(isView) : [],
    };
  } catch {
    return { columns: null, views: [] };
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  const { name, query } = value as { name?: unknown; query?: unknown };
  return typeof name === 'string' && typeof query === 'string';
}
