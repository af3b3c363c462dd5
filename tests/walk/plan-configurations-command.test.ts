// `npm run plan -- --configurations FILE` on a small made-up place: each new site says how it is equipped, `npm run plan:check` agrees and
// names what was changed since, and a file that cannot be meant is refused with its code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSample } from '../../scripts/sample/make-sample.ts';
import { makeTemporaryFolder, runScript } from '../support/run-command.ts';
import { writeSampleFiles } from '../support/sample-files.ts';

const folder = makeTemporaryFolder();
const files = writeSampleFiles(folder.path, makeSample('small'));
const out = join(folder.path, 'out');
const configurations = join(folder.path, 'configurations.json');
const asked = [
  ...['--sites', files.sites, '--area', files.area, '--existing', files.existing],
  ...['--datum', 'CGCS2000', '--bin', '100', '--effort', 'quick', '--configurations', configurations],
];
afterAll(folder.remove);

const offered = [
  { id: 'as', name: '现状', structures: ['pole', 'roof', 'tower'] },
  { id: 'p12', name: '杆站 12 m', structures: ['pole'], heightM: 12, costFactor: 0.9 },
];

interface Row {
  readonly status: string;
  readonly structure: string;
  readonly heightM: number;
  readonly configurationId?: string;
}

test('new sites have a configuration, stations that stand have none, and the check agrees', async () => {
  writeFileSync(configurations, JSON.stringify(offered));
  const written = await runScript('scripts/plan.ts', [...asked, '--out', out]);
  expect(written.status).toBe(0);
  const rows = rowsOf(join(out, 'plan.geojson'));
  for (const { status, structure, heightM, configurationId } of rows) {
    if (status === 'existing') expect(configurationId).toBeUndefined();
    else expect(configurationId === 'as' || (structure === 'pole' && heightM === 12)).toBe(true);
  }
  expect(rows.filter(({ configurationId }) => configurationId === 'p12').length).toBeGreaterThan(0);
  const check = await runScript('scripts/plan-check.ts', [out, ...asked]);
  expect(check.stdout).toMatch(/^全部相符/);
}, 120_000);

test('a plan that stays near to it keeps its configurations and changes nothing', async () => {
  const near = join(folder.path, 'near');
  const kept = ['--keep', join(out, 'plan.geojson'), '--out', near];
  expect((await runScript('scripts/plan.ts', [...asked, ...kept])).status).toBe(0);
  const summary = JSON.parse(readFileSync(join(near, 'summary.json'), 'utf8'));
  expect(summary.difference).toEqual({ opened: [], closed: [], extraCostCny: 0 });
}, 120_000);

test('a row with another configuration or height is named, and so is the question of other configurations', async () => {
  const path = join(out, 'plan.geojson');
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, before.replace('"configurationId":"p12"', '"configurationId":"as"'));
  const other = await runScript('scripts/plan-check.ts', [out, ...asked]);
  expect([other.status, other.stdout]).toEqual([3, expect.stringContaining('#p12')]);
  writeFileSync(path, before.replace('"heightM":12', '"heightM":30'));
  const higher = await runScript('scripts/plan-check.ts', [out, ...asked]);
  expect([higher.status, higher.stdout]).toEqual([3, expect.stringContaining('.heightM')]);
  writeFileSync(path, before);
}, 120_000);

test('a file that cannot be meant is refused with its code', async () => {
  for (const [text, code] of [
    ['[]', 'COMMAND_CONFIGURATIONS'],
    ['[{"id":"a","structures":["pole"],"colour":1}]', 'COMMAND_CONFIGURATIONS'],
    ['[{"id":"a","structures":["pole"]},{"id":"a","structures":["roof"]}]', 'PLAN_CONFIGURATION_TWICE'],
    ['[{"id":"a","structures":["pole"],"profileId":"n99"}]', 'COVERAGE_PROFILE_UNKNOWN'],
  ] as const) {
    writeFileSync(configurations, text);
    const { status, stderr } = await runScript('scripts/plan.ts', [
      ...asked,
      '--out',
      join(folder.path, 'none'),
    ]);
    expect([text, status, stderr]).toEqual([text, 2, expect.stringContaining(code)]);
  }
}, 120_000);

function rowsOf(path: string): Row[] {
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as { features: { properties: Row }[] };
  return features.map(({ properties }) => properties);
}
