// A program for tests: opens an embedded store, starts a transaction or an endless statement, says so, and waits to be
// killed. Arguments: data folder, what to hold.
import { openStore } from '../../server/store/open-store.ts';

const [dataDir = '', what = 'open'] = process.argv.slice(2);
const store = await openStore({ databaseUrl: null, dataDir, report: () => undefined });

if (what === 'endless') {
  store.query('do $$ begin loop end loop; end $$', undefined, { deadlineMs: 600_000 }).catch(() => undefined);
  setTimeout(() => process.send?.({ holding: what }), 500);
} else if (what === 'transaction') {
  await store.transaction(
    async (tx) => {
      await tx.query('insert into held select generate_series(1, 20000)');
      process.send?.({ holding: what });
      await new Promise(() => undefined);
    },
    { deadlineMs: 600_000 },
  );
} else {
  process.send?.({ holding: what });
}
