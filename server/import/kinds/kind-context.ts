// What every kind gets beside its rows.
import { createHash } from 'node:crypto';
import type { GeometryContext } from '../check-geometry.ts';
import type { ImportField } from '../headers.ts';
import type { ImportDefaults, Numbered } from '../import-types.ts';
import type { RawRow } from '../raw-table.ts';

export interface KindContext extends GeometryContext {
  readonly fileName: string;
  readonly defaults: ImportDefaults;
  readonly headerOf: ReadonlyMap<ImportField, string>;
}

/** One file per kind exports one of these. Rows with an error are left out; the issue list knows them. */
export type MakeRecords<T> = (rows: readonly RawRow[], context: KindContext) => Numbered<T>[];

/** Header of a field as the sender wrote it, for issues. */
export const headerText = (context: KindContext, field: ImportField): string =>
  context.headerOf.get(field) ?? field;

/** A stable id from what identifies the thing: the same source gives the same id on every machine. */
export const stableId = (prefix: string, ...parts: readonly unknown[]): string =>
  `${prefix}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)}`;

/** Keeps the first row of each id; later ones get an issue by `repeated`. */
export function withoutRepeats<T>(
  records: readonly Numbered<T>[],
  idOf: (value: T) => string,
  repeated: (record: Numbered<T>, firstRow: number) => void,
): Numbered<T>[] {
  const firstRowOf = new Map<string, number>();
  return records.filter((record) => {
    const id = idOf(record.value);
    const firstRow = firstRowOf.get(id);
    if (firstRow === undefined) {
      firstRowOf.set(id, record.row);
      return true;
    }
    repeated(record, firstRow);
    return false;
  });
}
