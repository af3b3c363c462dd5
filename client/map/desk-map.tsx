// The map beside the table of a desk: all rows of the current filters as marks, a click opens a row, the opened row and the one under
// the pointer are ringed. Made once and told of each change; what it shows comes from its source, what it does goes to the table.
import { type Map as MapLibreMap, Popup } from 'maplibre-gl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDistricts } from '../api/areas.ts';
import { useStatus } from '../api/catalogue.ts';
import { describeError } from '../api/fetch-reply.ts';
import { useLanguage } from '../format/use-language.ts';
import type { MapBox } from '../parts/desk-map-address.ts';
import type { DeskMapProps, DeskMark, MapPlace, MapWindow, MarkedRow } from '../parts/desk-map-slot.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import { initialLayers, type Layers } from '../state/layers.ts';
import { personIsBack } from '../state/session.ts';
import { applyLayers } from './apply-layers.ts';
import { applyBasemap } from './basemap-layer.ts';
import { createMap } from './create-map.ts';
import {
  addDeskLayers,
  addStandingSites,
  applyMarks,
  applyRings,
  coloursOf,
  type DeskRing,
  markUnder,
} from './desk-layers.ts';
import styles from './desk-map.module.css';
import { DeskMapFoot, DeskMapTools, PlaceList } from './desk-map-parts.tsx';
import { addBorderLayers, addGroundLayers } from './ground-layers.ts';
import {
  boxAround,
  isBoxWithin,
  isInBox,
  isOnePlace,
  placesFromZoom,
  serviceZoom,
  squareAt,
  widerBox,
} from './mark-grid.ts';
import { markState } from './mark-state.ts';
import { addNameLayers, applyNames } from './name-layers.ts';
import { listenToRefusals } from './tile-refusals.ts';
import { addTileSources, applyRevisions } from './tile-sources.ts';
import { loadExtent, loadMarks, useDeskMarks, useExtent, useLinesAt, usePlacesOf } from './use-desk-marks.ts';
import './map.css';

/** The ground as the main map begins with it, fainter under the marks; target areas are the plans' business. */
const layers: Layers = {
  ...initialLayers,
  areas: { visible: false, opacity: 1 },
  buildings: { visible: true, opacity: 0.55 },
};
const edgePx = 36;
const toolsPx = 22;
const aimPx = 120;
const nearestZoom = 19;
/** About a kilometre and a half around a row. */
const smallZoom = 14.4;
/** Asked beyond the window on each side, so that a small step needs no new answer. */
const beyond = 0.25;
const ADDRESS_MS = 250;

/** Waits until it is known where to begin: the window in the address, the rows, or all the data. */
export function DeskMap(props: DeskMapProps) {
  const given = props.limit?.box ?? null;
  const [ownStart, setStart] = useState<MapBox | null>(given);
  const rowStart = props.isSmall ? boxAround(props.marked?.places ?? []) : null;
  const extent = useExtent(props.source, ownStart === null && rowStart === null);
  const status = useStatus();
  const [west, south, east, north] = status.data?.box ?? [];
  const everything: MapBox | null =
    west === undefined || south === undefined || east === undefined || north === undefined
      ? null
      : [west, south, east, north];
  const isKnown = extent !== undefined && (extent !== null || !status.isPending);
  const start = ownStart ?? rowStart ?? (isKnown ? (extent ?? everything ?? [121.2, 31, 121.8, 31.5]) : null);
  useEffect(() => {
    if (ownStart === null && start !== null) setStart(start);
  });
  return (
    <section className={styles.frame} data-small={props.isSmall ?? false} data-testid={`${props.testId}-map`}>
      {ownStart === null ? null : <Shown {...props} start={ownStart} isGiven={given !== null} />}
    </section>
  );
}

interface ShownProps extends DeskMapProps {
  readonly start: MapBox;
  /** The start is the window of the address, to be shown as it is. */
  readonly isGiven: boolean;
}

