// The map as a component: makes it once, then hands every change of state to the function of the layer it concerns.
// `data-map-state` on the frame says `loading`, `moving` or `idle` for people's tests.
import type { TFunction } from 'i18next';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../api/catalogue.ts';
import { useRasters } from '../api/rasters.ts';
import { useSite } from '../api/sites.ts';
import { areasStore, finishDrawing, stopDrawing } from '../state/areas.ts';
import { mapWindowStore } from '../state/filters.ts';
import { focusStore } from '../state/focus.ts';
import { useKnownAreas } from '../state/known-areas.ts';
import { layerHeld } from '../state/layer-held.ts';
import { layersStore } from '../state/layers.ts';
import { linkPathStore } from '../state/link-path.ts';
import { useStore } from '../state/make-store.ts';
import { placeAt, placingStore } from '../state/placing.ts';
import { useShownPlan } from '../state/shown-plan.ts';
import { viewStore } from '../state/view.ts';
import { applyLayers } from './apply-layers.ts';
import { addPreviewProtocol, applyCoverage } from './coverage-layer.ts';
import { createMap } from './create-map.ts';
import { startDrawArea } from './draw-area.ts';
import { addDrawnLayer, applyDrawn } from './drawn-layer.ts';
import { fitPadding, focusOffset, sheetPx } from './fit-padding.ts';
import { addFocusLayers, applyFocus } from './focus-layers.ts';
import { addBorderLayers, addGroundLayers, applyChosenAreas } from './ground-layers.ts';
import { MapFailure } from './map-failure.tsx';
import { addNameLayers } from './name-layers.ts';
import { showPlaceMarker } from './place-marker.ts';
import { addPlanLayers, applyPlan } from './plan-layers.ts';
import { listenToPointer } from './pointer.ts';
import { applyRasters } from './raster-layers.ts';
import { addSiteLayers } from './site-layers.ts';
import { addSymbols } from './symbols.ts';
import { addTileSources } from './tile-sources.ts';
import { useGround } from './use-ground.ts';
import { type MadeMap, useMap } from './use-map.ts';
import './map.css';

