// How a person set up the table of a desk: columns and named views, kept in this browser for this account.
import { useEffect, useState } from 'react';
import type { SavedView, TableSettings } from '../parts/table-tools.tsx';
import { keepForAccount, keptForAccount } from './person-storage.ts';
import { useMe } from './session.ts';

type Kept = Pick<TableSettings, 'columns' | 'views'>;

/** `desk` names the table: claims, cases, library. */
export function useTableSettings(desk: string): TableSettings {
  const accountId = useMe()?.id ?? '';
  const name = `table.${desk}`;
  const [kept, setKept] = useState(() => readTableSettings(keptForAccount(accountId, name)));
  useEffect(() => {
    // another tab of the same person: what it keeps is not overwritten from here
    const follow = () => setKept(readTableSettings(keptForAccount(accountId, name)));
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [accountId, name]);
  const keep = (change: Partial<Kept>) => {
    const next = { ...kept, ...change };
    setKept(next);
    keepForAccount(accountId, name, JSON.stringify(next));
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
