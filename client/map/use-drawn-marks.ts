// Marks and rings of a desk on its map: drawn when they differ, with the row in hand in sight.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useLanguage } from '../format/use-language.ts';
import type { DeskMapProps, DeskMark, MapPlace, MarkedRow } from '../parts/desk-map-slot.tsx';
import { applyMarks, applyRings, coloursOf, type DeskRing } from './desk-layers.ts';
import { bringIntoView } from './map-box.ts';
import { usePlacesOf } from './use-desk-marks.ts';

export interface DrawnMarks {
  /** Those on the map now, by the index they are drawn with. */
  readonly drawn: RefObject<readonly DeskMark[]>;
  readonly rings: number;
}

export function useDrawnMarks(
  map: MapLibreMap | null,
  { source, states, marked, hovered, isSmall = false }: DeskMapProps,
  shown: readonly DeskMark[] | undefined,
): DrawnMarks {
  const language = useLanguage();
  const drawn = useRef<readonly DeskMark[]>([]);
  const colours = useMemo(() => coloursOf(states), [states]);
  useEffect(() => {
    if (map === null || shown === undefined) return;
    drawn.current = shown;
    applyMarks(map, shown, colours, language);
  }, [map, shown, colours, language]);

  const markedPlaces = usePlacesOf(source, marked, shown, true);
  const hoveredPlaces = usePlacesOf(source, hovered, shown, false);
  const stateOf = (row: MarkedRow | null) =>
    row?.state || (shown?.find(({ ids }) => ids.includes(row?.id ?? ''))?.state ?? null);
  const ringsAt = (role: DeskRing['role'], row: MarkedRow | null, places: readonly MapPlace[]): DeskRing[] =>
    places.map((place) => ({ role, place, state: stateOf(row) }));
  const rings = [
    ...ringsAt('marked', marked, markedPlaces),
    ...(hovered?.id === marked?.id ? [] : ringsAt('hovered', hovered, hoveredPlaces)),
  ];
  // as text: places are made anew with every row that is drawn, and mostly the same
  const ringsText = JSON.stringify(rings);
  useEffect(() => {
    if (map !== null) applyRings(map, JSON.parse(ringsText) as readonly DeskRing[], colours);
  }, [map, ringsText, colours]);

  const placesText = JSON.stringify(markedPlaces);
  useEffect(() => {
    if (map !== null) bringIntoView(map, JSON.parse(placesText) as readonly MapPlace[], isSmall);
  }, [map, placesText, isSmall]);
  return { drawn, rings: rings.length };
}
