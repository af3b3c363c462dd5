// What commands that work on the database share: settings read, store open and migrated, closed again whatever happens,
// and every refusal told with its code and next move.
import { type Config, readConfig, unknownSettings } from '../../server/config.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';
import { tellRefusal } from './tell-refusal.ts';

export async function openMigratedStore(config: Config): Promise<Store> {
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    deadlineMs: config.storeDeadlineMs,
  });
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Runs a command on the store of this machine and answers its exit code. */
export async function withStore(work: (store: Store, config: Config) => Promise<number>): Promise<number> {
  try {
    const config = readConfig();
    for (const key of unknownSettings()) console.error(`setting ${key} is not known`);
    const store = await openMigratedStore(config);
    try {
      return await work(store, config);
    } finally {
      await store.close();
    }
  } catch (error) {
    return tellRefusal(error);
  }
}
