// Eye and opacity of the layer tree, translated to the map's own layers.
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { LayerId, Layers } from '../state/layers.ts';

const mapLayersOf: Record<LayerId, readonly string[]> = {
  plan: ['plan-existing', 'plan-new', 'plan-rank'],
  'sites-existing': ['sites-existing-dots', 'sites-existing-marks'],
  'sites-candidate': ['sites-candidate-dots', 'sites-candidate-marks'],
  'sites-other': ['sites-other-dots', 'sites-other-marks'],
  uncovered: ['uncovered-patches'],
  coverage: [],
  areas: ['areas-line', 'areas-approved', 'areas-chosen', 'areas-fill', 'areas-name'],
  districts: ['districts-line', 'districts-name'],
  pipes: ['pipes-line'],
  roads: ['roads-casing', 'roads-line', 'roads-name'],
  buildings: ['buildings-fill', 'buildings-line'],
  water: ['water-fill'],
  // one picture per stored raster: raster-layers.ts
  clutter: [],
  relief: [],
  basemap: ['basemap-tiles'],
};

/** Opacity a layer has of itself, before the person's own factor. */
const ownOpacity: Record<string, number> = {
  'areas-fill': 0.06,
  'buildings-line': 0.5,
  'uncovered-patches': 0.6,
};

export function applyLayers(map: MapLibreMap, layers: Layers): void {
  for (const [id, mapLayers] of Object.entries(mapLayersOf) as [LayerId, readonly string[]][]) {
    const { visible, opacity } = layers[id];
    for (const mapLayer of mapLayers) {
      // The basemap is there only when one is configured.
      if (map.getLayer(mapLayer) === undefined) continue;
      map.setLayoutProperty(mapLayer, 'visibility', visible ? 'visible' : 'none');
      setOpacity(map, mapLayer, opacity * (ownOpacity[mapLayer] ?? 1));
    }
  }
}

function setOpacity(map: MapLibreMap, mapLayer: string, opacity: number): void {
  const type = map.getLayer(mapLayer)?.type;
  if (type === 'fill') map.setPaintProperty(mapLayer, 'fill-opacity', opacity);
  else if (type === 'line') map.setPaintProperty(mapLayer, 'line-opacity', opacity);
  else if (type === 'raster') map.setPaintProperty(mapLayer, 'raster-opacity', opacity);
  else if (type === 'circle') {
    map.setPaintProperty(mapLayer, 'circle-opacity', opacity);
    map.setPaintProperty(mapLayer, 'circle-stroke-opacity', opacity);
  } else if (type === 'symbol') {
    map.setPaintProperty(mapLayer, 'icon-opacity', opacity);
    map.setPaintProperty(mapLayer, 'text-opacity', opacity);
  }
}
