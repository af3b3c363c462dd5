// Sites from tiles: plain dots from afar (200 000 of them pan smoothly), shaped marks from zoom 14 on.
import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { markColours } from '../format/map-colours.ts';

const siteGroups = {
  'sites-other': ['proposed', 'unavailable'],
  'sites-candidate': ['candidate'],
  'sites-existing': ['existing'],
} as const;

const marksFromZoom = 14;

const dotColour: ExpressionSpecification = [
  'match',
  ['get', 'status'],
  'existing',
  markColours.existing,
  'proposed',
  markColours.proposed,
  'unavailable',
  markColours.unavailable,
  markColours.candidate,
];

export function addSiteLayers(map: MapLibreMap): void {
  for (const [group, statuses] of Object.entries(siteGroups)) {
    const filter: ExpressionSpecification = ['in', ['get', 'status'], ['literal', [...statuses]]];
    const size = group === 'sites-existing' ? 1.7 : 1;
    map.addLayer({
      id: `${group}-dots`,
      type: 'circle',
      source: 'sites',
      'source-layer': 'sites',
      maxzoom: marksFromZoom,
      filter,
      paint: {
        'circle-color': dotColour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, size, 12, 1.5 * size, 14, 3 * size],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': group === 'sites-existing' ? 1 : 0.3,
      },
    });
    map.addLayer({
      id: `${group}-marks`,
      type: 'symbol',
      source: 'sites',
      'source-layer': 'sites',
      minzoom: marksFromZoom,
      filter,
      layout: {
        'icon-image': ['concat', 'site-', ['get', 'structure'], '-', ['get', 'status']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 14, size > 1 ? 0.75 : 0.42, 17, 1],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    });
  }
}

/** Layers that answer to a click, topmost first. */
export const siteLayerIds = (['sites-existing', 'sites-candidate', 'sites-other'] as const).flatMap(
  (group) => [`${group}-marks`, `${group}-dots`],
);
