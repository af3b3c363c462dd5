// One web-mercator tile of a coverage raster as RGBA. Pixel centres are carried to the local zone by bilinear interpolation
// between projected nodes (a projection per pixel would take 100 times longer); only the part of the tile over the raster is
// touched, so the zone is never asked for places far outside it. Every pixel shows the bin it falls in.
import { type LocalZone, localZone } from '../geo/local-zone.ts';
import type { CoverageRaster } from '../model/plan.ts';
import { type CoverageClass, type CoverageRamp, coverageClasses } from './coverage-classes.ts';
import { NO_PROBABILITY } from './make-raster.ts';

export interface TileRequest {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly ramp: CoverageRamp;
  readonly thresholdDbm: number;
  /** Pixels per side; 256 unless told. */
  readonly size?: number;
  /** 0..1; 1 unless told. */
  readonly opacity?: number;
}

const NODES = 16;

/** RGBA, row by row from the north-west, transparent outside the areas and under roofs. */
export function paintCoverageTile(raster: CoverageRaster, tile: TileRequest): Uint8ClampedArray {
  const size = tile.size ?? 256;
  const rgba = new Uint8ClampedArray(size * size * 4);
  const zone = localZone(raster.epsg);
  const pixels = pixelsOverRaster(raster, zone, tile, size);
  if (!pixels) return rgba;
  const palette = paletteOf(coverageClasses(tile.thresholdDbm), tile.ramp, tile.opacity ?? 1);
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
      if (raster.probability[at] === NO_PROBABILITY) continue;
      const colour = colourOf(palette, raster.level[at]! / 10);
      rgba.set(colour, 4 * (py * size + px));
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
      const px = ((lon + 180) / 360) * 2 ** tile.z - tile.x;
      const py = mercatorY(lat) * 2 ** tile.z - tile.y;
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
  const east = new Float64Array((NODES + 1) ** 2);
  const north = new Float64Array((NODES + 1) ** 2);
  for (let row = 0; row <= NODES; row++) {
    const py = pixels.top + ((pixels.bottom - pixels.top) * row) / NODES;
    const lat = mercatorLat((tile.y + py / size) / 2 ** tile.z);
    for (let column = 0; column <= NODES; column++) {
      const px = pixels.left + ((pixels.right - pixels.left) * column) / NODES;
      const lon = ((tile.x + px / size) / 2 ** tile.z) * 360 - 180;
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
  const lat = (latDeg * Math.PI) / 180;
  return (1 - Math.log(Math.tan(lat) + 1 / Math.cos(lat)) / Math.PI) / 2;
}

function mercatorLat(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

interface PaletteEntry {
  readonly fromDbm: number;
  readonly rgba: readonly [red: number, green: number, blue: number, alpha: number];
}

function paletteOf(classes: readonly CoverageClass[], ramp: CoverageRamp, opacity: number): PaletteEntry[] {
  return classes.map(({ fromDbm, colours }) => {
    const colour = Number.parseInt(colours[ramp].slice(1), 16);
    const rgba = [colour >> 16, (colour >> 8) & 255, colour & 255, Math.round(255 * opacity)] as const;
    return { fromDbm: fromDbm ?? -Infinity, rgba };
  });
}

/** The last class has no lower end, so one always fits. */
function colourOf(palette: readonly PaletteEntry[], levelDbm: number): PaletteEntry['rgba'] {
  return palette.find((entry) => levelDbm >= entry.fromDbm)!.rgba;
}
