// Where the keyboard was before a dialog opened, once the dialog is gone. Dialogs here are taken away at once, before the library that draws
// them gives the focus back, and a person without a mouse would start again at the top of the page.
import { useEffect } from 'react';

/** Dialogs lie over dialogs, and what opened one may be gone with it. */
const REMEMBERED = 12;

/** Once for the whole page. */
export function useFocusBack(): void {
  useEffect(() => {
    let visited: readonly HTMLElement[] = [];
    const visit = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement)
        visited = [target, ...visited.filter((one) => one !== target)].slice(0, REMEMBERED);
    };
    // dialogs are drawn in boxes of their own in the body
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body || visited[0]?.isConnected !== false) return;
      visited.find((one) => one.isConnected && !one.matches(':disabled'))?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', visit);
    observer.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener('focusin', visit);
      observer.disconnect();
    };
  }, []);
}
