// The plan: its sites numbered by rank with a ring for the latest review, and the uncovered patches by reason.
// Both come from state and not from tiles, so that a saved plan and a preview look the same.
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { decisionColours, markColours } from '../format/map-colours.ts';
import { standingColour } from '../format/operator-colours.ts';
import { phaseColour } from '../format/phase-colours.ts';
import { reasonColours } from '../format/reason-colours.ts';
import { standingOf } from '../state/shown-operator.ts';
import type { ShownItem, ShownPlan } from '../state/shown-plan.ts';
import { mapFonts } from './create-map.ts';

const empty = { type: 'FeatureCollection' as const, features: [] };

const isNew: ExpressionSpecification = ['==', ['get', 'status'], 'new'];

export function addPlanLayers(map: MapLibreMap): void {
  map.addSource('uncovered', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'uncovered-patches',
    type: 'circle',
    source: 'uncovered',
    paint: {
      'circle-color': colourOf('reason', reasonColours, '#555555'),
      'circle-opacity': 0.55,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1,
      // The circle has the patch's own ground area at high zooms, and never vanishes at low ones.
      'circle-radius': [
        'interpolate',
        ['exponential', 2],
        ['zoom'],
        10,
        ['max', 2, ['*', ['get', 'radiusM'], 0.008]],
        14,
        ['max', 4, ['*', ['get', 'radiusM'], 0.12]],
        18,
        ['max', 6, ['*', ['get', 'radiusM'], 1.9]],
      ],
    },
  });
  map.addSource('plan', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'plan-existing',
    type: 'symbol',
    source: 'plan',
    filter: ['!', isNew],
    layout: {
      'icon-image': ['concat', 'site-', ['get', 'structure'], '-existing'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.5, 15, 1],
      'icon-allow-overlap': true,
    },
  });
  map.addLayer({
    id: 'plan-new',
    type: 'circle',
    source: 'plan',
    filter: isNew,
    layout: { 'circle-sort-key': ['-', 100_000, ['get', 'rank']] },
    paint: {
      'circle-color': [
        'case',
        ['==', ['get', 'decision'], '不同意'],
        '#8c8c8c',
        ['get', 'isPreview'],
        markColours.preview,
        ['get', 'colour'],
      ],
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 2.5, 12, 4, 13.5, 8, 15, 11],
      'circle-stroke-color': colourOf('decision', decisionColours, '#ffffff'),
      'circle-stroke-width': ['case', ['==', ['get', 'decision'], ''], 1.8, 3],
    },
  });
  map.addLayer({
    id: 'plan-rank',
    type: 'symbol',
    source: 'plan',
    minzoom: 13.3,
    filter: isNew,
    layout: {
      'symbol-sort-key': ['get', 'rank'],
      'text-field': ['to-string', ['get', 'rank']],
      'text-font': mapFonts,
      'text-size': ['interpolate', ['linear'], ['zoom'], 13.3, 9, 15, 11],
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': '#ffffff' },
  });
}

export function applyPlan(map: MapLibreMap, shown: ShownPlan | null): void {
  map.getSource<GeoJSONSource>('plan')?.setData(shown === null ? empty : planFeatures(shown));
  map.getSource<GeoJSONSource>('uncovered')?.setData(shown === null ? empty : patchFeatures(shown));
}

/** Rows where the operator that is looked at has a station, or all. */
function ofOperator({ items, operatorId }: ShownPlan): readonly ShownItem[] {
  return operatorId === null ? items : items.filter((item) => standingOf(item).includes(operatorId));
}

/** One point per row of the plan. */
export function planFeatures(shown: ShownPlan) {
  return {
    type: 'FeatureCollection' as const,
    features: ofOperator(shown).map((item) => ({
      type: 'Feature' as const,
      geometry: { type: 'Point' as const, coordinates: item.site.position },
      properties: {
        id: item.site.id,
        name: item.site.name,
        rank: item.rank,
        status: item.status,
        structure: item.site.structure,
        decision: item.review?.decision ?? '',
        // the first phase has the colour of every plan; with several operators sites have those of who stands there
        colour: item.sharing ? standingColour(standingOf(item)) : phaseColour(item.phase),
        isPreview: shown.kind === 'preview',
      },
    })),
  };
}

function patchFeatures(shown: ShownPlan) {
  return {
    type: 'FeatureCollection' as const,
    features: shown.uncovered.map((patch) => ({
      type: 'Feature' as const,
      geometry: { type: 'Point' as const, coordinates: patch.position },
      properties: { id: patch.id, reason: patch.reason, radiusM: Math.sqrt(patch.areaM2 / Math.PI) },
    })),
  };
}

/** The colour that a table gives to a property, or the other one. */
function colourOf(
  property: string,
  table: Readonly<Record<string, string>>,
  otherwise: string,
): ExpressionSpecification {
  return ['to-color', ['get', ['get', property], ['literal', { ...table }]], otherwise];
}
