// Which store: a connection string means a real PostgreSQL with PostGIS, none means the embedded one.
import { openEmbeddedStore } from './embedded-store.ts';
import { openNativeStore } from './native-store.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** `postgres://…`, or null for the embedded store. */
  readonly databaseUrl: string | null;
  /** Folder of the embedded store; made when missing. */
  readonly dataDir: string;
  /** Default deadline of a statement in milliseconds. */
  readonly deadlineMs?: number;
  /** Told one line when something unusual happened; never an address or a password. */
  readonly report?: (line: string) => void;
}

const DEFAULT_DEADLINE_MS = 10_000;

/** Throws StoreError: STORE_LOCKED, STORE_OPEN_FAILED, STORE_UNREACHABLE, STORE_POSTGIS_MISSING. */
export function openStore(options: StoreOptions): Promise<Store> {
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const report = options.report ?? ((line: string) => process.stderr.write(`store: ${line}\n`));
  return options.databaseUrl
    ? openNativeStore({ databaseUrl: options.databaseUrl, deadlineMs, report })
    : openEmbeddedStore({ dataDir: options.dataDir, deadlineMs, report });
}
