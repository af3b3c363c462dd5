// npm run seed: loads the made-up district into a database that is marked as development, or into an empty embedded one.
import { prepareAccounts } from '../server/app.ts';
import { loadSetting, saveSetting } from '../server/store/settings.ts';
import { loadStatus } from '../server/store/status.ts';
import type { Store } from '../server/store/store.ts';
import { withStore } from './cli/open-house.ts';
import {
  CommandError,
  formatHelp,
  numberOption,
  type Option,
  readOptions,
  wordOption,
} from './cli/options.ts';
import { tellRefusal } from './cli/tell-refusal.ts';
import { loadSample } from './sample/load-sample.ts';
import { DEFAULT_SEED, makeSample, sampleSizes } from './sample/make-sample.ts';

const options: readonly Option[] = [
  {
    name: 'size',
    value: sampleSizes.join('|'),
    zh: '约 4、60 或 600 km²（默认 district）',
    en: 'about 4, 60 or 600 km² (default district)',
  },
  {
    name: 'seed',
    value: 'N',
    zh: `随机种子（默认 ${DEFAULT_SEED}）`,
    en: `seed of the generator (default ${DEFAULT_SEED})`,
  },
  { name: 'help', value: '', zh: '显示本说明', en: 'show this' },
];

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const values = readOptions(args, options);
    if (values.has('help')) {
      console.log(
        formatHelp(
          'npm run seed\n装入虚构示例区。 Loads the made-up sample.',
          options,
          '只装入标记为 development 的库。 Only into a database marked as development: ZHANZHI_ENV=development npm run seed',
        ),
      );
      return 0;
    }
    const size = wordOption(values, 'size', sampleSizes, 'district');
    const seed = numberOption(values, 'seed', 0, 2 ** 31) ?? DEFAULT_SEED;
    return await withStore(async (store, config) => {
      await refuseRealData(store);
      const from = performance.now();
      const sample = makeSample(size, seed);
      await loadSample(store, sample);
      await saveSetting(store, 'development', true);
      const seconds = ((performance.now() - from) / 1000).toFixed(1);
      console.log(
        `sample ${size}: ${sample.sites.length} sites, ${sample.buildings.length} buildings, ${sample.areas.length} areas (${seconds} s)`,
      );
      for (const line of await prepareAccounts({ store, config })) console.log(line);
      return 0;
    });
  } catch (error) {
    return tellRefusal(error);
  }
}

async function refuseRealData(store: Store): Promise<void> {
  if (process.env.ZHANZHI_ENV === 'development' || (await loadSetting(store, 'development')) === true) return;
  const { counts } = await loadStatus(store);
  if (store.kind === 'embedded' && counts.sites === 0 && counts.areas === 0) return;
  throw new CommandError(
    'SEED_NOT_DEVELOPMENT',
    '这个库没有标记为 development，不装入示例数据 / this database is not marked as development: the sample stays out',
    'ZHANZHI_ENV=development npm run seed',
  );
}
