// The height an element was given, for tables that draw only the rows in view and need a number.
import { type RefCallback, useCallback, useRef, useState } from 'react';

/** Attach the first to the element; the second is its inner height in pixels, 0 before the first layout. */
export function useElementHeight<Element extends HTMLElement>(): [RefCallback<Element>, number] {
  const [heightPx, setHeightPx] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const attach = useCallback((element: Element | null) => {
    observer.current?.disconnect();
    observer.current = null;
    if (!element) return;
    observer.current = new ResizeObserver(() => setHeightPx(element.clientHeight));
    observer.current.observe(element);
    setHeightPx(element.clientHeight);
  }, []);
  return [attach, heightPx];
}
