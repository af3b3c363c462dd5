// What is in focus: a ring around the site or patch, a thinner one under the pointer, the line of the link budget.
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { markColours } from '../format/map-colours.ts';

type Position = readonly number[];

export function addFocusLayers(map: MapLibreMap): void {
  map.addSource('focus', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'focus-line',
    type: 'line',
    source: 'focus',
    filter: ['==', ['get', 'role'], 'line'],
    paint: { 'line-color': markColours.focus, 'line-width': 2, 'line-dasharray': [2, 1.5] },
  });
  map.addLayer({
    id: 'focus-receiver',
    type: 'circle',
    source: 'focus',
    filter: ['==', ['get', 'role'], 'receiver'],
    paint: {
      'circle-radius': 5,
      'circle-color': '#ffffff',
      'circle-stroke-color': markColours.focus,
      'circle-stroke-width': 3,
    },
  });
  map.addLayer({
    id: 'focus-reading',
    type: 'circle',
    source: 'focus',
    filter: ['==', ['get', 'role'], 'reading'],
    paint: {
      'circle-radius': 4,
      'circle-color': markColours.focus,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1.5,
    },
  });
  map.addLayer({
    id: 'focus-ring',
    type: 'circle',
    source: 'focus',
    filter: ['in', ['get', 'role'], ['literal', ['focus', 'hover']]],
    paint: {
      'circle-radius': ['case', ['==', ['get', 'role'], 'focus'], 16, 13],
      'circle-color': 'rgba(0, 0, 0, 0)',
      'circle-stroke-color': markColours.focus,
      'circle-stroke-width': ['case', ['==', ['get', 'role'], 'focus'], 3, 1.5],
    },
  });
}

export interface FocusShown {
  readonly focus: Position | null;
  readonly hover: Position | null;
  readonly receiver: Position | null;
  /** The sample of the path profile that is being read. */
  readonly reading: Position | null;
}

export function applyFocus(map: MapLibreMap, { focus, hover, receiver, reading }: FocusShown): void {
  const features = [];
  if (focus !== null) features.push(point('focus', focus));
  if (hover !== null) features.push(point('hover', hover));
  if (receiver !== null) features.push(point('receiver', receiver));
  if (focus !== null && receiver !== null) {
    features.push({
      type: 'Feature' as const,
      geometry: { type: 'LineString' as const, coordinates: [[...focus], [...receiver]] },
      properties: { role: 'line' },
    });
  }
  if (reading !== null) features.push(point('reading', reading));
  map.getSource<GeoJSONSource>('focus')?.setData({ type: 'FeatureCollection', features });
}

function point(role: string, position: Position) {
  return {
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [...position] },
    properties: { role },
  };
}
