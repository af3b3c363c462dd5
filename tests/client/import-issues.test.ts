// The issues of a report, and the sentence that says how an import ended.
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import {
  countByCode,
  filterIssues,
  issuesToCsv,
  outcomeWords,
} from '../../client/screens/import/import-issues.ts';
import type { ImportIssueJson, ImportReportJson } from '../../server/contract/imports.ts';

const issue = (
  code: string,
  severity: ImportIssueJson['severity'],
  row: number | null = 2,
): ImportIssueJson => ({
  code,
  row,
  field: 'lon',
  found: '=HYPERLINK("x")',
  expected: '-180 … 180',
  message: { zh: '经度超出范围', en: 'longitude out of range' },
  hint: { zh: '改正后再导入', en: 'correct it' },
  severity,
});
const issues = [issue('B', 'warning'), issue('A', 'error', 3), issue('B', 'error', 4)];
const report = (change: Partial<ImportReportJson>): ImportReportJson => ({
  id: null,
  kind: 'sites',
  fileName: 'a.csv',
  format: 'csv',
  digest: 'd',
  datum: 'CGCS2000',
  mode: 'check',
  outcome: 'checked',
  rows: 3,
  accepted: 3,
  rejected: 0,
  stored: 0,
  issues: [],
  moreIssues: 0,
  columns: [],
  createdAt: null,
  ...change,
});

test('codes are counted, the most frequent first, and one error makes the code an error', () => {
  expect(countByCode(issues)).toEqual([
    { code: 'B', severity: 'error', count: 2 },
    { code: 'A', severity: 'error', count: 1 },
  ]);
});

test('filters of code and severity hold together', () => {
  expect(filterIssues(issues, { code: null, severity: null })).toHaveLength(3);
  expect(filterIssues(issues, { code: 'B', severity: 'error' })).toEqual([issues[2]]);
});

test('the CSV holds one line per issue in the reader’s language and starts no formula', () => {
  const text = issuesToCsv(
    issues,
    ['row', 'field', 'severity', 'message', 'found', 'expected', 'hint', 'code'],
    { severity: (value) => value, field: (value) => value ?? '' },
    'zh-CN',
  );
  const rows = parse(text, { bom: true }) as string[][];
  expect(rows).toHaveLength(4);
  expect(rows[1]).toEqual([
    '2',
    'lon',
    'warning',
    '经度超出范围',
    '\'=HYPERLINK("x")',
    "'-180 … 180",
    '改正后再导入',
    'B',
  ]);
});

test.each([
  [{}, 'checkedClean', 'success'],
  [{ accepted: 2, rejected: 1 }, 'checked', 'warning'],
  [{ outcome: 'stored', stored: 3 }, 'stored', 'success'],
  [{ outcome: 'stored', accepted: 2, rejected: 1, stored: 2 }, 'storedPartly', 'warning'],
  [{ outcome: 'repeated' }, 'repeated', 'info'],
  [{ outcome: 'rejected', accepted: 2, rejected: 1 }, 'rejected', 'error'],
  [
    { outcome: 'rejected', rows: 0, accepted: 0, issues: [issue('A', 'error', null)] },
    'rejectedFile',
    'error',
  ],
  [{ accepted: 0, rejected: 3 }, 'rejected', 'error'],
] as const)('a report with %j ends with the sentence %s', (change, key, severity) => {
  expect(outcomeWords(report(change as Partial<ImportReportJson>))).toMatchObject({ key, severity });
});

test('a raster is spoken of as a whole: remarks make it a warning, a fault a refusal', () => {
  const raster = {
    crs: 'EPSG:4490',
    columns: 2,
    rows: 2,
    resolutionM: 30,
    cells: 4,
    holes: 0,
    box: [121, 31, 122, 32],
    lowestM: 1,
    highestM: 2,
    people: null,
    classes: [],
  };
  const terrain = (change: Partial<ImportReportJson>) => outcomeWords(report({ kind: 'terrain', ...change }));
  expect(terrain({ raster })).toMatchObject({ key: 'checkedRaster', severity: 'success' });
  const remark = [issue('IMPORT_RASTER_HOLES', 'warning', null)];
  expect(terrain({ raster, issues: remark, outcome: 'stored' })).toMatchObject({
    key: 'storedRaster',
    severity: 'warning',
  });
  const fault = [issue('IMPORT_RASTER_NO_CRS', 'error', null)];
  // nobody may be told to import the usable rows of a file that has none
  expect(terrain({ rows: 0, accepted: 0, issues: fault, outcome: 'rejected' })).toMatchObject({
    key: 'rejectedFile',
    hintKey: 'rejectedFile',
  });
});
