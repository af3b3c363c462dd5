// Tab in a field of many choices goes on to the next field. The library that draws it takes Tab for Enter while its list is open: the choice
// under the arrow would be added or taken away, and a person without a mouse would never leave the field.
import { useEffect } from 'react';

/** Once for the whole page. */
export function useTabLeavesChoices(): void {
  useEffect(() => {
    const keep = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (key !== 'Tab' || !(target instanceof Element)) return;
      // the browser still moves on by itself, and the list closes behind it
      if (target.closest('.ant-select-multiple') !== null) event.stopPropagation();
    };
    window.addEventListener('keydown', keep, true);
    return () => window.removeEventListener('keydown', keep, true);
  }, []);
}
