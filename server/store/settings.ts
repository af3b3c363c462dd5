// Facts about this database as a whole, such as `sample` and `development`.
import { jsonText, type Queryable } from './store.ts';

/** Null when it was never set. */
export async function loadSetting(db: Queryable, key: string): Promise<unknown> {
  const { rows } = await db.query<{ value: unknown }>('select value from settings where key = $1', [key]);
  return rows[0]?.value ?? null;
}

export async function saveSetting(db: Queryable, key: string, value: unknown): Promise<void> {
  await db.query(
    'insert into settings (key, value) values ($1, $2::jsonb) on conflict (key) do update set value = excluded.value',
    [key, jsonText(value)],
  );
}
