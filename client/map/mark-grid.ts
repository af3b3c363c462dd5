// The squares in which rows become marks (web Mercator), as the service groups them, so that the map knows what a mark may stand for.
// Rows that are at hand (those of a batch) are grouped here by the same squares.
import { markSquares } from '../../engine/index.ts';
import type { MapBox } from '../parts/desk-map-address.ts';
import type { DeskMark, DeskMarks, MapPlace, MapWindow, PlacedRow } from '../parts/desk-map-slot.tsx';

const { squarePx, tilePx, placesFromZoom, mostIds } = markSquares;

const worldPx = (zoom: number): number => tilePx * 2 ** zoom;
const xOf = (lon: number, zoom: number): number => ((lon + 180) / 360) * worldPx(zoom);
const yOf = (lat: number, zoom: number): number => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * worldPx(zoom);
};
const lonOf = (x: number, zoom: number): number => (x / worldPx(zoom)) * 360 - 180;
const latOf = (y: number, zoom: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / worldPx(zoom)))) * 180) / Math.PI;

/** MapLibre counts in tiles of 512 pixels. */
export const serviceZoom = (mapZoom: number): number => Math.min(20, Math.max(3, Math.floor(mapZoom) + 1));

/** The square a place lies in, in degrees. */
export function squareAt([lon, lat]: MapPlace, zoom: number): MapBox {
  const column = Math.floor(xOf(lon, zoom) / squarePx);
  const row = Math.floor(yOf(lat, zoom) / squarePx);
  return [
    lonOf(column * squarePx, zoom),
    latOf((row + 1) * squarePx, zoom),
    lonOf((column + 1) * squarePx, zoom),
    latOf(row * squarePx, zoom),
  ];
}

/** The same for rows that are at hand. */
export function groupRows(rows: readonly PlacedRow[], { box, zoom }: MapWindow): DeskMarks {
  const groups = new Map<string, PlacedRow[]>();
  for (const row of rows) {
    if (!isInBox(row.place, box)) continue;
    const [lon, lat] = row.place;
    const key =
      zoom >= placesFromZoom
        ? `${lon},${lat}`
        : `${Math.floor(xOf(lon, zoom) / squarePx)},${Math.floor(yOf(lat, zoom) / squarePx)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return {
    marks: [...groups.values()].map(markOf).sort((a, b) => b.count - a.count),
    cut: false,
    located: rows.length,
    unlocated: 0,
  };
}

function markOf(rows: readonly PlacedRow[]): DeskMark {
  const [first] = rows as readonly [PlacedRow, ...PlacedRow[]];
  const mean = (axis: 0 | 1) => rows.reduce((sum, { place }) => sum + place[axis], 0) / rows.length;
  return {
    lon: mean(0),
    lat: mean(1),
    count: rows.length,
    ids: rows.slice(0, mostIds).map(({ id }) => id),
    state: rows.every(({ state }) => state === first.state) ? first.state : null,
    label: rows.length === 1 ? first.title : null,
    part: null,
  };
}

export const isInBox = ([lon, lat]: MapPlace, [west, south, east, north]: MapBox): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

export const isBoxWithin = (inner: MapBox, outer: MapBox): boolean =>
  isInBox([inner[0], inner[1]], outer) && isInBox([inner[2], inner[3]], outer);

/** Wider by this share on each side, within the world. */
export function widerBox([west, south, east, north]: MapBox, share: number): MapBox {
  const [dLon, dLat] = [(east - west) * share, (north - south) * share];
  return [
    Math.max(-180, west - dLon),
    Math.max(-85, south - dLat),
    Math.min(180, east + dLon),
    Math.min(85, north + dLat),
  ];
}

/** The smallest box around them; null of none. */
export function boxAround(places: readonly MapPlace[]): MapBox | null {
  if (places.length === 0) return null;
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Up to this far apart two marks stand at one place: less than a centimetre. */
const sameDeg = 1e-7;
/** Around one place, in which its rows are looked for: a tenth of a metre either way. */
const aroundDeg = 1e-6;

export const isOnePlace = ([west, south, east, north]: MapBox): boolean =>
  east - west <= sameDeg && north - south <= sameDeg;

export const boxAt = ([lon, lat]: MapPlace): MapBox => [
  lon - aroundDeg,
  lat - aroundDeg,
  lon + aroundDeg,
  lat + aroundDeg,
];

/** What a disc says: short from ten thousand on (1.2万, 12K). */
export const countText = (count: number, language: string): string =>
  new Intl.NumberFormat(language, {
    notation: count >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: 1,
    useGrouping: false,
  }).format(count);
