// A filtered list as a workbook: all of its rows out of one picture of the database, with the record of the taking in the same
// transaction, or nothing.
import { ProductError } from '../errors.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { TableSheet } from '../export/make-workbook.ts';
import { writeAudit } from '../store/audit.ts';
import type { Queryable, Store } from '../store/store.ts';

const MOST_ROWS = 20_000;
const PAGE_SIZE = 1_000;

export interface ListOfRows<Row> {
  /** What it is a list of, for the audit trail: 'relocation'. */
  readonly object: string;
  /** As they were asked for, for the audit trail. */
  readonly filters: object;
  readonly load: (
    tx: Queryable,
    page: { readonly page: number; readonly pageSize: number },
  ) => Promise<{ readonly total: number; readonly rows: readonly Row[] }>;
  readonly sheet: (rows: readonly Row[]) => TableSheet;
}

/** Throws LIST_EXPORT_SIZE, with nothing on record. */
export async function listWorkbook<Row>(
  store: Store,
  { object, filters, load, sheet }: ListOfRows<Row>,
): Promise<Buffer> {
  const rows = await store.transaction(async (tx) => {
    const all: Row[] = [];
    for (let page = 1; ; page++) {
      const found = await load(tx, { page, pageSize: PAGE_SIZE });
      if (found.total > MOST_ROWS)
        throw new ProductError('LIST_EXPORT_SIZE', { found: found.total, limit: MOST_ROWS });
      all.push(...found.rows);
      if (found.rows.length < PAGE_SIZE) break;
    }
    const after = { format: 'xlsx', rows: all.length, filters };
    await writeAudit(tx, { action: 'export', object, objectId: null, after });
    return all;
  });
  return Buffer.from(await encodeInWorker({ kind: 'workbook', sheets: [sheet(rows)] }));
}
