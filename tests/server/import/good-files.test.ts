// Files as people really send them: every encoding, separator and way of writing a position is understood.
import { expect, test } from 'vitest';
import { toCgcs2000 } from '../../../engine/index.ts';
import { parseFixture, parseText, shortIssues } from './read-fixture.ts';

const sitesOf = (parsed: ReturnType<typeof parseFixture>) => {
  if (parsed.records.kind !== 'sites') throw new Error('not sites');
  return parsed.records.rows.map(({ value }) => value);
};

test('Chinese headers give every field of a site', () => {
  const parsed = parseFixture('good/sites-chinese-headers.csv', 'sites');
  expect(shortIssues(parsed)).toEqual([]);
  expect(parsed.columns.map(({ field }) => field)).toEqual([
    'code',
    'name',
    'lon',
    'lat',
    'resourceType',
    'heightM',
    'owner',
    'status',
  ]);
  const [lamp, , tower] = sitesOf(parsed);
  expect(lamp).toMatchObject({
    code: 'A-1',
    resourceType: '路灯杆',
    structure: 'pole',
    position: [121.2501, 31.3801],
    heightM: 8,
    status: 'candidate',
    costCny: 35_000,
    freeStatus: '必须免费',
    sourceRow: 1,
  });
  expect(tower).toMatchObject({ status: 'existing', costCny: 0, structure: 'tower' });
});

test('GBK without a byte order mark reads like UTF-8', () => {
  const gbk = sitesOf(parseFixture('good/gbk-without-bom.csv', 'sites'));
  const utf8 = sitesOf(parseFixture('good/sites-chinese-headers.csv', 'sites'));
  const content = (site: (typeof gbk)[number]) => ({ ...site, sourceFile: '' });
  expect(gbk.map(content)).toEqual(utf8.map(content));
});

test('semicolons, a byte order mark, quotes and decimal commas are understood', () => {
  const parsed = parseFixture('good/bom-and-semicolons.csv', 'sites');
  expect(shortIssues(parsed)).toEqual([]);
  expect(sitesOf(parsed)[0]).toMatchObject({
    name: 'Lamp; corner',
    position: [121.2501, 31.3801],
    resourceType: '路灯杆',
  });
});

test('degrees, minutes and seconds give the same place as decimals', () => {
  const sites = sitesOf(parseFixture('good/tabs-and-degrees-minutes.csv', 'sites'));
  expect(sites[0]?.position[0]).toBeCloseTo(121.2501, 9);
  expect(sites[0]?.position[1]).toBeCloseTo(31.3801, 9);
  expect(sites[1]?.position[0]).toBeCloseTo(121.2505, 9);
  expect(sites[1]?.position[1]).toBeCloseTo(31.3803, 9);
});

test('a position in one cell is read in either order when letters tell', () => {
  const sites = sitesOf(parseFixture('good/one-cell-position.csv', 'sites'));
  expect(sites.map(({ position }) => position)).toEqual([
    [121.2501, 31.3801],
    [121.2503, 31.379],
  ]);
});

test('WKT gives areas, and water by any name becomes 水域', () => {
  const { records, issues } = parseFixture('good/wkt-areas.csv', 'areas');
  expect(issues).toEqual([]);
  expect(records.rows.map(({ value }) => 'kind' in value && value.kind)).toEqual(['密集区', '水域']);
});

test('storeys stand in for a missing height, and unknown heights are counted once', () => {
  const parsed = parseFixture('good/buildings-levels-and-gaps.geojson', 'buildings');
  expect(parsed.records.rows.map(({ value }) => 'heightM' in value && value.heightM)).toEqual([
    21.5,
    18,
    null,
  ]);
  expect(shortIssues(parsed)).toEqual(['warning IMPORT_BUILDING_HEIGHT file']);
});

test('road classes come from OpenStreetMap words', () => {
  const { records } = parseFixture('good/roads.geojson', 'roads');
  expect(records.rows.map(({ value }) => 'roadClass' in value && value.roadClass)).toEqual([
    'secondary',
    'path',
  ]);
});

test('the cells of a population grid keep their outline and their people', () => {
  const { rows } = parseFixture('good/population-cells.geojson', 'demand').records;
  expect(rows.map(({ value }) => 'weight' in value && [value.weight, value.cell?.type])).toEqual([
    [250, 'MultiPolygon'],
    [40, 'MultiPolygon'],
  ]);
});

test('conduits, districts and demand keep what they say', () => {
  expect(parseFixture('good/pipes.geojson', 'pipes').records.rows[0]?.value).toMatchObject({
    code: 'P1',
    ducts: 12,
  });
  expect(parseFixture('good/districts.geojson', 'districts').records.rows[0]?.value).toMatchObject({
    code: '310114',
    name: '嘉定区',
  });
  const demand = parseFixture('good/demand.csv', 'demand').records.rows;
  expect(demand.map(({ value }) => 'weight' in value && value.weight)).toEqual([120, 60.5]);
});

test('a GCJ-02 list is moved to CGCS2000 and keeps its own numbers', () => {
  const [site] = sitesOf(parseFixture('good/sites-chinese-headers.csv', 'sites', { datum: 'GCJ-02' }));
  expect(site?.originalPosition).toEqual([121.2501, 31.3801]);
  expect(site?.datum).toBe('GCJ-02');
  expect(site?.position).toEqual(toCgcs2000([121.2501, 31.3801], 'GCJ-02'));
  expect(Math.abs((site?.position[0] ?? 0) - 121.2501)).toBeGreaterThan(0.003);
});

test('a header that names another datum than the chosen one is remarked', () => {
  const parsed = parseText('百度经度,百度纬度,类型,挂高\n121.25,31.38,路灯杆,8\n', 'sites');
  expect(shortIssues(parsed)).toEqual(['warning IMPORT_DATUM_HEADER file']);
});

test('sites without codes get stable ones, and a second one at the same place is numbered', () => {
  const text = 'lon,lat\n121.25,31.38\n121.25,31.38\n';
  const read = () => sitesOf(parseText(text, 'sites', { defaults: { resourceType: '路灯杆', heightM: 9 } }));
  expect(read().map(({ code }) => code)).toEqual([
    '路灯杆@121.250000,31.380000',
    '路灯杆@121.250000,31.380000#2',
  ]);
  expect(read()).toEqual(read());
  expect(read()[0]?.heightM).toBe(9);
});

test('costs in ten thousand yuan become yuan', () => {
  const parsed = parseText('lon,lat,类型,挂高,造价（万元）\n121.25,31.38,路灯杆,8,3.5\n', 'sites');
  expect(sitesOf(parsed)[0]?.costCny).toBe(35_000);
});
