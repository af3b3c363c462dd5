// `npm run plan` on real places: central Shanghai from its buildings and roads, Darmstadt from its street lamps.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { reportNotRun } from '../support/not-run.ts';
import { makeTemporaryFolder, runScript } from '../support/run-command.ts';

const folder = makeTemporaryFolder();
afterAll(folder.remove);

/** Path in the real data, or null when this machine has none. */
function realFile(name: string): string | null {
  const dir = process.env.ZHANZHI_REAL_DATA;
  const path = dir ? join(dir, name) : '';
  return existsSync(path) ? path : null;
}

test('central Shanghai reaches 95 % at -105 dBm with roofs and poles derived from the map', async () => {
  const [buildings, roads, water] = ['buildings', 'roads', 'water'].map((layer) =>
    realFile(`shanghai-core-osm/${layer}.geojson`),
  );
  if (!buildings || !roads || !water)
    return reportNotRun('the plan of central Shanghai', 'no real data here');
  const { status, summary } = await planInto('shanghai', [
    ...['--derive', 'roofs,poles', '--buildings', buildings, '--roads', roads],
    ...['--water', water, '--area', 'bbox', '--threshold', '-105', '--share', '0.95'],
  ]);
  expect(status).toBe(0);
  expect(summary).toMatchObject({ status: 'reached', lineOfSight: 'buildings', epsg: 4550 });
  expect(summary.coveredShare).toBeGreaterThanOrEqual(0.95);
  expect(summary.areaKm2).toBeGreaterThan(7);
  expect(summary.areaKm2).toBeLessThan(11);
});

test('Darmstadt: existing stations count first, and the lamps are planned as far as they reach', async () => {
  const lamps = realFile('street-lamps-darmstadt/street_lamps.csv');
  const stations = realFile('street-lamps-darmstadt/base_stations.csv');
  if (!lamps || !stations) return reportNotRun('the plan of Darmstadt', 'no real data here');
  const { status, summary } = await planInto('darmstadt', [
    ...['--sites', lamps, '--existing', stations, '--default-type', '路灯杆', '--area', 'bbox'],
  ]);
  expect(summary).toMatchObject({ candidates: 14_331, lineOfSight: 'probability', epsg: 32_632 });
  expect(summary.existingShare).toBeGreaterThan(0);
  // The box holds forest without a lamp: what all lamps reach together is the most a plan can promise.
  expect(status).toBe(summary.bestShare >= 0.95 ? 0 : 3);
  expect(summary.coveredShare).toBeGreaterThanOrEqual(Math.min(0.95, summary.bestShare) - 1e-9);
});

test('Darmstadt: the lit city, everything within 200 m of a lamp, reaches 95 %', async () => {
  const lamps = realFile('street-lamps-darmstadt/street_lamps.csv');
  const stations = realFile('street-lamps-darmstadt/base_stations.csv');
  if (!lamps || !stations) return reportNotRun('the plan of lit Darmstadt', 'no real data here');
  const { status, summary } = await planInto('darmstadt-lit', [
    ...['--sites', lamps, '--existing', stations, '--default-type', '路灯杆', '--area', 'around:200'],
  ]);
  expect([status, summary]).toMatchObject([0, { status: 'reached', candidates: 14_331 }]);
  expect(summary.coveredShare).toBeGreaterThanOrEqual(0.95);
  expect(summary.areaKm2).toBeLessThan(60);
});

test('the terrain model of Big Tujunga is imported by the command, which names its range of heights', async () => {
  const dem = realFile('dem/bigtujunga.tif');
  if (!dem) return reportNotRun('the terrain model of Big Tujunga', 'no real data here');
  const { status, stdout, stderr } = await runScript(
    'scripts/import.ts',
    ['--kind', 'terrain', '--file', dem, '--mode', 'all'],
    { ZHANZHI_DATA: join(folder.path, 'store'), DATABASE_URL: '' },
  );
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('stored: 6 rows');
  expect(stdout).toContain('1197 × 643, EPSG:32611, 30.06 m, 高程 heights 315.0…2295.0 m');
});

interface Summary {
  readonly coveredShare: number;
  readonly existingShare: number;
  readonly bestShare: number;
  readonly areaKm2: number;
}

async function planInto(
  name: string,
  args: readonly string[],
): Promise<{ status: number | null; summary: Summary }> {
  const out = join(folder.path, name);
  mkdirSync(out);
  const { status } = await runScript('scripts/plan.ts', [...args, '--out', out]);
  return { status, summary: JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary };
}
