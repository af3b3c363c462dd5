// The map of a desk in the address: `map=1` while it is open, `bbox=` while only the rows within its window count. The address is
// outside input.

/** West, south, east, north in degrees. */
export type MapBox = readonly [number, number, number, number];

export interface DeskMapView {
  readonly map: boolean;
  /** As the service takes it: west,south,east,north. Null: all rows. */
  readonly bbox: string | null;
}

export const plainDeskMap: DeskMapView = { map: false, bbox: null };

/** A window in the address opens the map that shows it. */
export function readDeskMap(params: URLSearchParams): DeskMapView {
  const box = readMapBox(params.get('bbox'));
  return {
    map: params.get('map') === '1' || box !== null,
    bbox: box === null ? null : writeMapBox(box),
  };
}

export function writeDeskMap(params: URLSearchParams, { map, bbox }: DeskMapView): void {
  params.delete('map');
  params.delete('bbox');
  if (map) params.set('map', '1');
  if (bbox !== null) params.set('bbox', bbox);
}

/** A closed map limits nothing. */
export const toggledDeskMap = ({ map, bbox }: DeskMapView): Partial<DeskMapView> =>
  map ? { map: false, ...(bbox !== null && { bbox: null }) } : { map: true };

export function readMapBox(text: string | null): MapBox | null {
  const parts = (text ?? '').split(',');
  if (parts.length !== 4 || parts.some((part) => part.trim() === '')) return null;
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = parts.map(Number);
  const isOnEarth = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  return isOnEarth && west < east && south < north ? [west, south, east, north] : null;
}

/** To a metre: a window is no measurement. */
export const writeMapBox = (box: MapBox): string => box.map((value) => Number(value.toFixed(5))).join(',');