function Shown(props: ShownProps) {
  const { testId, source, states, marked, hovered, onOpen, onPick, limit, isSmall = false } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [window, setWindow] = useState<MapWindow | null>(null);
  const [listed, setListed] = useState<MapPlace | null>(null);
  const begin = useRef({ box: props.start, isExact: props.isGiven });
  useMapOf(frame, begin, isSmall, setMap, setFailure);
  useGround(map);

  const marks = useDeskMarks(source, window);
  const shown = marks.data?.marks;
  const lookup = useRef<readonly DeskMark[]>([]);
  const colours = useMemo(() => coloursOf(states), [states]);
  useEffect(() => {
    if (map === null || shown === undefined) return;
    lookup.current = shown;
    applyMarks(map, shown, colours, language);
  }, [map, shown, colours, language]);

  const markedPlaces = usePlacesOf(source, marked, shown, true);
  const hoveredPlaces = usePlacesOf(source, hovered, shown, false);
  const stateOf = (row: MarkedRow | null) =>
    row?.state || (shown?.find(({ ids }) => ids.includes(row?.id ?? ''))?.state ?? null);
  const rings: readonly DeskRing[] = [
    ...markedPlaces.map((place) => ({ role: 'marked' as const, place, state: stateOf(marked) })),
    ...hoveredPlaces
      .filter(() => hovered?.id !== marked?.id)
      .map((place) => ({ role: 'hovered' as const, place, state: stateOf(hovered) })),
  ];
  const ringsText = JSON.stringify(rings);
  useEffect(() => {
    if (map !== null) applyRings(map, JSON.parse(ringsText) as readonly DeskRing[], colours);
  }, [map, ringsText, colours]);

  const placesText = JSON.stringify(markedPlaces);
  useEffect(() => {
    if (map !== null) bringIntoView(map, JSON.parse(placesText) as readonly MapPlace[], isSmall);
  }, [map, placesText, isSmall]);

  /** What the listeners of the map do; it is made once and they are not. */
  const acts = useRef<Acts>({ open: () => {}, away: () => {}, moved: () => {}, say: () => '' });
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  /** undefined: nobody waits for the answer any more. */
  const ask = async <Answer,>(
    load: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | null | undefined> => {
    asking.current?.abort();
    const asked = new AbortController();
    asking.current = asked;
    // a refusal is told by the marks themselves
    const answer = await load(asked.signal).catch(() => null);
    return asked.signal.aborted ? undefined : answer;
  };
  const goNearer = async (mark: DeskMark) => {
    if (map === null || window === null) return;
    const place: MapPlace = [mark.lon, mark.lat];
    if (window.zoom >= placesFromZoom) return setListed(place);
    const square = squareAt(place, window.zoom);
    const within = await ask((signal) => loadMarks(source, { box: square, zoom: 20 }, signal));
    if (within === undefined) return;
    const box = within === null ? null : boxAround(within.marks.map(({ lon, lat }) => [lon, lat]));
    if (box === null) map.easeTo({ center: [...place], zoom: map.getZoom() + 2, duration: 300 });
    else if (isOnePlace(box)) setListed(place);
    else fitBox(map, box, Math.max(nearestZoom, map.getZoom()), 300);
  };
  const showAll = async () => {
    const box = await ask((signal) => loadExtent(source, signal));
    if (map !== null && box) fitBox(map, box, 16, 300);
  };
  const addressTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(addressTimer.current), []);
  useEffect(() => {
    acts.current = {
      open: (mark) => {
        setListed(null);
        const [id] = mark.ids;
        if (mark.count > 1) void goNearer(mark);
        else if (id !== undefined && onPick === undefined) onOpen(id);
        else if (id !== undefined) {
          onPick?.(id);
          setListed([mark.lon, mark.lat]);
        }
      },
      away: () => setListed(null),
      moved: () => {
        if (map === null) return;
        setWindow((now) => windowAfter(map, now));
        if (limit === null || limit.box === null) return;
        clearTimeout(addressTimer.current);
        addressTimer.current = setTimeout(() => limit.onChange(boxOf(map)), ADDRESS_MS);
      },
      say: ({ count, label, state }) => {
        const word = states.find((one) => one.state === state)?.label;
        const name = count > 1 ? t('desk.map.rows', { count }) : (label ?? '');
        return word === undefined ? name : `${name} · ${word}`;
      },
    };
  });
  useEffect(() => {
    if (map === null) return;
    setWindow((now) => windowAfter(map, now));
    return listen(map, lookup, acts);
  }, [map]);

  const close = useCallback(() => setListed(null), []);
  const lines = useLinesAt(source, listed);
  const popup = usePopup(map, listed);
  const total = marks.data;
  return (
    <>
      <div
        className={styles.canvas}
        aria-busy={marks.isFetching}
        data-testid={`${testId}-map-marks`}
        data-marks={shown?.length ?? ''}
        data-rings={rings.length}
      >
        <div
          ref={frame}
          className="map"
          data-testid={`${testId}-map-canvas`}
          data-map-state="loading"
          role="application"
          aria-label={t('desk.map.label')}
        />
        {failure === null ? null : (
          <div className="map-failure" role="alert">
            <strong>{t('map.failed')}</strong>
            <span>{t('map.failedHint')}</span>
          </div>
        )}
        <div className={styles.aim} aria-hidden="true" />
        <div className={styles.keys}>{t('desk.map.keys')}</div>
        {isSmall ? null : (
          <DeskMapTools
            testId={testId}
            isLimited={limit === null ? null : limit.box !== null}
            onLimit={(isOn) => {
              clearTimeout(addressTimer.current);
              limit?.onChange(isOn && map !== null ? boxOf(map) : null);
            }}
            onAll={() => void showAll()}
            onMainMap={() => map !== null && void navigate(mainMapPath(map))}
          />
        )}
        {marks.error ? (
          <div className={styles.refused}>
            <ErrorNote
              {...describeError(marks.error, language)}
              retryLabel={t('shell.retry')}
              onRetry={() => void marks.refetch()}
            />
          </div>
        ) : null}
      </div>
      {isSmall ? null : <DeskMapFoot testId={testId} states={states} total={total} />}
      {popup === null
        ? null
        : createPortal(
            <PlaceList testId={testId} lines={lines} states={states} onOpen={onOpen} onClose={close} />,
            popup,
          )}
    </>
  );
}

