// Names of areas and districts, one label each: a polygon cut into tiles would be labelled once per tile.
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { AreaJson, DistrictJson } from '../../server/contract/areas.ts';
import { markColours } from '../format/map-colours.ts';
import { mapFonts } from './create-map.ts';

const empty = { type: 'FeatureCollection' as const, features: [] };

export function addNameLayers(map: MapLibreMap): void {
  map.addLayer({
    id: 'roads-name',
    type: 'symbol',
    source: 'roads',
    'source-layer': 'roads',
    minzoom: 14.5,
    filter: ['!=', ['coalesce', ['get', 'name'], ''], ''],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': mapFonts,
      'text-size': 11,
    },
    paint: { 'text-color': '#5c6672', 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 },
  });
  map.addSource('area-names', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'areas-name',
    type: 'symbol',
    source: 'area-names',
    maxzoom: 15,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': mapFonts,
      'text-size': 12,
      'text-max-width': 9,
      'text-anchor': 'bottom',
    },
    paint: { 'text-color': markColours.area, 'text-halo-color': '#ffffff', 'text-halo-width': 1.8 },
  });
  map.addSource('district-names', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'districts-name',
    type: 'symbol',
    source: 'district-names',
    maxzoom: 14,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': mapFonts,
      'text-size': 14,
      'text-letter-spacing': 0.2,
    },
    paint: { 'text-color': '#4b5563', 'text-halo-color': '#ffffff', 'text-halo-width': 1.8 },
  });
}

/** Areas are named at the middle of their northern edge, districts in their middle: the two rarely meet. */
export function applyNames(
  map: MapLibreMap,
  areas: readonly AreaJson[],
  districts: readonly DistrictJson[],
): void {
  const targets = areas.filter((area) => area.kind !== '水域');
  map
    .getSource<GeoJSONSource>('area-names')
    ?.setData(points(targets.map((area) => ({ name: area.name, at: middleOf(area.geometry, 'north') }))));
  map
    .getSource<GeoJSONSource>('district-names')
    ?.setData(points(districts.map(({ name, geometry }) => ({ name, at: middleOf(geometry, 'centre') }))));
}

function points(names: readonly { readonly name: string; readonly at: [number, number] }[]) {
  return {
    type: 'FeatureCollection' as const,
    features: names.map(({ name, at }) => ({
      type: 'Feature' as const,
      geometry: { type: 'Point' as const, coordinates: at },
      properties: { name },
    })),
  };
}

function middleOf({ coordinates }: AreaJson['geometry'], where: 'north' | 'centre'): [number, number] {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const rings of coordinates) {
    for (const [lon = 0, lat = 0] of rings[0] ?? []) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return [(west + east) / 2, where === 'north' ? north : (south + north) / 2];
}
