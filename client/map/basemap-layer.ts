// An online basemap somebody configured on the server (ZHANZHI_BASEMAP_URL): the lowest layer above the plain ground, with
// its credit line. Without that setting there is neither source nor layer, and no foreign address is ever asked.
import type { Map as MapLibreMap, RasterLayerSpecification, RasterSourceSpecification } from 'maplibre-gl';
import type { StatusJson } from '../../server/contract/catalogue.ts';
import { lowestGroundLayer } from './raster-layers.ts';

interface BasemapStyle {
  readonly source: RasterSourceSpecification;
  readonly layer: RasterLayerSpecification;
}

/** Source and layer for the configured basemap, or null when there is none. */
export function basemapStyle(basemap: StatusJson['basemap']): BasemapStyle | null {
  if (basemap === null) return null;
  return {
    source: {
      type: 'raster',
      tiles: [basemap.url],
      tileSize: 256,
      maxzoom: 18,
      attribution: plainText(basemap.attribution),
    },
    layer: { id: 'basemap-tiles', type: 'raster', source: 'basemap', paint: { 'raster-fade-duration': 0 } },
  };
}

/** Puts the basemap under everything else, or takes it away with null. */
export function applyBasemap(map: MapLibreMap, basemap: StatusJson['basemap']): void {
  if (map.getSource('basemap') !== undefined) {
    map.removeLayer('basemap-tiles');
    map.removeSource('basemap');
  }
  const style = basemapStyle(basemap);
  if (style === null) return;
  map.addSource('basemap', style.source);
  map.addLayer(style.layer, lowestGroundLayer(map));
}

/** MapLibre reads a credit line as HTML; ours is text. */
function plainText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
