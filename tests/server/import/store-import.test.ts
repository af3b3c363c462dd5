// From parsed file to register on a real store: all or nothing, the same file once, shapes judged by PostGIS.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseImport } from '../../../server/import/parse-import.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import { deleteArea, loadAreas } from '../../../server/store/areas.ts';
import { loadDistricts } from '../../../server/store/districts.ts';
import { loadImports } from '../../../server/store/imports.ts';
import { loadSitePage } from '../../../server/store/sites.ts';
import { loadStatus } from '../../../server/store/status.ts';
import type { Queryable, Store } from '../../../server/store/store.ts';
import { reportNotRun } from '../../support/not-run.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { parseFixture, parseText } from './read-fixture.ts';

let testStore: TestStore;
let store: Store;
beforeAll(async () => {
  testStore = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  store = testStore.store;
});
afterAll(() => testStore.close());

const siteCount = async () => (await loadStatus(store)).counts.sites;

test('looking only stores nothing and keeps no report', async () => {
  const report = await storeImport(store, parseFixture('good/sites-chinese-headers.csv', 'sites'), 'check');
  expect(report).toMatchObject({ outcome: 'checked', rows: 3, accepted: 3, stored: 0, id: null });
  expect(await siteCount()).toBe(0);
  expect(await loadImports(store, 10)).toEqual([]);
});

test('a stored file is found again, and sending it twice changes nothing', async () => {
  const parsed = parseFixture('good/sites-chinese-headers.csv', 'sites');
  const first = await storeImport(store, parsed, 'all');
  expect(first).toMatchObject({ outcome: 'stored', stored: 3 });
  const revision = (await loadStatus(store)).revisions.sites;
  const second = await storeImport(store, parsed, 'all');
  expect(second).toMatchObject({ outcome: 'repeated', stored: 0, id: first.id });
  expect(await siteCount()).toBe(3);
  expect((await loadStatus(store)).revisions.sites).toBe(revision);
  const { sites } = await loadSitePage(store, { q: 'A-1' });
  expect(sites[0]).toMatchObject({ sourceFile: 'sites-chinese-headers.csv', sourceRow: 1, origin: 'import' });
});

test('the same file with another datum is another import and moves its sites', async () => {
  const report = await storeImport(
    store,
    parseFixture('good/sites-chinese-headers.csv', 'sites', { datum: 'GCJ-02' }),
    'all',
  );
  expect(report.outcome).toBe('stored');
  expect(await siteCount()).toBe(3);
  const { sites } = await loadSitePage(store, { q: 'A-1' });
  expect(sites[0]?.originalPosition).toEqual([121.2501, 31.3801]);
  expect(sites[0]?.position[0]).not.toBe(121.2501);
});

test('one wrong row keeps everything out when all or nothing was asked', async () => {
  const parsed = parseFixture('bad/same-code-twice.csv', 'sites');
  const before = await siteCount();
  const report = await storeImport(store, parsed, 'all');
  expect(report).toMatchObject({ outcome: 'rejected', rows: 2, accepted: 1, rejected: 1, stored: 0 });
  expect(await siteCount()).toBe(before);
});

test('usable rows are kept on request, and the report counts the rest', async () => {
  const text = '编码,经度,纬度,类型,挂高\nU-1,121.3,31.38,路灯杆,8\nU-2,400,31.38,路灯杆,8\n';
  const before = await siteCount();
  const report = await storeImport(store, parseText(text, 'sites'), 'usable');
  expect(report).toMatchObject({ outcome: 'stored', rows: 2, accepted: 1, rejected: 1, stored: 1 });
  expect(await siteCount()).toBe(before + 1);
});

test('a bow tie is refused by PostGIS at its row, also when only looking', async () => {
  const parsed = parseFixture('bad/bow-tie.geojson', 'areas');
  expect(parsed.rejected).toBe(0);
  for (const mode of ['check', 'all'] as const) {
    const report = await storeImport(store, parsed, mode);
    expect(report).toMatchObject({ rows: 2, accepted: 1, rejected: 1, stored: 0 });
    expect(report.issues).toMatchObject([{ code: 'IMPORT_GEOMETRY_INVALID', row: 1, severity: 'error' }]);
  }
  expect(await loadAreas(store)).toEqual([]);
});

test('a spike too small to see is mended with a remark, and the area stays the same', async () => {
  const report = await storeImport(
    store,
    parseFixture('good/district-with-spike.geojson', 'districts'),
    'all',
  );
  expect(report).toMatchObject({ outcome: 'stored', rows: 1, stored: 1, rejected: 0 });
  expect(report.issues).toMatchObject([{ code: 'IMPORT_GEOMETRY_REPAIRED', row: 1, severity: 'warning' }]);
  const [district] = await loadDistricts(store);
  expect(district?.areaKm2).toBeGreaterThan(100);
});

test('areas that were deleted come back when their file is imported again', async () => {
  const parsed = parseFixture('good/wkt-areas.csv', 'areas');
  await storeImport(store, parsed, 'all');
  const [area] = await loadAreas(store);
  expect(await deleteArea(store, area?.id ?? '', area?.version ?? 0)).toBe(true);
  expect((await storeImport(store, parsed, 'all')).outcome).toBe('stored');
  expect((await loadAreas(store)).length).toBe(2);
  expect((await storeImport(store, parsed, 'all')).outcome).toBe('repeated');
});

