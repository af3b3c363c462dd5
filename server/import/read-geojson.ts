// GeoJSON (RFC 7946) into numbered rows: depth before parsing, then the collection, then every feature by
// geojson-validation. A broken feature rejects its row, not the file.
import { isFeature } from 'geojson-validation';
import type { TableKind } from '../contract/imports.ts';
import { shownText } from './check-text.ts';
import { type ImportField, recogniseHeaders } from './headers.ts';
import type { IssueList } from './import-issue.ts';
import { noTable, type RawRow, type RawTable } from './raw-table.ts';

const DEEPEST_NESTING = 64;
const MOST_COLUMNS = 500;
const LONGEST_HEADER = 200;

const geometryTypes: readonly unknown[] = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
];

interface LooseFeature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: unknown;
}

export function readGeojson(text: string, kind: TableKind, rowLimit: number, issues: IssueList): RawTable {
  const features = readFeatures(text, issues);
  if (!features) return noTable;
  if (features.length > rowLimit) {
    issues.error('IMPORT_TOO_MANY_ROWS', { row: null, found: features.length, values: { limit: rowLimit } });
    return noTable;
  }
  const checked = features.map((feature, index) => checkFeature(feature, index + 1, issues));
  const headers = headersOf(checked);
  const fields = recogniseHeaders(kind, headers);
  const fieldByHeader = new Map(headers.map((header, index) => [header, fields[index] ?? null]));
  const rows: RawRow[] = [];
  checked.forEach((feature, index) => {
    if (feature) rows.push(makeRow(feature, index + 1, fieldByHeader));
  });
  return {
    columns: headers.map((header, index) => ({
      header: shownText(header, LONGEST_HEADER),
      field: fields[index] ?? null,
    })),
    headerOf: new Map(
      headers.flatMap((header, index) => (fields[index] ? [[fields[index], header] as const] : [])),
    ),
    rows,
    rowCount: features.length,
  };
}

function readFeatures(text: string, issues: IssueList): readonly unknown[] | null {
  if (nestingOf(text) > DEEPEST_NESTING) {
    issues.error('IMPORT_JSON_DEPTH', { row: null, values: { limit: DEEPEST_NESTING } });
    return null;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    issues.error('IMPORT_JSON', {
      row: null,
      found: error instanceof Error ? error.message : '',
      expected: 'JSON',
    });
    return null;
  }
  if (!isRecord(json)) return refuseType(json, issues);
  const crs = crsNameOf(json);
  if (crs !== null && !/CRS ?84|EPSG:+(?:\d*:)?(?:4326|4490|4979)$/i.test(crs)) {
    issues.error('IMPORT_CRS', {
      row: null,
      field: 'crs',
      found: crs,
      expected: 'CRS84, EPSG:4490, EPSG:4326',
    });
    return null;
  }
  if (json.type === 'FeatureCollection' && Array.isArray(json.features)) return json.features;
  if (json.type === 'Feature') return [json];
  if (geometryTypes.includes(json.type)) return [{ type: 'Feature', properties: {}, geometry: json }];
  return refuseType(json.type, issues);
}

function refuseType(found: unknown, issues: IssueList): null {
  issues.error('IMPORT_GEOJSON_TYPE', { row: null, field: 'type', found, expected: 'FeatureCollection' });
  return null;
}

function checkFeature(feature: unknown, row: number, issues: IssueList): LooseFeature | null {
  const refuse = (reason: string, found: unknown = '', unclosed = false): null => {
    const code = unclosed ? 'IMPORT_RING_NOT_CLOSED' : 'IMPORT_GEOMETRY_STRUCTURE';
    issues.error(code, { row, field: 'geometry', found, expected: 'GeoJSON (RFC 7946)', values: { reason } });
    return null;
  };
  if (!isRecord(feature)) return refuse('must be a Feature object', feature);
  const { geometry = null, properties } = feature;
  if (geometry !== null && (!isRecord(geometry) || !geometryTypes.includes(geometry.type))) {
    return refuse('geometry type is not supported', isRecord(geometry) ? geometry.type : geometry);
  }
  if (properties !== null && properties !== undefined && !isRecord(properties)) {
    return refuse('properties must be an object', properties);
  }
  const reasons = structureReasons({ ...feature, geometry, properties: properties ?? {} });
  if (reasons.length > 0) {
    const unclosed = reasons.every((reason) => reason.includes('first and last positions'));
    return refuse(reasons.slice(0, 3).join('; '), '', unclosed);
  }
  return { properties: properties ?? {}, geometry };
}

function structureReasons(feature: unknown): readonly string[] {
  try {
    return isFeature(feature, true) ?? [];
  } catch {
    return ['coordinates are empty or of the wrong depth'];
  }
}

function headersOf(features: readonly (LooseFeature | null)[]): string[] {
  const headers = new Set<string>();
  for (const feature of features) {
    if (!feature) continue;
    for (const key of Object.keys(feature.properties)) if (headers.size < MOST_COLUMNS) headers.add(key);
  }
  return [...headers];
}

function makeRow(
  feature: LooseFeature,
  row: number,
  fieldByHeader: ReadonlyMap<string, ImportField | null>,
): RawRow {
  const cells = new Map<ImportField, string>();
  for (const [key, value] of Object.entries(feature.properties)) {
    const field = fieldByHeader.get(key);
    if (!field || value === null || value === undefined) continue;
    const cell = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
    if (cell !== '') cells.set(field, cell);
  }
  return { row, cells, geometry: feature.geometry, geometryField: 'geometry' };
}

/** Deepest bracket outside of strings; linear, so a hostile file costs one pass. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const mark = text.charCodeAt(i);
    if (inText) {
      if (mark === 0x5c) i += 1;
      else if (mark === 0x22) inText = false;
    } else if (mark === 0x22) inText = true;
    else if (mark === 0x7b || mark === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (mark === 0x7d || mark === 0x5d) depth -= 1;
  }
  return deepest;
}

/** Name in the `crs` member of the older GeoJSON of 2008, which many desktop programs still write. */
function crsNameOf(json: Readonly<Record<string, unknown>>): string | null {
  const crs = json.crs;
  if (!isRecord(crs)) return null;
  const properties = crs.properties;
  return isRecord(properties) && typeof properties.name === 'string' ? properties.name.slice(0, 200) : 'crs';
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
