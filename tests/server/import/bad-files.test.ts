// One fixture per mistake, named by what is wrong with it. Each says which issue stands at which row, and rows in are
// always rows accepted plus rows rejected.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImportKind, importKinds } from '../../../server/contract/imports.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import { parseFixture, parseText, shortIssues } from './read-fixture.ts';

interface BadFile {
  readonly file: string;
  readonly kind: ImportKind;
  readonly issues: readonly string[];
  readonly rows: number;
  readonly accepted: number;
}

const badFiles: readonly BadFile[] = [
  {
    file: 'latitude-121.csv',
    kind: 'sites',
    issues: ['error IMPORT_POSITION_RANGE 1'],
    rows: 2,
    accepted: 1,
  },
  { file: 'swapped-axes.csv', kind: 'sites', issues: ['error IMPORT_AXES_SWAPPED 1'], rows: 2, accepted: 1 },
  {
    file: 'missing-height.csv',
    kind: 'sites',
    issues: ['warning IMPORT_HEIGHT_MISSING 1'],
    rows: 1,
    accepted: 1,
  },
  {
    file: 'height-in-feet.csv',
    kind: 'sites',
    issues: ['error IMPORT_HEIGHT_RANGE 1', 'error IMPORT_HEIGHT_RANGE 2'],
    rows: 2,
    accepted: 0,
  },
  {
    file: 'unknown-resource-type.csv',
    kind: 'sites',
    issues: ['error IMPORT_TYPE_UNKNOWN 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'same-code-twice.csv',
    kind: 'sites',
    issues: ['error IMPORT_CODE_REPEATED 2'],
    rows: 2,
    accepted: 1,
  },
  {
    file: 'position-zero.csv',
    kind: 'sites',
    issues: ['error IMPORT_POSITION_ZERO 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'position-words.csv',
    kind: 'sites',
    issues: ['error IMPORT_POSITION_TEXT 1', 'error IMPORT_POSITION_MISSING 2'],
    rows: 2,
    accepted: 0,
  },
  {
    file: 'no-position-columns.csv',
    kind: 'sites',
    issues: ['error IMPORT_POSITION_COLUMNS file'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'quote-never-closes.csv',
    kind: 'sites',
    issues: ['error IMPORT_CSV_BROKEN file'],
    rows: 0,
    accepted: 0,
  },
  { file: 'too-many-cells.csv', kind: 'sites', issues: ['error IMPORT_CSV_COLUMNS 1'], rows: 2, accepted: 1 },
  {
    file: 'neither-utf8-nor-gb18030.csv',
    kind: 'sites',
    issues: ['error IMPORT_ENCODING file'],
    rows: 0,
    accepted: 0,
  },
  { file: 'not-json.geojson', kind: 'areas', issues: ['error IMPORT_JSON file'], rows: 0, accepted: 0 },
  { file: 'cut-off.geojson', kind: 'areas', issues: ['error IMPORT_JSON file'], rows: 0, accepted: 0 },
  {
    file: 'not-geojson.geojson',
    kind: 'areas',
    issues: ['error IMPORT_GEOJSON_TYPE file'],
    rows: 0,
    accepted: 0,
  },
  { file: 'empty.csv', kind: 'sites', issues: ['error IMPORT_FILE_EMPTY file'], rows: 0, accepted: 0 },
  {
    file: 'nested-too-deep.geojson',
    kind: 'areas',
    issues: ['error IMPORT_JSON_DEPTH file'],
    rows: 0,
    accepted: 0,
  },
  {
    file: 'ring-not-closed.geojson',
    kind: 'areas',
    issues: ['error IMPORT_RING_NOT_CLOSED 1'],
    rows: 2,
    accepted: 1,
  },
  {
    file: 'swapped-axes.geojson',
    kind: 'areas',
    issues: ['error IMPORT_AXES_SWAPPED 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'no-geometry.geojson',
    kind: 'areas',
    issues: ['error IMPORT_GEOMETRY_MISSING 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'point-for-area.geojson',
    kind: 'areas',
    issues: ['error IMPORT_GEOMETRY_KIND 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'coordinates-of-wrong-depth.geojson',
    kind: 'areas',
    issues: [
      'error IMPORT_GEOMETRY_STRUCTURE 1',
      'error IMPORT_GEOMETRY_STRUCTURE 2',
      'error IMPORT_GEOMETRY_STRUCTURE 3',
    ],
    rows: 3,
    accepted: 0,
  },
  {
    file: 'infinite-coordinate.geojson',
    kind: 'areas',
    issues: ['error IMPORT_POSITION_RANGE 1'],
    rows: 1,
    accepted: 0,
  },
  { file: 'projected-crs.geojson', kind: 'sites', issues: ['error IMPORT_CRS file'], rows: 0, accepted: 0 },
  {
    file: 'type-is-constructor.geojson',
    kind: 'areas',
    issues: ['error IMPORT_GEOMETRY_STRUCTURE 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'district-without-code.geojson',
    kind: 'districts',
    issues: ['error IMPORT_CODE_MISSING 1'],
    rows: 1,
    accepted: 0,
  },
  {
    file: 'negative-weight.csv',
    kind: 'demand',
    issues: ['error IMPORT_WEIGHT 1', 'error IMPORT_WEIGHT 2'],
    rows: 3,
    accepted: 1,
  },
];

for (const { file, kind, issues, rows, accepted } of badFiles) {
  test(`${file} as ${kind} gives ${issues.join(', ')}`, () => {
    const parsed = parseFixture(`bad/${file}`, kind);
    expect(shortIssues(parsed)).toEqual(issues);
    expect(parsed.rowCount).toBe(rows);
    expect(parsed.records.rows.length).toBe(accepted);
    expect(parsed.rejected).toBe(rows - accepted);
  });
}

test('every issue says what was found, what was expected and what to do, in both languages', () => {
  const { issues } = parseFixture('bad/unknown-resource-type.csv', 'sites');
  expect(issues[0]).toMatchObject({ field: '资源类型', found: '路灯灯杆子' });
  expect(issues[0]?.expected).not.toBe('');
  expect(issues[0]?.hint.zh).toContain('路灯杆?');
  expect(issues[0]?.hint.en).toContain('路灯杆?');
});

test('a chosen default type takes the rows of an unknown type, with a remark', () => {
  const parsed = parseFixture('bad/unknown-resource-type.csv', 'sites', {
    defaults: { resourceType: '综合杆' },
  });
  expect(shortIssues(parsed)).toEqual(['warning IMPORT_TYPE_DEFAULTED 1']);
  expect(parsed.records.rows.length).toBe(1);
});

test('a list of more than a thousand issues keeps counting and keeps rejecting', () => {
  const lines = Array.from({ length: 1500 }, (_, index) => `X-${index},400,31.38,路灯杆,8`);
  const parsed = parseText(`编码,经度,纬度,类型,挂高\n${lines.join('\n')}\n`, 'sites');
  expect(parsed.issues.length).toBe(1000);
  expect(parsed.moreIssues).toBe(500);
  expect(parsed.rejected).toBe(1500);
});

test('a row limit refuses the file instead of taking the first rows', () => {
  const parsed = parseText('lon,lat\n121.2,31.3\n121.3,31.3\n121.4,31.3\n', 'demand', { rowLimit: 2 });
  expect(shortIssues(parsed)).toEqual(['error IMPORT_TOO_MANY_ROWS file']);
  expect(parsed.records.rows).toEqual([]);
});

test('a foreign file is one remark, a foreign row among Chinese ones is its own', () => {
  const foreign = parseText('lon,lat\n8.6,49.9\n8.7,49.9\n', 'demand');
  expect(shortIssues(foreign)).toEqual(['warning IMPORT_OUTSIDE_CHINA file']);
  const mixed = parseText('lon,lat\n121.2,31.3\n8.7,49.9\n', 'demand');
  expect(shortIssues(mixed)).toEqual(['warning IMPORT_OUTSIDE_CHINA 2']);
});

test('any bytes end in a report whose rows add up, and leave Object.prototype alone', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ';',
    '\t',
    '\n',
    ':',
    'lon',
    'lat',
    '经度',
    '纬度',
    'wkt',
    'POLYGON((',
    '))',
    '1e400',
    '-',
    '121.25',
    '31.38',
    'null',
    '"type"',
    '"FeatureCollection"',
    '"features"',
    '"Feature"',
    '"geometry"',
    '"coordinates"',
    '__proto__',
    'constructor',
    '\u0000',
    '\uFEFF',
    '°',
    '′',
    'E',
  );
  const bytes = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
    fc.uint8Array({ maxLength: 300 }),
  );
  fc.assert(
    fc.property(bytes, fc.constantFrom(...importKinds), (content, kind) => {
      const parsed = parseImport(content, { kind, fileName: 'any', datum: 'GCJ-02' });
      expect(parsed.records.rows.length + parsed.rejected).toBe(parsed.rowCount);
      expect(parsed.records.rows.length > 0 || parsed.issues.length > 0 || parsed.rowCount === 0).toBe(true);
    }),
    { seed: 1, numRuns: 1500 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before);
});
