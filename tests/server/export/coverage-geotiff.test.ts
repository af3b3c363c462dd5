// The bytes of a coverage GeoTIFF, written here and in its worker, read back.
import { fromArrayBuffer } from 'geotiff';
import { expect, test } from 'vitest';
import { coverageLayers, layerUnits } from '../../../engine/index.ts';
import { encodeCoverageGeotiff, NO_DATA } from '../../../server/export/coverage-geotiff.ts';
import { encodeInWorker } from '../../../server/export/encode-in-worker.ts';
import { aCoverage, UNSERVED } from './a-coverage.ts';

const raster = {
  epsg: 32632,
  westM: 474_980,
  northM: 5_525_360.5,
  binSizeM: 7.5,
  columns: 3,
  rows: 2,
  level: Int16Array.of(-1051, -32_768, -633, -32_768, -1100, 0),
  grade: new Uint8Array(6),
  server: new Uint16Array(6),
  siteIds: [],
  uncovered: new Uint8Array(6),
  quality: null,
};

test('levels, place, zone and the value for nothing survive the way into a GeoTIFF', async () => {
  const bytes = encodeCoverageGeotiff(raster);
  const image = await (await fromArrayBuffer(new Uint8Array(bytes).buffer)).getImage();
  expect([image.getWidth(), image.getHeight()]).toEqual([3, 2]);
  expect(image.getGeoKeys()).toMatchObject({
    GTModelTypeGeoKey: 1,
    GTRasterTypeGeoKey: 1,
    ProjectedCSTypeGeoKey: 32632,
  });
  expect(image.getOrigin()).toEqual([474_980, 5_525_360.5, 0]);
  expect(image.getResolution().slice(0, 2)).toEqual([7.5, -7.5]);
  expect(image.getGDALNoData()).toBe(NO_DATA);
  const [levels] = await image.readRasters();
  const read = Array.from(levels as Float32Array, (level) => Math.round(level * 10) / 10);
  expect(read).toEqual([-105.1, NO_DATA, -63.3, NO_DATA, -110, 0]);
});

test('every layer leaves in its unit, with its name', async () => {
  const coverage = aCoverage();
  const firstServed = coverage.columns;
  const expected = {
    level: -60,
    probability: 100,
    sinr: 30,
    'pdsch-sinr': 28,
    rate: 0,
    uplink: 20,
    indoor: -80,
    servers: firstServed % 6,
  };
  for (const layer of coverageLayers) {
    const bytes = encodeCoverageGeotiff(coverage, layer);
    const image = await (await fromArrayBuffer(new Uint8Array(bytes).buffer)).getImage();
    const [values] = await image.readRasters();
    const read = values as Float32Array;
    expect(await image.fileDirectory.loadValue('ImageDescription')).toContain(
      `layer=${layer} unit=${layerUnits[layer]}`,
    );
    expect([layer, read[0]]).toEqual([layer, NO_DATA]);
    expect([layer, read[firstServed]]).toEqual([layer, expected[layer]]);
    const hasZero = layer === 'probability' || layer === 'rate' || layer === 'servers';
    expect([layer, read[UNSERVED]]).toEqual([layer, hasZero ? 0 : NO_DATA]);
  }
});

test('the worker gives the same bytes', async () => {
  const coverage = aCoverage();
  expect(Buffer.from(await encodeInWorker({ kind: 'geotiff', raster: coverage, layer: 'sinr' }))).toEqual(
    Buffer.from(encodeCoverageGeotiff(coverage, 'sinr')),
  );
});
