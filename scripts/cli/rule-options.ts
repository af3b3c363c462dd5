// What the engine can be asked beyond a share and limits, as options of `npm run plan`: duties of areas, quotas, distances, order, phases,
// effort, and the lists with which a plan is struck and planned again. Files and names of areas are looked up later (plan-choice.ts).
import {
  type CorridorShare,
  type EffortWord,
  effortWords,
  type PlanScenario,
  type Quota,
  quotaKinds,
  readCorridorId,
  type ServerDuty,
  type SiteOrder,
  type Spacing,
  serverCounts,
  serverRules,
  siteOrders,
} from '../../engine/index.ts';
import {
  CommandError,
  listOption,
  numberOption,
  type Option,
  type OptionValues,
  wordOption,
} from './options.ts';
import { readScenarios, SCENARIO_FORM } from './scenario-options.ts';

export interface RuleOptions {
  readonly effort: EffortWord;
  /** An area by its id or name, and its share. */
  readonly areaShares: readonly { readonly area: string; readonly share: number }[];
  readonly quotas: readonly Quota[];
  /** usual: the distances that are usual for band and areas. */
  readonly spacing: Spacing | 'usual' | null;
  readonly siteOrder: SiteOrder;
  readonly servers: ServerDuty | null;
  readonly corridors: readonly CorridorShare[];
  /** The plan has to hold in these as well. */
  readonly robust: readonly PlanScenario[];
  /** usual: up and down from the plan as it is; null: not looked at. */
  readonly sensitivity: readonly PlanScenario[] | 'usual' | null;
  /** Files. */
  readonly phases: string | null;
  readonly keep: string | null;
  /** Ids or codes with commas between them, or a file. */
  readonly refuse: readonly string[];
  readonly lock: readonly string[];
  /** Of the clock, reading included; null: as many steps as the effort has. */
  readonly seconds: number | null;
}

const QUOTA_FORM = 'BY=VALUE:least=N,most=N,cost=N';
const SPACING_FORM = 'pole=100,roof=300,tower=500';

