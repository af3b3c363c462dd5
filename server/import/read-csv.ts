// CSV into numbered rows: separator found by counting, header by the table in headers.ts, positions from two columns, one
// column or WKT. Every cell that cannot be read is an issue at its row; quotes that never close reject the file.
import { CsvError, parse } from 'csv-parse/sync';
import type { TableKind } from '../contract/imports.ts';
import { shownText } from './check-text.ts';
import { type ImportField, recogniseHeaders } from './headers.ts';
import type { IssueList } from './import-issue.ts';
import { parseCoordinate, parseLonLat } from './parse-coordinate.ts';
import { parseWkt } from './parse-wkt.ts';
import { noTable, type RawRow, type RawTable } from './raw-table.ts';

const MOST_COLUMNS = 500;
const LONGEST_HEADER = 200;
const LONGEST_CELL = 32_768;
/** Shapes of districts in WKT are longer than any other cell. */
const LONGEST_WKT = 20_000_000;

export function readCsv(text: string, kind: TableKind, rowLimit: number, issues: IssueList): RawTable {
  return tableOf(readRecords(text, rowLimit, issues), kind, rowLimit, issues);
}

/** Records of text, the headers first, into numbered rows; null when the reader already gave up. Shared with workbooks. */
export function tableOf(
  records: string[][] | null,
  kind: TableKind,
  rowLimit: number,
  issues: IssueList,
): RawTable {
  const headers = records?.shift();
  if (!records || !headers) return noTable;
  if (headers.length > MOST_COLUMNS) {
    issues.error('IMPORT_CSV_COLUMNS', { row: null, found: headers.length, expected: `≤ ${MOST_COLUMNS}` });
    return noTable;
  }
  if (records.length > rowLimit) {
    issues.error('IMPORT_TOO_MANY_ROWS', { row: null, found: `> ${rowLimit}`, values: { limit: rowLimit } });
    return noTable;
  }
  const fields = recogniseHeaders(kind, headers);
  const headerOf = new Map(
    fields.flatMap((field, index) => (field ? [[field, headers[index] ?? ''] as const] : [])),
  );
  const columns = headers.map((header, index) => ({
    header: shownText(header, LONGEST_HEADER),
    field: fields[index] ?? null,
  }));
  const hasPosition =
    headerOf.has('wkt') || headerOf.has('lonLat') || (headerOf.has('lon') && headerOf.has('lat'));
  // a list of resources may have no position at all: those wait for somebody who knows the place
  if (!hasPosition && kind !== 'resources') {
    issues.error('IMPORT_POSITION_COLUMNS', {
      row: null,
      found: headers.join(', '),
      expected: '经度 + 纬度, lon + lat, WKT',
    });
    return { ...noTable, columns, rowCount: records.length };
  }
  const rows: RawRow[] = [];
  records.forEach((record, index) => {
    const row = makeRow(record, index + 1, headers, fields, headerOf, kind, issues);
    if (row) rows.push(row);
  });
  return { columns, headerOf, rows, rowCount: records.length };
}

function readRecords(text: string, rowLimit: number, issues: IssueList): string[][] | null {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      max_record_size: LONGEST_WKT,
      to: rowLimit + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 0;
    issues.error('IMPORT_CSV_BROKEN', { row: null, found: error.code, values: { line } });
    return null;
  }
}

/** The separator that stands most often in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const line = (/^[^\r\n]{0,10000}/.exec(text.trimStart())?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (mark: string): number => line.split(mark).length - 1;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',');
}

function makeRow(
  record: readonly string[],
  row: number,
  headers: readonly string[],
  fields: readonly (ImportField | null)[],
  headerOf: ReadonlyMap<ImportField, string>,
  kind: TableKind,
  issues: IssueList,
): RawRow | null {
  if (record.length > headers.length && record.slice(headers.length).some((cell) => cell !== '')) {
    issues.error('IMPORT_CSV_COLUMNS', { row, found: record.length, expected: String(headers.length) });
    return null;
  }
  const cells = new Map<ImportField, string>();
  for (const [index, field] of fields.entries()) {
    const cell = record[index] ?? '';
    if (!field || cell === '') continue;
    if (field !== 'wkt' && cell.length > LONGEST_CELL) {
      issues.error('IMPORT_TEXT_TOO_LONG', {
        row,
        field: headers[index] ?? field,
        values: { limit: LONGEST_CELL },
      });
      return null;
    }
    cells.set(field, cell);
  }
  const header = (field: ImportField): string => headerOf.get(field) ?? field;
  const placed = positionFields.some((field) => cells.has(field));
  if (kind === 'resources' && !placed) return { row, cells, geometry: null, geometryField: header('lon') };
  const geometry = readGeometry(cells, row, header, issues);
  if (geometry === null) return null;
  return { row, cells, ...geometry };
}

const positionFields: readonly ImportField[] = ['wkt', 'lonLat', 'lon', 'lat'];

type RowGeometry = Pick<RawRow, 'geometry' | 'geometryField'>;

function readGeometry(
  cells: ReadonlyMap<ImportField, string>,
  row: number,
  header: (field: ImportField) => string,
  issues: IssueList,
): RowGeometry | null {
  const wkt = cells.get('wkt');
  if (wkt !== undefined) {
    const geometry = parseWkt(wkt);
    if (geometry) return { geometry, geometryField: header('wkt') };
    const reason = 'WKT';
    issues.error('IMPORT_GEOMETRY_STRUCTURE', {
      row,
      field: header('wkt'),
      found: wkt,
      expected: 'WKT',
      values: { reason },
    });
    return null;
  }
  const pair = cells.get('lonLat');
  if (pair !== undefined && !cells.has('lon')) {
    const position = parseLonLat(pair);
    if (position)
      return { geometry: { type: 'Point', coordinates: position }, geometryField: header('lonLat') };
    issues.error('IMPORT_POSITION_TEXT', {
      row,
      field: header('lonLat'),
      found: pair,
      expected: '121.4737, 31.2304',
    });
    return null;
  }
  return readTwoColumns(cells, row, header, issues);
}

function readTwoColumns(
  cells: ReadonlyMap<ImportField, string>,
  row: number,
  header: (field: ImportField) => string,
  issues: IssueList,
): RowGeometry | null {
  const read = (field: 'lon' | 'lat') => {
    const cell = cells.get(field);
    const coordinate = cell === undefined ? null : parseCoordinate(cell);
    if (!coordinate) {
      const code = cell === undefined ? 'IMPORT_POSITION_MISSING' : 'IMPORT_POSITION_TEXT';
      issues.error(code, {
        row,
        field: header(field),
        found: cell,
        expected: field === 'lon' ? '121.4737' : '31.2304',
      });
    }
    return coordinate;
  };
  const [lon, lat] = [read('lon'), read('lat')];
  if (!lon || !lat) return null;
  // letters say which is which, whatever the header claims
  const coordinates =
    lon.axis === 'lat' && lat.axis === 'lon' ? [lat.degrees, lon.degrees] : [lon.degrees, lat.degrees];
  return { geometry: { type: 'Point', coordinates }, geometryField: `${header('lon')}, ${header('lat')}` };
}
