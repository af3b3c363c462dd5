// Brings a row of a virtual table into view, at the most once for each picture drawn. The table looks several times until a row is in
// its place; keys that come faster than pictures would have it look without an end, and React gives the screen up.
import type { TableRef } from 'antd';
import { type RefObject, useCallback, useEffect, useRef } from 'react';

export function useScrollToRow(table: RefObject<TableRef | null>): (key: string) => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback(
    (key) => {
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => table.current?.scrollTo({ key }));
    },
    [table],
  );
}