/** The map itself, made once for a language. */
function useMapOf(
  frame: React.RefObject<HTMLDivElement | null>,
  begin: React.RefObject<{ box: MapBox; isExact: boolean }>,
  isSmall: boolean,
  setMap: (map: MapLibreMap | null) => void,
  setFailure: (text: string) => void,
): void {
  const { t } = useTranslation();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let made: MapLibreMap;
    try {
      const labels = {
        'Map.Title': t('desk.map.label'),
        'NavigationControl.ZoomIn': t('map.zoomIn'),
        'NavigationControl.ZoomOut': t('map.zoomOut'),
      };
      made = createMap(element, { centre: null, zoom: 11, labels });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      return;
    }
    made.setRenderWorldCopies(false);
    const { box, isExact } = begin.current;
    fitBox(made, box, isExact ? 20 : isSmall ? smallZoom : 16, 0, isExact || isSmall);
    if (isSmall) made.scrollZoom.disable();
    made.on('load', () => {
      addTileSources(made);
      addGroundLayers(made);
      addBorderLayers(made);
      addNameLayers(made);
      if (isSmall) addStandingSites(made);
      addDeskLayers(made);
      applyLayers(made, layers);
      setMap(made);
    });
    const stopMarking = markState(made, element);
    const stopRefusals = listenToRefusals(made, personIsBack);
    return () => {
      begin.current = { box: boxOf(made), isExact: true };
      stopRefusals();
      stopMarking();
      setMap(null);
      made.remove();
    };
  }, [t, frame, begin, isSmall, setMap, setFailure]);
}

function useGround(map: MapLibreMap | null): void {
  const status = useStatus().data;
  const districts = useDistricts().data;
  const revisions = status?.revisions;
  useEffect(() => {
    if (map !== null && revisions !== undefined) applyRevisions(map, revisions);
  }, [map, revisions]);
  useEffect(() => {
    if (map !== null) applyNames(map, [], districts ?? []);
  }, [map, districts]);
  const { url, attribution } = status?.basemap ?? {};
  useEffect(() => {
    if (map === null) return;
    applyBasemap(map, url === undefined || attribution === undefined ? null : { url, attribution });
  }, [map, url, attribution]);
}

/** An element that lies on the map at this place; null while nothing is listed. */
function usePopup(map: MapLibreMap | null, place: MapPlace | null): HTMLElement | null {
  const [element] = useState(() => document.createElement('div'));
  useEffect(() => {
    if (map === null || place === null) return;
    const popup = new Popup({
      closeButton: false,
      closeOnClick: false,
      focusAfterOpen: false,
      maxWidth: '280px',
      offset: 14,
    });
    popup
      .setLngLat([...place])
      .setDOMContent(element)
      .addTo(map);
    return () => {
      popup.remove();
    };
  }, [map, place, element]);
  return place === null ? null : element;
}

