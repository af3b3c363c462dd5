// Brings the schema up to date: numbered files, in order, one transaction each, so a kill leaves whole steps only.
// An applied file is part of history: it must not change, and a database with unknown files belongs to a newer version.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Store, StoreError } from './store.ts';
import { syncPermissions } from './sync-permissions.ts';
import { syncResourceTypes, syncStateMoves } from './sync-states.ts';

const migrationsDir = fileURLToPath(new URL('./migrations/', import.meta.url));
const DEADLINE_MS = 600_000;
/** Any number, the same for everybody: two servers migrate one after the other. */
const LOCK_NUMBER = 4_490_050;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

/** Names of the migrations applied now. Throws STORE_SCHEMA_NEWER, STORE_SCHEMA_CHANGED. */
export async function migrate(store: Store, dir: string = migrationsDir): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const applied: string[] = [];
  for (;;) {
    const name = await applyNext(store, migrations);
    if (name === null) break;
    applied.push(name);
  }
  if (dir === migrationsDir) await syncCopies(store);
  return applied;
}

/** What the database holds a copy of: its policies and triggers read the tables of this version. */
function syncCopies(store: Store): Promise<void> {
  return store.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK_NUMBER]);
    await syncPermissions(tx);
    await syncStateMoves(tx);
    await syncResourceTypes(tx);
  });
}

/** Applies the first missing migration, or returns null when there is none. */
function applyNext(store: Store, migrations: readonly Migration[]): Promise<string | null> {
  return store.transaction(
    async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [LOCK_NUMBER]);
      await tx.query(`
        create table if not exists schema_migrations (
          name text primary key,
          digest text not null,
          applied_at timestamptz not null default now()
        )`);
      const { rows } = await tx.query<{ name: string; digest: string }>(
        'select name, digest from schema_migrations',
        [],
      );
      const done = new Map(rows.map(({ name, digest }) => [name, digest]));
      refuseForeign(done, migrations);
      const next = migrations.find(({ name }) => !done.has(name));
      if (!next) return null;
      await tx.query(next.sql);
      await tx.query('insert into schema_migrations (name, digest) values ($1, $2)', [
        next.name,
        next.digest,
      ]);
      return next.name;
    },
    { deadlineMs: DEADLINE_MS },
  );
}

function refuseForeign(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, digest }) => [name, digest]));
  for (const [name, digest] of done) {
    const expected = known.get(name);
    if (expected === undefined) {
      throw new StoreError(
        'STORE_SCHEMA_NEWER',
        `the database has the migration "${name}", which this version does not know`,
      );
    }
    if (expected !== digest) {
      throw new StoreError('STORE_SCHEMA_CHANGED', `the migration "${name}" was applied with other content`);
    }
  }
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => /^\d{3}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
