// Coverage tiles: every pixel must show the bin it lies in, in the colours of the legend.
import { expect, test } from 'vitest';
import {
  type CoverageRaster,
  coverageClasses,
  localZone,
  NO_LEVEL,
  paintCoverageTile,
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
  probability: new Uint8Array(COLUMNS * ROWS).fill(100).fill(255, 0, COLUMNS).fill(0, 45, 46),
  server: new Uint16Array(COLUMNS * ROWS),
  siteIds: ['s'],
  uncovered: new Uint8Array(COLUMNS * ROWS),
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
  if (row < 0 || row >= ROWS || column < 0 || column >= COLUMNS || raster.probability[place] === 255)
    return [0, 0, 0, 0];
  const level = raster.level[place]! / 10;
  const shown = coverageClasses(-105).find(({ fromDbm }) => fromDbm === null || level >= fromDbm)!;
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

test('classes run from strong to weak without gaps, split at the threshold, in different colours', () => {
  for (const thresholdDbm of [-110, -105, -95, -90, -85, -70]) {
    const classes = coverageClasses(thresholdDbm);
    expect(classes[0]!.toDbm).toBeNull();
    expect(classes.at(-1)!.fromDbm).toBeNull();
    classes.slice(1).forEach((next, index) => {
      expect(next.toDbm).toBe(classes[index]!.fromDbm);
    });
    for (const { fromDbm, covered } of classes)
      expect(covered).toBe(fromDbm !== null && fromDbm >= thresholdDbm);
    for (const ramp of ['green-red', 'colour-blind'] as const)
      expect(new Set(classes.map(({ colours }) => colours[ramp])).size).toBe(classes.length);
  }
  expect(coverageClasses(-105).map(({ fromDbm }) => fromDbm)).toEqual([-75, -85, -95, -105, -115, null]);
});
