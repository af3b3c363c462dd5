// `npm run plan -- --robust … --sensitivity` on a small made-up place, and `npm run plan:check` on what it wrote.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanSensitivity, PlanSummary } from '../../engine/index.ts';
import { makeSample } from '../../scripts/sample/make-sample.ts';
import { makeTemporaryFolder, runScript } from '../support/run-command.ts';
import { writeSampleFiles } from '../support/sample-files.ts';

const folder = makeTemporaryFolder();
const files = writeSampleFiles(folder.path, makeSample('small'));
const asked = [
  ...['--sites', files.sites, '--area', files.area, '--existing', files.existing, '--demand', files.demand],
  ...['--datum', 'CGCS2000', '--bin', '100', '--effort', 'quick'],
];
const robust = ['--robust', 'threshold+3,weight=people,structure=pole*1.2'];
const plain = join(folder.path, 'plain');
const safe = join(folder.path, 'safe');
const read = <Shape>(...path: string[]): Shape => JSON.parse(readFileSync(join(...path), 'utf8')) as Shape;
const check = (args: readonly string[]) => runScript('scripts/plan-check.ts', args);

beforeAll(async () => {
  const one = await runScript('scripts/plan.ts', [...asked, '--sensitivity', '--out', plain]);
  const two = await runScript('scripts/plan.ts', [...asked, ...robust, '--out', safe]);
  expect([one.status, two.status]).toEqual([0, 0]);
  expect(one.stdout).toContain('敏感性 sensitivity threshold+3');
  expect(two.stdout).toContain('情景 scenario threshold+3');
}, 240_000);
afterAll(folder.remove);

test('the sensitivity is a file: each scenario with what the plan keeps, each site with how firmly it stands', () => {
  const { scenarios, sites } = read<PlanSensitivity>(plain, 'sensitivity.json');
  const summary = read<PlanSummary>(plain, 'summary.json');
  const kept = new Map(scenarios.map((outcome) => [outcome.scenario.id, outcome.keptShare]));
  for (const id of [
    'threshold+3',
    'threshold-3',
    'sigma+2',
    'sigma-2',
    'weight=people',
    'structure=pole*1.2',
  ])
    expect(kept.has(id)).toBe(true);
  expect(kept.get('threshold+3')).toBeLessThan(summary.coveredShare);
  expect(kept.get('threshold-3')).toBeGreaterThan(summary.coveredShare);
  expect(kept.get('structure=pole*1.2')).toBe(summary.coveredShare);
  expect(sites).toHaveLength(summary.sites);
  expect(existsSync(join(safe, 'sensitivity.json'))).toBe(false);
});

test('the robust plan holds where the plain one does not, for more money, row by row in the summary', () => {
  const { scenarios, costCny, targetShare } = read<PlanSummary>(safe, 'summary.json');
  expect(scenarios.map(({ id, reached }) => [id, reached])).toEqual([
    ['base', true],
    ['threshold+3', true],
    ['weight=people', true],
    ['structure=pole*1.2', true],
  ]);
  const [base, harder] = scenarios;
  expect(harder!.coveredShare).toBeGreaterThanOrEqual(targetShare);
  const outcomes = read<PlanSensitivity>(plain, 'sensitivity.json').scenarios;
  expect(outcomes.find(({ scenario }) => scenario.id === 'threshold+3')!.keptShare).toBeLessThan(targetShare);
  expect(costCny).toBeGreaterThan(read<PlanSummary>(plain, 'summary.json').costCny);
  expect(base!.aloneCostCny).toBeLessThan(costCny);
});

test('plan:check recounts every scenario, and asks for those of the plan', async () => {
  const { stdout, status } = await check([safe, ...asked, ...robust]);
  expect(stdout).toMatch(/^全部相符/);
  expect(status).toBe(0);
  const byWeight = join(folder.path, 'by-weight');
  await runScript('scripts/plan.ts', [...asked, '--robust', 'weight=people', '--out', byWeight]);
  const without = await check([byWeight, ...asked]);
  expect(without.stdout).toContain('required.weight=people/all');
  expect(without.status).toBe(3);
});

test('a row that promises more than the scenario gives, and a plan that fails in it, are found', async () => {
  const spoilt = join(folder.path, 'spoilt');
  cpSync(safe, spoilt, { recursive: true });
  const path = join(spoilt, 'plan.geojson');
  const geojson = read<{ summary: PlanSummary }>(path);
  const scenarios = geojson.summary.scenarios.map((row, index) =>
    index === 1 ? { ...row, coveredShare: 1 } : row,
  );
  writeFileSync(path, JSON.stringify({ ...geojson, summary: { ...geojson.summary, scenarios } }));
  const found = await check([spoilt, ...asked, ...robust]);
  expect(found.stdout).toContain('threshold+3.coveredShare');
  expect(found.status).toBe(3);

  // the plain plan's certificate, dressed up as one of the robust question
  const question = read<{ choice: { required: object } }>(safe, 'certificate.json').choice.required;
  const weaker = read<{ choice: object; selection: { steps: object[]; cost: number; covered: object } }>(
    safe,
    'certificate.json',
  );
  const { selection } = read<{ selection: { steps: object[]; cost: number } }>(plain, 'certificate.json');
  expect(Object.keys(question)).toContain('threshold+3/all');
  const { steps, cost } = selection;
  writeFileSync(
    join(spoilt, 'certificate.json'),
    JSON.stringify({ ...weaker, selection: { ...weaker.selection, steps, cost } }),
  );
  const weak = await check([spoilt, ...asked, ...robust]);
  expect(weak.stdout).toMatch(/threshold\+3\/all/);
  expect(weak.status).toBe(3);
}, 60_000);

test('scenarios that cannot be end with 2 and a code', async () => {
  for (const [text, code] of [
    ['threshold+99', 'SELECTION_SCENARIO_RANGE'],
    ['buildMode=借用*1.2', 'SELECTION_SCENARIO_PRICE'],
  ] as const) {
    const { stderr, status } = await runScript('scripts/plan.ts', [
      ...asked,
      '--robust',
      text,
      '--out',
      plain,
    ]);
    expect(stderr).toContain(code);
    expect(status).toBe(2);
  }
}, 120_000);
