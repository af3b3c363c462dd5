// What a click and the pointer mean: the topmost plan site, patch or site under it; with a card open, a click on free
// ground asks for the link budget to that place.
import { type Map as MapLibreMap, type MapMouseEvent, Popup } from 'maplibre-gl';
import { areasStore } from '../state/areas.ts';
import { askLinkBudgetTo, clearFocus, focusPatch, focusSite, focusStore, hoverSite } from '../state/focus.ts';
import { isPlacing, placeAt } from '../state/placing.ts';
import { siteLayerIds } from './site-layers.ts';

const reachPx = 5;
const planLayerIds = ['plan-new', 'plan-existing'];

type Hit =
  | { readonly kind: 'site'; readonly id: string; readonly label: string }
  | { readonly kind: 'patch'; readonly id: number };

/** Call the answer to stop listening. `patchLabel` names a patch for the pointer. */
export function listenToPointer(map: MapLibreMap, patchLabel: (patchId: number) => string): () => void {
  const label = new Popup({ closeButton: false, closeOnClick: false, offset: 14, className: 'map-label' });
  let lastMs = 0;

  const click = (event: MapMouseEvent) => {
    if (areasStore.get().drawing !== 'off') return;
    if (isPlacing()) {
      placeAt([event.lngLat.lng, event.lngLat.lat]);
      return;
    }
    const hit = hitAt(map, event);
    if (hit?.kind === 'site') focusSite(hit.id);
    else if (hit?.kind === 'patch') focusPatch(hit.id);
    else if (focusStore.get().siteId !== null) askLinkBudgetTo([event.lngLat.lng, event.lngLat.lat]);
    else clearFocus();
  };
  const move = (event: MapMouseEvent) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < 40 || areasStore.get().drawing !== 'off' || map.isMoving()) return;
    lastMs = nowMs;
    const hit = hitAt(map, event);
    const isAiming = isPlacing() || (hit === null && focusStore.get().siteId !== null);
    map.getCanvas().style.cursor = isAiming ? 'crosshair' : hit !== null ? 'pointer' : '';
    hoverSite(hit?.kind === 'site' ? hit.id : null);
    if (hit === null) label.remove();
    else {
      const text = hit.kind === 'site' ? hit.label : patchLabel(hit.id);
      label.setLngLat(event.lngLat).setText(text).addTo(map);
    }
  };
  const leave = () => {
    label.remove();
    hoverSite(null);
  };
  map.on('click', click);
  map.on('mousemove', move);
  map.on('mouseout', leave);
  return () => {
    label.remove();
    map.off('click', click);
    map.off('mousemove', move);
    map.off('mouseout', leave);
  };
}

function hitAt(map: MapLibreMap, { point }: MapMouseEvent): Hit | null {
  const box: [[number, number], [number, number]] = [
    [point.x - reachPx, point.y - reachPx],
    [point.x + reachPx, point.y + reachPx],
  ];
  for (const layers of [planLayerIds, siteLayerIds]) {
    const feature = map.queryRenderedFeatures(box, { layers })[0];
    const id = feature?.properties.id;
    if (feature === undefined || typeof id !== 'string') continue;
    const { rank, name, code } = feature.properties;
    const title = String(name ?? code ?? id);
    return { kind: 'site', id, label: typeof rank === 'number' && rank > 0 ? `${rank} · ${title}` : title };
  }
  const patch = map.queryRenderedFeatures([point.x, point.y], { layers: ['uncovered-patches'] })[0];
  const patchId = patch?.properties.id;
  return typeof patchId === 'number' ? { kind: 'patch', id: patchId } : null;
}
