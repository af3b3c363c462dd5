// `npm run plan -- --operator …` on a small made-up place: who stands where, what each pays with and without sharing, and a check that
// agrees and names what was changed since.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSample } from '../../scripts/sample/make-sample.ts';
import { makeTemporaryFolder, runScript } from '../support/run-command.ts';
import { writeSampleFiles } from '../support/sample-files.ts';

const folder = makeTemporaryFolder();
const files = writeSampleFiles(folder.path, makeSample('small'));
const out = join(folder.path, 'out');
const place = [
  '--sites',
  files.sites,
  '--area',
  files.area,
  '--datum',
  'CGCS2000',
  '--bin',
  '100',
  '--effort',
  'quick',
];
const asked = [...place, '--operator', '移动=n41=0.6', '--operator', '联通=n78=0.5'];
afterAll(folder.remove);

interface Row {
  readonly operatorIds: readonly string[];
  readonly paymentsCny: readonly number[];
  readonly costCny: number;
  readonly listPriceCny: number;
}

test('shares, prices with and without sharing, and the check agrees', async () => {
  const written = await runScript('scripts/plan.ts', [...asked, '--out', out]);
  expect(written.status).toBe(0);
  expect(written.stdout).toContain('不共享的价格');
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  expect(summary.operators.map(({ id }: { id: string }) => id)).toEqual(['移动', '联通']);
  for (const one of summary.operators) expect(one.coveredShare).toBeGreaterThanOrEqual(one.targetShare);
  expect(summary.costCny).toBeLessThan(summary.listPriceCny);
  expect(summary.costCny).toBeGreaterThanOrEqual(summary.lowerBound);
  for (const { operatorIds, costCny, listPriceCny, paymentsCny } of rowsOf(join(out, 'plan.geojson'))) {
    expect(paymentsCny).toHaveLength(operatorIds.length);
    if (operatorIds.length === 2) expect(costCny).toBe(2 * Math.round((0.7 * listPriceCny) / 2));
    else expect(costCny).toBe(listPriceCny);
  }
  const check = await runScript('scripts/plan-check.ts', [out, ...asked]);
  expect(check.stdout).toMatch(/^全部相符/);
}, 120_000);

test('a payment and an operator that were changed since are named', async () => {
  const path = join(out, 'plan.geojson');
  const before = readFileSync(path, 'utf8');
  const spoilt = JSON.parse(before);
  spoilt.features[0].properties.paymentsCny[0] += 1;
  spoilt.features[1].properties.operatorIds = ['电信'];
  writeFileSync(path, JSON.stringify(spoilt));
  const { status, stdout } = await runScript('scripts/plan-check.ts', [out, ...asked]);
  expect(status).toBe(3);
  for (const field of ['features[0].paymentsCny', 'features[1].operatorIds']) expect(stdout).toContain(field);
  writeFileSync(path, before);
}, 120_000);

test('options that a plan for operators does not look at, and operators that cannot be meant, are refused', async () => {
  const file = join(folder.path, 'operators.json');
  const one = { id: 'A', profileId: 'n78', targetShare: 0.5 };
  writeFileSync(file, JSON.stringify({ operators: [one, one] }));
  for (const [args, code] of [
    [[...asked, '--max-sites', '3'], 'COMMAND_OPTION_TOGETHER'],
    [[...place, '--operator', 'A=n99=0.5'], 'COVERAGE_PROFILE_UNKNOWN'],
    [[...place, '--operators', file], 'PLAN_OPERATOR_TWICE'],
  ] as const) {
    const { status, stderr } = await runScript('scripts/plan.ts', [
      ...args,
      '--out',
      join(folder.path, 'none'),
    ]);
    expect([args.at(-1), status, stderr]).toEqual([args.at(-1), 2, expect.stringContaining(code)]);
  }
}, 120_000);

function rowsOf(path: string): Row[] {
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as { features: { properties: Row }[] };
  return features.map(({ properties }) => properties);
}
