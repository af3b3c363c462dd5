// `npm run plan:check` on a small made-up place: it agrees with what `npm run plan` wrote, and says what somebody changed since.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSample } from '../../scripts/sample/make-sample.ts';
import { type CommandResult, makeTemporaryFolder, runScript } from '../support/run-command.ts';
import { writeSampleFiles } from '../support/sample-files.ts';

const folder = makeTemporaryFolder();
const files = writeSampleFiles(folder.path, makeSample('small'));
const out = join(folder.path, 'out');
const asked = [
  ...['--sites', files.sites, '--area', files.area, '--existing', files.existing],
  ...['--datum', 'CGCS2000', '--bin', '100'],
];
beforeAll(async () => {
  const { status } = await runScript('scripts/plan.ts', [...asked, '--out', out]);
  expect([0, 3]).toContain(status);
}, 120_000);
afterAll(folder.remove);

test('the plan as it was written holds, named by its file or by the whole command line', async () => {
  for (const args of [
    [join(out, 'plan.geojson'), ...asked],
    [...asked, '--out', out],
  ]) {
    const { status, stdout } = await check(args);
    expect(stdout).toMatch(/^全部相符/);
    expect(status).toBe(0);
  }
});

type Json = Record<string, never>;

test('what was changed since ends with 3 and says each change: rows, money, bound and question', async () => {
  const spoilt = copyOf(out);
  change(join(spoilt, 'plan.geojson'), (json) => ({
    ...json,
    features: (json.features as unknown[]).slice(1),
  }));
  change(join(spoilt, 'certificate.json'), (json) => ({
    ...json,
    selection: { ...(json.selection as object), cost: 1 },
    certificate: { ...(json.certificate as object), bound: spoiltBound(json) },
  }));
  const { status, stdout } = await check([spoilt, ...asked, '--max-sites', '999']);
  for (const code of ['PLAN_ROW', 'PLAN_COST', 'CERTIFICATE_BOUND', 'PLAN_QUESTION'])
    expect(stdout).toContain(code);
  expect(status).toBe(3);
});

test('rules and phases are part of the question: the same ones hold, others and changed phases are named', async () => {
  const phased = join(folder.path, 'phased');
  const phases = join(folder.path, 'phases.json');
  writeFileSync(phases, '[{"name":"一期","targetShare":0.85},{"name":"二期","budgetCny":90000000}]');
  const rules = ['--phases', phases, '--effort', 'quick', '--quota', 'structure=pole:most=60'];
  const written = await runScript('scripts/plan.ts', [...asked, ...rules, '--out', phased]);
  expect(written.stdout).toContain('分期 phase 一期');
  expect(written.status).toBe(0);
  const { stdout, status } = await check([phased, ...asked, ...rules]);
  expect(stdout).toMatch(/^全部相符/);
  expect(status).toBe(0);

  const other = await check([phased, ...asked, '--effort', 'quick', '--quota', 'structure=pole:most=50']);
  expect(other.stdout).toContain('PLAN_QUESTION');
  const spoilt = copyOf(phased);
  change(join(spoilt, 'phases.json'), (json) => {
    const [one, ...rest] = json.years as { opened: string[] }[];
    return { ...json, years: [{ ...one, opened: one!.opened.slice(1) }, ...rest] };
  });
  const found = await check([spoilt, ...asked, ...rules]);
  for (const code of ['PHASE_TOTAL', 'PLAN_ROW']) expect(found.stdout).toContain(code);
  expect([other.status, found.status]).toEqual([3, 3]);
  rmSync(join(spoilt, 'phases.json'));
  expect((await check([spoilt, ...asked, ...rules])).status).toBe(2);
});

test('a folder without a certificate, other bins and nothing at all end with 2 and a code', async () => {
  const empty = copyOf(out);
  rmSync(join(empty, 'certificate.json'));
  for (const [args, code] of [
    [[empty, ...asked], 'COMMAND_FILE_MISSING'],
    [[out, ...asked.slice(0, -1), '90'], 'SELECTION_CERTIFICATE'],
    [[], 'COMMAND_OPTION_MISSING'],
  ] as const) {
    const { status, stderr } = await check(args);
    expect(stderr).toContain(code);
    expect(status).toBe(2);
  }
});

test('a plan on a table of coverage is checked against its tables, with or without its question', async () => {
  const coverage = join(folder.path, 'coverage.csv');
  const sites = join(folder.path, 'sites.csv');
  writeFileSync(coverage, 'site,bin,weight\na,1,2\na,2,1\nb,2,1\nb,3,1\nc,3,1\n');
  writeFileSync(sites, 'site,cost\na,30\nb,25\nc,10\n');
  const matrix = join(folder.path, 'matrix');
  const tables = ['--matrix', coverage, '--sites', sites];
  const whole = [...tables, '--cost-target', '1', '--out', matrix];
  expect((await runScript('scripts/plan.ts', whole)).status).toBe(0);
  expect((await check([...tables, '--plan', matrix])).status).toBe(0);
  expect((await check(whole)).status).toBe(0);

  expect((await check([matrix, ...tables])).status).toBe(0);
  const alone = await check([matrix]);
  expect([alone.status, alone.stderr]).toEqual([2, expect.stringContaining('needs --matrix')]);

  writeFileSync(sites, 'site,cost\na,30\nb,25\nc,11\n');
  const { status, stdout } = await check([...tables, '--plan', matrix]);
  expect(stdout).toContain('PLAN_COST');
  expect(status).toBe(3);
});

function change(path: string, how: (json: Json) => unknown): void {
  writeFileSync(path, JSON.stringify(how(JSON.parse(readFileSync(path, 'utf8')) as Json)));
}

/** A little more than was proved. */
function spoiltBound(json: Json): number {
  const { kind, bound } = json.certificate as { kind: string; bound: number };
  const { covered } = json.selection as { covered: { all: number } };
  return kind === 'cost' ? bound + 1000 : covered.all;
}

let copies = 0;

function copyOf(from: string): string {
  const to = join(folder.path, `copy-${copies++}`);
  cpSync(from, to, { recursive: true });
  return to;
}

function check(args: readonly string[]): Promise<CommandResult> {
  return runScript('scripts/plan-check.ts', args);
}
