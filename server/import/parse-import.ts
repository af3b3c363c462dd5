// Lists of things (GeoJSON, CSV, workbooks): bytes in, checked records and issues out. Pure computing without a database. Nothing throws
// for bad input: the file's faults are issues too.
import { createHash } from 'node:crypto';
import { type ImportKind, isRasterKind, type TableKind } from '../contract/imports.ts';
import type { ErrorCode } from '../errors.ts';
import { decodeText } from './decode-text.ts';
import { datumOfHeader, recogniseHeaders } from './headers.ts';
import { type IssueList, makeIssueList } from './import-issue.ts';
import type { ImportRecords, ParsedImport, ParseOptions } from './import-types.ts';
import type { KindContext } from './kinds/kind-context.ts';
import { makeAreas } from './kinds/make-areas.ts';
import { makeBuildings } from './kinds/make-buildings.ts';
import { makeDemand } from './kinds/make-demand.ts';
import { makeDemands } from './kinds/make-demands.ts';
import { makeDistricts } from './kinds/make-districts.ts';
import { makePipes } from './kinds/make-pipes.ts';
import { makeResources } from './kinds/make-resources.ts';
import { makeRoads } from './kinds/make-roads.ts';
import { makeSites } from './kinds/make-sites.ts';
import { isTiff } from './raster/is-tiff.ts';
import { noTable, type RawRow, type RawTable } from './raw-table.ts';
import { readCsv, tableOf } from './read-csv.ts';
import { readGeojson } from './read-geojson.ts';
import { readWorkbook, WorkbookError } from './read-workbook.ts';

const DEFAULT_ROW_LIMIT = 500_000;
/** More foreign rows than this are one remark about the file. */
const REMARKS_OUTSIDE = 20;

export function parseImport(bytes: Uint8Array, options: ParseOptions): ParsedImport {
  const { kind, fileName, datum, defaults = {}, rowLimit = DEFAULT_ROW_LIMIT } = options;
  const issues = makeIssueList();
  const { format, table } = readTable(bytes, fileName, kind, rowLimit, issues);
  if (table.rowCount === 0 && !issues.fileRejected)
    issues.error('IMPORT_NO_ROWS', { row: null, found: fileName });
  const context: KindContext = {
    datum,
    issues,
    outsideRows: [],
    fileName,
    defaults,
    headerOf: table.headerOf,
  };
  checkDatumOfHeaders(table, context);
  const made =
    issues.fileRejected || isRasterKind(kind) ? noRecords(kind) : makeRecords(kind, table.rows, context);
  noteOutside(table.rowCount, context);
  return {
    fileName,
    format,
    digest: createHash('sha256').update(bytes).digest('hex'),
    datum,
    defaults,
    rowCount: table.rowCount,
    rejected: table.rowCount - made.rows.length,
    records: made,
    issues: issues.issues,
    moreIssues: issues.more,
    columns: table.columns,
    raster: null,
  };
}

