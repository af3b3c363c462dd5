// Directions and tilts of a site: read from a list, refused with their row, kept by the store and carried by the exports.
import { expect, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { parseAzimuths } from '../../../server/import/parse-azimuths.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import type { StoredSite } from '../../../server/store/sites.ts';
import { loadSite, loadSitesForPlan } from '../../../server/store/sites.ts';
import { signInInjected, somePeople } from '../../support/sign-in.ts';
import { openTestStores } from '../../support/stores.ts';
import { testConfig } from '../app-on-town.ts';
import { parseText, shortIssues } from './read-fixture.ts';

const head = '编码,经度,纬度,资源类型,挂高,方位角,电下倾,机械下倾';
const parse = (...rows: string[]) => parseText([head, ...rows].join('\n'), 'sites');
const sitesOf = (parsed: ReturnType<typeof parse>): StoredSite[] =>
  parsed.records.rows.map((row) => row.value as StoredSite); // the kind is sites

test.each<[cell: string, azimuthsDeg: number[] | null]>([
  ['0/120/240', [0, 120, 240]],
  ['0;120;240', [0, 120, 240]],
  ['30、150、270', [30, 150, 270]],
  ['０／１２０', [0, 120]],
  ['[10, 130.5]', [10, 130.5]],
  ['45°', [45]],
  ['360', [0]],
  ['361', null],
  ['-10', null],
  ['0/abc', null],
  ['/', null],
  [Array.from({ length: 13 }, (_, index) => index).join('/'), null],
])('the cell %s is %j', (cell, azimuthsDeg) => {
  expect(parseAzimuths(cell)).toEqual(azimuthsDeg);
});

test('a list brings directions and tilts, and empty cells leave them to the equipment', () => {
  const parsed = parse('a,121.5,31.2,政府机关,30,0/120/240,6,2.5°', 'b,121.51,31.2,政府机关,30,,,');
  expect(shortIssues(parsed)).toEqual([]);
  expect(sitesOf(parsed)).toMatchObject([
    { azimuthsDeg: [0, 120, 240], electricalTiltDeg: 6, mechanicalTiltDeg: 2.5 },
    { azimuthsDeg: null, electricalTiltDeg: null, mechanicalTiltDeg: null },
  ]);
  const english = parseText(
    'code,lon,lat,type,height_m,azimuth,electrical_tilt,mechanical_tilt\na,121.5,31.2,政府机关,30,90,-2,0',
    'sites',
  );
  expect(sitesOf(english)).toMatchObject([
    { azimuthsDeg: [90], electricalTiltDeg: -2, mechanicalTiltDeg: 0 },
  ]);
});

test('a direction or tilt that is none refuses its row and names the column', () => {
  const parsed = parse(
    'a,121.5,31.2,政府机关,30,400,,',
    'b,121.51,31.2,政府机关,30,,40,',
    'c,121.52,31.2,政府机关,30,,,6 %',
    'd,121.53,31.2,政府机关,30,0,0,0',
  );
  expect(shortIssues(parsed)).toEqual([
    'error IMPORT_AZIMUTH 1',
    'error IMPORT_TILT 2',
    'error IMPORT_TILT 3',
  ]);
  expect(parsed.issues[0]).toMatchObject({ field: '方位角', found: '400' });
  expect(parsed.issues[2]).toMatchObject({ field: '机械下倾', found: '6 %' });
  expect(sitesOf(parsed).map(({ code }) => code)).toEqual(['d']);
});

test('stores keep them, plans and exports carry them, and an exported list comes back the same', async () => {
  for (const opened of await openTestStores()) {
    const { store } = opened;
    const parsed = parse('a,121.5,31.2,政府机关,30,0/120/240,6,2.5', 'b,121.51,31.2,路灯杆,8,,,');
    expect((await storeImport(store, parsed, 'all')).outcome).toBe('stored');
    const [a, b] = sitesOf(parsed);
    expect(await loadSite(store, a!.id)).toMatchObject({
      azimuthsDeg: [0, 120, 240],
      electricalTiltDeg: 6,
      mechanicalTiltDeg: 2.5,
    });
    expect(await loadSite(store, b!.id)).toMatchObject({ azimuthsDeg: null, electricalTiltDeg: null });
    const planned = await loadSitesForPlan(store, [121, 31, 122, 32]);
    expect(planned.find(({ id }) => id === a!.id)).toMatchObject({ azimuthsDeg: [0, 120, 240] });

    const { app } = await buildApp({ store, config: testConfig() });
    signInInjected(app, await somePeople(store));
    const csv = (await app.inject('/api/sites/export.csv')).body;
    const geojson = (await app.inject('/api/sites/export.geojson')).body;
    for (const [text, fileName] of [
      [csv, 'sites.csv'],
      [geojson, 'sites.geojson'],
    ] as const) {
      const again = parseText(text, 'sites', { fileName });
      expect(sitesOf(again).find(({ code }) => code === 'a')).toMatchObject({
        azimuthsDeg: [0, 120, 240],
        electricalTiltDeg: 6,
        mechanicalTiltDeg: 2.5,
      });
      expect(sitesOf(again).find(({ code }) => code === 'b')).toMatchObject({ azimuthsDeg: null });
    }
    const wanted = parse('a,121.5,31.2,政府机关,30,,,');
    await storeImport(store, wanted, 'all');
    expect(await loadSite(store, a!.id)).toMatchObject({ azimuthsDeg: null, mechanicalTiltDeg: null });
    await app.close();
    await opened.close();
  }
});
