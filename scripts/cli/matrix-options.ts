// The options of `npm run plan -- --matrix`, read once and checked, and their help in both languages.

import { type QuotaColumn, quotaColumns } from './matrix-problem.ts';
import {
  CommandError,
  formatHelp,
  numberOption,
  type Option,
  type OptionValues,
  readOptions,
} from './options.ts';

export interface MatrixQuota {
  readonly text: string;
  readonly column: QuotaColumn;
  readonly value: string;
  readonly most: number | null;
  readonly least: number | null;
  /** In the unit of the table of sites. */
  readonly cost: number | null;
}

export interface MatrixOptions {
  readonly matrix: string;
  readonly sites: string | null;
  /** A decimal from 0 to 1 as it was written, or null: as much as the limits allow. */
  readonly costTarget: string | null;
  readonly budget: number | null;
  readonly maxSites: number | null;
  readonly quotas: readonly MatrixQuota[];
  readonly spacingM: number | null;
  /** Of the clock, reading included; null: a fixed number of steps. */
  readonly seconds: number | null;
  readonly isExact: boolean;
  readonly seed: number;
  readonly out: string;
}

const QUOTA = '--quota';

const options: readonly Option[] = [
  {
    name: 'matrix',
    value: 'FILE',
    zh: '别处算好的覆盖：列 site,bin[,weight]；同一 bin 权重一致，缺省为 1',
    en: 'coverage computed elsewhere: columns site,bin[,weight]; one weight per bin, 1 when absent',
  },
  {
    name: 'sites',
    value: 'FILE',
    zh: '站址：列 site[,cost,district,town,owner,operator,form,east,north,lon,lat]；造价缺省为 1',
    en: 'sites: columns site[,cost,district,town,owner,operator,form,east,north,lon,lat]; cost 1 when absent',
  },
  {
    name: 'cost-target',
    value: '0..1',
    zh: '以最低造价达到这个权重比例',
    en: 'reach this share of the weight at the least cost',
  },
  { name: 'budget', value: 'N', zh: '造价上限内比例最高', en: 'the best share within this cost' },
  { name: 'max-sites', value: 'N', zh: '站数上限内比例最高', en: 'the best share with this many sites' },
  {
    name: 'quota',
    value: 'COLUMN=VALUE:most=N,least=N,cost=N',
    zh: `限额，可重复；列为 ${quotaColumns.join('、')}，如 district=浦东:most=20,least=3`,
    en: 'a quota, may be repeated, such as district=浦东:most=20,least=3,cost=100000',
  },
  {
    name: 'spacing',
    value: 'M',
    zh: '站间最小距离（需要坐标列）',
    en: 'least distance between sites (needs the columns of places)',
  },
  {
    name: 'seconds',
    value: 'S',
    zh: '总用时；省略时步数固定，结果可重现',
    en: 'time in all; without it a fixed number of steps, the same plan each time',
  },
  {
    name: 'exact',
    value: '',
    zh: '再用 HiGHS 求最优（规模小时）',
    en: 'then solve to the optimum with HiGHS (small problems)',
  },
  { name: 'seed', value: 'N', zh: '随机种子（默认 1）', en: 'seed (default 1)' },
  {
    name: 'out',
    value: 'DIR',
    zh: '写入 summary.json、plan.csv、certificate.json、prices.bin',
    en: 'folder for summary.json, plan.csv, certificate.json, prices.bin',
  },
  { name: 'help', value: '', zh: '显示本说明', en: 'show this' },
];

export const matrixHelp = formatHelp(
  `npm run plan -- --matrix coverage.csv [--sites sites.csv] (--cost-target SHARE | --budget N | --max-sites N) --out DIR
在别处算好的覆盖表上选站，附带最优性证明。
Selects sites on coverage computed elsewhere, with a proof of how good the plan is.`,
  options,
  `退出码 / exit code:
  0  达到目标比例 / the target share is reached
  3  未达到：候选站址不够，或先用完预算、站数 / not reached: the candidates do not suffice, or budget or count ran out
  2  输入有误，注明行号 / bad input, with code and line`,
);

/** Whether these arguments are for the matrix door. */
export function asksForMatrix(args: readonly string[]): boolean {
  return args.some((word) => word === '--matrix' || word.startsWith('--matrix='));
}

