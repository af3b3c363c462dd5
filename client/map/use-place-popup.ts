// An element that lies on the map at a place, for a component to draw into.
import { type Map as MapLibreMap, Popup } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import type { MapPlace } from '../parts/desk-map-slot.tsx';

/** Null while no place is named. */
export function usePlacePopup(map: MapLibreMap | null, place: MapPlace | null): HTMLElement | null {
  const [element] = useState(() => document.createElement('div'));
  useEffect(() => {
    if (map === null || place === null) return;
    const popup = new Popup({
      closeButton: false,
      closeOnClick: false,
      focusAfterOpen: false,
      maxWidth: '280px',
      offset: 14,
    });
    popup
      .setLngLat([...place])
      .setDOMContent(element)
      .addTo(map);
    return () => {
      popup.remove();
    };
  }, [map, place, element]);
  return place === null ? null : element;
}
