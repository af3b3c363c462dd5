// Reads the settings, opens the store, listens. Commands that also seed or print results call startService themselves.
import { closeOnSignals, prepareAccounts, startService } from './app.ts';
import { readConfig, unknownSettings } from './config.ts';
import { describeError } from './errors.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open-store.ts';

try {
  const config = readConfig();
  for (const key of unknownSettings()) console.warn(`unknown setting ${key}: see .env.example`);
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    deadlineMs: config.storeDeadlineMs,
  });
  await migrate(store);
  for (const line of await prepareAccounts({ store, config })) console.log(line);
  const service = await startService({ store, config });
  closeOnSignals(service);
  console.log(`ready ${service.url}`);
} catch (error) {
  const { code, message, hint } = describeError(error);
  console.error(`${code}: ${message.zh} ${message.en}\n${hint.zh} ${hint.en}`);
  process.exitCode = 1;
}