export const ruleOptions: readonly Option[] = [
  {
    name: 'effort',
    value: effortWords.join('|'),
    zh: '选站的用功程度（默认 thorough）；exact 再用 HiGHS 求最优（小范围）',
    en: 'how long sites are searched for (default thorough); exact goes on to the optimum with HiGHS (small areas)',
  },
  {
    name: 'seconds',
    value: 'S',
    zh: '总用时上限；到时写出当时最好的方案，因此结果与机器有关',
    en: 'time in all; the best plan by then is written, which depends on the machine',
  },
  {
    name: 'area-share',
    value: 'AREA=0..1,…',
    zh: '单个区域（编号或名称）自己的目标比例，可重复',
    en: 'a target share of one area (id or name) of its own; may be repeated',
    isRepeatable: true,
  },
  {
    name: 'quota',
    value: QUOTA_FORM,
    zh: `限额，可重复；BY 为 ${quotaKinds.join('、')}，如 district=310114:least=3,most=20,cost=1000000`,
    en: 'a quota, may be repeated, such as district=310114:least=3,most=20,cost=1000000',
    isRepeatable: true,
  },
  {
    name: 'spacing',
    value: `${SPACING_FORM}|default|M`,
    zh: '开通站点间的最小距离，default 取该频段与片区的常用值；单个数字为推出杆站的间距；可重复',
    en: 'least distance between open sites; default: the usual ones of band and areas; a single number spaces derived poles; may be repeated',
    isRepeatable: true,
  },
  {
    name: 'servers',
    value: `${serverCounts.join('|')}[:${serverRules.join('|')}]`,
    zh: '容量：达标需要几个站同时服务（现有站计入）；graded 按站数折算（默认），strict 不足不计',
    en: 'capacity: how many sites must serve ground for it to count, existing ones included; graded: in parts (default), strict: all or nothing',
  },
  {
    name: 'corridor',
    value: 'name=ROAD=0..1|class=CLASS=0..1',
    zh: '走廊：范围内一条道路（名称）或一类道路按里程的目标比例，需要 --roads，可重复',
    en: 'a target share by length of the roads of one name or class inside the areas; needs --roads; may be repeated',
    isRepeatable: true,
  },
  {
    name: 'robust',
    value: SCENARIO_FORM,
    zh: '稳健规划：方案在这些情景下也要达到同样的比例；逗号分隔情景，冒号连接一个情景内的变动；可重复',
    en: 'the plan has to hold its shares in these scenarios as well; commas between scenarios, colons inside one; may be repeated',
    isRepeatable: true,
  },
  {
    name: 'sensitivity',
    value: '',
    zh: '敏感性：门限 ±3 dB、阴影 ±2 dB、权重、造价 ±20 % 各变一次，写入 sensitivity.json',
    en: 'how firmly the plan stands when threshold, fading, weights and prices move: writes sensitivity.json',
  },
  {
    name: 'scenarios',
    value: SCENARIO_FORM,
    zh: '敏感性改看这些情景；可重复',
    en: 'sensitivity to these scenarios instead; may be repeated',
    isRepeatable: true,
  },
  {
    name: 'site-order',
    value: siteOrders.join('|'),
    zh: 'price 最低造价（默认）；build-mode 先直接利用、改造、替换，再新建',
    en: 'price: the cheapest plan (default); build-mode: use, alter, replace, then build, whatever that costs',
  },
  {
    name: 'phases',
    value: 'FILE',
    zh: '分期（JSON：name、targetShare、areaShares、budgetCny、maxSites，均为累计值）',
    en: 'phases (JSON list of name, targetShare, areaShares, budgetCny, maxSites, all of them cumulative)',
  },
  {
    name: 'keep',
    value: 'plan.geojson',
    zh: '尽量保持这个先前的方案，只作必要的改动',
    en: 'stay near this earlier plan, with no more changes than needed',
  },
  {
    name: 'refuse',
    value: 'ID,…|FILE',
    zh: '不得选用的站址（编号或编码），可重复',
    en: 'sites (id or code) that may not be chosen; may be repeated',
    isRepeatable: true,
  },
  {
    name: 'lock',
    value: 'ID,…|FILE',
    zh: '必须选用的站址（编号或编码），可重复',
    en: 'sites (id or code) that must be chosen; may be repeated',
    isRepeatable: true,
  },
];

/** Throws CommandError COMMAND_OPTION_WORD or COMMAND_OPTION_RANGE. */
export function readRuleOptions(values: OptionValues): RuleOptions {
  return {
    effort: wordOption(values, 'effort', effortWords, 'thorough'),
    areaShares: listOption(values, 'area-share').flatMap((text) =>
      text.split(/,(?=[^,]*=)/).map(readAreaShare),
    ),
    quotas: listOption(values, 'quota').map(readQuota),
    spacing: readSpacing(listOption(values, 'spacing').filter((text) => !isNumber(text))),
    siteOrder: wordOption(values, 'site-order', siteOrders, 'price'),
    servers: readServers(values.get('servers') ?? null),
    corridors: listOption(values, 'corridor').map(readCorridor),
    robust: listOption(values, 'robust').flatMap((text) => readScenarios('robust', text)),
    sensitivity: readSensitivity(values),
    phases: values.get('phases') ?? null,
    keep: values.get('keep') ?? null,
    refuse: listOption(values, 'refuse'),
    lock: listOption(values, 'lock'),
    seconds: numberOption(values, 'seconds', 0.1, 1e6),
  };
}

/** The distance of derived poles among the values of `--spacing`, or null. Throws CommandError. */
export function readPoleSpacing(values: OptionValues, from: number, to: number): number | null {
  const [text, second] = listOption(values, 'spacing').filter(isNumber);
  if (second !== undefined) throw spacingError(second);
  return text === undefined ? null : numberOption(new Map([['spacing', text]]), 'spacing', from, to);
}

const isNumber = (text: string): boolean => /^[+-]?[\d.]+$/.test(text.trim());

