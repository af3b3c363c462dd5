// Corridors and several servers through `npm run plan` and `npm run plan:check` on a small made-up place: written, told, recounted, and
// what somebody changed since is named.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlanOptions } from '../../scripts/cli/plan-options.ts';
import { makeSample } from '../../scripts/sample/make-sample.ts';
import { type CommandResult, makeTemporaryFolder, runScript } from '../support/run-command.ts';
import { writeSampleFiles } from '../support/sample-files.ts';

const folder = makeTemporaryFolder();
const files = writeSampleFiles(folder.path, makeSample('small'));
const out = join(folder.path, 'out');
const ground = [
  ...['--sites', files.sites, '--area', files.area, '--existing', files.existing, '--roads', files.roads],
  ...['--datum', 'CGCS2000', '--bin', '100', '--effort', 'quick'],
];
const corridor = ['--corridor', 'name=溪林大道=0.85', '--corridor', 'class=primary=0.6'];
const asked = [...ground, ...corridor, '--servers', '2', '--share', '0.5'];
let written: CommandResult;
beforeAll(async () => {
  written = await runScript('scripts/plan.ts', [...asked, '--out', out]);
}, 120_000);
afterAll(folder.remove);

const check = (args: readonly string[]) => runScript('scripts/plan-check.ts', args);

test('the plan keeps its duties, says so, and holds when it is counted again', async () => {
  expect(written.stderr).not.toContain('SELECTION_');
  expect(written.stdout).toContain('走廊 corridor name=溪林大道');
  expect(written.stdout).toContain('多站 servers ≥ 2 (graded)');
  expect(written.status).toBe(0);
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  expect(summary.servers.coveredShare).toBeGreaterThanOrEqual(0.5);
  expect(summary.corridors.map((one: { corridorId: string }) => one.corridorId)).toEqual([
    'name=溪林大道',
    'class=primary',
  ]);
  const [road, kind] = summary.corridors;
  expect(road.coveredShare).toBeGreaterThanOrEqual(0.85);
  expect(kind.coveredShare).toBeGreaterThanOrEqual(0.6);
  expect(kind.lengthM).toBeGreaterThan(road.lengthM);
  const { stdout, status } = await check([out, ...asked]);
  expect(stdout).toMatch(/^全部相符/);
  expect(status).toBe(0);
});

test('another question and spoilt figures are found', async () => {
  const other = await check([out, ...ground, ...corridor, '--servers', '3', '--share', '0.5']);
  expect(other.stdout).toContain('PLAN_QUESTION');
  const fewer = await check([
    out,
    ...ground,
    '--corridor',
    'name=溪林大道=0.85',
    '--servers',
    '2',
    '--share',
    '0.5',
  ]);
  expect(fewer.stdout).toContain('required.corridor:class=primary');
  const spoilt = join(folder.path, 'spoilt');
  cpSync(out, spoilt, { recursive: true });
  const file = join(spoilt, 'plan.geojson');
  const geojson = JSON.parse(readFileSync(file, 'utf8'));
  geojson.summary.servers.existingShare += 0.01;
  geojson.summary.coveredShare -= 0.01;
  geojson.summary.corridors[0].lengthM += 100;
  geojson.summary.corridors[1].coveredShareBinary = 1;
  geojson.summary.corridors[1].gaps = [];
  writeFileSync(file, JSON.stringify(geojson));
  const found = await check([spoilt, ...asked]);
  for (const about of [
    'servers.existingShare',
    'summary.coveredShare',
    'name=溪林大道.lengthM',
    'class=primary.coveredShareBinary',
    'class=primary.gaps',
  ])
    expect(found.stdout).toContain(about);
  expect([other.status, fewer.status, found.status]).toEqual([3, 3, 3]);
}, 60_000);

test('words that are none and roads that nobody knows end with 2 and a code', async () => {
  const read = (...args: string[]) => readPlanOptions([...ground, ...args, '--out', 'x'])!.rules;
  for (const wrong of [
    ['--corridor', '溪林大道=0.9'],
    ['--corridor', 'name=溪林大道'],
    ['--corridor', 'name=溪林大道=1.5'],
    ['--servers', '5'],
    ['--servers', '2:half'],
  ])
    expect(() => read(...wrong)).toThrow(/COMMAND_OPTION_WORD|必须|应为/);
  expect(read('--servers', '3:strict').servers).toEqual({ least: 3, counts: 'strict' });
  expect(read().servers).toBeNull();
  const unknown = ['--corridor', 'name=没有的路=0.9', '--out', join(folder.path, 'x')];
  const { status, stderr } = await runScript('scripts/plan.ts', [...ground, ...unknown]);
  expect([status, stderr]).toEqual([2, expect.stringContaining('SELECTION_CORRIDOR_UNKNOWN')]);
}, 60_000);