export function MapView() {
  const { t } = useTranslation();
  const { frame, map, failure } = useMap(makeMainMap);
  const status = useStatus();
  const { shown } = useShownPlan();
  const layers = useStore(layersStore, (now) => now);
  const { ramp, coverageLayer, move } = useStore(viewStore, (now) => now);
  const { chosenIds, drawing, drawn, problem } = useStore(areasStore, (now) => now);
  const { siteId, patchId, hoverSiteId, receiver } = useStore(focusStore, (now) => now);

  useGround(map, layersStore.get, useKnownAreas().data);

  useEffect(() => {
    if (map !== null) applyLayers(map, layers);
  }, [map, layers]);

  const rasters = useRasters().data;
  useEffect(() => {
    if (map !== null && rasters !== undefined) applyRasters(map, rasters, layers);
  }, [map, rasters, layers]);

  useEffect(() => {
    if (map !== null) applyPlan(map, shown);
  }, [map, shown]);

  const { visible, opacity } = layers.coverage;
  useEffect(() => {
    if (map === null) return;
    const planId = shown?.plan?.id ?? null;
    if (shown === null) {
      applyCoverage(map, null);
      return;
    }
    const layer = layerHeld(shown.summary, coverageLayer);
    const { version, operatorId } = shown;
    applyCoverage(map, { planId, version, operatorId, layer, ramp, opacity, visible });
  }, [map, shown, coverageLayer, ramp, opacity, visible]);

  useEffect(() => {
    if (map !== null) applyChosenAreas(map, chosenIds);
  }, [map, chosenIds]);

  useEffect(() => {
    if (map !== null) applyDrawn(map, drawn);
  }, [map, drawn]);

  useEffect(() => {
    if (map === null || drawing === 'off') return;
    return startDrawArea(map, drawing, finishDrawing);
  }, [map, drawing]);

  const placed = useStore(placingStore, ({ position }) => position);
  useEffect(() => {
    if (map === null || placed === null) return;
    return showPlaceMarker(map, placed, placeAt);
  }, [map, placed]);

  // A site that the plan does not hold (a candidate) is asked for by its id.
  const item = siteId === null ? undefined : shown?.itemsBySite.get(siteId);
  const site = useSite(siteId !== null && item === undefined ? siteId : null);
  const sitePosition = item?.site.position ?? site.data?.position ?? null;
  const patchPosition = shown?.uncovered.find((patch) => patch.id === patchId)?.position ?? null;
  const hoverPosition =
    hoverSiteId === null ? null : (shown?.itemsBySite.get(hoverSiteId)?.site.position ?? null);
  const path = useStore(linkPathStore, (now) => now);
  const pathEnd = receiver ?? path.end;
  useEffect(() => {
    if (map === null) return;
    const focus = sitePosition ?? patchPosition;
    applyFocus(map, { focus, hover: hoverPosition, receiver: pathEnd, reading: path.reading });
  }, [map, sitePosition, patchPosition, hoverPosition, pathEnd, path.reading]);

  useEffect(() => {
    if (map === null) return;
    return listenToPointer(map, (id) => {
      const patch = shown?.uncovered.find((one) => one.id === id);
      return patch === undefined ? '' : t(`coverage.reasons.${patch.reason}`);
    });
  }, [map, shown, t]);

  useEffect(() => {
    if (map === null || move === null) return;
    // A table that has just opened has taken height from the map.
    map.resize();
    if ('box' in move.to) {
      const [west, south, east, north] = move.to.box;
      map.fitBounds([west, south, east, north], {
        padding: fitPadding(sizeOf(map), hasCard()),
        duration: 400,
        maxZoom: 17,
      });
    } else if ('middle' in move.to) {
      map.jumpTo({ center: [...move.to.middle], zoom: move.to.zoom });
    } else {
      map.easeTo({
        center: [...move.to.centre] as [number, number],
        zoom: move.to.zoom ?? Math.max(map.getZoom(), 15),
        duration: 400,
        offset: hasCard() ? focusOffset(sizeOf(map), hiddenBelow(map)) : [0, 0],
      });
    }
    // A wish is granted once; coming back to the map does not repeat it.
    viewStore.set({ move: null, isPlaced: true });
  }, [map, move]);

  // The first look: the whole of the data, until an address, a plan or a hand says where to look.
  const box = status.data?.box;
  useEffect(() => {
    if (map === null || box == null || viewStore.get().isPlaced) return;
    const [west, south, east, north] = box;
    if (west === undefined || south === undefined || east === undefined || north === undefined) return;
    map.fitBounds([west, south, east, north], { padding: fitPadding(sizeOf(map), false), duration: 0 });
  }, [map, box]);

  return (
    <div className="map-frame">
      <div
        ref={frame}
        className="map"
        data-testid="map"
        data-map-state="loading"
        data-drawing={drawing}
        role="application"
        aria-label={t('map.label')}
      />
      <MapFailure failure={failure} />
      {drawing === 'off' ? null : (
        <div className="map-hint" role="status" data-problem={problem} data-testid="draw-hint">
          <span>
            {problem === null ? null : <strong>{t(`map.drawProblems.${problem}`)}</strong>}
            {t(drawing === 'polygon' ? 'map.drawPolygon' : 'map.drawRectangle')}
          </span>
          <button type="button" onClick={stopDrawing} data-testid="draw-cancel">
            {t('shell.cancel')}
          </button>
        </div>
      )}
    </div>
  );
}

/** Made again after another screen or in another language: it stands where it stood. */
function makeMainMap(element: HTMLElement, t: TFunction): MadeMap {
  const { centre, zoom } = viewStore.get();
  const made = createMap(element, { centre, zoom, title: t('map.label') }, t);
  addPreviewProtocol();
  return { made, furnish: () => addEverything(made), leave: shareWindow(made) };
}

function addEverything(map: MapLibreMap): void {
  addSymbols(map);
  addTileSources(map);
  addGroundLayers(map);
  addBorderLayers(map);
  addSiteLayers(map);
  addNameLayers(map);
  addPlanLayers(map);
  addDrawnLayer(map);
  addFocusLayers(map);
}

function sizeOf(map: MapLibreMap) {
  const { clientWidth: widthPx, clientHeight: heightPx } = map.getContainer();
  return { widthPx, heightPx };
}

function hiddenBelow(map: MapLibreMap): number {
  const { innerWidth: widthPx, innerHeight: heightPx } = window;
  return sheetPx(map.getContainer().getBoundingClientRect().bottom, { widthPx, heightPx });
}

function hasCard(): boolean {
  const { siteId, patchId } = focusStore.get();
  return siteId !== null || patchId !== null;
}

/** Position for the address bar and window for the tables, after every standstill. */
function shareWindow(map: MapLibreMap): () => void {
  const share = () => {
    const { lng, lat } = map.getCenter();
    const bounds = map.getBounds();
    viewStore.set({ centre: [lng, lat], zoom: map.getZoom() });
    mapWindowStore.set({
      box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
    });
  };
  const place = ({ originalEvent }: { readonly originalEvent?: unknown }) => {
    if (originalEvent !== undefined) viewStore.set({ isPlaced: true });
  };
  map.on('moveend', share);
  map.on('movestart', place);
  return () => {
    map.off('moveend', share);
    map.off('movestart', place);
  };
}
