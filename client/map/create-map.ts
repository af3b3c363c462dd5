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
import type { TFunction } from 'i18next';
import type { LonLat } from '../../engine/index.ts';
import { markColours } from '../format/map-colours.ts';

export const mapFonts = ['sans-serif'];

setWorkerUrl(workerUrl);

export interface MapStart {
  readonly centre: LonLat | null;
  readonly zoom: number;
  /** What is read out for it. */
  readonly title: string;
}

/** `t`: MapLibre's own buttons speak the language of the screens. */
export function createMap(
  container: HTMLElement,
  { centre, zoom, title }: MapStart,
  t: TFunction,
): MapLibreMap {
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
    locale: {
      'Map.Title': title,
      'Marker.Title': t('map.marker'),
      'NavigationControl.ZoomIn': t('map.zoomIn'),
      'NavigationControl.ZoomOut': t('map.zoomOut'),
    },
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-left');
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  return map;
}
