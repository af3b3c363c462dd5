// What a desk's map has in view: as a box, as the window it asks the service for, as the address of the main map.
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { MapBox } from '../parts/desk-map-address.ts';
import type { MapPlace, MapWindow } from '../parts/desk-map-slot.tsx';
import { boxAround, isBoxWithin, isInBox, serviceZoom, widerBox } from './mark-grid.ts';

const edgePx = 36;
const toolsPx = 22;
/** Asked beyond the window on each side, so that a small step needs no new answer. */
const beyond = 0.25;

/** What is in view, without so many pixels at the edges. */
export function boxInView(map: MapLibreMap, withoutPx = 0): MapBox {
  const { clientWidth, clientHeight } = map.getContainer();
  const low = map.unproject([withoutPx, clientHeight - withoutPx]);
  const high = map.unproject([clientWidth - withoutPx, withoutPx]);
  return [Math.max(-180, low.lng), low.lat, Math.min(180, high.lng), high.lat];
}

export interface BoxFit {
  readonly maxZoom: number;
  /** At once unless told. */
  readonly durationMs?: number;
  /** To the edges; otherwise clear of them and of the tools above. */
  readonly isExact?: boolean;
}

export function fitBox(map: MapLibreMap, box: MapBox, { maxZoom, durationMs = 0, isExact }: BoxFit): void {
  const padding = isExact ? 0 : { top: edgePx + toolsPx, bottom: edgePx, left: edgePx, right: edgePx };
  const [west, south, east, north] = box;
  map.fitBounds([west, south, east, north], { maxZoom, duration: durationMs, padding });
}

/** A small map keeps its row in the middle; a large one moves only when the row is out of sight. */
export function bringIntoView(map: MapLibreMap, places: readonly MapPlace[], isSmall: boolean): void {
  const box = boxAround(places);
  if (box === null) return;
  const [west, south, east, north] = box;
  if (isSmall) map.jumpTo({ center: [(west + east) / 2, (south + north) / 2] });
  else if (!places.some((place) => isInBox(place, boxInView(map, edgePx))))
    fitBox(map, box, { maxZoom: map.getZoom(), durationMs: 300 });
}

/** The window to ask for; the one before as long as it holds what is in view, equally near. */
export function windowAfter(map: MapLibreMap, before: MapWindow | null): MapWindow {
  const box = boxInView(map);
  const zoom = serviceZoom(map.getZoom());
  if (before !== null && before.zoom === zoom && isBoxWithin(box, before.box)) return before;
  return { box: widerBox(box, beyond), zoom };
}

export function mainMapPath(map: MapLibreMap): string {
  const { lng, lat } = map.getCenter();
  return `/?map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
}
