// Our sweep beside gdal_viewshed, cell by cell, on made-up and real rasters: the same heights, observers and radius, flat earth.
// Both use reference planes (Wang, Robinson and White 2000), so they may differ where rounding decides: on the rims of shadows.
// Every case also prints how often the sweep agrees with one exact ray per cell, which neither of them computes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrayBuffer } from 'geotiff';
import { afterAll, expect, test } from 'vitest';
import { type BuildingSet, localZoneOf, makeSurface } from '../../engine/index.ts';
import { findCommand } from '../../scripts/boot/find-tools.mjs';
import { packBuildings } from '../../scripts/cli/read-plan-files.ts';
import { makeRandom } from '../../scripts/sample/random.ts';
import { parseImport } from '../../server/import/parse-import.ts';
import { reportNotRun } from '../support/not-run.ts';
import { makeTemporaryFolder } from '../support/run-command.ts';
import {
  compareWindows,
  type Eye,
  exactWindow,
  gdalWindow,
  sweepWindow,
  type TopRaster,
  writeTops,
} from '../support/viewshed.ts';

const LEAST_SHARE = 0.995;
const RADIUS = 60;
const SIDE = 240;
const folder = makeTemporaryFolder();
afterAll(folder.remove);

/** Heights of a square of 5 m cells. */
function made(topAt: (column: number, row: number) => number): TopRaster {
  const topM = Float32Array.from({ length: SIDE * SIDE }, (_, at) => topAt(at % SIDE, Math.floor(at / SIDE)));
  return { columns: SIDE, rows: SIDE, cellM: 5, topM };
}

/** Observers of this height, seeded, far enough from the border; `isOpen` says where one may stand. */
function eyesOn(
  { columns, rows, topM }: TopRaster,
  heightM: number,
  count: number,
  isOpen: (topM: number) => boolean = () => true,
): Eye[] {
  const random = makeRandom(7, 'eyes');
  const eyes: Eye[] = [];
  while (eyes.length < count) {
    const column = random.whole(RADIUS + 2, columns - RADIUS - 3);
    const row = random.whole(RADIUS + 2, rows - RADIUS - 3);
    if (isOpen(topM[row * columns + column]!)) eyes.push({ column, row, heightM });
  }
  return eyes;
}

/** Blocks of 14 cells between streets of 4, each of its own height. */
function streetGrid(): TopRaster {
  const random = makeRandom(7, 'blocks');
  const blocks = Array.from({ length: 400 }, () => random.between(6, 60));
  return made((column, row) =>
    column % 18 < 4 || row % 18 < 4 ? 0 : blocks[Math.floor(row / 18) * 20 + Math.floor(column / 18)]!,
  );
}

function randomHills(): TopRaster {
  const random = makeRandom(7, 'hills');
  const waves = Array.from({ length: 12 }, () => ({
    x: random.between(-0.3, 0.3),
    y: random.between(-0.3, 0.3),
    phase: random.between(0, 6.3),
    heightM: random.between(1, 8),
  }));
  return made((column, row) =>
    waves.reduce(
      (sum, wave) => sum + wave.heightM * Math.sin(wave.x * column + wave.y * row + wave.phase),
      100,
    ),
  );
}

const madeCases: readonly (readonly [name: string, raster: () => TopRaster, antennaM: number])[] = [
  ['street grid, poles', streetGrid, 8],
  ['street grid, roof height', streetGrid, 35],
  ['a single tower', () => made((x, y) => (x > 110 && x < 116 && y > 118 && y < 125 ? 50 : 0)), 8],
  ['a round hill', () => made((x, y) => 60 * Math.exp(-((x - 120) ** 2 + (y - 120) ** 2) / 900)), 10],
  ['ramps', () => made((x, y) => 0.4 * x + 0.1 * (y % 40)), 5],
  ['random hills', randomHills, 10],
];

test.each(madeCases)('%s: the sweep and gdal_viewshed agree', async (name, raster, antennaM) => {
  const tops = raster();
  await compareAll(
    name,
    tops,
    eyesOn(tops, antennaM, 6, (topM) => !name.startsWith('street') || topM === 0),
  );
});

