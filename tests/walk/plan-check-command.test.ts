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

test('the plan as it was written holds, named by its file, its folder or the whole command line', async () => {
  for (const args of [
    [join(out, 'plan.geojson'), ...asked],
    [out, ...asked],
    [...asked, '--out', out],
  ]) {
    const { status, stdout } = await check(args);
    expect(stdout).toMatch(/^全部相符/);
    expect(status).toBe(0);
  }
});

type Json = Record<string, never>;

test.each<[what: string, code: string, file: string, change: (json: Json) => unknown]>([
  ['a row taken out of the map', 'PLAN_ROW', 'plan.geojson', (json) => ({ ...json, features: (json.features as unknown[]).slice(1) })],
  ['a cheaper total on the map', 'PLAN_ROW', 'plan.geojson', (json) => ({ ...json, summary: { ...(json.summary as object), costCny: 1 } })],
  ['a cheaper plan in the certificate', 'PLAN_COST', 'certificate.json', (json) => ({ ...json, selection: { ...(json.selection as object), cost: 1 } })],
  ['a bound nobody proved', 'CERTIFICATE_BOUND', 'certificate.json', (json) => ({ ...json, certificate: { ...(json.certificate as object), bound: spoiltBound(json) } })],
])('%s ends with 3 and %s', async (_, code, file, change) => {
  const spoilt = copyOf(out);
  const path = join(spoilt, file);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Json)));
  const { status, stdout } = await check([spoilt, ...asked]);
  expect(stdout).toContain(`${code}`);
  expect(status).toBe(3);
});

test('options that ask for something else end with 3 and PLAN_QUESTION', async () => {
  const { status, stdout } = await check([out, ...asked, '--share', '0.5', '--max-sites', '999']);
  expect(stdout).toContain('PLAN_QUESTION');
  expect(status).toBe(3);
});

test('a folder without a certificate, other inputs and nothing at all end with 2 and a code', async () => {
  const empty = copyOf(out);
  rmSync(join(empty, 'certificate.json'));
  const noPrices = copyOf(out);
  rmSync(join(noPrices, 'prices.bin'));
  const otherBins = [...asked.slice(0, -1), '90'];
  for (const [args, code] of [
    [[empty, ...asked], 'COMMAND_FILE_MISSING'],
    [[noPrices, ...asked], 'SELECTION_CERTIFICATE'],
    [[out, ...otherBins], 'SELECTION_CERTIFICATE'],
    [[], 'COMMAND_OPTION_MISSING'],
  ] as const) {
    const { status, stderr } = await check(args);
    expect(stderr).toContain(code);
    expect(status).toBe(2);
  }
});

/** Half a percent more than the plan itself could have: the other way round for shares. */
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