interface Acts {
  readonly open: (mark: DeskMark) => void;
  /** A click beside all marks. */
  readonly away: () => void;
  readonly moved: () => void;
  readonly say: (mark: DeskMark) => string;
}

/** Pointer and keys; Enter means the mark nearest to the middle, where the arrow keys bring it. */
function listen(
  map: MapLibreMap,
  marks: React.RefObject<readonly DeskMark[]>,
  acts: React.RefObject<Acts>,
): () => void {
  const label = new Popup({ closeButton: false, closeOnClick: false, offset: 14, className: 'map-label' });
  const under = (point: { readonly x: number; readonly y: number }) => {
    const index = markUnder(map, point);
    return index === null ? undefined : marks.current[index];
  };
  const click = ({ point }: { readonly point: { readonly x: number; readonly y: number } }) => {
    const mark = under(point);
    label.remove();
    if (mark === undefined) acts.current.away();
    else acts.current.open(mark);
  };
  const point = (event: { readonly point: { readonly x: number; readonly y: number } }) => {
    if (map.isMoving()) return;
    const mark = under(event.point);
    map.getCanvas().style.cursor = mark === undefined ? '' : 'pointer';
    if (mark === undefined) label.remove();
    else label.setLngLat([mark.lon, mark.lat]).setText(acts.current.say(mark)).addTo(map);
  };
  const leave = () => {
    label.remove();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== map.getCanvas()) return;
    // the table has its own Enter
    event.preventDefault();
    event.stopPropagation();
    const mark = nearestMark(map, marks.current);
    if (mark !== null) acts.current.open(mark);
  };
  const moved = () => acts.current.moved();
  const container = map.getContainer();
  map.on('click', click);
  map.on('mousemove', point);
  map.on('mouseout', leave);
  map.on('moveend', moved);
  container.addEventListener('keydown', press);
  return () => {
    label.remove();
    map.off('click', click);
    map.off('mousemove', point);
    map.off('mouseout', leave);
    map.off('moveend', moved);
    container.removeEventListener('keydown', press);
  };
}

function nearestMark(map: MapLibreMap, marks: readonly DeskMark[]): DeskMark | null {
  const middle = map.project(map.getCenter());
  let nearest: DeskMark | null = null;
  let leastPx = aimPx;
  for (const mark of marks) {
    const distancePx = map.project([mark.lon, mark.lat]).dist(middle);
    if (distancePx >= leastPx) continue;
    leastPx = distancePx;
    nearest = mark;
  }
  return nearest;
}

/** A small map keeps its row in the middle; a large one moves only when the row is out of sight. */
function bringIntoView(map: MapLibreMap, places: readonly MapPlace[], isSmall: boolean): void {
  const box = boxAround(places);
  if (box === null) return;
  if (isSmall) map.jumpTo({ center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] });
  else if (!places.some((place) => isInBox(place, boxOf(map, edgePx)))) fitBox(map, box, map.getZoom(), 300);
}

/** `isExact`: to the edges; otherwise clear of them and of the tools above. */
function fitBox(map: MapLibreMap, box: MapBox, maxZoom: number, duration: number, isExact = false): void {
  const padding = isExact ? 0 : { top: edgePx + toolsPx, bottom: edgePx, left: edgePx, right: edgePx };
  map.fitBounds([...box] as [number, number, number, number], { maxZoom, duration, padding });
}

/** What is in view, without so many pixels at the edges. */
function boxOf(map: MapLibreMap, withoutPx = 0): MapBox {
  const { clientWidth, clientHeight } = map.getContainer();
  const low = map.unproject([withoutPx, clientHeight - withoutPx]);
  const high = map.unproject([clientWidth - withoutPx, withoutPx]);
  return [Math.max(-180, low.lng), low.lat, Math.min(180, high.lng), high.lat];
}

/** The window to ask for; the one before as long as it holds what is in view, equally near. */
function windowAfter(map: MapLibreMap, before: MapWindow | null): MapWindow {
  const box = boxOf(map);
  const zoom = serviceZoom(map.getZoom());
  if (before !== null && before.zoom === zoom && isBoxWithin(box, before.box)) return before;
  return { box: widerBox(box, beyond), zoom };
}

function mainMapPath(map: MapLibreMap): string {
  const { lng, lat } = map.getCenter();
  return `/?map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
}
