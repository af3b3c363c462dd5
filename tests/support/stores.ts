// Real stores for tests: a fresh embedded one in a temporary folder, and a fresh database on the PostgreSQL that
// TEST_DATABASE_URL names (its account may create databases). One of each per test file: the embedded one takes 1 GB.
// Embedded ones are copies of one migrated folder, made by the first test that needs it: three seconds of processor time less for each.
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { templateFile } from '../../server/store/data-template.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';
import { reportNotRun } from './not-run.ts';

export interface TestStore {
  readonly store: Store;
  /** What `openStore` needs to open the same database again. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Closes the store and removes its data. */
  close(): Promise<void>;
}

export interface TestStoreOptions {
  /** False leaves the database without tables. */
  readonly migrated?: boolean;
  readonly deadlineMs?: number;
  readonly report?: (line: string) => void;
}

export async function openEmbeddedTestStore(options: TestStoreOptions = {}): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhanzhi-store-'));
  const removeData = async () => rmSync(dataDir, { recursive: true, force: true });
  if (options.migrated ?? true) cpSync(await migratedFolder(), dataDir, { recursive: true });
  return openAndMigrate({ databaseUrl: null, dataDir }, options, removeData);
}

const house = resolve(import.meta.dirname, '..', '..');

/** A closed data folder with all tables and no rows; its name tells what it was made of. */
async function migratedFolder(): Promise<string> {
  const hash = createHash('sha256').update(templateFile());
  const migrations = join(house, 'server', 'store', 'migrations');
  for (const file of readdirSync(migrations).sort())
    hash.update(file).update(readFileSync(join(migrations, file)));
  const folder = join(house, 'build', 'test-store', hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  mkdirSync(join(house, 'build', 'test-store'), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  const store = await openStore({ databaseUrl: null, dataDir: unfinished, report: () => undefined });
  await migrate(store);
  await store.close();
  try {
    renameSync(unfinished, folder);
  } catch {
    // another test file was sooner
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Null, and reported as not run, when there is no TEST_DATABASE_URL. */
export async function openNativeTestStore(options: TestStoreOptions = {}): Promise<TestStore | null> {
  const database = await createTestDatabase();
  if (!database) return null;
  return openAndMigrate({ databaseUrl: database.url, dataDir: '' }, options, database.drop);
}

/** The stores this machine has, by kind; tests run once for each. */
export async function openTestStores(options: TestStoreOptions = {}): Promise<TestStore[]> {
  const native = await openNativeTestStore(options);
  const embedded = await openEmbeddedTestStore(options);
  return native ? [embedded, native] : [embedded];
}

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of its own, or null (reported as not run) without TEST_DATABASE_URL. */
export async function createTestDatabase(): Promise<TestDatabase | null> {
  const adminUrl = process.env.TEST_DATABASE_URL;
  if (!adminUrl) {
    reportNotRun('store on a real PostgreSQL with PostGIS', 'TEST_DATABASE_URL is not set');
    return null;
  }
  const name = `zhanzhi_test_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runAsAdmin(adminUrl, `drop database if exists ${name} with (force)`) };
}

async function openAndMigrate(
  place: { databaseUrl: string | null; dataDir: string },
  { migrated = true, deadlineMs, report = () => undefined }: TestStoreOptions,
  remove: () => Promise<void>,
): Promise<TestStore> {
  const store = await openStore({ ...place, report, ...(deadlineMs ? { deadlineMs } : {}) });
  if (migrated) await migrate(store);
  return {
    store,
    ...place,
    close: async () => {
      await store.close();
      await remove();
    },
  };
}

async function runAsAdmin(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
