// The classes of a coverage layer as one vector tile: a multi-polygon per class over the bins of the tile. No cell is smaller than
// a pixel of a picture of 256, so 20 m bins are merged below zoom 13; a tile that still grows too large is merged further.
import {
  type Box,
  type CoverageClass,
  type CoverageLayer,
  type CoverageRaster,
  classIndexOf,
  coverageClasses,
  isInAreas,
  type LocalZone,
  type LonLat,
  localZone,
  readLayer,
} from '../../engine/index.ts';
import type { TileFeature } from '../store/tile-feature.ts';
import { boxOfTile, encodeVectorTile, TILE_MARGIN, type TileAddress } from './encode-vector-tile.ts';
import { outlineCells } from './outline-cells.ts';

export const MOST_TILE_BYTES = 500_000;
const CELLS_PER_SIDE = 256;
const EQUATOR_M = 2 * Math.PI * 6_378_137;
/** Points per side when a box is carried between degrees and the zone, whose lines bend a little. */
const SIDE_STEPS = 16;
const NO_CLASS = 255;

export interface ShownLayer {
  readonly layer: CoverageLayer;
  readonly thresholdDbm: number;
}

/** Layer `coverage` with the attributes `class` (index from the highest), `from` and `to`. Throws RangeError as `readLayer`. */
export function encodeCoverageTile(raster: CoverageRaster, shown: ShownLayer, tile: TileAddress): Uint8Array {
  const window = windowOf(raster, tile);
  if (!window) return encodeVectorTile('coverage', [], tile);
  const classes = coverageClasses(shown.layer, shown.thresholdDbm);
  const bins = classesOfBins(raster, shown.layer, classes);
  for (let merged = mergeAt(raster, tile); ; merged *= 2) {
    const cells = mergeBins(raster, bins, window, merged, classes.length);
    const bytes = encodeVectorTile('coverage', featuresOf(raster, cells, classes), tile);
    if (bytes.length < MOST_TILE_BYTES || cells.columns * cells.rows <= 1) return bytes;
  }
}

interface Window {
  readonly west: number;
  readonly north: number;
  /** Excluded. */
  readonly east: number;
  readonly south: number;
}

/** The bins of the frame that a tile may show, or null. The zone is asked for places near the raster only. */
function windowOf(raster: CoverageRaster, tile: TileAddress): Window | null {
  const { westM, northM, binSizeM, columns, rows, epsg } = raster;
  const zone = localZone(epsg);
  const frame = boxAround([westM, northM - rows * binSizeM, westM + columns * binSizeM, northM], (at) =>
    zone.toDegrees(...at),
  );
  const asked = boxOfTile(tile, TILE_MARGIN);
  const [west, south] = [Math.max(frame[0], asked[0]), Math.max(frame[1], asked[1])];
  const [east, north] = [Math.min(frame[2], asked[2]), Math.min(frame[3], asked[3])];
  if (!(west < east && south < north)) return null;
  const inZone = boxAround([west, south, east, north], (at) => zone.toMetres(at));
  const window = {
    west: Math.max(0, Math.floor((inZone[0] - westM) / binSizeM) - 1),
    north: Math.max(0, Math.floor((northM - inZone[3]) / binSizeM) - 1),
    east: Math.min(columns, Math.ceil((inZone[2] - westM) / binSizeM) + 1),
    south: Math.min(rows, Math.ceil((northM - inZone[1]) / binSizeM) + 1),
  };
  return window.west < window.east && window.north < window.south ? window : null;
}

/** The box around a box whose sides were carried over. */
function boxAround([west, south, east, north]: Box, carry: (at: LonLat) => readonly [number, number]): Box {
  const around: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let step = 0; step <= SIDE_STEPS; step++) {
    const x = west + ((east - west) * step) / SIDE_STEPS;
    const y = south + ((north - south) * step) / SIDE_STEPS;
    for (const at of [
      [x, south],
      [x, north],
      [west, y],
      [east, y],
    ] as const) {
      const [carriedX, carriedY] = carry(at);
      around[0] = Math.min(around[0], carriedX);
      around[1] = Math.min(around[1], carriedY);
      around[2] = Math.max(around[2], carriedX);
      around[3] = Math.max(around[3], carriedY);
    }
  }
  return around;
}

/** Bins along a side of one cell. */
function mergeAt(raster: CoverageRaster, tile: TileAddress): number {
  const [, south, , north] = boxOfTile(tile);
  const tileM = (EQUATOR_M / 2 ** tile.z) * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.max(1, Math.ceil(tileM / CELLS_PER_SIDE / raster.binSizeM));
}

type ClassAt = (at: number) => number;

function classesOfBins(
  raster: CoverageRaster,
  layer: CoverageLayer,
  classes: readonly CoverageClass[],
): ClassAt {
  const valueAt = readLayer(raster, layer);
  return (at) => (isInAreas(raster, at) ? classIndexOf(classes, valueAt(at)) : NO_CLASS);
}

interface Cells {
  readonly classAt: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly merged: number;
  /** Of the first cell, in cells of this size from the frame's corner: neighbouring tiles share their cells. */
  readonly west: number;
  readonly north: number;
}

/** The class most bins of a cell have, the lower one at a tie; none when more than half of it lies outside the areas. */
function mergeBins(
  raster: CoverageRaster,
  classAt: ClassAt,
  window: Window,
  merged: number,
  classes: number,
): Cells {
  const west = Math.floor(window.west / merged);
  const north = Math.floor(window.north / merged);
  const columns = Math.ceil(window.east / merged) - west;
  const rows = Math.ceil(window.south / merged) - north;
  const cells = new Uint8Array(columns * rows).fill(NO_CLASS);
  const counts = new Uint32Array(classes);
  for (let cell = 0; cell < cells.length; cell++) {
    const firstColumn = (west + (cell % columns)) * merged;
    const firstRow = (north + Math.floor(cell / columns)) * merged;
    counts.fill(0);
    let inside = 0;
    for (let row = firstRow; row < Math.min(firstRow + merged, raster.rows); row++) {
      for (let column = firstColumn; column < Math.min(firstColumn + merged, raster.columns); column++) {
        const index = classAt(row * raster.columns + column);
        if (index === NO_CLASS) continue;
        counts[index]! += 1;
        inside += 1;
      }
    }
    if (2 * inside >= merged * merged) cells[cell] = counts.lastIndexOf(Math.max(...counts));
  }
  return { classAt: cells, columns, rows, merged, west, north };
}

function featuresOf(raster: CoverageRaster, cells: Cells, classes: readonly CoverageClass[]): TileFeature[] {
  const zone = localZone(raster.epsg);
  return classes.flatMap(({ from, to }, index): TileFeature[] => {
    const polygons = outlineCells(cells.classAt, cells.columns, cells.rows, index);
    if (polygons.length === 0) return [];
    const coordinates = polygons.map((rings) =>
      rings.map((ring) => ring.map((corner) => degreesOf(raster, zone, cells, corner))),
    );
    return [
      {
        id: String(index),
        geometry: { type: 'MultiPolygon', coordinates },
        properties: { class: index, from, to },
      },
    ];
  });
}

function degreesOf(
  { westM, northM, binSizeM }: CoverageRaster,
  zone: LocalZone,
  { west, north, merged }: Cells,
  [column, row]: readonly [number, number],
): [lon: number, lat: number] {
  const cellM = merged * binSizeM;
  const [lon, lat] = zone.toDegrees(westM + (west + column) * cellM, northM - (north + row) * cellM);
  return [lon, lat];
}
