// Where somebody is in a batch: filter, text and row stand in the address; the row in hand is remembered as it was seen, because an act
// says which version it was made on.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import {
  type Current,
  filterRows,
  firstToLookAt,
  type RowFilter,
  rowAtStep,
  rowFilters,
  type ShownRow,
  searchRows,
} from './row-rules.ts';

const ADDRESS_MS = 400;

export interface RowWalk {
  readonly filter: RowFilter;
  readonly text: string;
  /** After filter and text. */
  readonly shown: readonly ShownRow[];
  readonly currentId: string | null;
  /** The row in hand, also when an act took it out of the filter. */
  readonly row: ShownRow | undefined;
  /** The same as the person saw it last. */
  readonly seen: BatchRowJson | undefined;
  goTo(id: string | null): void;
  /** That many rows down or up. */
  step(by: number): void;
  see(row: BatchRowJson | undefined): void;
  show(filter: RowFilter): void;
  find(text: string): void;
}

/** `waits`: the rows to begin with when the address names none. */
export function useRowWalk(
  rows: readonly BatchRowJson[],
  all: readonly ShownRow[],
  waits: (row: BatchRowJson) => boolean,
): RowWalk {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const filter = rowFilters.find((one) => one === params.get('show')) ?? 'all';
  const text = (params.get('find') ?? '').slice(0, 100);
  const shown = useMemo(() => searchRows(filterRows(all, filter), text), [all, filter, text]);
  const [current, setCurrent] = useState<Current>(() => {
    const asked = rows.findIndex(({ id }) => id === params.get('row'));
    const id = rows[asked]?.id ?? firstToLookAt(shown, waits) ?? firstToLookAt(rows, waits);
    return { id, index: rows.findIndex((row) => row.id === id) };
  });
  const byId = (id: string | null) => rows.find((row) => row.id === id);
  const [seen, see] = useState(() => byId(current.id));
  const put = (key: string, value: string) =>
    setParams((now) => withParam(now, key, value), { replace: true });

  const latest = useRef(put);
  useEffect(() => {
    latest.current = put;
  });
  // written when the person stays on a row: browsers refuse too many changes of the address
  useEffect(() => {
    const timer = setTimeout(() => {
      // a link that was followed meanwhile may still load its screen: it is not called back
      if (window.location.pathname === pathname) latest.current('row', current.id ?? '');
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [current.id, pathname]);

  const goTo = (id: string | null, among: readonly ShownRow[] = shown) => {
    if (id === null) return;
    setCurrent({
      id,
      index: Math.max(
        0,
        among.findIndex((row) => row.id === id),
      ),
    });
    see(byId(id));
  };
  /** A row that somebody filtered away does not stay in hand: the keys would decide what is not in sight. */
  const narrow = (among: readonly ShownRow[]) => {
    if (!among.some(({ id }) => id === current.id)) goTo(firstToLookAt(among, waits), among);
  };
  const row = all.find(({ id }) => id === current.id);
  const standIn = row === undefined ? (rowAtStep(shown, current, 0)?.id ?? null) : null;
  // a row that was taken out of the batch
  useEffect(() => {
    if (standIn !== null) setCurrent(({ index }) => ({ id: standIn, index }));
  }, [standIn]);
  return {
    filter,
    text,
    shown,
    currentId: current.id,
    row,
    seen: seen?.id === current.id ? seen : undefined,
    goTo: (id) => goTo(id),
    step: (by) => goTo(rowAtStep(shown, current, by)?.id ?? null),
    see,
    show: (next) => {
      put('show', next === 'all' ? '' : next);
      narrow(searchRows(filterRows(all, next), text));
    },
    find: (next) => {
      put('find', next);
      narrow(searchRows(filterRows(all, filter), next));
    },
  };
}

function withParam(params: URLSearchParams, key: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === '') next.delete(key);
  else next.set(key, value);
  return next;
}
