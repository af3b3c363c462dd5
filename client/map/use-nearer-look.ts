// What a click on many rows looks at, and what 显示全部 does: the source is asked first, and only the last question counts.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import { markSquares } from '../../engine/index.ts';
import type { DeskMapSource, DeskMark, MapPlace, MapWindow } from '../parts/desk-map-slot.tsx';
import { fitBox } from './map-box.ts';
import { boxAround, isOnePlace, squareAt } from './mark-grid.ts';
import { loadExtent, loadMarks } from './use-desk-marks.ts';

const durationMs = 300;
const nearestZoom = 19;
const allZoom = 16;

export interface NearerLook {
  /** To the rows of a mark, or to the list of those that stand at one place. */
  readonly goNearer: (mark: DeskMark) => Promise<void>;
  readonly showAll: () => Promise<void>;
}

export function useNearerLook(
  map: MapLibreMap | null,
  source: DeskMapSource,
  window: MapWindow | null,
  onPlace: (place: MapPlace) => void,
): NearerLook {
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  /** undefined: nobody waits for the answer any more. */
  const ask = async <Answer>(
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
    if (window.zoom >= markSquares.placesFromZoom) return onPlace(place);
    const square = squareAt(place, window.zoom);
    const within = await ask((signal) => loadMarks(source, { box: square, zoom: 20 }, signal));
    if (within === undefined) return;
    const box = within === null ? null : boxAround(within.marks.map(({ lon, lat }) => [lon, lat]));
    if (box === null) map.easeTo({ center: [...place], zoom: map.getZoom() + 2, duration: durationMs });
    else if (isOnePlace(box)) onPlace(place);
    else fitBox(map, box, { maxZoom: Math.max(nearestZoom, map.getZoom()), durationMs });
  };
  const showAll = async () => {
    const box = await ask((signal) => loadExtent(source, signal));
    if (map !== null && box) fitBox(map, box, { maxZoom: allZoom, durationMs });
  };
  return { goNearer, showAll };
}