test('a database that fails half way leaves neither rows nor a report', async () => {
  const parsed = parseText('编码,经度,纬度,类型,挂高\nF-1,121.3,31.38,路灯杆,8\n', 'sites');
  const [rows, reports] = [await siteCount(), (await loadImports(store, 50)).length];
  const failing: Store = {
    ...store,
    query: (...call: Parameters<Store['query']>) => store.query(...call),
    transaction: <T>(work: (tx: Queryable) => Promise<T>) =>
      store.transaction(async (tx) => {
        await work(tx);
        throw new Error('the line was cut');
      }),
  };
  await expect(storeImport(failing, parsed, 'all')).rejects.toThrow('the line was cut');
  expect(await siteCount()).toBe(rows);
  expect((await loadImports(store, 50)).length).toBe(reports);
  expect((await storeImport(store, parsed, 'all')).outcome).toBe('stored');
});

test('every kind is stored', async () => {
  const files = [
    ['good/buildings-levels-and-gaps.geojson', 'buildings'],
    ['good/roads.geojson', 'roads'],
    ['good/pipes.geojson', 'pipes'],
    ['good/districts.geojson', 'districts'],
    ['good/demand.csv', 'demand'],
  ] as const;
  for (const [file, kind] of files) {
    expect((await storeImport(store, parseFixture(file, kind), 'all')).outcome).toBe('stored');
  }
  expect((await loadStatus(store)).counts).toMatchObject({
    buildings: 3,
    roads: 2,
    pipes: 1,
    districts: 2,
    demand: 2,
  });
});

test('the real boundary files are stored whole, mended where they have flaws', async () => {
  const folder = process.env.ZHANZHI_REAL_DATA;
  if (!folder) return reportNotRun('storing real boundaries', 'ZHANZHI_REAL_DATA is not set');
  for (const [name, rows] of [
    ['shanghai_districts', 16],
    ['tianjin_districts', 16],
    ['zhejiang_prefectures', 11],
  ] as const) {
    const bytes = readFileSync(join(folder, 'admin-boundaries', `${name}.geojson`));
    const parsed = parseImport(bytes, { kind: 'districts', fileName: `${name}.geojson`, datum: 'WGS84' });
    expect(await storeImport(store, parsed, 'all')).toMatchObject({ outcome: 'stored', stored: rows });
  }
});

test('the same file twice at the same moment is one import and one repetition', async () => {
  const text = '编码,经度,纬度,类型,挂高\nT-1,121.31,31.38,路灯杆,8\n';
  const parsed = parseText(text, 'sites');
  const reports = await Promise.all([1, 2, 3].map(() => storeImport(store, parsed, 'all')));
  expect(reports.map(({ outcome }) => outcome).sort()).toEqual(['repeated', 'repeated', 'stored']);
  expect(new Set(reports.map(({ id }) => id)).size).toBe(1);
  expect((await loadImports(store, 10)).filter(({ digest }) => digest === parsed.digest)).toHaveLength(1);
});

test('all or nothing is refused again when only the usable rows of the same file were stored', async () => {
  const text = '编码,经度,纬度,类型,挂高\nV-1,121.32,31.38,路灯杆,8\nV-2,400,31.38,路灯杆,8\n';
  const parsed = parseText(text, 'sites');
  expect((await storeImport(store, parsed, 'usable')).outcome).toBe('stored');
  expect((await storeImport(store, parsed, 'all')).outcome).toBe('rejected');
  expect((await storeImport(store, parsed, 'usable')).outcome).toBe('repeated');
});

test('half a surrogate pair in a name is an issue at its row, in a header it is only shown as a dot', async () => {
  const place = (name: string) => ({
    type: 'Feature',
    properties: { 名称: name, 资源类型: '路灯杆', 编码: `H-${name.length}`, '\ud800': 1 },
    geometry: { type: 'Point', coordinates: [121.3 + name.length / 1000, 31.39] },
  });
  const json = JSON.stringify({ type: 'FeatureCollection', features: [place('好'), place('坏\ud800')] });
  const report = await storeImport(store, parseText(json, 'sites'), 'usable');
  expect(report).toMatchObject({ outcome: 'stored', accepted: 1, rejected: 1 });
  expect(report.issues.map(({ code, row }) => [code, row])).toContainEqual(['IMPORT_TEXT_CONTROL', 2]);
  expect(report.columns.map(({ header }) => header)).toContain('·');
});

test('an area round the globe is refused at its row, and its neighbour is kept', async () => {
  const square = (west: number, east: number, south: number, north: number) => ({
    type: 'Feature',
    properties: { name: `${west}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
  });
  const features = [square(-180, 180, -90, 90), square(121.3, 121.31, 31.3, 31.31)];
  const parsed = parseText(JSON.stringify({ type: 'FeatureCollection', features }), 'areas');
  const report = await storeImport(store, parsed, 'usable');
  expect(report).toMatchObject({ outcome: 'stored', stored: 1, rejected: 1 });
  expect(report.issues.map(({ code, row }) => [code, row])).toContainEqual(['IMPORT_GEOMETRY_INVALID', 1]);
});
