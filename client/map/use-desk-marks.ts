// What the map of a desk knows: the marks of its window, the whole extent to begin with, the rows at one place, the places of one row.
// An answer stays on the map until the next one is there; a question nobody waits for any more is taken back.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MapBox } from '../parts/desk-map-address.ts';
import type {
  DeskLine,
  DeskMapSource,
  DeskMark,
  DeskMarks,
  MapPlace,
  MapWindow,
  MarkedRow,
} from '../parts/desk-map-slot.tsx';
import { boxAround, boxAt, groupRows, isInBox } from './mark-grid.ts';

const wholeEarth: MapBox = [-180, -85, 180, 85];
/** Fine enough to see where rows lie, and few enough marks for a whole city. */
const extentZoom = 13;
const noKey: readonly unknown[] = ['desk-rows'];

export async function loadMarks(
  source: DeskMapSource,
  window: MapWindow,
  signal: AbortSignal,
): Promise<DeskMarks> {
  return 'rows' in source ? groupRows(source.rows, window) : source.loadMarks(window, signal);
}

/** The smallest box around all rows; null of none. */
export async function loadExtent(source: DeskMapSource, signal: AbortSignal): Promise<MapBox | null> {
  const { marks } = await loadMarks(source, { box: wholeEarth, zoom: extentZoom }, signal);
  return boxAround(marks.map(({ lon, lat }) => [lon, lat]));
}

/** undefined: not known yet. */
export function useExtent(source: DeskMapSource, isAsked: boolean): MapBox | null | undefined {
  const isHere = 'rows' in source;
  const asked = useQuery({
    queryKey: [...(isHere ? noKey : source.key), 'extent'],
    queryFn: ({ signal }) => loadExtent(source, signal),
    enabled: isAsked && !isHere,
  });
  if (isHere) return boxAround(source.rows.map(({ place }) => place));
  return asked.isError ? null : asked.data;
}

export function useDeskMarks(source: DeskMapSource, window: MapWindow | null) {
  const isHere = 'rows' in source;
  const asked = useQuery({
    queryKey: [...(isHere ? noKey : source.key), 'window', window],
    queryFn: ({ signal }) => loadMarks(source, window as MapWindow, signal),
    enabled: window !== null && !isHere,
    placeholderData: keepPreviousData,
  });
  const rows = isHere ? source.rows : null;
  const here = useMemo(
    () => (window === null || rows === null ? undefined : groupRows(rows, window)),
    [window, rows],
  );
  const { data, error, isFetching, refetch } = asked;
  return isHere
    ? { data: here, error: null, isFetching: false, refetch }
    : { data, error, isFetching, refetch };
}

/** undefined: not known yet. */
export function useLinesAt(source: DeskMapSource, place: MapPlace | null): readonly DeskLine[] | undefined {
  const isHere = 'rows' in source;
  const { data } = useQuery({
    queryKey: [...(isHere ? noKey : source.key), 'lines', place],
    queryFn: ({ signal }) => (isHere || place === null ? [] : source.loadLines(boxAt(place), signal)),
    enabled: place !== null && !isHere,
  });
  if (!isHere || place === null) return data;
  return source.rows.filter((row) => isInBox(row.place, boxAt(place)));
}

/** Where a row stands; as long as only the source can tell, at the marks that name it. */
export function usePlacesOf(
  source: DeskMapSource,
  row: MarkedRow | null,
  marks: readonly DeskMark[] | undefined,
  isAsked: boolean,
): readonly MapPlace[] {
  const loadPlaces = 'rows' in source ? undefined : source.loadPlaces;
  const { data } = useQuery({
    queryKey: [...('rows' in source ? noKey : source.key.slice(0, 1)), 'places', row?.id],
    queryFn: ({ signal }) => (row === null || !loadPlaces ? [] : loadPlaces(row, signal)),
    enabled: isAsked && row !== null && row.places === null && row.title !== '' && loadPlaces !== undefined,
  });
  if (row === null) return [];
  if (row.places !== null) return row.places;
  if (isAsked && data !== undefined) return data;
  return (marks ?? []).filter(({ ids }) => ids.includes(row.id)).map(({ lon, lat }): MapPlace => [lon, lat]);
}
