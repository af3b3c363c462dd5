// A map in its frame: made once, made anew in another language, gone with its frame. What each of the two maps puts in is its own.
import type { TFunction } from 'i18next';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personIsBack } from '../state/session.ts';
import { markState } from './mark-state.ts';
import { listenToRefusals } from './tile-refusals.ts';

export interface MadeMap {
  readonly made: MapLibreMap;
  /** Puts sources and layers in, once the map can take them. */
  readonly furnish: () => void;
  /** Before the map goes. */
  readonly leave: () => void;
}

export interface FramedMap {
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Null until its layers are there. */
  readonly map: MapLibreMap | null;
  /** Why there can be none. */
  readonly failure: string | null;
}

/** `make` must keep its identity: another one makes another map. */
export function useMap(make: (element: HTMLElement, t: TFunction) => MadeMap): FramedMap {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let framed: MadeMap;
    try {
      framed = make(element, t);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      return;
    }
    const { made, furnish, leave } = framed;
    made.on('load', () => {
      furnish();
      setMap(made);
    });
    const stopMarking = markState(made, element);
    const stopRefusals = listenToRefusals(made, personIsBack);
    return () => {
      leave();
      stopRefusals();
      stopMarking();
      setMap(null);
      made.remove();
    };
  }, [make, t]);
  return { frame, map, failure };
}
