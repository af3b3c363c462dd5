// A plan as GeoJSON and CSV.
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { computePlan, csvCell, planToCsv, planToGeoJson } from '../../../engine/index.ts';
import { aChoice, aMesh, anInput, aSite } from './a-place.ts';

const sites = [
  ...aMesh(1000, 1000, 200, { name: '=HYPERLINK("http://x","点")', owner: '市政, "一"处' }),
  aSite('tower', 500, 500, { status: 'existing', structure: 'tower', heightM: 30, name: '铁塔' }),
];
const plan = computePlan(anInput({ sites }), aChoice());

test('GeoJSON holds every row of the plan with site and figures, and the totals as a foreign member', () => {
  const collection = planToGeoJson(plan, sites);
  expect(collection.type).toBe('FeatureCollection');
  expect(collection.features.map((feature) => feature.id)).toEqual(plan.items.map((item) => item.siteId));
  const [first] = collection.features;
  expect(first!.geometry).toEqual({ type: 'Point', coordinates: sites.at(-1)!.position });
  // said only where sites have configurations
  const { configuration: _configuration, ...row } = plan.items[0]!;
  expect(first!.properties).toMatchObject({ ...row, name: '铁塔', structure: 'tower' });
  expect(collection.summary).toMatchObject({
    ...plan.summary,
    fingerprint: plan.fingerprint,
    areas: plan.areas,
  });
  expect(JSON.parse(JSON.stringify(collection))).toEqual(collection);
});

test('CSV has a header in the language asked for and one line per row', () => {
  for (const [language, name] of [
    ['zh', '站址名称'],
    ['en', 'name'],
  ] as const) {
    const rows = parse(planToCsv(plan, sites, language), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.length).toBe(plan.items.length);
    expect(rows[0]![name]).toBe('铁塔');
  }
});

test('text that a spreadsheet would run is led by an apostrophe, numbers stay numbers', () => {
  const [, row] = parse(planToCsv(plan, sites, 'en'), { bom: true, columns: true }) as Record<
    string,
    string
  >[];
  expect(row!.name).toBe('\'=HYPERLINK("http://x","点")');
  expect(row!.owner).toBe('市政, "一"处');
  expect(Number(row!.cost_cny)).toBe(plan.items[1]!.costCny);
  expect(['=1', '+1', '-1', '@x', '\tx', '\rx'].map(csvCell)).toEqual([
    "'=1",
    "'+1",
    "'-1",
    "'@x",
    "'\tx",
    '"\'\rx"',
  ]);
  expect(csvCell(-1.5)).toBe('-1.5');
  expect(csvCell(null)).toBe('');
});

test('a site missing from the list is named', () => {
  expect(() => planToGeoJson(plan, sites.slice(0, 3))).toThrow('tower');
});
