// The picture of a layer with its world file, zone and legend: read back piece by piece, and by GDAL where it is installed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode as decodePng } from 'fast-png';
import { strFromU8, unzipSync } from 'fflate';
import proj4 from 'proj4';
import { expect, test } from 'vitest';
import { classIndexOf, coverageClasses, localZone, NO_GRADE, readLayer } from '../../../engine/index.ts';
import { encodeCoverageGeotiff } from '../../../server/export/coverage-geotiff.ts';
import { encodeCoveragePicture } from '../../../server/export/coverage-picture.ts';
import { encodeInWorker } from '../../../server/export/encode-in-worker.ts';
import { zoneWkt } from '../../../server/export/zone-wkt.ts';
import { reportNotRun } from '../../support/not-run.ts';
import { runProgram } from '../../support/run-command.ts';
import { aCoverage } from './a-coverage.ts';

const raster = aCoverage();
const request = { layer: 'rate', ramp: 'colour-blind', thresholdDbm: -105 } as const;
const files = unzipSync(encodeCoveragePicture(raster, request));
const textOf = (name: string) => strFromU8(files[name]!);

test('every bin is one pixel in the colour of its class, clear outside the areas', () => {
  const { width, height, data, palette } = decodePng(files['coverage.png']!);
  expect([width, height]).toEqual([raster.columns, raster.rows]);
  const classes = coverageClasses(request.layer, request.thresholdDbm);
  const valueAt = readLayer(raster, request.layer);
  for (let at = 0; at < data.length; at++) {
    const [red, green, blue, alpha] = palette![data[at]!]!;
    if (raster.grade[at] === NO_GRADE) {
      expect(alpha).toBe(0);
      continue;
    }
    const { colours } = classes[classIndexOf(classes, valueAt(at))]!;
    expect([`#${Buffer.from([red!, green!, blue!]).toString('hex')}`, alpha]).toEqual([
      colours['colour-blind'],
      255,
    ]);
  }
});

test('the world file names the middle of the first pixel, the legend every class with its unit', () => {
  const { westM, northM, binSizeM } = raster;
  expect(textOf('coverage.pgw').trim().split('\n').map(Number)).toEqual([
    binSizeM,
    0,
    0,
    -binSizeM,
    westM + binSizeM / 2,
    northM - binSizeM / 2,
  ]);
  const [head, ...lines] = textOf('legend.csv').trim().split('\r\n');
  expect(head).toContain('下限 from');
  expect(lines).toHaveLength(coverageClasses('rate', -105).length);
  expect(lines[0]).toBe('rate,0,400,,Mbps,#08306b');
  expect(lines.at(-1)).toBe('rate,5,,50,Mbps,#b35806');
});

test('the zone of the .prj file puts places where the engine puts them', () => {
  for (const [epsg, lonLat] of [
    [4549, [121.2, 31.36]],
    [4534, [75.9, 39.5]],
    [32632, [8.65, 49.87]],
    [32756, [151.2, -33.87]],
  ] as const) {
    const [eastM, northM] = localZone(epsg).toMetres(lonLat);
    const [x, y] = proj4(zoneWkt(epsg)).forward([...lonLat]);
    expect(Math.hypot(x! - eastM, y! - northM), `EPSG ${epsg}`).toBeLessThan(0.001);
  }
});

test('equal pictures are equal bytes, in a worker too', async () => {
  expect(Buffer.from(await encodeInWorker({ kind: 'picture', raster, request }))).toEqual(
    Buffer.from(encodeCoveragePicture(raster, request)),
  );
});

test('GDAL opens the picture beside its world file, and the GeoTIFF of the same layer, in the same place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-picture-'));
  try {
    mkdirSync(join(folder, 'picture'));
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'picture', name), bytes);
    writeFileSync(join(folder, 'rate.tif'), encodeCoverageGeotiff(raster, 'rate'));
    const picture = (await runProgram('gdalinfo', [join(folder, 'picture', 'coverage.png')])).stdout;
    const tiff = (await runProgram('gdalinfo', [join(folder, 'rate.tif')])).stdout;
    const cornerOf = (info: string) =>
      /Upper Left +\( *([\d.]+), *([\d.]+)\)/.exec(info)?.slice(1).map(Number);
    expect(cornerOf(picture)).toEqual([raster.westM, raster.northM]);
    expect(cornerOf(tiff)).toEqual([raster.westM, raster.northM]);
    expect(picture).toContain('CGCS2000 / 3-degree Gauss-Kruger CM 120E');
    expect(tiff).toContain(`ID["EPSG",${raster.epsg}]`);
    expect(tiff).toContain('layer=rate unit=Mbps');
    expect(tiff).toContain('NoData Value=-9999');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    reportNotRun('the picture of a layer read by GDAL', 'gdalinfo is not on PATH');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
