// The address bar carries plan, focus, map position, switched-off layers and the filters of the site table, so that a link shows the same.
// It is outside input: everything is checked before it is believed.
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { coverageLayers } from '../../engine/index.ts';
import { filtersStore, readSiteFilters, writeSiteFilters } from './filters.ts';
import { focusStore } from './focus.ts';
import { type LayerId, type LayerState, layerIds, layersStore } from './layers.ts';
import { previewStore } from './preview.ts';
import { type BottomTab, placeMap, viewStore } from './view.ts';

const bottomTabs: readonly BottomTab[] = ['items', 'library', 'uncovered', 'areas', 'districts'];

/** Keeps stores and address bar equal while the workspace is on the screen. */
export function useAddressBar(): void {
  const { key } = useLocation();
  const readKey = useRef('');
  // A new entry of the history (a link, back, forward) is read, before the map is made; what the person does afterwards
  // is written into it. Read once: layout effects run again when something on the screen was waited for.
  useLayoutEffect(() => {
    if (key === readKey.current) return;
    readKey.current = key;
    readAddress(window.location.search);
  }, [key]);
  useEffect(() => {
    if (key === '') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const search = writeAddress();
        if (search !== window.location.search) {
          window.history.replaceState(window.history.state, '', `${window.location.pathname}${search}`);
        }
      }, 250);
    };
    const stops = [focusStore, viewStore, layersStore, filtersStore].map((store) => store.subscribe(write));
    write();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [key]);
}

/** Takes what the address says; what it does not name stays. */
export function readAddress(search: string): void {
  const params = new URLSearchParams(search);
  const planId = readId(params.get('plan'));
  if (planId !== null) {
    focusStore.set({ planId });
    previewStore.set({ isShown: false });
  }
  const siteId = readId(params.get('site'));
  const patch = Number(params.get('patch') ?? Number.NaN);
  if (siteId !== null) focusStore.set({ siteId, patchId: null });
  else if (Number.isSafeInteger(patch) && patch >= 0) focusStore.set({ patchId: patch, siteId: null });
  const [zoom, lat, lon] = (params.get('map') ?? '').split('/').map(Number);
  if (isBetween(zoom, 0, 22) && isBetween(lat, -85, 85) && isBetween(lon, -180, 180)) {
    placeMap([lon, lat], zoom);
  }
  const off = params.get('off');
  if (off !== null) {
    const hidden = new Set(off.split(','));
    const change: Partial<Record<LayerId, LayerState>> = {};
    for (const id of layerIds) change[id] = { ...layersStore.get()[id], visible: !hidden.has(id) };
    layersStore.set(change);
  }
  const tab = bottomTabs.find((one) => one === params.get('tab'));
  if (tab !== undefined) viewStore.set({ bottomTab: tab, bottomOpen: true });
  const sites = params.get('sites');
  if (sites !== null) filtersStore.set(readSiteFilters(sites));
  if (params.get('ramp') === 'colour-blind') viewStore.set({ ramp: 'colour-blind' });
  const coverageLayer = coverageLayers.find((one) => one === params.get('layer'));
  if (coverageLayer !== undefined) viewStore.set({ coverageLayer });
}

/** The search part of the address for what is on the screen now. */
export function writeAddress(): string {
  const { planId, siteId, patchId } = focusStore.get();
  const { centre, zoom, ramp, coverageLayer, bottomOpen, bottomTab } = viewStore.get();
  const layers = layersStore.get();
  const params = new URLSearchParams();
  if (planId !== null) params.set('plan', planId);
  if (siteId !== null) params.set('site', siteId);
  if (patchId !== null) params.set('patch', String(patchId));
  if (centre !== null) {
    params.set('map', `${zoom.toFixed(2)}/${centre[1].toFixed(5)}/${centre[0].toFixed(5)}`);
  }
  params.set('off', layerIds.filter((id) => !layers[id].visible).join(','));
  if (bottomOpen) params.set('tab', bottomTab);
  const sites = writeSiteFilters(filtersStore.get());
  if (sites !== '') params.set('sites', sites);
  if (ramp !== 'green-red') params.set('ramp', ramp);
  if (coverageLayer !== 'level') params.set('layer', coverageLayer);
  const text = params.toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

function readId(text: string | null): string | null {
  return text !== null && text.length >= 1 && text.length <= 100 ? text : null;
}

function isBetween(value: number | undefined, low: number, high: number): value is number {
  return value !== undefined && Number.isFinite(value) && value >= low && value <= high;
}
