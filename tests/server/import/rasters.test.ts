// Raster files: what comes in right, one test per mistake with its code, and figures compared with GDAL.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localZone } from '../../../engine/index.ts';
import { clutterNear, terrainNear } from '../../../scripts/cli/rasters-near.ts';
import type { ImportKind } from '../../../server/contract/imports.ts';
import type { ParsedImport } from '../../../server/import/import-types.ts';
import { parseFile } from '../../../server/import/parse-file.ts';
import { parseInChild } from '../../../server/import/parse-in-child.ts';
import { definitionOfEpsg } from '../../../server/import/raster/crs-of-keys.ts';
import { degreeKeys, makeGeotiff, metreKeys, type TestRaster } from '../../support/make-geotiff.ts';
import { reportNotRun } from '../../support/not-run.ts';
import { makeTemporaryFolder, runProgram } from '../../support/run-command.ts';
import { fixtureBytes, parseFixture, parseText, shortIssues } from './read-fixture.ts';

const WORLD = [-180, -90, 180, 90] as const;
const FOOT_M = 0.3048;
const SURVEY_FOOT_M = 1200 / 3937;

const parse = (bytes: Uint8Array, kind: ImportKind, fileName = 'typed.tif'): Promise<ParsedImport> =>
  parseFile(bytes, { kind, fileName, datum: 'CGCS2000' });
const parseRasterFixture = (name: string, kind: ImportKind): Promise<ParsedImport> =>
  parse(fixtureBytes(`rasters/${name}`), kind, name);

/** 24 × 20 cells of 1″ east of Shanghai: 100 + 2 per column + 3 per row. */
const plane: TestRaster = {
  columns: 24,
  rows: 20,
  west: 121.5,
  north: 31.2,
  step: 1 / 3600,
  cellAt: (column, row) => 100 + 2 * column + 3 * row,
  keys: degreeKeys(),
};

const heightsOf = (parsed: ParsedImport): Float32Array =>
  terrainNear(parsed, WORLD)[0]?.heightM ?? new Float32Array(0);

function hgtBytes(side: number, heightOf: (column: number, row: number) => number): Buffer {
  const bytes = Buffer.alloc(2 * side * side);
  for (let at = 0; at < side * side; at++)
    bytes.writeInt16BE(heightOf(at % side, Math.floor(at / side)), 2 * at);
  return bytes;
}

