// `npm run plan -- --matrix` on small tables: what it writes, its exit codes, and its coded refusals with file and line.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeTemporaryFolder, runScript } from '../support/run-command.ts';

const folder = makeTemporaryFolder();
afterAll(folder.remove);

// Selection reference, example 15.1: sites A, B at 30 and G at 36 over six bins.
const coverage = file(
  'coverage.csv',
  '\uFEFFsite,bin\r\nA,1\r\nA,2\r\nA,3\r\nB,4\r\nB,5\r\n"B",6\r\nG,2\r\nG,3\r\nG,4\r\nG,5\r\n',
);
const sites = file(
  'sites.csv',
  'site,cost,district,east,north\nA,30,北,0,0\nB,30,南,9,0\nG,36,北,99,0\nZ,1,南,0,99\n',
);

test('all six bins cost 60, and the summary says how good that is', async () => {
  const out = join(folder.path, 'all');
  const run = await matrix(['--matrix', coverage, '--sites', sites, '--cost-target', '1', '--out', out]);
  expect(run.stderr).not.toContain('    →');
  expect(run.status).toBe(0);
  const summary = readJson(join(out, 'summary.json'));
  expect(summary).toMatchObject({
    status: 'reached',
    sites: 2,
    cost: 60,
    coveredShare: 1,
    targetShare: 1,
    lowerBound: 60,
    gap: 0,
    optimal: true,
    upperBound: null,
  });
  for (const key of ['candidates', 'bins', 'iterations', 'seconds', 'peakMb'])
    expect(summary[key]).toBeGreaterThan(0);
  expect(readFileSync(join(out, 'plan.csv'), 'utf8')).toBe(
    'rank,site,cost,gain,shareAfter\n1,A,30,3,0.5\n2,B,30,3,1\n',
  );
  expect(readJson(join(out, 'certificate.json'))).toMatchObject({ siteCount: 4, binCount: 6 });
});

test('five of six bins cost 60 too: the bound stays at the linear one, and exact mode closes it', async () => {
  const out = join(folder.path, 'five');
  const args = ['--matrix', coverage, '--sites', sites, '--cost-target', '0.83'];
  expect((await matrix([...args, '--seconds', '2', '--out', out])).status).toBe(0);
  const searched = readJson(join(out, 'summary.json'));
  expect(searched.cost).toBe(60);
  expect(searched.lowerBound).toBeLessThan(60);
  expect((await matrix([...args, '--exact', '--out', out])).status).toBe(0);
  expect(readJson(join(out, 'summary.json'))).toMatchObject({
    cost: 60,
    lowerBound: 60,
    optimal: true,
    method: 'exact',
  });
});

test('a budget that runs out ends with 3, the best share and an upper bound', async () => {
  const out = join(folder.path, 'poor');
  const run = await matrix(['--matrix', coverage, '--sites', sites, '--budget', '59', '--out', out]);
  expect(run.status).toBe(3);
  const summary = readJson(join(out, 'summary.json'));
  expect(summary).toMatchObject({ status: 'budget-spent', cost: 36, lowerBound: null });
  expect(summary.coveredShare).toBeCloseTo(4 / 6, 12);
  expect(summary.upperBound).toBeGreaterThanOrEqual(4 / 6);
  const one = await matrix(['--matrix', coverage, '--max-sites', '1', '--out', out]);
  expect(one.status).toBe(3);
  expect(readJson(join(out, 'summary.json'))).toMatchObject({ status: 'count-reached', sites: 1 });
});

test('a quota and a spacing rule change the plan', async () => {
  const out = join(folder.path, 'rules');
  const args = ['--matrix', coverage, '--sites', sites, '--cost-target', '0.6', '--out', out];
  await matrix([...args, '--quota', 'district=南:least=1', '--quota', 'district=北:most=1,cost=40']);
  expect(readFileSync(join(out, 'plan.csv'), 'utf8')).toMatch(/,(B|Z),/);
  const apart = await matrix([...args.with(5, '1'), '--spacing', '10']);
  expect(apart.status).toBe(3);
  expect(readJson(join(out, 'summary.json'))).toMatchObject({ status: 'rules-bind' });
});

test('decimal weights and costs are exact: three tenths are three tenths', async () => {
  const out = join(folder.path, 'decimals');
  const weighed = file('weighed.csv', 'site,bin,weight\nA,1,0.1\nA,2,0.20\nB,3,0.3\nC,4,1e-1\n');
  const priced = file('priced.csv', 'site;cost\nA;0.1\nB;0.2\nC;0.30\n');
  const run = await matrix(['--matrix', weighed, '--sites', priced, '--budget', '0.3', '--out', out]);
  expect(run.status).toBe(3);
  expect(readJson(join(out, 'summary.json'))).toMatchObject({
    cost: 0.3,
    coveredShare: 6 / 7,
    totalWeight: 0.7,
  });
});

test('the order of the rows changes nothing', async () => {
  const [head, ...rows] = readFileSync(coverage, 'utf8').trim().split('\r\n');
  const shuffled = file('shuffled.csv', `${[head, ...rows.toReversed()].join('\n')}\n`);
  const plans = [];
  for (const path of [coverage, shuffled]) {
    const out = join(folder.path, 'order');
    await matrix(['--matrix', path, '--sites', sites, '--cost-target', '0.6', '--out', out]);
    plans.push(
      readFileSync(join(out, 'plan.csv'), 'utf8') + readFileSync(join(out, 'certificate.json'), 'utf8'),
    );
  }
  expect(plans[1]).toBe(plans[0]);
});

test('a folder, a file that is not there and an output that cannot be written end with 2 and a code', async () => {
  const asked = ['--cost-target', '1', '--out', join(folder.path, 'no')];
  for (const [args, code] of [
    [['--matrix', folder.path, ...asked], 'COMMAND_FILE_MISSING'],
    [['--matrix', coverage, '--sites', folder.path, ...asked], 'COMMAND_FILE_MISSING'],
    [['--matrix', join(folder.path, 'none.csv'), ...asked], 'COMMAND_FILE_MISSING'],
    [['--matrix', coverage, '--cost-target', '1', '--out', coverage], 'COMMAND_OUT_FOLDER'],
  ] as const) {
    const run = await matrix(args);
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(code)]);
  }
});

test('a broken row ends with 2, its code and its line', async () => {
  const bad = file('bad.csv', 'site,bin\nA,1\n\nA\n');
  const run = await matrix(['--matrix', bad, '--cost-target', '1', '--out', join(folder.path, 'no')]);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('SELECTION_MATRIX_ROW');
  expect(run.stderr).toContain('line 4');
});

test.each([
  [['--cost-target', '0.9', '--budget', '3'], 'COMMAND_OPTION_CONFLICT'],
  [['--cost-target', '1', '--quota', 'district=西:most=1'], 'SELECTION_MATRIX_QUOTA'],
  [['--cost-target', '1', '--quota', 'district=北:least=3,most=2'], 'SELECTION_GROUP_LEAST'],
])('the options %j end with 2 and %s', async (words, code) => {
  const run = await matrix([
    '--matrix',
    coverage,
    '--sites',
    sites,
    ...words,
    '--out',
    join(folder.path, 'no'),
  ]);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(code);
});

function matrix(args: readonly string[]) {
  return runScript('scripts/plan.ts', args);
}

function file(name: string, text: string): string {
  mkdirSync(folder.path, { recursive: true });
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
