// The empty map: own style over own tiles, no glyphs, no sprite, no foreign address. MapLibre 6 loads its worker from a
// separate file whose address Vite has to name (stack reference, trap 4); text is drawn from the system's fonts.
import {
  AttributionControl,
  Map as MapLibreMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { LonLat } from '../../engine/index.ts';
import { markColours } from '../format/map-colours.ts';

export const mapFonts = ['sans-serif'];

setWorkerUrl(workerUrl);

export interface MapStart {
  readonly centre: LonLat | null;
  readonly zoom: number;
  /** The words of MapLibre's own buttons in the language of the screens. */
  readonly labels: Record<string, string>;
}

export function createMap(container: HTMLElement, { centre, zoom, labels }: MapStart): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: 'ground', type: 'background', paint: { 'background-color': markColours.ground } }],
    },
    center: centre === null ? [121.47, 31.23] : [...centre],
    zoom: centre === null ? 11 : zoom,
    minZoom: 3,
    maxZoom: 20,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    localIdeographFontFamily: "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif",
    locale: labels,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-left');
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  return map;
}
