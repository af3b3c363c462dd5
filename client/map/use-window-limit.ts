// 只看图中: the table keeps to what the map shows, and the map goes to the window the table was given (a saved view, a step back).
// The address hears of a standstill after a moment; whoever listens then, not when the map began to stand still.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import { readMapBox, writeMapBox } from '../parts/desk-map-address.ts';
import type { DeskMapProps } from '../parts/desk-map-slot.tsx';
import { boxInView, fitBox } from './map-box.ts';

const TELL_AFTER_MS = 250;

export interface WindowLimit {
  /** Null: not offered. */
  readonly isOn: boolean | null;
  readonly switchTo: (isOn: boolean) => void;
  /** After every standstill. */
  readonly moved: () => void;
}

export function useWindowLimit(map: MapLibreMap | null, limit: DeskMapProps['limit']): WindowLimit {
  const box = limit?.box ?? null;
  const given = box === null ? null : writeMapBox(box);
  /** The window that map and table agree on. */
  const agreed = useRef(given);
  const tell = useRef<() => void>(() => {});
  useEffect(() => {
    tell.current = () => {
      if (map === null || box === null) return;
      const seen = boxInView(map);
      agreed.current = writeMapBox(seen);
      limit?.onChange(seen);
    };
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (map === null || given === agreed.current) return;
    agreed.current = given;
    const wanted = readMapBox(given);
    if (wanted !== null) fitBox(map, wanted, { maxZoom: 20, durationMs: 300, isExact: true });
  }, [map, given]);
  return {
    isOn: limit === null ? null : box !== null,
    switchTo: (isOn) => {
      clearTimeout(timer.current);
      const seen = isOn && map !== null ? boxInView(map) : null;
      agreed.current = seen === null ? null : writeMapBox(seen);
      limit?.onChange(seen);
    },
    moved: () => {
      if (box === null) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => tell.current(), TELL_AFTER_MS);
    },
  };
}
