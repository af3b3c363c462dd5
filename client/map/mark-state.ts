// Says on the frame of a map whether it is `moving` or `idle`, for people's tests.
import type { Map as MapLibreMap } from 'maplibre-gl';

/** Call the answer to stop. */
export function markState(map: MapLibreMap, element: HTMLElement): () => void {
  const busy = () => {
    element.dataset.mapState = 'moving';
  };
  const idle = () => {
    element.dataset.mapState = 'idle';
  };
  map.on('movestart', busy);
  map.on('dataloading', busy);
  map.on('idle', idle);
  return () => {
    map.off('movestart', busy);
    map.off('dataloading', busy);
    map.off('idle', idle);
  };
}
