// `npm run plan` on a small made-up place: the three files it writes, its exit codes, and its coded refusals.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSample } from '../../scripts/sample/make-sample.ts';
import { reportNotRun } from '../support/not-run.ts';
import { makeTemporaryFolder, runProgram, runScript } from '../support/run-command.ts';
import { writeSampleFiles } from '../support/sample-files.ts';

const folder = makeTemporaryFolder();
const files = writeSampleFiles(folder.path, makeSample('small'));
const layers = [
  ...['--existing', files.existing, '--buildings', files.buildings, '--roads', files.roads],
  ...['--water', files.water, '--demand', files.demand, '--districts', files.districts],
];
const small = [
  ...['--sites', files.sites, '--area', files.area, '--existing', files.existing],
  ...['--datum', 'CGCS2000', '--bin', '100'],
];
const { features: areas } = JSON.parse(readFileSync(files.area, 'utf8')) as {
  features: { properties: { name: string } }[];
};
const areaName = areas[0]!.properties.name;
afterAll(folder.remove);

test('a plan of 95 % is reached and written as map, raster and summary', async () => {
  const out = join(folder.path, 'out');
  const run = await plan([
    '--sites',
    files.sites,
    '--area',
    files.area,
    ...layers,
    '--datum',
    'CGCS2000',
    '--out',
    out,
  ]);
  expect(run.stderr).not.toContain('error ');
  expect(run.status).toBe(0);

  const summary = readJson(join(out, 'summary.json'));
  expect(summary).toMatchObject({ status: 'reached', targetShare: 0.95, epsg: 4549, profileId: 'n78' });
  expect(summary.coveredShare).toBeGreaterThanOrEqual(0.95);
  expect(summary.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  for (const key of ['candidates', 'bins', 'sites', 'cost', 'coveredShareBinary', 'seconds', 'peakMb']) {
    expect(summary[key]).toBeGreaterThan(0);
  }
  const map = readJson(join(out, 'plan.geojson')) as { features: { properties: { status: string } }[] };
  expect(map.features.filter(({ properties }) => properties.status === 'new')).toHaveLength(
    summary.sites as number,
  );
  await checkRaster(join(out, 'coverage.tif'), summary.epsg as number);
});

test('the same files give the same fingerprint', async () => {
  const prints = [];
  for (const name of ['one', 'two']) {
    const out = join(folder.path, name);
    await plan(['--sites', files.sites, '--area', files.area, ...layers, '--bin', '40', '--out', out]);
    prints.push(readJson(join(out, 'summary.json')).fingerprint);
  }
  expect(prints[0]).toBe(prints[1]);
});

test('a budget that runs out ends with 3 and still writes the plan', async () => {
  const out = join(folder.path, 'poor');
  const run = await plan([
    '--sites',
    files.sites,
    '--area',
    files.area,
    '--budget',
    '70000',
    '--bin',
    '40',
    '--out',
    out,
  ]);
  expect(run.status).toBe(3);
  expect(readJson(join(out, 'summary.json'))).toMatchObject({ status: 'budget-spent' });
});

test('a target nobody can reach ends with 3, the best share, and what blocks', async () => {
  const out = join(folder.path, 'far');
  const far = writeAreaFarAway();
  const run = await plan(['--sites', files.sites, '--area', far, '--bin', '100', '--out', out]);
  expect(run.status).toBe(3);
  expect(run.stderr).toContain('not reachable');
  expect(run.stderr).toContain('no-candidate-near');
});

test('the proof, its steps and the duties of a plan stand in its summary and on the console', async () => {
  const out = join(folder.path, 'proved');
  const share = ['--area-share', `${areaName}=0.9`, '--effort', 'quick'];
  const run = await plan([...small, ...share, '--quota', 'structure=pole:most=40', '--out', out]);
  expect(run.status).toBe(0);
  const summary = readJson(join(out, 'summary.json'));
  expect(summary).toMatchObject({ status: 'reached', method: 'prices', stopped: false, difference: null });
  expect(summary.upperBound).toBeNull();
  expect(summary.lowerBound).toBeGreaterThan(0);
  expect(summary.lowerBound).toBeLessThanOrEqual(summary.cost as number);
  expect(summary.gap).toBeCloseTo((summary.cost as number) / (summary.lowerBound as number) - 1, 9);
  expect(summary.iterations).toBeGreaterThan(0);
  expect(summary.duties).toMatchObject([{ share: 0.9 }]);
  expect(run.stdout).toContain('lower bound');
  expect(run.stdout).toContain('区域 area');
});

test('a struck site is replaced with few changes, and the difference is listed', async () => {
  const before = join(folder.path, 'before');
  await plan([...small, '--effort', 'quick', '--out', before]);
  const { features } = readJson(join(before, 'plan.geojson')) as {
    features: { properties: { code: string; siteId: string; status: string } }[];
  };
  const { code, siteId } = features.find(({ properties }) => properties.status === 'new')!.properties;
  const out = join(folder.path, 'after');
  const kept = ['--keep', join(before, 'plan.geojson'), '--refuse', code, '--effort', 'quick'];
  const run = await plan([...small, ...kept, '--out', out]);
  expect(run.status).toBe(0);
  const { difference, cost } = readJson(join(out, 'summary.json')) as {
    cost: number;
    difference: { opened: string[]; closed: string[]; extraCostCny: number };
  };
  expect(difference.closed).toContain(siteId);
  expect(difference.closed.length + difference.opened.length).toBeLessThanOrEqual(4);
  expect(cost - difference.extraCostCny).toBe(readJson(join(before, 'summary.json')).cost);
  expect(run.stdout).toContain('撤销 closed');
});

test('a clock ends the search with a plan, and says so', async () => {
  const out = join(folder.path, 'clock');
  const run = await plan([...small, '--effort', 'deep', '--seconds', '1', '--out', out]);
  expect(run.status).toBe(0);
  expect(readJson(join(out, 'summary.json'))).toMatchObject({ status: 'reached', stopped: true });
  expect(run.stdout).toContain('stopped by the clock');
});

test('what a plan falls short of is explained: the limit that binds, and sites that would help', async () => {
  const out = join(folder.path, 'short');
  const run = await plan([
    ...small,
    '--max-sites',
    '1',
    '--budget',
    '90000000',
    '--effort',
    'quick',
    '--out',
    out,
  ]);
  expect(run.status).toBe(3);
  const { reach } = readJson(join(out, 'summary.json')) as {
    reach: { limits: { limit: string; binds: boolean }[]; classes: { why: string }[] };
  };
  expect(reach.limits.map(({ limit, binds }) => [limit, binds])).toEqual([
    ['budget', false],
    ['count', true],
  ]);
  expect(reach.classes.every(({ why }) => why === 'unavailable')).toBe(true);
  expect(run.stderr).toContain('binds');
});

test('candidates can be made from buildings and roads alone', async () => {
  const out = join(folder.path, 'derived');
  const derived = [
    '--derive',
    'roofs,poles,junctions',
    '--buildings',
    files.buildings,
    '--roads',
    files.roads,
  ];
  const run = await plan([...derived, '--area', 'bbox', '--bin', '40', '--spacing', '80', '--out', out]);
  expect([0, 3]).toContain(run.status);
  const { derived: counts } = readJson(join(out, 'summary.json')) as { derived: Record<string, number> };
  for (const kind of ['roofs', 'poles', 'junctions']) expect(counts[kind]).toBeGreaterThan(5);
});

test('a missing file and a file without a usable row end with 2 and a code', async () => {
  const missing = await plan([
    '--sites',
    join(folder.path, 'nothing.csv'),
    '--area',
    'bbox',
    '--out',
    folder.path,
  ]);
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain('COMMAND_FILE_MISSING');

  const broken = join(folder.path, 'broken.csv');
  writeFileSync(broken, 'code,lon,lat\nA-1,somewhere,31.3\n');
  const refused = await plan(['--sites', broken, '--area', 'bbox', '--out', folder.path]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/row 1/);
  expect(refused.stderr).toContain('somewhere');
  expect(refused.stderr).toContain('COMMAND_FILE_REFUSED');
});

test('rules that cannot be meant end with 2 and a code', async () => {
  for (const [args, code] of [
    [['--area-share', 'nowhere=0.9'], 'SELECTION_AREA_UNKNOWN'],
    [['--quota', 'owner=nobody:most=2'], 'SELECTION_QUOTA_UNKNOWN'],
    [['--refuse', 'nobody'], 'COMMAND_SITE_UNKNOWN'],
  ] as const) {
    const { status, stderr } = await plan([...small, ...args, '--out', join(folder.path, 'none')]);
    expect(stderr).toContain(code);
    expect(status).toBe(2);
  }
});

function plan(args: readonly string[]) {
  return runScript('scripts/plan.ts', args);
}

async function checkRaster(path: string, epsg: number): Promise<void> {
  try {
    const { stdout } = await runProgram('gdalinfo', [path]);
    expect(stdout).toContain(`ID["EPSG",${epsg}]`);
    expect(stdout).toContain('Pixel Size = (20.0');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    reportNotRun('the raster of a plan read by GDAL', 'gdalinfo is not on PATH');
  }
}

function writeAreaFarAway(): string {
  const ring = [
    [121.6, 31.5],
    [121.62, 31.5],
    [121.62, 31.52],
    [121.6, 31.52],
    [121.6, 31.5],
  ];
  const path = join(folder.path, 'far.geojson');
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(
    path,
    JSON.stringify({
      type: 'Feature',
      properties: { name: 'far' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }),
  );
  return path;
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
