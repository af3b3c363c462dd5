// What npm start does once packages and client stand: open the store, migrate, load and plan the made-up district when
// the database is empty, serve, print the result, say `ready`.
import { createServer } from 'node:net';
import { closeOnSignals, prepareAccounts, type Service, startService } from '../server/app.ts';
import { type Config, readConfig, settings, unknownSettings } from '../server/config.ts';
import type { PlanJson } from '../server/contract/plans.ts';
import { ProductError } from '../server/errors.ts';
import { loadPlans } from '../server/store/plans.ts';
import { loadSetting, saveSetting } from '../server/store/settings.ts';
import { loadStatus } from '../server/store/status.ts';
import type { Store } from '../server/store/store.ts';
import { openMigratedStore } from './cli/open-house.ts';
import { tellRefusal } from './cli/tell-refusal.ts';
import { loadSample } from './sample/load-sample.ts';
import { BUILT_UP_ID } from './sample/make-areas.ts';
import { makeSample } from './sample/make-sample.ts';

/** A finished plan may stand behind many that were cancelled. */
const PLANS_LOOKED_AT = 1000;

try {
  await start(readStartConfig());
} catch (error) {
  tellRefusal(error);
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  const store = await openMigratedStore(config);
  const stopEarly = (): void => {
    void store.close().finally(() => process.exit(130));
  };
  process.on('SIGINT', stopEarly).on('SIGTERM', stopEarly);
  let service: Service;
  try {
    if (store.kind === 'embedded') {
      console.log(
        'embedded database: a power cut can lose the last changes (no fsync); set DATABASE_URL for a real PostGIS',
      );
    }
    if (!(await isPortFree(config))) throw new ProductError('CONFIG_PORT_TAKEN', { port: config.port });
    await loadSampleWhenEmpty(store);
    for (const line of await prepareAccounts({ store, config })) console.log(line);
    service = await startService({ store, config: await asTried(store, config) });
  } catch (error) {
    await store.close();
    throw error;
  }
  process.off('SIGINT', stopEarly).off('SIGTERM', stopEarly);
  closeOnSignals(service);
  await planSampleOnce(store, service);
  console.log(`ready ${service.url}`);
}

/** With the sample, on this machine only, receivers of webhooks stand on it, too; what somebody set holds. */
async function asTried(store: Store, config: Config): Promise<Config> {
  const isSet = process.env[settings.webhookPrivate.key] !== undefined;
  if (isSet || config.allowRemote || (await loadSetting(store, 'development')) !== true) return config;
  return { ...config, webhookPrivate: true };
}

/** The log stays quiet on a terminal unless somebody asked for more. */
function readStartConfig(): Config {
  for (const key of unknownSettings()) console.error(`setting ${key} is not known: see .env.example`);
  const config = readConfig();
  return process.env.ZHANZHI_LOG ? config : { ...config, logLevel: 'warn' };
}

/** Asked before the sample is loaded, so that nobody waits for a start that cannot end well. */
function isPortFree({ port, host }: Config): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** ZHANZHI_ENV=production keeps the sample out of a new database. */
async function loadSampleWhenEmpty(store: Store): Promise<void> {
  if (process.env.ZHANZHI_ENV === 'production') return;
  const { counts } = await loadStatus(store);
  if (Object.values(counts).some((count) => count > 0)) return;
  const from = performance.now();
  const sample = makeSample('district');
  await loadSample(store, sample);
  await saveSetting(store, 'development', true);
  console.log(
    `sample district loaded: ${sample.sites.length} sites, ${sample.buildings.length} buildings (${secondsSince(from)} s)`,
  );
}

/** Computes the plan of the sample when there is none, and prints the newest plan that is done. */
async function planSampleOnce(store: Store, { jobs }: Service): Promise<void> {
  const { sample } = await loadStatus(store);
  const plans = await loadPlans(store, PLANS_LOOKED_AT);
  const done = plans.find((plan) => plan.state === 'done');
  if (done) return sayPlan(done);
  if (!sample) return;
  const waiting = plans.find((plan) => plan.state === 'queued' || plan.state === 'running');
  const plan =
    waiting ??
    (await jobs.createPlan({
      name: '云汀区建成区 连续覆盖',
      areaIds: [BUILT_UP_ID],
      ruleWord: '连续覆盖',
      profileId: 'n78',
    }));
  console.log('planning the sample district …');
  sayPlan(await jobs.whenDone(plan.id));
}

function sayPlan({ name, state, summary, seconds, error }: PlanJson): void {
  if (!summary) {
    console.log(
      `plan "${name}": ${state}${error ? ` (${error.code}: ${error.message.zh} / ${error.message.en})` : ''}`,
    );
    return;
  }
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  console.log(
    [
      `plan "${name}"`,
      `  candidates ${summary.candidates}, existing ${summary.existingSites}, bins ${summary.bins}`,
      `  sites chosen ${summary.sites}, cost ${summary.costCny} CNY`,
      `  covered ${percent(summary.coveredShare)} of ${percent(summary.targetShare)} wanted (${summary.status}), ${seconds ?? '?'} s`,
    ].join('\n'),
  );
}

function secondsSince(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(1);
}
