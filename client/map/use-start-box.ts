// Where the map of a desk begins: the window in the address, what lies around the row of a small one, the rows, or all the data.
import { useEffect, useState } from 'react';
import { useStatus } from '../api/catalogue.ts';
import type { MapBox } from '../parts/desk-map-address.ts';
import type { DeskMapProps } from '../parts/desk-map-slot.tsx';
import { boxAround } from './mark-grid.ts';
import { useExtent } from './use-desk-marks.ts';

/** Where nothing says anything: the middle of the sample's city. */
const somewhere: MapBox = [121.2, 31, 121.8, 31.5];

/** Null until it is known; decided once. */
export function useStartBox({ source, marked, limit, isSmall }: DeskMapProps): MapBox | null {
  const [start, setStart] = useState<MapBox | null>(limit?.box ?? null);
  const rowStart = isSmall ? boxAround(marked?.places ?? []) : null;
  const extent = useExtent(source, start === null && rowStart === null);
  const status = useStatus();
  const [west, south, east, north] = status.data?.box ?? [];
  const everything: MapBox | null =
    west === undefined || south === undefined || east === undefined || north === undefined
      ? null
      : [west, south, east, north];
  const isKnown = extent !== undefined && (extent !== null || !status.isPending);
  const found = rowStart ?? (isKnown ? (extent ?? everything ?? somewhere) : null);
  useEffect(() => {
    if (start === null && found !== null) setStart(found);
  });
  return start;
}
