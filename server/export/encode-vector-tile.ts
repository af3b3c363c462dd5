// Features in degrees to one Mapbox Vector Tile (version 2.1): quantised to 4096 units, clipped to the tile with a margin,
// rings wound as the format asks. One encoder for both stores; PostGIS's own is missing in the embedded one and no faster.
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Box } from '../../engine/index.ts';
import type { TileFeature } from '../store/tile-feature.ts';

const EXTENT = 4096;
/** Lines and outlines go on beyond the tile, so that their strokes do not end at its edge. */
const MARGIN = 128;

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

type Point = [x: number, y: number];
type Positions = readonly (readonly number[])[];
type EncodedFeature =
  | { type: 1; geometry: Point[]; tags: Record<string, string | number | null> }
  | { type: 2 | 3; geometry: Point[][]; tags: Record<string, string | number | null> };

/** The ground a tile shows, in degrees; `margin` widens it by a share of the tile on each side. */
export function boxOfTile({ z, x, y }: TileAddress, margin = 0): Box {
  const lon = (column: number): number => (column / 2 ** z) * 360 - 180;
  const lat = (row: number): number => {
    const clamped = Math.min(Math.max(row / 2 ** z, 0), 1);
    return (Math.atan(Math.sinh(Math.PI * (1 - 2 * clamped))) * 180) / Math.PI;
  };
  return [lon(x - margin), lat(y + 1 + margin), lon(x + 1 + margin), lat(y - margin)];
}

/** Margin of the encoder as a share of the tile, for the query that finds its features. */
export const TILE_MARGIN: number = MARGIN / EXTENT;

export function encodeVectorTile(
  layer: string,
  features: readonly TileFeature[],
  tile: TileAddress,
): Uint8Array {
  const encoded = features.flatMap((feature): EncodedFeature[] => {
    const one = encodeFeature(feature, tile);
    return one ? [one] : [];
  });
  return fromGeojsonVt(
    { [layer]: { features: encoded } as unknown as Parameters<typeof fromGeojsonVt>[0][string] }, // the encoder reads features only
    { version: 2, extent: EXTENT },
  );
}

function encodeFeature({ id, geometry, properties }: TileFeature, tile: TileAddress): EncodedFeature | null {
  const tags = { id, ...properties };
  switch (geometry.type) {
    case 'Point':
      return { type: 1, geometry: [quantise(geometry.coordinates, tile)], tags };
    case 'LineString':
      return lineFeature([geometry.coordinates], tile, tags);
    case 'MultiLineString':
      return lineFeature(geometry.coordinates, tile, tags);
    case 'MultiPolygon':
      return areaFeature(geometry.coordinates, tile, tags);
  }
}

function lineFeature(
  lines: readonly Positions[],
  tile: TileAddress,
  tags: Record<string, string | number | null>,
): EncodedFeature | null {
  const geometry = lines.flatMap((line) => clipLine(line.map((position) => quantise(position, tile))));
  return geometry.length > 0 ? { type: 2, geometry, tags } : null;
}

function areaFeature(
  polygons: readonly (readonly Positions[])[],
  tile: TileAddress,
  tags: Record<string, string | number | null>,
): EncodedFeature | null {
  const geometry = polygons.flatMap((rings) => {
    const clipped = rings.map((ring) =>
      clipRing(dropRepeats(ring.map((position) => quantise(position, tile)))),
    );
    const [outer, ...holes] = clipped;
    if (!outer || outer.length < 3 || areaOf(outer) === 0) return [];
    const kept = holes.filter((hole) => hole.length >= 3 && areaOf(hole) !== 0);
    return [wound(outer, 1), ...kept.map((hole) => wound(hole, -1))];
  });
  return geometry.length > 0 ? { type: 3, geometry, tags } : null;
}

/** Tile units; y grows southwards. */
function quantise(position: readonly number[], { z, x, y }: TileAddress): Point {
  const [lon = 0, lat = 0] = position;
  const sin = Math.sin((Math.min(Math.max(lat, -85.06), 85.06) * Math.PI) / 180);
  const column = (lon / 360 + 0.5) * 2 ** z - x;
  const row = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z - y;
  return [Math.round(column * EXTENT), Math.round(row * EXTENT)];
}

const dropRepeats = (points: readonly Point[]): Point[] =>
  points.filter((point, index) => {
    const before = points[index - 1];
    return !before || before[0] !== point[0] || before[1] !== point[1];
  });

const [LOW, HIGH] = [-MARGIN, EXTENT + MARGIN];
/** The four sides: which coordinate, where, and whether to keep what is above it. */
const sides = [
  [0, LOW, true],
  [0, HIGH, false],
  [1, LOW, true],
  [1, HIGH, false],
] as const;

const isInside = (point: Point, [axis, limit, above]: (typeof sides)[number]): boolean =>
  above ? point[axis] >= limit : point[axis] <= limit;

function crossing(from: Point, to: Point, [axis, limit]: (typeof sides)[number]): Point {
  const share = (limit - from[axis]) / (to[axis] - from[axis]);
  const other = axis === 0 ? 1 : 0;
  const value = Math.round(from[other] + share * (to[other] - from[other]));
  return axis === 0 ? [limit, value] : [value, limit];
}

/** Sutherland-Hodgman, side by side; the ring comes back open. */
function clipRing(closed: readonly Point[]): Point[] {
  let ring = isClosed(closed) ? closed.slice(0, -1) : [...closed];
  for (const side of sides) {
    const kept: Point[] = [];
    ring.forEach((point, index) => {
      const before = ring[(index + ring.length - 1) % ring.length] ?? point;
      const [inside, wasInside] = [isInside(point, side), isInside(before, side)];
      if (inside !== wasInside) kept.push(crossing(before, point, side));
      if (inside) kept.push(point);
    });
    ring = kept;
  }
  return dropRepeats(ring);
}

function clipLine(line: readonly Point[]): Point[][] {
  let parts: Point[][] = [dropRepeats(line)];
  for (const side of sides) parts = parts.flatMap((part) => clipLineAt(part, side));
  return parts.filter((part) => part.length >= 2);
}

function clipLineAt(line: readonly Point[], side: (typeof sides)[number]): Point[][] {
  const parts: Point[][] = [];
  let part: Point[] = [];
  line.forEach((point, index) => {
    const before = line[index - 1];
    const inside = isInside(point, side);
    if (before && inside !== isInside(before, side)) part.push(crossing(before, point, side));
    if (inside) part.push(point);
    else if (part.length > 0) {
      parts.push(part);
      part = [];
    }
  });
  return part.length > 0 ? [...parts, part] : parts;
}

const isClosed = (ring: readonly Point[]): boolean => {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

/** Twice the signed area; positive is clockwise on screen, which the format asks of outer rings. */
function areaOf(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** The ring closed and turned to the given sign of area. */
function wound(ring: readonly Point[], sign: 1 | -1): Point[] {
  const turned = Math.sign(areaOf(ring)) === sign ? [...ring] : [...ring].reverse();
  const [first] = turned;
  return first ? [...turned, first] : turned;
}