function readAreaShare(text: string): RuleOptions['areaShares'][number] {
  const parts = /^(.+)=([01]|[01]?\.\d{1,12})$/.exec(text.trim());
  const share = Number(parts?.[2]);
  if (parts && share <= 1) return { area: parts[1]!.trim(), share };
  throw new CommandError(
    'COMMAND_OPTION_WORD',
    `--area-share ${text}: 应为 区域=0 到 1 的数 / must be AREA=a number from 0 to 1`,
    '--area-share 核心区=0.98',
  );
}

function readSensitivity(values: OptionValues): RuleOptions['sensitivity'] {
  const scenarios = listOption(values, 'scenarios').flatMap((text) => readScenarios('scenarios', text));
  if (scenarios.length > 0) return scenarios;
  return values.has('sensitivity') ? 'usual' : null;
}

function readServers(text: string | null): ServerDuty | null {
  if (text === null) return null;
  const [, sites, rule] = /^(\d)(?::([a-z]+))?$/.exec(text.trim()) ?? [];
  const least = serverCounts.find((count) => String(count) === sites);
  const counts = serverRules.find((word) => word === (rule ?? 'graded'));
  if (least && counts) return { least, counts };
  throw new CommandError(
    'COMMAND_OPTION_WORD',
    `--servers ${text}: 应为 / must be ${serverCounts.join('|')}[:${serverRules.join('|')}]`,
    '--servers 2:strict',
  );
}

function readCorridor(text: string): CorridorShare {
  const parts = /^(.+)=([01]|[01]?\.\d{1,12})$/.exec(text.trim());
  const corridorId = parts?.[1]?.trim() ?? '';
  const share = Number(parts?.[2]);
  if (readCorridorId(corridorId) !== null && share <= 1) return { corridorId, share };
  throw new CommandError(
    'COMMAND_OPTION_WORD',
    `--corridor ${text}: 应为 name=路名=比例 或 class=等级=比例 / must be name=ROAD=share or class=CLASS=share`,
    '--corridor name=沪嘉高速=0.95 --corridor class=trunk=0.9',
  );
}

function readQuota(text: string): Quota {
  const parts = /^([A-Za-z]+)=(.+):([^:]+)$/.exec(text.trim());
  const by = quotaKinds.find((kind) => kind === parts?.[1]);
  const limits = new Map<string, number>();
  for (const word of (parts?.[3] ?? '').split(',')) {
    const limit = /^(least|most|cost)=(\d{1,12})$/.exec(word.trim());
    if (!limit || limits.has(limit[1]!)) throw quotaError(text);
    limits.set(limit[1]!, Number(limit[2]));
  }
  if (!by) throw quotaError(text);
  return {
    by,
    value: parts![2]!.trim(),
    leastSites: limits.get('least') ?? null,
    mostSites: limits.get('most') ?? null,
    mostCostCny: limits.get('cost') ?? null,
  };
}

function quotaError(text: string): CommandError {
  return new CommandError(
    'COMMAND_OPTION_WORD',
    `--quota ${text}: 应为 / must be ${QUOTA_FORM}`,
    `BY: ${quotaKinds.join(', ')}; --quota district=310114:least=3,most=20`,
  );
}

function readSpacing(texts: readonly string[]): RuleOptions['spacing'] {
  const [text, second] = texts;
  if (text === undefined) return null;
  if (second !== undefined) throw spacingError(second);
  if (text === 'default') return 'usual';
  const metres = new Map<string, number>();
  for (const word of text.split(',')) {
    const one = /^(pole|roof|tower)=(\d{1,5}(?:\.\d{1,3})?)$/.exec(word.trim());
    if (!one || metres.has(one[1]!)) throw spacingError(text);
    metres.set(one[1]!, Number(one[2]));
  }
  return {
    poleM: metres.get('pole') ?? 0,
    roofM: metres.get('roof') ?? 0,
    towerM: metres.get('tower') ?? 0,
  };
}

function spacingError(text: string): CommandError {
  return new CommandError(
    'COMMAND_OPTION_WORD',
    `--spacing ${text}: 应为 ${SPACING_FORM}、default 或一个米数，各一次 / must be ${SPACING_FORM}, default or metres, each once`,
    `--spacing ${SPACING_FORM}`,
  );
}
