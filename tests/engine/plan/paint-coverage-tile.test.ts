// Coverage tiles: every pixel must show the bin it lies in, in the colours of the legend.
import { expect, test } from 'vitest';
import {
  type CoverageLayer,
  type CoverageQuality,
  type CoverageRaster,
  coverageClasses,
  GRADES,
  localZone,
  NO_GRADE,
  NO_LEVEL,
  paintCoverageTile,
  rasterHolds,
} from '../../../engine/index.ts';
import { at } from './a-place.ts';

const zone = localZone(4549);
const [eastM, northM] = zone.toMetres(at(0, 0));
const COLUMNS = 40;
const ROWS = 30;
/** A made-up result: levels fall from west to east, the first row is outside, one bin has no signal. */
const raster: CoverageRaster = {
  epsg: 4549,
  westM: Math.round(eastM),
  northM: Math.round(northM),
  binSizeM: 20,
  columns: COLUMNS,
  rows: ROWS,
  level: Int16Array.from({ length: COLUMNS * ROWS }, (_, index) => -600 - 20 * (index % COLUMNS)).fill(
    NO_LEVEL,
    45,
    46,
  ),
  grade: new Uint8Array(COLUMNS * ROWS)
    .fill(GRADES - 1)
    .fill(NO_GRADE, 0, COLUMNS)
    .fill(0, 45, 46),
  server: new Uint16Array(COLUMNS * ROWS),
  siteIds: ['s'],
  uncovered: new Uint8Array(COLUMNS * ROWS),
  quality: null,
};

function tileOf(lon: number, lat: number, z: number): { z: number; x: number; y: number } {
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return { z, x: Math.floor(((lon + 180) / 360) * 2 ** z), y: Math.floor(y * 2 ** z) };
}

/** The pixel's colour computed one by one with the exact projection. */
function exactPixel(tile: { z: number; x: number; y: number }, px: number, py: number): number[] | null {
  const lon = ((tile.x + (px + 0.5) / 256) / 2 ** tile.z) * 360 - 180;
  const lat =
    (Math.atan(Math.sinh(Math.PI * (1 - (2 * (tile.y + (py + 0.5) / 256)) / 2 ** tile.z))) * 180) / Math.PI;
  const [pixelEastM, pixelNorthM] = zone.toMetres([lon, lat]);
  const column = (pixelEastM - raster.westM) / 20;
  const row = (raster.northM - pixelNorthM) / 20;
  const nearBorder = [column, row].some((value) => Math.abs(value - Math.round(value)) < 0.01);
  if (nearBorder) return null;
  const place = Math.floor(row) * COLUMNS + Math.floor(column);
  if (row < 0 || row >= ROWS || column < 0 || column >= COLUMNS || raster.grade[place] === NO_GRADE)
    return [0, 0, 0, 0];
  const level = raster.level[place]! / 10;
  const shown = coverageClasses('level', -105).find(({ from }) => from === null || level >= from)!;
  const colour = Number.parseInt(shown.colours['green-red'].slice(1), 16);
  return [colour >> 16, (colour >> 8) & 255, colour & 255, 255];
}

for (const z of [12, 14, 16, 18]) {
  test(`at zoom ${z} every pixel shows the bin under it`, () => {
    const [lon, lat] = zone.toDegrees(raster.westM + 400, raster.northM - 300);
    const tile = tileOf(lon, lat, z);
    const rgba = paintCoverageTile(raster, { ...tile, ramp: 'green-red', thresholdDbm: -105 });
    let painted = 0;
    for (let py = 0; py < 256; py++) {
      for (let px = 0; px < 256; px++) {
        const expected = exactPixel(tile, px, py);
        if (!expected) continue;
        const start = 4 * (py * 256 + px);
        const found = [rgba[start], rgba[start + 1], rgba[start + 2], rgba[start + 3]];
        if (found.join() !== expected.join()) expect({ px, py, found }).toEqual({ px, py, found: expected });
        if (expected[3] === 255) painted++;
      }
    }
    expect(painted).toBeGreaterThan(50);
  });
}

test('a tile away from the raster and the tile of the whole world stay transparent or tiny', () => {
  const away = paintCoverageTile(raster, { z: 14, x: 0, y: 0, ramp: 'green-red', thresholdDbm: -105 });
  expect(away.every((value) => value === 0)).toBe(true);
  const world = paintCoverageTile(raster, { z: 0, x: 0, y: 0, ramp: 'green-red', thresholdDbm: -105 });
  expect(world.filter((_, index) => index % 4 === 3 && world[index]! > 0).length).toBeLessThanOrEqual(1);
});

test('opacity and tile size are kept', () => {
  const [lon, lat] = zone.toDegrees(raster.westM + 400, raster.northM - 300);
  const tile = {
    ...tileOf(lon, lat, 16),
    ramp: 'colour-blind' as const,
    thresholdDbm: -105,
    size: 64,
    opacity: 0.5,
  };
  const rgba = paintCoverageTile(raster, tile);
  expect(rgba.length).toBe(64 * 64 * 4);
  expect(new Set(rgba.filter((_, index) => index % 4 === 3))).toContain(128);
});

test('each layer is painted from its own values, in its own classes', () => {
  const [lon, lat] = zone.toDegrees(raster.westM + 400, raster.northM - 300);
  const tile = tileOf(lon, lat, 16);
  const size = COLUMNS * ROWS;
  const quality: CoverageQuality = {
    ssSinr: new Int16Array(size).fill(-31),
    pdschSinr: new Int16Array(size).fill(160),
    downlinkMbps: new Uint16Array(size).fill(219),
    uplinkMargin: new Int16Array(size).fill(0),
    indoorLevel: new Int16Array(size).fill(-1050),
    servers: new Uint8Array(size).fill(3),
  };
  const shown = { ramp: 'green-red' as const, thresholdDbm: -105 };
  const classSeen = (layer: CoverageLayer) => {
    const rgba = paintCoverageTile({ ...raster, quality }, { ...tile, ...shown, layer });
    const [x, y] = [128, 128];
    const found = `#${Buffer.from(rgba.slice(4 * (y * 256 + x), 4 * (y * 256 + x) + 3)).toString('hex')}`;
    const row = coverageClasses(layer, -105).find(({ colours }) => colours['green-red'] === found);
    return [row?.from, row?.to];
  };
  expect(classSeen('probability')).toEqual([95, null]);
  expect(classSeen('sinr')).toEqual([-5, -3]);
  expect(classSeen('pdsch-sinr')).toEqual([15, 25]);
  expect(classSeen('rate')).toEqual([200, 220]);
  expect(classSeen('uplink')).toEqual([0, 5]);
  expect(classSeen('indoor')).toEqual([-105, -95]);
  expect(classSeen('servers')).toEqual([3, 4]);
});

test('a layer that an older raster does not hold is a wrong call', () => {
  expect(rasterHolds(raster, 'probability')).toBe(true);
  expect(rasterHolds(raster, 'sinr')).toBe(false);
  const [lon, lat] = zone.toDegrees(raster.westM + 400, raster.northM - 300);
  const tile = { ...tileOf(lon, lat, 16), ramp: 'green-red' as const, thresholdDbm: -105 };
  expect(() => paintCoverageTile(raster, { ...tile, layer: 'sinr' })).toThrow(RangeError);
});
