// True while the window is narrower than so many pixels.
import { useSyncExternalStore } from 'react';

export function useNarrow(widthPx: number): boolean {
  const media = `(max-width: ${widthPx - 0.02}px)`;
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(media);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(media).matches,
  );
}
