// Reading a coverage table: what is refused with file and line, what decimals become, and a file larger than any piece that is held.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDecimal, scaleDecimals, shareOfWhole } from '../../scripts/cli/matrix-decimals.ts';
import { makeIdTable } from '../../scripts/cli/matrix-ids.ts';
import { readMatrixOptions } from '../../scripts/cli/matrix-options.ts';
import { readMatrix } from '../../scripts/cli/matrix-problem.ts';
import { matrixRequest } from '../../scripts/cli/matrix-request.ts';
import { makeRandom } from '../../scripts/sample/random.ts';
import { ProductError } from '../../server/errors.ts';
import { makeTemporaryFolder } from '../support/run-command.ts';

const folder = makeTemporaryFolder();
afterAll(folder.remove);

test.each<[string, string, string | null, string, string]>([
  ['an empty file', '', null, 'SELECTION_MATRIX_EMPTY', 'bad.csv'],
  ['a header alone', 'site,bin\n', null, 'SELECTION_MATRIX_EMPTY', 'bad.csv'],
  ['a missing column', 'site,cell\nA,1\n', null, 'SELECTION_MATRIX_COLUMNS', 'site,cell'],
  ['a column twice', 'site,bin,bin\nA,1,2\n', null, 'SELECTION_MATRIX_COLUMNS', 'site,bin,bin'],
  ['a short row', 'site,bin\nA,1\n\nA\n', null, 'SELECTION_MATRIX_ROW', 'line 4'],
  ['a long row', 'site,bin\nA,1,1\n', null, 'SELECTION_MATRIX_ROW', 'line 2'],
  ['an empty id', 'site,bin\nA,1\nA,\n', null, 'SELECTION_MATRIX_ROW', 'line 3'],
  ['an open quote', 'site,bin\nA,"1\nA,2\n', null, 'SELECTION_MATRIX_ROW', 'line 2'],
  ['text behind a quote', 'site,bin\nA,"1"2\n', null, 'SELECTION_MATRIX_ROW', 'line 2'],
  ['a negative weight', 'site,bin,weight\nA,1,-1\n', null, 'SELECTION_MATRIX_NUMBER', 'line 2'],
  ['a weight in words', 'site,bin,weight\nA,1,NaN\n', null, 'SELECTION_MATRIX_NUMBER', 'NaN'],
  ['an empty weight', 'site,bin,weight\nA,1,\n', null, 'SELECTION_MATRIX_NUMBER', 'line 2'],
  ['two weights of one bin', 'site,bin,weight\nA,1,1\nB,1,2\n', null, 'SELECTION_MATRIX_WEIGHT', 'line 3'],
  ['a row twice', 'site,bin\nA,1\nB,1\n\nA,1\n', null, 'SELECTION_MATRIX_TWICE', 'line 5 repeats line 2'],
  [
    'a site that is not listed',
    'site,bin\nA,1\nX,1\n',
    'site,cost\nA,1\n',
    'SELECTION_MATRIX_SITE',
    'line 3',
  ],
  [
    'a site listed twice',
    'site,bin\nA,1\n',
    'site\nA\nA\n',
    'SELECTION_MATRIX_TWICE',
    'line 3 repeats line 2',
  ],
  ['a negative cost', 'site,bin\nA,1\n', 'site,cost\nA,-1\n', 'SELECTION_MATRIX_NUMBER', 'line 2'],
  ['a latitude over 85', 'site,bin\nA,1\n', 'site,lon,lat\nA,1,91\n', 'SELECTION_MATRIX_NUMBER', '91'],
  ['weights beyond any sum', 'site,bin,weight\nA,1,1e17\n', null, 'SELECTION_MATRIX_DIGITS', 'weight'],
])('%s is refused with its place', (_, text, listed, code, place) => {
  const sites = listed === null ? null : file('bad-sites.csv', listed);
  const refused = refusalOf(() => readMatrix(file('bad.csv', text), sites));
  expect(refused.code).toBe(code);
  expect(refused.message).toContain(place);
});

test('bytes that are no UTF-8 are refused, not replaced', () => {
  const gbk = Uint8Array.from([...Buffer.from('site,bin\n'), 0xc6, 0xd6, ...Buffer.from(',1\n')]);
  const path = join(folder.path, 'gbk.csv');
  writeFileSync(path, gbk);
  expect(refusalOf(() => readMatrix(path, null)).code).toBe('SELECTION_MATRIX_ENCODING');
});

test('a site without coverage stays a candidate that serves nothing; costs and weights are 1 when absent', () => {
  const { problem, totalWeight } = readMatrix(
    file('c.csv', 'site,bin\n10,a\n9,"b ""x"", y"\n'),
    file('s.csv', 'site\n9\n10\n11\n'),
  );
  expect(problem.siteIds).toEqual(['9', '10', '11']);
  expect(Array.from(problem.cost)).toEqual([1, 1, 1]);
  expect(totalWeight).toBe(2);
  expect(problem.cover).toMatchObject({ kind: 'lists', siteCount: 3, binCount: 2 });
});