function readTable(
  bytes: Uint8Array,
  fileName: string,
  kind: ImportKind,
  rowLimit: number,
  issues: IssueList,
): { format: 'geojson' | 'csv' | 'xlsx'; table: RawTable } {
  const namedJson = /\.(?:geo)?json$/i.test(fileName);
  const refuse = (code: ErrorCode) => {
    issues.error(code, { row: null, found: fileName });
    return { format: namedJson ? ('geojson' as const) : ('csv' as const), table: noTable };
  };
  if (bytes.length === 0) return refuse('IMPORT_FILE_EMPTY');
  if (isRasterKind(kind)) return refuse('IMPORT_RASTER_FORMAT');
  if (isTiff(bytes)) return refuse('IMPORT_RASTER_KIND');
  if (isWorkbook(bytes)) return { format: 'xlsx', table: readSheet(bytes, kind, rowLimit, issues) };
  if (isBinary(bytes)) return refuse('IMPORT_FORMAT_UNKNOWN');
  const decoded = decodeText(bytes);
  if (!decoded) return refuse('IMPORT_ENCODING');
  const text = decoded.text.replace(/^\uFEFF/, '');
  if (text.trim() === '') return refuse('IMPORT_FILE_EMPTY');
  // by content first, by name where the content is neither
  if (namedJson || /^\s{0,100}[{[]/.test(text)) {
    return { format: 'geojson', table: readGeojson(text, kind, rowLimit, issues) };
  }
  return { format: 'csv', table: readCsv(text, kind, rowLimit, issues) };
}

/** An archive that names its sheets in clear near the front or the end, as every workbook does. */
function isWorkbook(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('xl/workbook.xml');
}

function readSheet(bytes: Uint8Array, kind: TableKind, rowLimit: number, issues: IssueList): RawTable {
  try {
    const known = (row: readonly string[]) =>
      recogniseHeaders(kind, row).filter((field) => field !== null).length;
    const [headers = [], ...rows] = readWorkbook(bytes, known).map((row) => row.map((cell) => cell.trim()));
    const filled = rows.filter((row) => row.some((cell) => cell !== ''));
    return tableOf(headers.length > 0 ? [[...headers], ...filled] : null, kind, rowLimit, issues);
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    issues.error('IMPORT_WORKBOOK', { row: null, found: error.message, values: { reason: error.message } });
    return noTable;
  }
}

/** Archives, pictures and old workbooks that only carry a text file's name. */
const isBinary = (bytes: Uint8Array): boolean => {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return (
    magic.startsWith('PK') ||
    magic === '\x89PNG' ||
    magic === '%PDF' ||
    magic === '\xd0\xcf\x11\xe0' ||
    magic.startsWith('\x1f\x8b')
  );
};

function makeRecords(kind: TableKind, rows: readonly RawRow[], context: KindContext): ImportRecords {
  switch (kind) {
    case 'sites':
      return { kind, rows: makeSites(rows, context) };
    case 'pipes':
      return { kind, rows: makePipes(rows, context) };
    case 'buildings':
      return { kind, rows: makeBuildings(rows, context) };
    case 'roads':
      return { kind, rows: makeRoads(rows, context) };
    case 'districts':
      return { kind, rows: makeDistricts(rows, context) };
    case 'areas':
      return { kind, rows: makeAreas(rows, context) };
    case 'demand':
      return { kind, rows: makeDemand(rows, context) };
    case 'resources':
      return { kind, rows: makeResources(rows, context) };
    case 'demands':
      return { kind, rows: makeDemands(rows, context) };
  }
}

const noRecords = (kind: ImportKind): ImportRecords => ({ kind, rows: [] });

function checkDatumOfHeaders(table: RawTable, { datum, issues }: KindContext): void {
  for (const field of ['lon', 'lonLat'] as const) {
    const header = table.headerOf.get(field);
    const named = header === undefined ? null : datumOfHeader(header);
    const same = named === datum || (named === 'WGS84' && datum === 'CGCS2000');
    if (header === undefined || named === null || same) continue;
    issues.warning('IMPORT_DATUM_HEADER', {
      row: null,
      field: header,
      found: named,
      expected: datum,
      values: { datum },
    });
  }
}

function noteOutside(rowCount: number, { outsideRows, datum, issues }: KindContext): void {
  const facts = { field: null, expected: '73…136, 3…54', values: { datum } };
  if (outsideRows.length > REMARKS_OUTSIDE || outsideRows.length === rowCount) {
    if (outsideRows.length > 0) {
      issues.warning('IMPORT_OUTSIDE_CHINA', {
        ...facts,
        row: null,
        found: `${outsideRows.length} / ${rowCount}`,
      });
    }
    return;
  }
  for (const row of outsideRows) issues.warning('IMPORT_OUTSIDE_CHINA', { ...facts, row });
}