/** `null` asks for the help. Throws CommandError. */
export function readMatrixOptions(args: readonly string[]): MatrixOptions | null {
  const { quotas, rest } = takeQuotas(args);
  const values = readOptions(rest, options);
  if (values.has('help')) return null;
  const costTarget = shareOf(values);
  const budget = numberOption(values, 'budget', 0, 1e15);
  const maxSites = wholeOption(values, 'max-sites', 1e9);
  if (costTarget === null && budget === null && maxSites === null)
    throw new CommandError(
      'COMMAND_OPTION_MISSING',
      '需要 / needs --cost-target, --budget 或 / or --max-sites',
      '--cost-target 0.95',
    );
  if (costTarget !== null && (budget !== null || maxSites !== null))
    throw new CommandError(
      'COMMAND_OPTION_CONFLICT',
      '--cost-target 不能与 --budget、--max-sites 同用 / --cost-target does not go with --budget or --max-sites',
      '选择其一：最低造价，或限额内的最高比例 / choose one: the least cost, or the best share within limits',
    );
  return {
    matrix: needed(values, 'matrix'),
    sites: values.get('sites') ?? null,
    costTarget,
    budget,
    maxSites,
    quotas: quotas.map(readQuota),
    spacingM: numberOption(values, 'spacing', 0, 1e6),
    seconds: numberOption(values, 'seconds', 0.1, 1e6),
    isExact: values.has('exact'),
    seed: wholeOption(values, 'seed', 2 ** 31) ?? 1,
    out: needed(values, 'out'),
  };
}

function needed(values: OptionValues, name: string): string {
  const value = values.get(name);
  if (value) return value;
  throw new CommandError('COMMAND_OPTION_MISSING', `缺少 --${name} / --${name} is needed`, '--help');
}

function shareOf(values: OptionValues): string | null {
  const text = values.get('cost-target')?.trim();
  if (text === undefined) return null;
  if (/^[01]?(\.\d{1,12})?$/.test(text) && text !== '' && Number(text) <= 1) return text;
  throw new CommandError(
    'COMMAND_OPTION_RANGE',
    `--cost-target ${text}: 应为 0 到 1 的数 / must be a number from 0 to 1`,
    '--cost-target 0.95',
  );
}

function wholeOption(values: OptionValues, name: string, to: number): number | null {
  const number = numberOption(values, name, 0, to);
  if (number === null || Number.isInteger(number)) return number;
  throw new CommandError(
    'COMMAND_OPTION_RANGE',
    `--${name} ${number}: 应为整数 / must be a whole number`,
    '--help',
  );
}

/** The one option that may be given several times. */
function takeQuotas(args: readonly string[]): { quotas: string[]; rest: string[] } {
  const quotas: string[] = [];
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (word.startsWith(`${QUOTA}=`)) quotas.push(word.slice(QUOTA.length + 1));
    else if (word === QUOTA) quotas.push(args[++index] ?? '');
    else rest.push(word);
  }
  return { quotas, rest };
}

function readQuota(text: string): MatrixQuota {
  const parts = /^([a-z]+)=(.+):([^:]+)$/.exec(text);
  const column = quotaColumns.find((known) => known === parts?.[1]);
  const limits = new Map<string, number>();
  for (const word of (parts?.[3] ?? '').split(',')) {
    const limit = /^(most|least|cost)=(\d{1,15}(?:\.\d{1,9})?)$/.exec(word.trim());
    if (!limit || limits.has(limit[1]!)) throw quotaError(text);
    limits.set(limit[1]!, Number(limit[2]));
  }
  const [most, least] = [limits.get('most') ?? null, limits.get('least') ?? null];
  const areWhole = [most, least].every((limit) => limit === null || Number.isInteger(limit));
  if (!column || !areWhole) throw quotaError(text);
  return { text, column, value: parts![2]!.trim(), most, least, cost: limits.get('cost') ?? null };
}

function quotaError(text: string): CommandError {
  return new CommandError(
    'COMMAND_OPTION_WORD',
    `--quota ${text}: 应为 列=值:most=N,least=N,cost=N / must be COLUMN=VALUE:most=N,least=N,cost=N`,
    `${quotaColumns.join(', ')}; --quota district=浦东:most=20,least=3`,
  );
}
