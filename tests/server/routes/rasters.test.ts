// Rasters over HTTP: in by an upload, listed, shown as a picture, taken out; and refused with their codes.
import { decode as decodePng } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { degreeKeys, makeGeotiff, type TestRaster } from '../../support/make-geotiff.ts';
import { signInInjected, somePeople } from '../../support/sign-in.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { testConfig, upload } from '../app-on-town.ts';

let testStore: TestStore;
let app: App;
beforeAll(async () => {
  testStore = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  ({ app } = await buildApp({ store: testStore.store, config: testConfig() }));
  await app.ready();
  signInInjected(app, await somePeople(testStore.store));
});
afterAll(async () => {
  await app.close();
  await testStore.close();
});

/** A ridge from north to south: its western side is lit, its eastern side lies in shadow. */
const ridge: TestRaster = {
  columns: 40,
  rows: 30,
  west: 121.5,
  north: 31.2,
  step: 1 / 3600,
  noData: -9999,
  cellAt: (column, row) => (row === 0 ? -9999 : 500 - 20 * Math.abs(column - 20)),
  keys: degreeKeys(),
};

const send = (kind: string, fileName: string, bytes: Uint8Array, more = '') =>
  app.inject({
    method: 'POST',
    url: `/api/imports?kind=${kind}&mode=all${more}`,
    ...upload(fileName, bytes),
  });

test('a terrain model is uploaded, listed with its figures, and shown as shaded relief', async () => {
  const sent = await send('terrain', '山脊.tif', makeGeotiff(ridge));
  expect(sent.json()).toMatchObject({
    outcome: 'stored',
    kind: 'terrain',
    format: 'geotiff',
    raster: { crs: 'EPSG:4490', holes: 40, cells: 1200, lowestM: 100, highestM: 500 },
    issues: [{ code: 'IMPORT_RASTER_HOLES', severity: 'warning', row: null }],
  });
  const { rasters } = (await app.inject('/api/rasters')).json();
  expect(rasters).toHaveLength(1);
  expect(rasters[0]).toMatchObject({ kind: 'terrain', name: '山脊', lowestM: 100, highestM: 500 });
  const [west, , east, north] = rasters[0].box;
  expect([west, north]).toEqual([121.5, 31.2]);
  expect(east).toBeCloseTo(121.5 + 40 / 3600, 12);

  const address = `/api/rasters/${rasters[0].id}/preview.png?v=1`;
  const picture = await app.inject(address);
  expect(picture.headers['content-type']).toBe('image/png');
  const { width, height, data } = decodePng(picture.rawPayload);
  expect([width, height]).toEqual([40, 30]);
  const pixel = (column: number, row: number) => [
    ...data.slice(4 * (row * 40 + column), 4 * (row * 40 + column) + 4),
  ];
  expect(pixel(5, 0)).toEqual([0, 0, 0, 0]);
  expect(pixel(10, 15).slice(0, 3)).toEqual([255, 255, 255]);
  expect(pixel(30, 15).slice(0, 3)).toEqual([0, 0, 0]);
  expect(pixel(30, 15)[3]).toBeGreaterThan(100);
  const again = await app.inject({
    url: address,
    headers: { 'if-none-match': String(picture.headers.etag) },
  });
  expect(again.statusCode).toBe(304);
});

test('clutter is shown in the colours of its classes', async () => {
  const cover = { ...ridge, noData: 0, cellAt: (column: number) => (column < 20 ? 10 : 80) };
  expect((await send('clutter', 'cover.tif', makeGeotiff(cover))).json()).toMatchObject({
    outcome: 'stored',
    raster: {
      classes: [
        { name: 'water', share: 0.5 },
        { name: 'forest', share: 0.5 },
      ],
    },
  });
  const { rasters } = (await app.inject('/api/rasters')).json();
  const { id } = rasters.find(({ kind }: { kind: string }) => kind === 'clutter');
  const { data } = decodePng((await app.inject(`/api/rasters/${id}/preview.png`)).rawPayload);
  const [forest, water] = [data.slice(0, 3), data.slice(4 * 39, 4 * 39 + 3)];
  expect(forest[1]).toBeGreaterThan(forest[0] ?? 0);
  expect(water[2]).toBeGreaterThan(water[0] ?? 0);
});

test('a raster can be deleted once, and nothing is left of it', async () => {
  const { rasters } = (await app.inject('/api/rasters')).json();
  for (const { id } of rasters) {
    const url = `/api/rasters/${id}`;
    expect((await app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    const gone = await app.inject({ method: 'DELETE', url });
    expect([gone.statusCode, gone.json().code]).toEqual([404, 'RASTER_UNKNOWN']);
    expect((await app.inject(`${url}/preview.png`)).json().code).toBe('RASTER_UNKNOWN');
  }
  expect((await app.inject('/api/rasters')).json()).toEqual({ rasters: [] });
});

test('a raster that cannot be used is a report with its code, and nothing is stored', async () => {
  const cases = [
    ['terrain', 'a.tif', makeGeotiff(ridge), '&datum=GCJ-02', 'IMPORT_RASTER_DATUM'],
    ['terrain', 'a.tif', makeGeotiff(ridge).subarray(0, 2_000), '', 'IMPORT_RASTER_BROKEN'],
    ['sites', 'a.tif', makeGeotiff(ridge), '', 'IMPORT_RASTER_KIND'],
    ['population', 'a.csv', Buffer.from('lon,lat\n1,2\n'), '', 'IMPORT_RASTER_FORMAT'],
  ] as const;
  for (const [kind, fileName, bytes, more, code] of cases) {
    const report = (await send(kind, fileName, bytes, more)).json();
    expect(report).toMatchObject({ outcome: 'rejected', stored: 0, id: null, issues: [{ code, row: null }] });
    expect(report.issues[0].hint.zh).not.toBe('');
  }
});
