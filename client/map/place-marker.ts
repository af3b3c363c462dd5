// The pin of what is being placed; it can be dragged to where it belongs.
import { type Map as MapLibreMap, Marker } from 'maplibre-gl';
import type { LonLat } from '../../engine/index.ts';
import { markColours } from '../format/map-colours.ts';

/** Call the answer to take it away. */
export function showPlaceMarker(
  map: MapLibreMap,
  position: LonLat,
  onMoved: (position: LonLat) => void,
): () => void {
  const marker = new Marker({ color: markColours.focus, draggable: true });
  marker.setLngLat([...position] as [number, number]).addTo(map);
  marker.on('dragend', () => {
    const { lng, lat } = marker.getLngLat();
    onMoved([lng, lat]);
  });
  return () => {
    marker.remove();
  };
}
