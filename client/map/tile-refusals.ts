// Tiles the service refuses because the session has ended: they are asked for again once the person is back. Other errors of
// the map stay in the console, where they were before anybody listened.
import type { Map as MapLibreMap } from 'maplibre-gl';

interface MapError {
  readonly error?: { readonly status?: number; readonly message?: string };
}

/** `personIsBack` answers whether it is worth asking again. Stops when the answer is called. */
export function listenToRefusals(map: MapLibreMap, personIsBack: () => Promise<boolean>): () => void {
  let isWaiting = false;
  let isGone = false;
  const listen = (event: MapError) => {
    if (event.error?.status !== 401) {
      console.error(event.error);
      return;
    }
    // a whole screen of tiles is refused at once
    if (isWaiting) return;
    isWaiting = true;
    void personIsBack().then((isBack) => {
      isWaiting = false;
      if (isBack && !isGone) askAgain(map);
    });
  };
  map.on('error', listen);
  return () => {
    isGone = true;
    map.off('error', listen);
  };
}

function askAgain(map: MapLibreMap): void {
  for (const [id, { type }] of Object.entries(map.getStyle().sources)) {
    if (type === 'vector' || type === 'raster') map.refreshTiles(id);
  }
}
