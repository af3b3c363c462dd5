// Imports: a file in, checked rows and issues out. Row count in = accepted + rejected, always.
import { type Static, Type } from 'typebox';
import { type Datum, datums } from '../../engine/index.ts';
import { idSchema, nullable, oneOf, strictObject } from './shared.ts';

/** Lists of things: GeoJSON, CSV and workbooks. */
export const tableKinds = [
  'sites',
  'pipes',
  'buildings',
  'roads',
  'districts',
  'areas',
  'demand',
  'resources',
  'demands',
] as const;
export type TableKind = (typeof tableKinds)[number];
/** Cells: GeoTIFF, and SRTM tiles for terrain. */
export const rasterKinds = ['terrain', 'population', 'clutter'] as const;
export type RasterKind = (typeof rasterKinds)[number];
export const importKinds = [...tableKinds, ...rasterKinds] as const;
export type ImportKind = (typeof importKinds)[number];
export const isRasterKind = (kind: ImportKind): kind is RasterKind =>
  rasterKinds.some((each) => each === kind);
export { type Datum, datums };
/** check: look only · usable: keep the good rows · all: keep all or nothing. */
export const importModes = ['check', 'usable', 'all'] as const;
export type ImportMode = (typeof importModes)[number];

export const importIssueSchema = strictObject({
  code: Type.String(),
  /** 1-based data row or feature; null when the file itself is at fault. */
  row: nullable(Type.Integer()),
  field: nullable(Type.String()),
  found: Type.String(),
  expected: Type.String(),
  message: strictObject({ zh: Type.String(), en: Type.String() }),
  hint: strictObject({ zh: Type.String(), en: Type.String() }),
  /** `error` rejects the row; `warning` keeps it with a default. */
  severity: oneOf(['error', 'warning'] as const),
});
export type ImportIssueJson = Static<typeof importIssueSchema>;

/** What a raster file holds. Rows of such an import are its pieces, or the cells where people live. */
export const rasterFactsSchema = strictObject({
  /** Of the file: `EPSG:32650`. */
  crs: Type.String(),
  columns: Type.Integer(),
  rows: Type.Integer(),
  resolutionM: Type.Number(),
  cells: Type.Integer(),
  /** Cells without a value. */
  holes: Type.Integer(),
  /** West, south, east, north. */
  box: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  lowestM: nullable(Type.Number()),
  highestM: nullable(Type.Number()),
  people: nullable(Type.Number()),
  /** Clutter classes with their share of the known cells, largest first. */
  classes: Type.Array(strictObject({ name: Type.String(), share: Type.Number() })),
});
export type RasterFactsJson = Static<typeof rasterFactsSchema>;

export const importReportSchema = strictObject({
  id: nullable(idSchema),
  kind: oneOf(importKinds),
  fileName: Type.String(),
  format: oneOf(['geojson', 'csv', 'xlsx', 'geotiff', 'hgt'] as const),
  digest: Type.String(),
  datum: oneOf(datums),
  mode: oneOf(importModes),
  /** checked: nothing stored · stored · repeated: the same file was stored before, nothing changed · rejected. */
  outcome: oneOf(['checked', 'stored', 'repeated', 'rejected'] as const),
  rows: Type.Integer(),
  accepted: Type.Integer(),
  rejected: Type.Integer(),
  stored: Type.Integer(),
  issues: Type.Array(importIssueSchema),
  /** Issues beyond the listed ones (the list stops at 1 000). */
  moreIssues: Type.Integer(),
  columns: Type.Array(strictObject({ header: Type.String(), field: nullable(Type.String()) })),
  raster: Type.Optional(rasterFactsSchema),
  createdAt: nullable(Type.String()),
});
export type ImportReportJson = Static<typeof importReportSchema>;

export const importListSchema = strictObject({ imports: Type.Array(importReportSchema) });
export type ImportListJson = Static<typeof importListSchema>;
