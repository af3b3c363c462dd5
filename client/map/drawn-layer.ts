// The figure that was drawn and still waits for its name.
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { MultiPolygon } from '../../engine/index.ts';
import { markColours } from '../format/map-colours.ts';

export function addDrawnLayer(map: MapLibreMap): void {
  map.addSource('drawn', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'drawn-fill',
    type: 'fill',
    source: 'drawn',
    paint: { 'fill-color': markColours.area, 'fill-opacity': 0.12 },
  });
  map.addLayer({
    id: 'drawn-line',
    type: 'line',
    source: 'drawn',
    paint: { 'line-color': markColours.area, 'line-width': 2.5, 'line-dasharray': [2, 1] },
  });
}

export function applyDrawn(map: MapLibreMap, drawn: MultiPolygon | null): void {
  map.getSource<GeoJSONSource>('drawn')?.setData({
    type: 'FeatureCollection',
    features:
      drawn === null
        ? []
        : [
            {
              type: 'Feature',
              properties: {},
              geometry: {
                type: 'MultiPolygon',
                coordinates: drawn.coordinates.map((rings) => rings.map((ring) => ring.map((at) => [...at]))),
              },
            },
          ],
  });
}
