// What the readers of both formats hand to the kinds: numbered rows with cells by field and a geometry not yet checked.

import type { ImportField } from './headers.ts';
import type { ImportColumn } from './import-types.ts';

export interface RawRow {
  /** 1-based data row or feature. */
  readonly row: number;
  readonly cells: ReadonlyMap<ImportField, string>;
  /** GeoJSON geometry as it stood in the file, or null. */
  readonly geometry: unknown;
  /** Column of the geometry, for issues. */
  readonly geometryField: string;
}

export interface RawTable {
  readonly columns: readonly ImportColumn[];
  /** Header of each field that has a column. */
  readonly headerOf: ReadonlyMap<ImportField, string>;
  readonly rows: readonly RawRow[];
  /** All data rows of the file, also the ones the reader already rejected. */
  readonly rowCount: number;
}

export const noTable: RawTable = { columns: [], headerOf: new Map(), rows: [], rowCount: 0 };
