// The desks at the size of a city: each measures its own steps on one store after the other, the embedded one in a temporary folder and,
// where TEST_DATABASE_URL names one, a real PostGIS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { App } from '../../server/plugins/app-types.ts';
import type { Store } from '../../server/store/store.ts';
import { openMigratedStore } from '../cli/open-house.ts';
import { benchAudit } from './bench-audit.ts';
import { benchClaims } from './bench-claims.ts';
import { benchLibrary } from './bench-library.ts';
import { benchMatching } from './bench-matching.ts';
import type { BenchRow } from './bench-row.ts';

export interface DeskBench {
  /** embedded or native: goes into the names of the steps. */
  readonly name: string;
  readonly store: Store;
  readonly app: App;
  readonly short: boolean;
}

/** One after the other on the same store: each makes its own rows under ids of its own. */
const desks: readonly ((bench: DeskBench) => Promise<BenchRow[]>)[] = [
  benchMatching,
  benchClaims,
  benchLibrary,
  benchAudit,
];

export async function benchDesks(short: boolean, databaseUrl: string | undefined): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-bench-desks-'));
  try {
    const rows = await onStore('embedded', { ...process.env, DATABASE_URL: '', ZHANZHI_DATA: folder }, short);
    if (databaseUrl)
      rows.push(...(await onStore('native', { ...process.env, DATABASE_URL: databaseUrl }, short)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onStore(name: string, env: NodeJS.ProcessEnv, short: boolean): Promise<BenchRow[]> {
  const config = { ...readConfig(env), logLevel: 'error', requestsPerMinute: 1_000_000 };
  const store = await openMigratedStore(config);
  try {
    const { app } = await buildApp({ store, config });
    const rows: BenchRow[] = [];
    for (const bench of desks) rows.push(...(await bench({ name, store, app, short })));
    await app.close();
    return rows;
  } finally {
    await store.close();
  }
}
