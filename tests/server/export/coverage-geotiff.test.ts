// The bytes of a coverage GeoTIFF, written here and in its worker, read back.
import { fromArrayBuffer } from 'geotiff';
import { expect, test } from 'vitest';
import { encodeCoverageGeotiff, NODATA_DBM } from '../../../server/export/coverage-geotiff.ts';
import { encodeGeotiffInWorker } from '../../../server/export/encode-geotiff-in-worker.ts';

const raster = {
  epsg: 32632,
  westM: 474_980,
  northM: 5_525_360.5,
  binSizeM: 7.5,
  columns: 3,
  rows: 2,
  level: Int16Array.of(-1051, -32_768, -633, -32_768, -1100, 0),
  probability: new Uint8Array(6),
  server: new Uint16Array(6),
  siteIds: [],
  uncovered: new Uint8Array(6),
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
  expect(image.getGDALNoData()).toBe(NODATA_DBM);
  const [levels] = await image.readRasters();
  const read = Array.from(levels as Float32Array, (level) => Math.round(level * 10) / 10);
  expect(read).toEqual([-105.1, NODATA_DBM, -63.3, NODATA_DBM, -110, 0]);
});

test('the worker gives the same bytes', async () => {
  expect(Buffer.from(await encodeGeotiffInWorker(raster))).toEqual(
    Buffer.from(encodeCoverageGeotiff(raster)),
  );
});
