// Bulk writing for all nouns: rows travel as JSON in chunks, one statement each; the layer's revision is raised in the
// same transaction. Every statement answers how many rows it inserted and updated, and the sum is checked.
import { inTransaction, type Queryable, StoreError } from './store.ts';

export interface SaveCount {
  readonly inserted: number;
  readonly updated: number;
}

/** Every layer that has a revision. */
export type Layer = 'sites' | 'areas' | 'districts' | 'buildings' | 'roads' | 'pipes' | 'demand' | 'rasters';
/** Written the same way, and drawn on no map. */
type List = 'demands';

const CHUNK_ROWS = 5_000;
const CHUNK_CHARACTERS = 4_000_000;
/** A chunk of heavy geometry on the embedded store can take longer than a request may. */
const CHUNK_DEADLINE_MS = 60_000;

/**
 * Runs `sql` with `$1` a JSON array of rows and `$2` the import's id. Throws STORE_CONFLICT when two rows have the
 * same key: one of them would be lost.
 */
export async function saveRows<Row>(
  db: Queryable,
  layer: Layer | List,
  sql: string,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  importId: string | null,
): Promise<SaveCount> {
  refuseRepeatedKeys(layer, rows, keyOf);
  return inTransaction(
    db,
    async (tx) => {
      const total = { inserted: 0, updated: 0 };
      for (const chunk of chunksOf(rows)) {
        const values = [chunk.text, importId];
        const saved = await tx.query<SaveCount>(sql, values, { deadlineMs: CHUNK_DEADLINE_MS });
        const { inserted = 0, updated = 0 } = saved.rows[0] ?? {};
        if (inserted + updated !== chunk.rows) {
          throw new StoreError(
            'STORE_INTERNAL',
            `${chunk.rows} rows went into ${layer}, ${inserted + updated} were written`,
          );
        }
        total.inserted += inserted;
        total.updated += updated;
      }
      if (rows.length > 0 && layer !== 'demands') await raiseRevision(tx, layer);
      return total;
    },
    { deadlineMs: CHUNK_DEADLINE_MS },
  );
}

/** Marks a layer as changed. Call it in the transaction that changes the layer. */
export async function raiseRevision(tx: Queryable, layer: Layer): Promise<void> {
  await tx.query('update layer_revisions set revision = revision + 1 where layer = $1', [layer]);
}

function refuseRepeatedKeys<Row>(
  layer: Layer | List,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): void {
  const keys = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (keys.has(key))
      throw new StoreError('STORE_CONFLICT', `"${key}" comes twice among the rows for ${layer}`);
    keys.add(key);
  }
}

function* chunksOf(rows: readonly unknown[]): Generator<{ text: string; rows: number }> {
  let texts: string[] = [];
  let characters = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    texts.push(text);
    characters += text.length;
    if (texts.length >= CHUNK_ROWS || characters >= CHUNK_CHARACTERS) {
      yield { text: `[${texts.join(',')}]`, rows: texts.length };
      texts = [];
      characters = 0;
    }
  }
  if (texts.length > 0) yield { text: `[${texts.join(',')}]`, rows: texts.length };
}