test('Big Tujunga, mountains of 30 m cells: the sweep and gdal_viewshed agree', async () => {
  const path = realFile('dem/bigtujunga.tif');
  if (!path) return reportNotRun('sight over Big Tujunga', 'no real data here');
  const file = readFileSync(path);
  const image = await (await fromArrayBuffer(bytesOf(file))).getImage();
  const [values] = (await image.readRasters()) as unknown as [ArrayLike<number>]; // one band
  const size = { columns: image.getWidth(), rows: image.getHeight() };
  const tops = { ...size, cellM: 30, topM: Float32Array.from(values) };
  await compareAll(
    'Big Tujunga, 30 m',
    tops,
    eyesOn(tops, 20, 8, (topM) => topM > 0),
  );
});

test('central Shanghai, roofs of 5 m cells: the sweep and gdal_viewshed agree', async () => {
  const path = realFile('shanghai-core-osm/buildings.geojson');
  if (!path) return reportNotRun('sight over central Shanghai', 'no real data here');
  const tops = roofsOf(readFileSync(path));
  await compareAll(
    'central Shanghai, poles',
    tops,
    eyesOn(tops, 8, 8, (topM) => topM === 0),
  );
  await compareAll(
    'central Shanghai, masts of 30 m',
    tops,
    eyesOn(tops, 30, 4, (topM) => topM === 0),
  );
});

async function compareAll(name: string, tops: TopRaster, eyes: readonly Eye[]): Promise<void> {
  if (!findCommand('gdal_viewshed'))
    return reportNotRun(`sight beside gdal_viewshed: ${name}`, 'no GDAL here');
  writeTops(folder.path, tops);
  const sum = { cells: 0, equal: 0, offEdge: 0, exact: 0, gdalExact: 0 };
  for (const eye of eyes) {
    const sweep = sweepWindow(tops, eye, RADIUS);
    const gdal = await gdalWindow(folder.path, tops, eye, RADIUS);
    const exact = exactWindow(tops, eye, RADIUS);
    const { cells, equal, offEdge } = compareWindows(sweep, gdal);
    sum.cells += cells;
    sum.equal += equal;
    sum.offEdge += offEdge;
    sum.exact += compareWindows(sweep, exact).equal;
    sum.gdalExact += compareWindows(gdal, exact).equal;
  }
  const percent = (count: number): string => `${((100 * count) / sum.cells).toFixed(3)} %`;
  console.info(
    `sight, ${name}: ${percent(sum.equal)} of ${sum.cells} cells equal to gdal_viewshed, ${sum.offEdge} off an edge; exact rays: sweep ${percent(sum.exact)}, gdal_viewshed ${percent(sum.gdalExact)}`,
  );
  expect(sum.cells).toBeGreaterThan(eyes.length * 11_000);
  expect(sum.equal / sum.cells).toBeGreaterThanOrEqual(LEAST_SHARE);
  expect(sum.offEdge).toBe(0);
}

/** All roofs of a file on their raster. */
function roofsOf(file: Buffer): TopRaster {
  const parsed = parseImport(file, { kind: 'buildings', fileName: 'buildings.geojson', datum: 'WGS84' });
  if (parsed.records.kind !== 'buildings') throw new Error('the file holds no buildings');
  const buildings = packBuildings(parsed.records.rows.map(({ value }) => value))!;
  const zone = localZoneOf([buildings.positions[0]!, buildings.positions[1]!]);
  const { columns, rows, cellM, topM } = makeSurface(buildings, zone, boxAround(buildings, zone));
  return { columns, rows, cellM, topM };
}

function boxAround(
  { positions }: BuildingSet,
  zone: ReturnType<typeof localZoneOf>,
): readonly [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += 2) {
    const [eastM, northM] = zone.toMetres([positions[at]!, positions[at + 1]!]);
    box[0] = Math.min(box[0], eastM);
    box[1] = Math.min(box[1], northM);
    box[2] = Math.max(box[2], eastM);
    box[3] = Math.max(box[3], northM);
  }
  return box;
}

/** Path in the real data, or null when this machine has none. */
function realFile(name: string): string | null {
  const dir = process.env.ZHANZHI_REAL_DATA;
  const path = dir ? join(dir, name) : '';
  return existsSync(path) ? path : null;
}

function bytesOf(file: Buffer): ArrayBuffer {
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer; // never shared
}
