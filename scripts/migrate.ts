// npm run migrate: brings the database of DATABASE_URL, or the embedded one, up to date and says what it did.
import { readConfig } from '../server/config.ts';
import { migrate } from '../server/store/migrate.ts';
import { openStore } from '../server/store/open-store.ts';
import { tellRefusal } from './cli/tell-refusal.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const { databaseUrl, dataDir, storeDeadlineMs } = readConfig();
    const store = await openStore({ databaseUrl, dataDir, deadlineMs: storeDeadlineMs });
    try {
      const applied = await migrate(store);
      console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'nothing to do');
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    return tellRefusal(error);
  }
}
