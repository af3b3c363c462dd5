// A raster file in; pieces for the store or people at places out, with what the file holds in figures. A file that cannot be
// read as a whole is one issue without a row; holes, feet and odd heights are remarks.
import { createHash } from 'node:crypto';
import type { RasterKind } from '../../contract/imports.ts';
import { ProductError } from '../../errors.ts';
import { type IssueList, makeIssueList } from '../import-issue.ts';
import type { ImportRecords, ParsedImport, ParsedRaster, ParseOptions } from '../import-types.ts';
import { isTiff } from './is-tiff.ts';
import { makeClutter } from './make-clutter.ts';
import { makePopulation } from './make-population.ts';
import { makeTerrain } from './make-terrain.ts';
import type { RasterGrid } from './raster-grid.ts';
import { readGeotiff } from './read-geotiff.ts';
import { readHgt } from './read-hgt.ts';

const DEFAULT_ROW_LIMIT = 500_000;

export interface MadeRaster {
  readonly records: ImportRecords;
  readonly raster: ParsedRaster;
}

export interface RasterContext {
  readonly issues: IssueList;
  readonly fileName: string;
  /** Places of people at the most. */
  readonly rowLimit: number;
}

export async function parseRaster(
  bytes: Uint8Array,
  options: ParseOptions & { readonly kind: RasterKind },
): Promise<ParsedImport> {
  const { kind, fileName, datum, defaults = {}, rowLimit = DEFAULT_ROW_LIMIT } = options;
  const issues = makeIssueList();
  const isHgt = /\.hgt$/i.test(fileName);
  let made: MadeRaster | null = null;
  try {
    if (datum === 'GCJ-02' || datum === 'BD-09') throw new ProductError('IMPORT_RASTER_DATUM', { datum });
    const grid = await readGrid(bytes, kind, fileName, isHgt);
    if (grid.bands > 1)
      issues.warning('IMPORT_RASTER_BANDS', { row: null, found: grid.bands, expected: '1' });
    made = makeRecords[kind](grid, { issues, fileName, rowLimit });
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    const found = error.values.found ?? fileName;
    issues.error(error.code, { row: null, found, values: error.values });
  }
  const records = made?.records ?? { kind, rows: [] };
  return {
    fileName,
    format: isHgt ? 'hgt' : 'geotiff',
    digest: createHash('sha256').update(bytes).digest('hex'),
    datum,
    defaults,
    rowCount: records.rows.length,
    rejected: 0,
    records,
    issues: issues.issues,
    moreIssues: issues.more,
    columns: [],
    raster: made?.raster ?? null,
  };
}

async function readGrid(
  bytes: Uint8Array,
  kind: RasterKind,
  fileName: string,
  isHgt: boolean,
): Promise<RasterGrid> {
  if (bytes.length === 0) throw new ProductError('IMPORT_FILE_EMPTY');
  if (isTiff(bytes)) return readGeotiff(bytes);
  if (isHgt && kind === 'terrain') return readHgt(bytes, fileName);
  throw new ProductError('IMPORT_RASTER_FORMAT');
}

const makeRecords: Readonly<Record<RasterKind, (grid: RasterGrid, context: RasterContext) => MadeRaster>> = {
  terrain: makeTerrain,
  clutter: makeClutter,
  population: makePopulation,
};
