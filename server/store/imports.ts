// Reports of stored files. The same bytes with the same settings are one import.
import type { Datum, ImportKind, ImportReportJson } from '../contract/imports.ts';
import { isoTimeSql } from './sql-text.ts';
import { inTransaction, jsonText, type Queryable, StoreError } from './store.ts';

export interface ImportKey {
  readonly kind: ImportKind;
  /** Of the file's bytes. */
  readonly digest: string;
  readonly datum: Datum;
  /** Whatever else changes the rows that come out of the same bytes. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Waits until nobody else is storing this file; held to the end of the transaction. */
export async function lockImport(tx: Queryable, key: ImportKey): Promise<void> {
  const text = [key.kind, key.digest, key.datum, canonicalText(key.settings)].join(' ');
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 4490))', [text]);
}

/** The report of an import that stored the same file before, or null. */
export async function findImportByDigest(db: Queryable, key: ImportKey): Promise<ImportReportJson | null> {
  const { rows } = await db.query<{ report: ImportReportJson }>(
    `select ${reportSql} as report from imports i
      where kind = $1 and digest = $2 and datum = $3 and settings = $4 and outcome = 'stored'`,
    [key.kind, key.digest, key.datum, canonicalText(key.settings)],
  );
  return rows[0]?.report ?? null;
}

/**
 * Writes the report; call it in the transaction that saves the rows. An earlier import of the same file gives way.
 * Throws STORE_CONFLICT when somebody else is storing the same file at this moment; `lockImport` waits for them.
 */
export function saveImport(
  db: Queryable,
  report: ImportReportJson & { readonly id: string },
  settings: ImportKey['settings'],
): Promise<ImportReportJson> {
  const { issues, createdAt: _createdAt, ...rest } = report;
  return inTransaction(db, async (tx) => {
    const key = [report.kind, report.digest, report.datum, canonicalText(settings)];
    await tx.query(
      `update imports set outcome = 'replaced'
        where kind = $1 and digest = $2 and datum = $3 and settings = $4 and outcome = 'stored'`,
      key,
    );
    const { rows } = await tx.query<{ report: ImportReportJson }>(
      `insert into imports as i (kind, digest, datum, settings, id, file_name, outcome, report, issues)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb) returning ${reportSql} as report`,
      [...key, report.id, report.fileName, report.outcome, jsonText(rest), jsonText(issues)],
    );
    const saved = rows[0]?.report;
    if (!saved) throw new StoreError('STORE_INTERNAL', 'the import was written, but not returned');
    return saved;
  });
}

const reportSql = `(i.report || jsonb_build_object('issues', i.issues, 'createdAt', ${isoTimeSql('i.created_at')}))`;

/** Newest first. */
export async function loadImports(db: Queryable, limit: number): Promise<ImportReportJson[]> {
  const { rows } = await db.query<{ reports: ImportReportJson[] }>(
    `select coalesce(jsonb_agg(newest.report), '[]') as reports
       from (select ${reportSql} as report from imports i order by i.created_at desc, i.id limit $1::int) as newest`,
    [limit],
  );
  return rows[0]?.reports ?? [];
}

export async function loadImport(db: Queryable, id: string): Promise<ImportReportJson | null> {
  const { rows } = await db.query<{ report: ImportReportJson }>(
    `select ${reportSql} as report from imports i where i.id = $1`,
    [id],
  );
  return rows[0]?.report ?? null;
}

/** The same text for the same settings, in whatever order they were written. */
function canonicalText(settings: ImportKey['settings']): string {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}
