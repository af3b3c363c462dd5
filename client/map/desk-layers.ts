// Marks of a desk on its map: a row is a dot in the colour of its state, several are a disc with their number, tinted as the tag in the
// table is. Rings say which row is opened and which is under the pointer.
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { markColours, mixedColour } from '../format/map-colours.ts';
import type { DeskMapState, DeskMark, MapPlace } from '../parts/desk-map-slot.tsx';
import { mapFonts } from './create-map.ts';
import { countText } from './mark-grid.ts';

const reachPx = 4;
const empty = { type: 'FeatureCollection' as const, features: [] };

export function addDeskLayers(map: MapLibreMap): void {
  map.addSource('desk-marks', { type: 'geojson', data: empty });
  map.addSource('desk-rings', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'desk-discs',
    type: 'circle',
    source: 'desk-marks',
    filter: ['>', ['get', 'count'], 1],
    layout: { 'circle-sort-key': ['get', 'count'] },
    paint: {
      'circle-radius': ['step', ['get', 'count'], 11, 10, 13, 100, 16, 1000, 19, 10_000, 22],
      'circle-color': ['get', 'tint'],
      'circle-opacity': 0.94,
      'circle-stroke-color': ['get', 'line'],
      'circle-stroke-width': 2.5,
    },
  });
  map.addLayer({
    id: 'desk-counts',
    type: 'symbol',
    source: 'desk-marks',
    filter: ['>', ['get', 'count'], 1],
    layout: {
      'text-field': ['get', 'text'],
      'text-font': mapFonts,
      'text-size': 12,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': '#1b2430' },
  });
  map.addLayer({
    id: 'desk-dots',
    type: 'circle',
    source: 'desk-marks',
    filter: ['==', ['get', 'count'], 1],
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 4.5, 14, 6.5],
      // a replacement is hollow: it is not what gives way
      'circle-color': ['case', ['==', ['get', 'part'], 'replacement'], '#ffffff', ['get', 'line']],
      'circle-stroke-color': ['case', ['==', ['get', 'part'], 'replacement'], ['get', 'line'], '#ffffff'],
      'circle-stroke-width': ['case', ['==', ['get', 'part'], 'replacement'], 3, 1.5],
    },
  });
  map.addLayer({
    id: 'desk-rings',
    type: 'circle',
    source: 'desk-rings',
    paint: {
      'circle-radius': ['case', ['==', ['get', 'role'], 'marked'], 16, 13],
      'circle-color': markColours.plan,
      'circle-opacity': 0.18,
      'circle-stroke-color': markColours.plan,
      'circle-stroke-width': ['case', ['==', ['get', 'role'], 'marked'], 3, 1.5],
    },
  });
  map.addLayer({
    id: 'desk-ringed',
    type: 'circle',
    source: 'desk-rings',
    paint: {
      'circle-radius': 6.5,
      'circle-color': ['get', 'line'],
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1.5,
    },
  });
}

/** What stands already: neighbours of a row, small and dark under its marks. */
export function addStandingSites(map: MapLibreMap): void {
  map.addLayer({
    id: 'desk-standing',
    type: 'circle',
    source: 'sites',
    'source-layer': 'sites',
    filter: ['==', ['get', 'status'], 'existing'],
    paint: {
      'circle-radius': 3.5,
      'circle-color': markColours.existing,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1,
    },
  });
}

type Colours = Readonly<Record<string, DeskMapState['colour']>>;

export const coloursOf = (states: readonly DeskMapState[]): Colours =>
  Object.fromEntries(states.map(({ state, colour }) => [state, colour]));

export function applyMarks(
  map: MapLibreMap,
  marks: readonly DeskMark[],
  colours: Colours,
  language: string,
): void {
  map.getSource<GeoJSONSource>('desk-marks')?.setData({
    type: 'FeatureCollection',
    features: marks.map(({ lon, lat, count, state, part }, index) =>
      pointAt([lon, lat], {
        index,
        count,
        part,
        text: countText(count, language),
        ...colourOf(state, colours),
      }),
    ),
  });
}

export interface DeskRing {
  readonly role: 'marked' | 'hovered';
  readonly place: MapPlace;
  readonly state: string | null;
}

export function applyRings(map: MapLibreMap, rings: readonly DeskRing[], colours: Colours): void {
  map.getSource<GeoJSONSource>('desk-rings')?.setData({
    type: 'FeatureCollection',
    features: rings.map(({ role, place, state }) => pointAt(place, { role, ...colourOf(state, colours) })),
  });
}

/** Index of the topmost mark under the pointer. */
export function markUnder(
  map: MapLibreMap,
  { x, y }: { readonly x: number; readonly y: number },
): number | null {
  const box: [[number, number], [number, number]] = [
    [x - reachPx, y - reachPx],
    [x + reachPx, y + reachPx],
  ];
  const index = map.queryRenderedFeatures(box, { layers: ['desk-dots', 'desk-discs'] })[0]?.properties.index;
  return typeof index === 'number' ? index : null;
}

const colourOf = (state: string | null, colours: Colours) =>
  (state === null ? undefined : colours[state]) ?? mixedColour;

function pointAt([lon, lat]: MapPlace, properties: Readonly<Record<string, string | number | null>>) {
  return {
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
    properties: { ...properties },
  };
}
