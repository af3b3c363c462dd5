// The real app on a real embedded store that holds the made-up town: what route and job tests stand on.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltApp, buildApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { ImportKind } from '../../server/contract/imports.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';
import { parseImport } from '../../server/import/parse-import.ts';
import { storeImport } from '../../server/import/store-import.ts';
import { loadAreas } from '../../server/store/areas.ts';
import type { Store } from '../../server/store/store.ts';
import { aTown, type Town } from '../support/a-town.ts';
import { type People, signInInjected, somePeople } from '../support/sign-in.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';

export interface TownApp extends BuiltApp {
  readonly store: Store;
  readonly testStore: TestStore;
  readonly config: Config;
  readonly town: Town;
  readonly people: People;
  /** A plan request that this town can reach. */
  readonly request: NewPlanJson;
  close(): Promise<void>;
}

export const testConfig = (changes: Partial<Config> = {}): Config => ({
  ...readConfig({}),
  logLevel: 'silent',
  planWorkers: 1,
  photoDir: join(tmpdir(), 'zhanzhi-test-photos'),
  // receivers of tests stand on this machine
  webhookPrivate: true,
  ...changes,
});

export async function openTownApp(changes: Partial<Config> = {}): Promise<TownApp> {
  const testStore = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  const { store } = testStore;
  const config = testConfig(changes);
  const town = aTown();
  const files: readonly (readonly [ImportKind, { fileName: string; text: string }])[] = [
    ['areas', town.area],
    ['districts', town.district],
    ['sites', town.sites],
    ['buildings', town.buildings],
    ['roads', town.roads],
    ['demand', town.demand],
    ['pipes', town.pipes],
  ];
  for (const [kind, { fileName, text }] of files) {
    const parsed = parseImport(Buffer.from(text), { kind, fileName, datum: 'CGCS2000' });
    const report = await storeImport(store, parsed, 'all');
    if (report.outcome !== 'stored')
      throw new Error(`${fileName}: ${JSON.stringify(report.issues.slice(0, 3))}`);
  }
  const [area] = await loadAreas(store);
  if (!area) throw new Error('the town has no area');
  const request = { name: '试算', areaIds: [area.id], ruleWord: '连续覆盖', profileId: 'n78', binSizeM: 20 };
  const built = await buildApp({ store, config });
  await built.app.ready();
  const people = await somePeople(store);
  signInInjected(built.app, people);
  return {
    ...built,
    people,
    store,
    testStore,
    config,
    town,
    request,
    close: async () => {
      await built.app.close();
      await testStore.close();
    },
  };
}

/** A multipart body with one file, as a browser sends it. */
export function upload(
  fileName: string,
  bytes: Uint8Array,
): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'zhanzhi-test-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
