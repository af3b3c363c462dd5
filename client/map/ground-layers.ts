// The ground under the plan: water, buildings by height, roads by class, pipes, districts and target areas.
import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { markColours } from '../format/map-colours.ts';

const isWater: ExpressionSpecification = ['==', ['get', 'kind'], '水域'];
const isTarget: ExpressionSpecification = ['!=', ['get', 'kind'], '水域'];

const roadWidth: ExpressionSpecification = [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  10,
  ['match', ['get', 'roadClass'], ['motorway', 'trunk', 'primary'], 1.4, ['secondary'], 0.9, 0.3],
  14,
  ['match', ['get', 'roadClass'], ['motorway', 'trunk', 'primary'], 5, ['secondary', 'tertiary'], 3.4, 1.6],
  18,
  ['match', ['get', 'roadClass'], ['motorway', 'trunk', 'primary'], 30, ['secondary', 'tertiary'], 22, 10],
];

/** Water, roads and buildings: everything that lies under the coverage. */
export function addGroundLayers(map: MapLibreMap): void {
  map.addLayer({
    id: 'water-fill',
    type: 'fill',
    source: 'areas',
    'source-layer': 'areas',
    filter: isWater,
    paint: { 'fill-color': markColours.water },
  });
  map.addLayer({
    id: 'roads-casing',
    type: 'line',
    source: 'roads',
    'source-layer': 'roads',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': markColours.roadCasing,
      'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1, 18, 3],
      'line-gap-width': roadWidth,
    },
    minzoom: 12,
  });
  map.addLayer({
    id: 'roads-line',
    type: 'line',
    source: 'roads',
    'source-layer': 'roads',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': ['interpolate', ['linear'], ['zoom'], 11, '#c2c8cf', 13.5, markColours.road],
      'line-width': roadWidth,
    },
  });
  map.addLayer({
    id: 'buildings-fill',
    type: 'fill',
    source: 'buildings',
    'source-layer': 'buildings',
    minzoom: 12,
    paint: {
      // Taller is darker; a building without a height takes the tone of a low one.
      'fill-color': [
        'interpolate',
        ['linear'],
        ['coalesce', ['get', 'heightM'], 0],
        0,
        '#e6e4de',
        20,
        '#d9d7d2',
        60,
        '#c6c6c7',
        120,
        '#abb0b6',
        300,
        '#858e9a',
      ],
      'fill-outline-color': 'rgba(90, 96, 105, 0.35)',
    },
  });
}

/** Lines that lie over the coverage. */
export function addBorderLayers(map: MapLibreMap): void {
  // Close by, a building keeps its shape over the coverage without tinting it.
  map.addLayer({
    id: 'buildings-line',
    type: 'line',
    source: 'buildings',
    'source-layer': 'buildings',
    minzoom: 14,
    paint: {
      'line-color': '#5a6069',
      'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.2, 17, 0.8],
    },
  });
  map.addLayer({
    id: 'districts-line',
    type: 'line',
    source: 'districts',
    'source-layer': 'districts',
    paint: { 'line-color': markColours.district, 'line-width': 1.2, 'line-dasharray': [4, 2, 1, 2] },
  });
  map.addLayer({
    id: 'pipes-line',
    type: 'line',
    source: 'pipes',
    'source-layer': 'pipes',
    minzoom: 11,
    paint: { 'line-color': markColours.pipe, 'line-width': 1.4, 'line-dasharray': [2, 1.5] },
  });
  map.addLayer({
    id: 'areas-fill',
    type: 'fill',
    source: 'areas',
    'source-layer': 'areas',
    filter: ['==', ['get', 'id'], ''],
    paint: { 'fill-color': markColours.area, 'fill-opacity': 0.06 },
  });
  map.addLayer({
    id: 'areas-line',
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    filter: ['all', isTarget, ['!=', ['get', 'state'], '已批准']],
    paint: { 'line-color': markColours.areaLine, 'line-width': 1.2, 'line-dasharray': [3, 2] },
  });
  // what was approved has a firm border
  map.addLayer({
    id: 'areas-approved',
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    filter: ['all', isTarget, ['==', ['get', 'state'], '已批准']],
    paint: { 'line-color': markColours.areaLine, 'line-width': 1.6 },
  });
  map.addLayer({
    id: 'areas-chosen',
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    filter: ['==', ['get', 'id'], ''],
    paint: { 'line-color': markColours.area, 'line-width': 3 },
  });
}

/** Thick border and a breath of fill for the areas of the next plan. */
export function applyChosenAreas(map: MapLibreMap, areaIds: readonly string[]): void {
  const filter: ExpressionSpecification = ['in', ['get', 'id'], ['literal', [...areaIds]]];
  map.setFilter('areas-chosen', filter);
  map.setFilter('areas-fill', filter);
}
