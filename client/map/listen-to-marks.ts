// Pointer and keys on the map of a desk; Enter means the mark nearest to the middle, where the arrow keys bring it.
import { type Map as MapLibreMap, Popup } from 'maplibre-gl';
import type { RefObject } from 'react';
import type { DeskMark } from '../parts/desk-map-slot.tsx';
import { markUnder } from './desk-layers.ts';

const aimPx = 120;

export interface MarkActs {
  readonly open: (mark: DeskMark) => void;
  /** A click beside all marks. */
  readonly away: () => void;
  readonly moved: () => void;
  readonly say: (mark: DeskMark) => string;
}

type Pointer = { readonly point: { readonly x: number; readonly y: number } };

/** Call the answer to stop. Both refs are read when something happens, so nothing is listened to anew. */
export function listenToMarks(
  map: MapLibreMap,
  marks: RefObject<readonly DeskMark[]>,
  acts: RefObject<MarkActs>,
): () => void {
  const label = new Popup({ closeButton: false, closeOnClick: false, offset: 14, className: 'map-label' });
  const under = ({ point }: Pointer) => {
    const index = markUnder(map, point);
    return index === null ? undefined : marks.current[index];
  };
  const click = (event: Pointer) => {
    const mark = under(event);
    label.remove();
    if (mark === undefined) acts.current.away();
    else acts.current.open(mark);
  };
  const point = (event: Pointer) => {
    if (map.isMoving()) return;
    const mark = under(event);
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
