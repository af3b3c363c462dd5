// The size an element was given, for tables that draw only the rows in view and need numbers.
import { type RefCallback, useCallback, useRef, useState } from 'react';

export interface ElementSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Attach the first to the element; the second is its inner size, zero before the first layout. */
export function useElementSize<Element extends HTMLElement>(): [RefCallback<Element>, ElementSize] {
  const [size, setSize] = useState<ElementSize>({ widthPx: 0, heightPx: 0 });
  const observer = useRef<ResizeObserver | null>(null);
  const attach = useCallback((element: Element | null) => {
    observer.current?.disconnect();
    observer.current = null;
    if (!element) return;
    const measure = () => {
      const { clientWidth: widthPx, clientHeight: heightPx } = element;
      setSize((now) => (now.widthPx === widthPx && now.heightPx === heightPx ? now : { widthPx, heightPx }));
    };
    observer.current = new ResizeObserver(measure);
    observer.current.observe(element);
    measure();
  }, []);
  return [attach, size];
}