describe('a terrain model', () => {
  test('in degrees keeps its cells and says range, holes, resolution and coordinate system', async () => {
    const parsed = await parse(makeGeotiff(plane), 'terrain');
    expect(parsed.issues).toEqual([]);
    expect(parsed.raster?.facts).toMatchObject({
      crs: 'EPSG:4490',
      columns: 24,
      rows: 20,
      cells: 480,
      holes: 0,
      lowestM: 100,
      highestM: 100 + 2 * 23 + 3 * 19,
      people: null,
    });
    expect(parsed.raster?.facts.resolutionM).toBeCloseTo(30.87, 1);
    expect([...heightsOf(parsed)]).toEqual(
      Array.from({ length: 480 }, (_, at) => 100 + 2 * (at % 24) + 3 * Math.floor(at / 24)),
    );
  });

  test.each([
    ['UTM', 32_651],
    ['Gauss-Krüger, 3 degrees', 4549],
    ['Gauss-Krüger, 3 degrees with the zone before the easting', 4528],
    ['Gauss-Krüger, 6 degrees', 4509],
    ['Gauss-Krüger, 6 degrees with the zone before the easting', 4498],
  ])('in %s lies where proj puts it and keeps a plane within 0.1 m', async (_, epsg) => {
    // the same ground by the engine's own zone, shifted to the false easting of the system
    const central = Number(/lon_0=(\d+)/.exec(definitionOfEpsg(epsg) ?? '')?.[1]);
    const falseEast = Number(/x_0=(\d+)/.exec(definitionOfEpsg(epsg) ?? '')?.[1]);
    const zone = localZone(epsg === 32_651 ? 32_651 : 4534 + (central - 75) / 3);
    const [eastM, northM] = zone.toMetres([central + 0.4, 31.2]);
    const west = eastM - 500_000 + falseEast;
    const heightOf = (x: number, y: number): number => 50 + (x - west) / 20 - (northM - y) / 30;
    const parsed = await parse(
      makeGeotiff({
        columns: 60,
        rows: 50,
        west,
        north: northM,
        step: 30,
        cellAt: (column, row) => heightOf(west + 30 * (column + 0.5), northM - 30 * (row + 0.5)),
        keys: metreKeys(epsg),
      }),
      'terrain',
    );
    expect(parsed.issues).toEqual([]);
    expect(parsed.raster?.facts.crs).toBe(`EPSG:${epsg}`);
    const [raster] = terrainNear(parsed, WORLD);
    if (!raster) throw new Error('the raster lies in the world');
    let known = 0;
    raster.heightM.forEach((heightM, at) => {
      const lon = raster.westDeg + ((at % raster.columns) + 0.5) * raster.stepLonDeg;
      const lat = raster.northDeg - (Math.floor(at / raster.columns) + 0.5) * raster.stepLatDeg;
      const [x, y] = zone.toMetres([lon, lat]);
      const east = x - 500_000 + falseEast;
      // the outer half cell has no neighbour to lean on
      const inside = Math.min(east - west, west + 1_800 - east, northM - y, y - northM + 1_500) > 15;
      if (!inside) return;
      known++;
      expect(Math.abs(heightM - heightOf(east, y))).toBeLessThan(0.1);
    });
    expect(known).toBeGreaterThan(2_500);
  });

  test('of an SRTM tile has its corner from the name, posts on whole degrees, and holes', async () => {
    const bytes = hgtBytes(1201, (column, row) => (column === 7 ? -32_768 : row));
    const parsed = await parse(bytes, 'terrain', 'N31E121.hgt');
    expect(parsed).toMatchObject({ format: 'hgt', rowCount: 9, rejected: 0 });
    expect(shortIssues(parsed)).toEqual(['warning IMPORT_RASTER_HOLES file']);
    expect(parsed.issues[0]?.message.en).toContain('1201 cells of 1442401');
    const { frame, facts } = parsed.raster ?? {};
    expect(facts).toMatchObject({ holes: 1201, lowestM: 0, highestM: 1200 });
    expect(frame?.westDeg).toBeCloseTo(121 - 1 / 2400, 12);
    expect(frame?.northDeg).toBeCloseTo(32 + 1 / 2400, 12);
    expect((await parse(bytes, 'terrain', 's08w035.SRTMGL3.hgt')).raster?.frame?.westDeg).toBeCloseTo(
      -35 - 1 / 2400,
      12,
    );
  });

  test.each([
    ['tiled-deflate-float.tif', 'EPSG:4490'],
    ['big-tiff.tif', 'EPSG:4490'],
    ['lzw-int16.tif', 'EPSG:4549'],
  ])('written by GDAL as %s is read with its hole', async (name, crs) => {
    const parsed = await parseRasterFixture(name, 'terrain');
    expect(shortIssues(parsed)).toEqual(['warning IMPORT_RASTER_HOLES file']);
    expect(parsed.raster?.facts).toMatchObject({ crs, holes: 1, lowestM: 10, highestM: 93, cells: 320 });
  });

  test('in feet is converted with a remark, and scale and offset are heeded', async () => {
    const feet = await parseRasterFixture('heights-in-feet.tif', 'terrain');
    expect(shortIssues(feet)).toEqual([
      'warning IMPORT_RASTER_FEET file',
      'warning IMPORT_RASTER_HOLES file',
    ]);
    expect(feet.raster?.facts.highestM).toBeCloseTo(93 * FOOT_M, 4);
    const survey = await parseRasterFixture('scaled-survey-feet.tif', 'terrain');
    expect(survey.raster?.facts.lowestM).toBeCloseTo((100 + 10 / 2) * SURVEY_FOOT_M, 4);
    const byKey = makeGeotiff({ ...plane, keys: { ...degreeKeys(), VerticalUnitsGeoKey: 9003 } });
    expect((await parse(byKey, 'terrain')).raster?.facts.lowestM).toBeCloseTo(100 * SURVEY_FOOT_M, 4);
  });

  test('with heights no ground has takes them for holes and says how many', async () => {
    const unmarked = makeGeotiff({ ...plane, cellAt: (column) => (column === 0 ? -9999 : 12) });
    const parsed = await parse(unmarked, 'terrain');
    expect(shortIssues(parsed)).toEqual([
      'warning IMPORT_RASTER_HEIGHT_RANGE file',
      'warning IMPORT_RASTER_HOLES file',
    ]);
    expect(parsed.raster?.facts).toMatchObject({ holes: 20, lowestM: 12, highestM: 12 });
  });

  test('survives packing into pieces to 0.05 m, holes and all', async () => {
    const height = fc.oneof(
      { weight: 5, arbitrary: fc.float({ min: -499, max: 8_999, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(height, { minLength: 36, maxLength: 36 }), async (heights) => {
        fc.pre(heights.some((each) => !Number.isNaN(each)));
        const cellAt = (column: number, row: number): number => heights[6 * row + column] ?? 0;
        const back = heightsOf(
          await parse(makeGeotiff({ ...plane, columns: 6, rows: 6, cellAt }), 'terrain'),
        );
        heights.forEach((expected, at) => {
          if (Number.isNaN(expected)) expect(back[at]).toBeNaN();
          else expect(Math.abs((back[at] ?? Number.NaN) - expected)).toBeLessThan(0.051);
        });
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  test('comes out of the child as out of the function', async () => {
    const bytes = makeGeotiff(plane);
    const options = { kind: 'terrain', fileName: 'plane.tif', datum: 'WGS84' } as const;
    const parsed = await parseInChild(bytes, options, { seconds: 60, memoryMb: 256 });
    expect(parsed).toEqual(JSON.parse(JSON.stringify(await parseFile(bytes, options))));
  });
});

describe('people per cell', () => {
  const people: TestRaster = {
    ...plane,
    step: 0.001,
    noData: -99_999,
    cellAt: (column, row) => (column === 0 ? -99_999 : column === 1 ? 0 : column === 2 ? -3 : row + 0.5),
  };

  test('become areas with their people; nobody is lost and no-data is nobody', async () => {
    const parsed = await parse(makeGeotiff(people), 'population');
    const rows = parsed.records.kind === 'population' ? parsed.records.rows : [];
    expect(rows.length).toBe(21 * 20);
    const total = 21 * (190 + 10);
    expect(parsed.raster?.facts).toMatchObject({ people: total, holes: 40 });
    expect(rows.reduce((sum, { value }) => sum + value.weight, 0)).toBeCloseTo(total, 6);
    expect(shortIssues(parsed)).toEqual(['warning IMPORT_POPULATION_VALUES file']);
    const { position, cell } = rows[0]?.value ?? {};
    expect(position?.[0]).toBeCloseTo(121.5 + 3.5 * 0.001, 9);
    expect(position?.[1]).toBeCloseTo(31.2 - 0.0005, 9);
    expect(cell?.coordinates[0]?.[0]?.length).toBe(5);
  });

  test('stand at the middles of their cells where spreading them would make too many points', async () => {
    // 1 km cells: 2 500 points each
    const wide = makeGeotiff({ ...people, step: 0.009, cellAt: () => 7 });
    const parsed = await parse(wide, 'population');
    expect(shortIssues(parsed)).toEqual(['warning IMPORT_POPULATION_MIDDLES file']);
    expect(parsed.records.rows.every(({ value }) => 'cell' in value && value.cell === null)).toBe(true);
  });

  test('in a raster where nobody lives are refused', async () => {
    const empty = makeGeotiff({ ...people, cellAt: () => 0 });
    expect(shortIssues(await parse(empty, 'population'))).toEqual(['error IMPORT_RASTER_ALL_HOLES file']);
  });
});

describe('clutter classes', () => {
  test('of ESA WorldCover are translated, strange codes are unknown and named', async () => {
    const parsed = await parseRasterFixture('world-cover.tif', 'clutter');
    expect(shortIssues(parsed)).toEqual([
      'warning IMPORT_CLUTTER_CODES file',
      'warning IMPORT_CLUTTER_HOLES file',
    ]);
    expect(parsed.issues[0]?.found).toBe('77');
    const [raster] = clutterNear(parsed, WORLD);
    expect([...(raster?.classCode.subarray(0, 12) ?? [])]).toEqual([4, 4, 6, 6, 1, 1, 7, 7, 0, 0, 0, 0]);
    expect(parsed.raster?.facts.classes.map(({ share }) => share)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('a raster is refused with a code when', () => {
  const codeOf = async (parsed: Promise<ParsedImport>): Promise<string[]> => {
    const { records, raster, ...rest } = await parsed;
    expect(records.rows).toEqual([]);
    expect(raster).toBeNull();
    return shortIssues(rest);
  };

  test.each<readonly [string, string, () => Buffer, ImportKind, string]>([
    [
      'it names no coordinate system',
      'IMPORT_RASTER_NO_CRS',
      () => withoutKeys(makeGeotiff(plane)),
      'terrain',
      'a.tif',
    ],
    [
      'its coordinate system is not known',
      'IMPORT_RASTER_CRS_UNKNOWN',
      () => fixtureBytes('rasters/hong-kong-1980.tif'),
      'terrain',
      'a.tif',
    ],
    [
      'its datum lies elsewhere (Beijing 1954)',
      'IMPORT_RASTER_CRS_UNKNOWN',
      () => makeGeotiff({ ...plane, keys: degreeKeys(4214) }),
      'terrain',
      'a.tif',
    ],
    [
      'it has more cells than the limit',
      'IMPORT_RASTER_TOO_LARGE',
      () => withSize(makeGeotiff(plane), 65_000, 65_000),
      'terrain',
      'a.tif',
    ],
    [
      'it is cut off',
      'IMPORT_RASTER_BROKEN',
      () => makeGeotiff(plane).subarray(0, 1_600),
      'terrain',
      'a.tif',
    ],
    [
      'its header is cut off',
      'IMPORT_RASTER_BROKEN',
      () => makeGeotiff(plane).subarray(0, 40),
      'terrain',
      'a.tif',
    ],
    [
      'a packed block is damaged',
      'IMPORT_RASTER_BROKEN',
      () => damaged(fixtureBytes('rasters/tiled-deflate-float.tif')),
      'terrain',
      'a.tif',
    ],
    ['it is rotated', 'IMPORT_RASTER_ROTATED', () => fixtureBytes('rasters/rotated.tif'), 'terrain', 'a.tif'],
    [
      'it is packed as a photograph',
      'IMPORT_RASTER_COMPRESSION',
      () => fixtureBytes('rasters/jpeg.tif'),
      'terrain',
      'a.tif',
    ],
    [
      'every cell is a hole',
      'IMPORT_RASTER_ALL_HOLES',
      () => makeGeotiff({ ...plane, cellAt: () => -9999, noData: -9999 }),
      'terrain',
      'a.tif',
    ],
    [
      'its cells lie outside the world',
      'IMPORT_RASTER_POSITION',
      () => makeGeotiff({ ...plane, west: 500_000, north: 3_400_000, step: 30 }),
      'terrain',
      'a.tif',
    ],
    [
      'its projection does not hold so far from its zone',
      'IMPORT_RASTER_POSITION',
      () => makeGeotiff({ ...plane, keys: metreKeys(32_651), west: 320_000, north: 99_970_000, step: 32 }),
      'terrain',
      'a.tif',
    ],
    [
      'its cells have no size',
      'IMPORT_RASTER_BROKEN',
      () => makeGeotiff({ ...plane, step: 1e-12 }),
      'terrain',
      'a.tif',
    ],
    [
      'an SRTM name gives no corner',
      'IMPORT_HGT_NAME',
      () => hgtBytes(1201, () => 1),
      'terrain',
      'shanghai.hgt',
    ],
    [
      'an SRTM name lies outside the world',
      'IMPORT_HGT_NAME',
      () => hgtBytes(1201, () => 1),
      'terrain',
      'N95E121.hgt',
    ],
    ['an SRTM file is cut off', 'IMPORT_HGT_SIZE', () => hgtBytes(1200, () => 1), 'terrain', 'N31E121.hgt'],
    ['it is no raster', 'IMPORT_RASTER_FORMAT', () => Buffer.from('lon,lat\n121,31\n'), 'terrain', 'a.csv'],
    [
      'people come as an SRTM file',
      'IMPORT_RASTER_FORMAT',
      () => hgtBytes(1201, () => 1),
      'population',
      'N31E121.hgt',
    ],
    ['it is empty', 'IMPORT_FILE_EMPTY', () => Buffer.alloc(0), 'clutter', 'a.tif'],
  ])('%s: %s', async (_, code, bytesOf, kind, fileName) => {
    expect(await codeOf(parse(bytesOf(), kind, fileName))).toEqual([`error ${code} file`]);
  });

  test.each(['GCJ-02', 'BD-09'] as const)(
    'the datum is said to be %s: IMPORT_RASTER_DATUM',
    async (datum) => {
      const parsed = parseFile(makeGeotiff(plane), { kind: 'terrain', fileName: 'a.tif', datum });
      expect(await codeOf(parsed)).toEqual(['error IMPORT_RASTER_DATUM file']);
    },
  );

  test('a list of sites was expected: IMPORT_RASTER_KIND', async () => {
    expect(await codeOf(parse(makeGeotiff(plane), 'sites'))).toEqual(['error IMPORT_RASTER_KIND file']);
  });

  test('bytes are changed at random: always a report, never an exception', async () => {
    const good = fixtureBytes('rasters/tiled-deflate-float.tif');
    const change = fc.tuple(fc.nat({ max: good.length - 1 }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        const parsed = await parse(bytes, 'terrain');
        expect(parsed.records.rows.length).toBe(parsed.rowCount);
        expect(parsed.raster !== null || parsed.issues.some(({ severity }) => severity === 'error')).toBe(
          true,
        );
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

/** The tag of the GeoKey directory renamed to one nobody reads. */
function withoutKeys(bytes: Buffer): Buffer {
  return withTag(bytes, 34_735, (view, at) => view.setUint16(at, 65_000));
}

function withSize(bytes: Buffer, columns: number, rows: number): Buffer {
  const wide = withTag(bytes, 256, (view, at) => view.setUint16(at + 8, columns));
  return withTag(wide, 257, (view, at) => view.setUint16(at + 8, rows));
}

/** Changes an entry of the first directory; the library writes big endian. */
function withTag(bytes: Buffer, tag: number, change: (view: DataView, at: number) => void): Buffer {
  const copy = Buffer.from(bytes);
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength);
  const start = view.getUint32(4);
  for (let entry = 0; entry < view.getUint16(start); entry++) {
    const at = start + 2 + 12 * entry;
    if (view.getUint16(at) === tag) change(view, at);
  }
  return copy;
}

/** The last bytes of the file belong to its last block. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0x5a, copy.length - 60);
  return copy;
}

describe('building lists', () => {
  test('in feet are converted and counted, and an open ring rejects its row only', () => {
    const parsed = parseFixture('bad/buildings-in-feet.csv', 'buildings');
    expect(shortIssues(parsed)).toEqual([
      'error IMPORT_HEIGHT_RANGE 3',
      'error IMPORT_RING_NOT_CLOSED 4',
      'warning IMPORT_HEIGHT_FEET file',
    ]);
    expect(parsed.records.rows.map(({ value }) => 'heightM' in value && value.heightM)).toEqual([
      60 * FOOT_M,
      12,
    ]);
  });

  test.each(['height_ft', 'Height (feet)', '建筑高度（英尺）', 'HeightFt'])(
    'whose header is %s are in feet',
    (header) => {
      const text = fixtureBytes('bad/buildings-in-feet.csv')
        .toString()
        .replace('height', header)
        .replaceAll(' ft', '');
      const parsed = parseText(text, 'buildings');
      expect(parsed.records.rows.map(({ value }) => 'heightM' in value && value.heightM)).toEqual([
        60 * FOOT_M,
        12 * FOOT_M,
      ]);
      expect(shortIssues(parsed)).toContain('warning IMPORT_HEIGHT_FEET file');
    },
  );
});

describe('the real terrain model of Big Tujunga', () => {
  const path = join(process.env.ZHANZHI_REAL_DATA ?? '', 'dem/bigtujunga.tif');

  test('has the range that gdalinfo gives and the cells that gdalwarp gives', async () => {
    if (!process.env.ZHANZHI_REAL_DATA || !existsSync(path)) {
      return reportNotRun('the terrain model of Big Tujunga', 'ZHANZHI_REAL_DATA is not set');
    }
    const parsed = await parse(readFileSync(path), 'terrain', 'bigtujunga.tif');
    expect(parsed.issues).toEqual([]);
    expect(parsed.raster?.facts).toMatchObject({
      crs: 'EPSG:32611',
      columns: 1197,
      rows: 643,
      holes: 0,
      lowestM: 315,
      highestM: 2295,
    });
    const found = await gdalRange(path);
    if (!found) return reportNotRun('comparison of a terrain model with GDAL', 'gdalinfo is not here');
    expect(found).toEqual([315, 2295]);
    const warped = await gdalWarp(path, parsed);
    if (!warped) return reportNotRun('comparison of a terrain model with GDAL', 'gdalwarp is not here');
    const heightM = heightsOf(parsed);
    expect(warped.length).toBe(heightM.length);
    let worstM = 0;
    let differ = 0;
    warped.forEach((expected, at) => {
      const here = heightM[at] ?? Number.NaN;
      if (Number.isNaN(here) !== (expected === -9999)) differ++;
      else if (!Number.isNaN(here)) worstM = Math.max(worstM, Math.abs(here - expected));
    });
    // 0.05 m are the rounding to decimetres; the last cell of a row may end a hair inside or outside
    expect(worstM).toBeLessThan(0.08);
    expect(differ).toBeLessThan(5);
  });
});

/** The same lattice made by gdalwarp, bilinear and exact; null without GDAL. */
async function gdalWarp(path: string, { raster }: ParsedImport): Promise<Float32Array | null> {
  if (!raster?.frame) return null;
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows } = raster.frame;
  const folder = makeTemporaryFolder();
  const out = join(folder.path, 'warped.img');
  const box = [westDeg, northDeg - rows * stepLatDeg, westDeg + columns * stepLonDeg, northDeg];
  try {
    await runProgram('gdalwarp', [
      ...['-q', '-t_srs', 'EPSG:4326', '-et', '0', '-r', 'bilinear', '-ot', 'Float32', '-dstnodata', '-9999'],
      ...['-te', ...box.map(String), '-ts', String(columns), String(rows), '-of', 'ENVI', path, out],
    ]);
    return new Float32Array(new Uint8Array(readFileSync(out)).buffer);
  } catch {
    return null;
  } finally {
    folder.remove();
  }
}

async function gdalRange(path: string): Promise<number[] | null> {
  try {
    const { stdout } = await runProgram('gdalinfo', ['-mm', path]);
    return (/Computed Min\/Max=([\d.-]+),([\d.-]+)/.exec(stdout) ?? []).slice(1).map(Number);
  } catch {
    return null;
  }
}
