// What goes into an import and what comes out of its parser.
import type { DegreeFrame, LineString, LonLat, MultiPolygon, SiteStatus } from '../../engine/index.ts';
import type { Datum, ImportIssueJson, ImportKind, RasterFactsJson } from '../contract/imports.ts';
import type { ImportedDemand } from '../store/imported-demands.ts';
import type { ImportedResource } from '../store/imported-resources.ts';
import type { NewRasterPiece } from '../store/rasters.ts';
import type { StoredSite } from '../store/sites.ts';

export interface ImportDefaults {
  /** Resource type of sites and resources whose row names none, or one that is not known. */
  readonly resourceType?: string | null;
  readonly status?: SiteStatus | null;
  readonly heightM?: number | null;
  /** Kind of areas whose row names none. */
  readonly areaKind?: string | null;
}

export interface ParseOptions {
  readonly kind: ImportKind;
  /** The sender's name of the file: shown and stored as text, never used as a path. */
  readonly fileName: string;
  readonly datum: Datum;
  readonly defaults?: ImportDefaults;
  readonly rowLimit?: number;
}

export interface MultiLineString {
  readonly type: 'MultiLineString';
  readonly coordinates: readonly LineString['coordinates'][];
}

export interface PipeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  readonly ducts: number | null;
  readonly geometry: MultiLineString;
}
export interface BuildingRow {
  readonly id: string;
  readonly heightM: number | null;
  readonly geometry: MultiPolygon;
}
export interface RoadRow {
  readonly id: string;
  readonly name: string;
  readonly roadClass: string;
  readonly geometry: MultiLineString;
}
export interface DistrictRow {
  readonly code: string;
  readonly name: string;
  readonly geometry: MultiPolygon;
}
export interface AreaRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly geometry: MultiPolygon;
  readonly sourceFile: string | null;
}
export interface DemandRow {
  readonly id: string;
  /** Of a cell: the middle of its box. */
  readonly position: LonLat;
  readonly weight: number;
  /** The cell of a demand grid, or null for a point. */
  readonly cell: MultiPolygon | null;
}

/** A checked record with the row it came from. */
export interface Numbered<T> {
  readonly row: number;
  readonly value: T;
}

export type ImportRecords =
  | { readonly kind: 'sites'; readonly rows: readonly Numbered<StoredSite>[] }
  | { readonly kind: 'pipes'; readonly rows: readonly Numbered<PipeRow>[] }
  | { readonly kind: 'buildings'; readonly rows: readonly Numbered<BuildingRow>[] }
  | { readonly kind: 'roads'; readonly rows: readonly Numbered<RoadRow>[] }
  | { readonly kind: 'districts'; readonly rows: readonly Numbered<DistrictRow>[] }
  | { readonly kind: 'areas'; readonly rows: readonly Numbered<AreaRow>[] }
  | { readonly kind: 'demand'; readonly rows: readonly Numbered<DemandRow>[] }
  | { readonly kind: 'resources'; readonly rows: readonly Numbered<ImportedResource>[] }
  | { readonly kind: 'demands'; readonly rows: readonly Numbered<ImportedDemand>[] }
  | { readonly kind: 'population'; readonly rows: readonly Numbered<DemandRow>[] }
  | { readonly kind: 'terrain'; readonly rows: readonly Numbered<NewRasterPiece>[] }
  | { readonly kind: 'clutter'; readonly rows: readonly Numbered<NewRasterPiece>[] };

export interface ImportColumn {
  readonly header: string;
  readonly field: string | null;
}

/** What a raster file as a whole says, beside the records made of its cells. */
export interface ParsedRaster {
  readonly facts: RasterFactsJson;
  /** Where the pieces lie; null for people, who become points. */
  readonly frame: DegreeFrame | null;
}

/** `rowCount` = `records.rows.length` + `rejected`, always. */
export interface ParsedImport {
  readonly fileName: string;
  readonly format: 'geojson' | 'csv' | 'xlsx' | 'geotiff' | 'hgt';
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  readonly datum: Datum;
  readonly defaults: ImportDefaults;
  readonly rowCount: number;
  readonly rejected: number;
  readonly records: ImportRecords;
  readonly issues: readonly ImportIssueJson[];
  readonly moreIssues: number;
  readonly columns: readonly ImportColumn[];
  /** Null for lists, and for rasters that could not be read. */
  readonly raster: ParsedRaster | null;
}
