// One web-mercator tile of a coverage raster as RGBA. Pixel centres are carried to the local zone by bilinear interpolation
// between projected nodes (a projection per pixel would take 100 times longer); only the part of the tile over the raster is
// touched, so the zone is never asked for places far outside it. Every pixel shows the bin it falls in.

import { type LocalZone, localZone } from '../geo/local-zone.ts';
import { atan, atanh, pow, sin, sinh } from '../geo/steady-math.ts';
import type { CoverageRaster } from '../model/plan.ts';
import { type CoverageLayer, type CoverageRamp, classIndexOf, coverageClasses } from './coverage-classes.ts';
import { isInAreas, readLayer } from './read-layer.ts';

export interface TileRequest {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** `level` unless told. */
  readonly layer?: CoverageLayer;
  readonly ramp: CoverageRamp;
  readonly thresholdDbm: number;
  /** Pixels per side; 256 unless told. */
  readonly size?: number;
  /** 0..1; 1 unless told. */
  readonly opacity?: number;
}

const NODES = 16;

/**
 * RGBA, row by row from the north-west, transparent outside the areas and under roofs. Throws RangeError when the raster does
 * not hold the layer (`rasterHolds`).
 */
export function paintCoverageTile(raster: CoverageRaster, tile: TileRequest): Uint8ClampedArray {
  const size = tile.size ?? 256;
  const rgba = new Uint8ClampedArray(size * size * 4);
  const zone = localZone(raster.epsg);
  const pixels = pixelsOverRaster(raster, zone, tile, size);
  if (!pixels) return rgba;
  const layer = tile.layer ?? 'level';
  const valueAt = readLayer(raster, layer);
  const classes = coverageClasses(layer, tile.thresholdDbm);
  const palette = classes.map(({ colours }) => rgbaOf(colours[tile.ramp], tile.opacity ?? 1));
  const { east, north } = projectNodes(zone, tile, size, pixels);
  const { left, top, right, bottom } = pixels;
  const stepX = (right - left) / NODES;
  const stepY = (bottom - top) / NODES;
  for (let py = top; py < bottom; py++) {
    const v = (py + 0.5 - top) / stepY;
    const nodeRow = Math.min(NODES - 1, Math.floor(v));
    for (let px = left; px < right; px++) {
      const u = (px + 0.5 - left) / stepX;
      const nodeColumn = Math.min(NODES - 1, Math.floor(u));
      const node = nodeRow * (NODES + 1) + nodeColumn;
      const eastM = bilinear(east, node, u - nodeColumn, v - nodeRow);
      const northM = bilinear(north, node, u - nodeColumn, v - nodeRow);
      const column = Math.floor((eastM - raster.westM) / raster.binSizeM);
      const row = Math.floor((raster.northM - northM) / raster.binSizeM);
      if (column < 0 || row < 0 || column >= raster.columns || row >= raster.rows) continue;
      const at = row * raster.columns + column;
      if (!isInAreas(raster, at)) continue;
      rgba.set(palette[classIndexOf(classes, valueAt(at))]!, 4 * (py * size + px));
    }
  }
  return rgba;
}

interface Pixels {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The pixels of the tile that may lie over the raster, or null. */
function pixelsOverRaster(
  raster: CoverageRaster,
  zone: LocalZone,
  tile: TileRequest,
  size: number,
): Pixels | null {
  const { westM, northM, binSizeM, columns, rows } = raster;
  const tiles = pow(2, tile.z);
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let step = 0; step <= NODES; step++) {
    const eastM = westM + (columns * binSizeM * step) / NODES;
    const southM = northM - rows * binSizeM;
    const sideM = northM - (rows * binSizeM * step) / NODES;
    const border = [
      [eastM, northM],
      [eastM, southM],
      [westM, sideM],
      [westM + columns * binSizeM, sideM],
    ] as const;
    for (const [edgeEastM, edgeNorthM] of border) {
      const [lon, lat] = zone.toDegrees(edgeEastM, edgeNorthM);
      const px = ((lon + 180) / 360) * tiles - tile.x;
      const py = mercatorY(lat) * tiles - tile.y;
      left = Math.min(left, px * size);
      right = Math.max(right, px * size);
      top = Math.min(top, py * size);
      bottom = Math.max(bottom, py * size);
    }
  }
  const pixels = {
    left: Math.max(0, Math.floor(left) - 1),
    top: Math.max(0, Math.floor(top) - 1),
    right: Math.min(size, Math.ceil(right) + 1),
    bottom: Math.min(size, Math.ceil(bottom) + 1),
  };
  return pixels.left < pixels.right && pixels.top < pixels.bottom ? pixels : null;
}

function projectNodes(zone: LocalZone, tile: TileRequest, size: number, pixels: Pixels) {
  const tiles = pow(2, tile.z);
  const east = new Float64Array((NODES + 1) * (NODES + 1));
  const north = new Float64Array((NODES + 1) * (NODES + 1));
  for (let row = 0; row <= NODES; row++) {
    const py = pixels.top + ((pixels.bottom - pixels.top) * row) / NODES;
    const lat = mercatorLat((tile.y + py / size) / tiles);
    for (let column = 0; column <= NODES; column++) {
      const px = pixels.left + ((pixels.right - pixels.left) * column) / NODES;
      const lon = ((tile.x + px / size) / tiles) * 360 - 180;
      const node = row * (NODES + 1) + column;
      [east[node], north[node]] = zone.toMetres([lon, lat]);
    }
  }
  return { east, north };
}

function bilinear(values: Float64Array, node: number, u: number, v: number): number {
  const upper = values[node]! + u * (values[node + 1]! - values[node]!);
  const below = node + NODES + 1;
  const lower = values[below]! + u * (values[below + 1]! - values[below]!);
  return upper + v * (lower - upper);
}

/** 0 in the north, 1 in the south (spherical mercator, as web tiles use it). */
function mercatorY(latDeg: number): number {
  return (1 - atanh(sin((latDeg * Math.PI) / 180)) / Math.PI) / 2;
}

function mercatorLat(y: number): number {
  return (atan(sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

function rgbaOf(hex: string, opacity: number): [red: number, green: number, blue: number, alpha: number] {
  const colour = Number.parseInt(hex.slice(1), 16);
  return [colour >> 16, (colour >> 8) & 255, colour & 255, Math.round(255 * opacity)];
}