test('two hundred thousand rows over many pieces come out as they went in', () => {
  const random = makeRandom(7, 'matrix');
  const bins = Array.from({ length: 200 }, () => {
    const own = new Set<number>();
    while (own.size < 1000) own.add(random.whole(0, 49_999));
    return [...own].sort((a, b) => a - b);
  });
  const path = join(folder.path, 'large.csv');
  mkdirSync(folder.path, { recursive: true });
  const handle = openSync(path, 'w');
  writeSync(handle, 'site,bin,weight\r\n');
  bins.forEach((own, site) => {
    writeSync(
      handle,
      own.map((bin) => `site number ${site},bin number ${bin},${(bin % 7) + 0.5}\r\n`).join(''),
    );
  });
  closeSync(handle);
  const { problem, incidences, weightDigits } = readMatrix(path, null);
  expect(incidences).toBe(200_000);
  expect(weightDigits).toBe(1);
  const { cover, siteIds, targets } = problem;
  if (cover.kind !== 'lists') throw new Error('expected lists');
  const names = [...new Set(bins.flat())].map((bin) => `bin number ${bin}`).sort();
  siteIds.forEach((id, site) => {
    const served = Array.from(cover.siteBins.subarray(cover.siteStarts[site], cover.siteStarts[site + 1]));
    const own = bins[Number(id.slice(12))]!;
    expect(served.map((bin) => names[bin]).sort()).toEqual(own.map((bin) => `bin number ${bin}`).sort());
  });
  names.forEach((name, bin) => {
    expect(targets[0].weight[bin]).toBe(10 * (Number(name.slice(11)) % 7) + 5);
  });
});

test('names by the hundred thousand keep their numbers', () => {
  const table = makeIdTable();
  const bytes = (index: number): Uint8Array => Buffer.from(`name ${(index * 7919) % 100_003}`);
  for (let index = 0; index < 100_000; index++)
    expect(table.add(bytes(index), 0, bytes(index).length)).toBe(index);
  for (let index = 99_999; index >= 0; index -= 977) {
    expect(table.find(bytes(index), 0, bytes(index).length)).toBe(index);
    expect(Buffer.from(table.bytesOf(index)).equals(bytes(index))).toBe(true);
  }
  expect(table.find(Buffer.from('nobody'), 0, 6)).toBe(-1);
});

test('decimals scale to whole numbers exactly, and are rounded only where sums would not be exact', () => {
  expect(readDecimal('0.1')).toEqual({ value: 0.1, digits: 1 });
  expect(readDecimal('2.50')).toEqual({ value: 2.5, digits: 1 });
  expect(readDecimal('1.5e-3')).toEqual({ value: 0.0015, digits: 4 });
  expect(readDecimal('1e3')).toEqual({ value: 1000, digits: 0 });
  for (const text of ['', '.', '-1', 'x', '1,5', '1e999', 'Infinity']) expect(readDecimal(text)).toBeNull();
  const column = { value: Float64Array.of(0.1, 0.25, 3), digits: Uint8Array.of(1, 2, 0) };
  expect(scaleDecimals(column, 1e9, 1e12)).toEqual({
    whole: Float64Array.of(10, 25, 300),
    digits: 2,
    isRounded: false,
  });
  expect(scaleDecimals(column, 50, 1e12)).toEqual({
    whole: Float64Array.of(1, 3, 30),
    digits: 1,
    isRounded: true,
  });
  expect(scaleDecimals(column, 2, 1e12)).toBeNull();
});

test('a share of the whole is rounded up from the decimal as it was written', () => {
  expect(shareOfWhole('0.07', 100)).toBe(7);
  expect(shareOfWhole('0.95', 20)).toBe(19);
  expect(shareOfWhole('0.951', 20)).toBe(20);
  expect(shareOfWhole('1', 3)).toBe(3);
  expect(shareOfWhole('.5', 3)).toBe(2);
});

test('budgets and money of quotas are counted in the unit of the costs', () => {
  const sites = file('q.csv', 'site,cost,district\nA,0.10,北\nB,0.25,南\n');
  const matrix = readMatrix(file('m.csv', 'site,bin\nA,1\nB,2\n'), sites);
  const words = ['--matrix', 'm.csv', '--out', 'o', '--budget', '0.3'];
  const options = readMatrixOptions([...words, '--quota', 'district=南:most=1,cost=0.25'])!;
  const { choice } = matrixRequest(options, matrix);
  expect(choice.budget).toBe(30);
  expect(choice.rules.groups).toEqual([
    { id: 'district=南', sites: [1], leastSites: null, mostSites: 1, mostCost: 25 },
  ]);
  const unknown = readMatrixOptions([...words, '--quota', 'district=西:most=1'])!;
  expect(refusalOf(() => matrixRequest(unknown, matrix)).code).toBe('SELECTION_MATRIX_QUOTA');
});

function file(name: string, text: string): string {
  mkdirSync(folder.path, { recursive: true });
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

function refusalOf(work: () => unknown): ProductError {
  try {
    work();
  } catch (error) {
    if (error instanceof ProductError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
