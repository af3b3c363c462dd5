// The options of `npm run plan`, read once and checked, and its help in both languages.
import {
  type CoverageRule,
  coverageRules,
  equipmentProfiles,
  findCoverageRule,
  plainRadio,
  type RadioOptions,
  ROAD_HEIGHT_M,
  stationModels,
  type WeightBy,
  weightWords,
} from '../../engine/index.ts';
import { type Datum, datums } from '../../server/contract/imports.ts';
import {
  CommandError,
  formatHelp,
  numberOption,
  type Option,
  readOptions,
  resourceTypeOption,
  wordOption,
} from './options.ts';
import { type OperatorOptions, operatorOptions, readOperatorOptions } from './read-operators.ts';
import { type RuleOptions, readPoleSpacing, readRuleOptions, ruleOptions } from './rule-options.ts';

export const derivations = ['roofs', 'poles', 'junctions'] as const;
export type Derivation = (typeof derivations)[number];

export interface PlanOptions {
  readonly sites: string | null;
  /** A file, `bbox` for the box around the sites (or the map data) with a margin, or `around:M` for the ground near a site. */
  readonly area: string;
  /** The distance of `around:M`, or null. */
  readonly aroundM: number | null;
  readonly buildings: string | null;
  readonly roads: string | null;
  readonly water: string | null;
  readonly existing: string | null;
  readonly demand: string | null;
  /** Raster of people, or null. */
  readonly population: string | null;
  /** Terrain models. */
  readonly dem: readonly string[];
  /** Rasters of clutter classes. */
  readonly clutter: readonly string[];
  readonly districts: string | null;
  readonly derive: readonly Derivation[];
  readonly spacingM: number;
  readonly profileId: string;
  /** Without the antenna, whose file is named by `antenna`. */
  readonly radio: RadioOptions;
  /** File of ways to equip a site, or null. */
  readonly configurations: string | null;
  /** Antenna file of the macro sectors (MSI, PLN), or null. */
  readonly antenna: string | null;
  readonly rule: CoverageRule;
  readonly weightBy: WeightBy;
  /** Ground that counts more, or null. */
  readonly keyAreas: string | null;
  readonly keyFactor: number;
  readonly budgetCny: number | null;
  readonly maxSites: number | null;
  /** null: a plan for one. */
  readonly operators: OperatorOptions | null;
  /** Duties, quotas, distances, phases, effort, and lists of sites. */
  readonly rules: RuleOptions;
  readonly binSizeM: number;
  readonly defaultType: string | null;
  readonly defaultHeightM: number | null;
  readonly datum: Datum;
  readonly strict: boolean;
  readonly out: string;
}

const DEFAULT_RULE = '连续覆盖';
const DEFAULT_SPACING_M = 60;

const roads = ['residential', 'arterial'] as const satisfies readonly (keyof typeof ROAD_HEIGHT_M)[];

const options: readonly Option[] = [
  {
    name: 'sites',
    value: 'FILE',
    zh: '候选站址（GeoJSON 或 CSV）；有 --derive 时可省',
    en: 'candidate sites (GeoJSON or CSV); not needed with --derive',
  },
  {
    name: 'area',
    value: 'FILE|bbox|around:M',
    zh: '规划范围；bbox 取数据外包框再外扩 100 m；around:200 取各站址周围 200 m 的地面',
    en: 'target areas; bbox takes the box around the data and 100 m more; around:200 the ground within 200 m of a site',
  },
  {
    name: 'buildings',
    value: 'FILE',
    zh: '建筑（有高度则用于视线判断）',
    en: 'buildings: decide line of sight',
  },
  { name: 'roads', value: 'FILE', zh: '道路', en: 'roads' },
  { name: 'water', value: 'FILE', zh: '水域，从范围中扣除', en: 'water, taken out of the areas' },
  {
    name: 'existing',
    value: 'FILE',
    zh: '现有基站，先计入',
    en: 'stations that stand already: counted first',
  },
  { name: 'demand', value: 'FILE', zh: '人口点', en: 'people at points' },
  {
    name: 'population',
    value: 'FILE',
    zh: '人口栅格（GeoTIFF，每格人数）',
    en: 'raster of people per cell (GeoTIFF)',
  },
  {
    name: 'dem',
    value: 'FILE,FILE,…',
    zh: '地形高程（GeoTIFF 或 .hgt）；重叠处取较细的',
    en: 'terrain models (GeoTIFF or .hgt); the finer wins where they overlap',
  },
  {
    name: 'clutter',
    value: 'FILE,FILE,…',
    zh: '地物类型栅格（GeoTIFF，如 ESA WorldCover）',
    en: 'rasters of clutter classes (GeoTIFF, such as ESA WorldCover)',
  },
  { name: 'districts', value: 'FILE', zh: '区划，用于分区合计', en: 'districts for the totals' },
  {
    name: 'derive',
    value: 'roofs,poles,junctions',
    zh: `从建筑与道路推出候选站址；杆站间距用 --spacing M（默认 ${DEFAULT_SPACING_M}）`,
    en: `make candidates from buildings and roads; poles every --spacing M (default ${DEFAULT_SPACING_M})`,
  },
  {
    name: 'profile',
    value: 'ID',
    zh: `设备：${equipmentProfiles.map((profile) => profile.id).join('、')}（默认 n78）`,
    en: 'equipment profile (default n78)',
  },
  {
    name: 'configurations',
    value: 'FILE',
    zh: '站点配置（JSON 列表：id、name、structures、profileId、heightM 或 heightDeltaM、azimuthsDeg、costFactor、extraCostCny），每个候选站址至多选其一；只写 id 与 structures 即现状',
    en: 'ways to equip a site, one per candidate at the most (JSON list of id, name, structures, profileId, heightM or heightDeltaM, azimuthsDeg, costFactor, extraCostCny); id and structures alone: as listed',
  },
  {
    name: 'macro-model',
    value: stationModels.join('|'),
    zh: '宏站（楼面、铁塔）的传播模型（默认 UMa）',
    en: 'propagation model of roofs and towers (default UMa)',
  },
  {
    name: 'pole-model',
    value: stationModels.join('|'),
    zh: '杆站的传播模型（默认 UMi）',
    en: 'propagation model of poles (default UMi)',
  },
  {
    name: 'road',
    value: roads.join('|'),
    zh: '街道车流，仅 P1411 用到（默认 residential）',
    en: 'traffic in the streets, for P1411 alone (default residential)',
  },
  {
    name: 'antenna',
    value: 'FILE',
    zh: '宏站扇区的天线方向图（MSI、PLN）',
    en: 'antenna pattern of the macro sectors (MSI, PLN)',
  },
  {
    name: 'load',
    value: '0..1',
    zh: '邻区负荷（默认 0.5）',
    en: 'load of neighbouring cells (default 0.5)',
  },
  {
    name: 'indoor',
    value: 'low|high',
    zh: '室内电平按低损或高损墙体（默认 low）',
    en: 'walls of low or high loss for indoor levels (default low)',
  },
  {
    name: 'rule',
    value: '词',
    zh: `覆盖规则：${coverageRules.map((rule) => rule.word).join('、')}`,
    en: `a word of the coverage rule table (default ${DEFAULT_RULE})`,
  },
  { name: 'threshold', value: 'DBM', zh: '改用这个 SS-RSRP 门限', en: 'use this SS-RSRP threshold instead' },
  { name: 'share', value: '0..1', zh: '改用这个目标比例', en: 'use this target share instead' },
  {
    name: 'weight',
    value: weightWords.join('|'),
    zh: '按面积、人口或公共道路里程计比例（默认 area）',
    en: 'share of area, of people or of metres of public road (default area)',
  },
  {
    name: 'key-areas',
    value: 'FILE',
    zh: '重点区域：其中的地面、人口或道路按倍数计',
    en: 'key areas: ground, people or roads inside count several times',
  },
  { name: 'key-factor', value: '1..100', zh: '重点区域的倍数', en: 'how many times key areas count' },
  { name: 'budget', value: 'N', zh: '预算上限，元', en: 'budget, whole yuan' },
  { name: 'max-sites', value: 'N', zh: '新建站数上限', en: 'new sites at the most' },
  ...ruleOptions,
  ...operatorOptions,
  { name: 'bin', value: 'M', zh: '栅格边长（默认 20）', en: 'bin size in metres (default 20)' },
  {
    name: 'default-type',
    value: '类型',
    zh: '清单没写资源类型时采用',
    en: 'resource type where the list names none',
  },
  {
    name: 'default-height',
    value: 'M',
    zh: '清单没写挂高时采用',
    en: 'antenna height where the list says none',
  },
  {
    name: 'datum',
    value: datums.join('|'),
    zh: '文件的坐标系（默认 WGS84）',
    en: 'datum of all files (default WGS84)',
  },
  { name: 'strict', value: '', zh: '任何一行不可用即停止', en: 'stop when any row is refused' },
  {
    name: 'out',
    value: 'DIR',
    zh: '写入 plan.geojson、coverage.tif、summary.json',
    en: 'folder for plan.geojson, coverage.tif, summary.json',
  },
  { name: 'help', value: '', zh: '显示本说明', en: 'show this' },
];

const HELP_HEAD = `npm run plan -- --sites F --area F [...] --out DIR
不用服务和数据库，直接由文件算出站址方案。
Computes a site plan from files, without a server or a database.`;

const HELP_TAIL = `退出码 / exit code:
  0  达到目标比例 / the target share is reached
  3  未达到：候选站址不够，或先用完预算、站数 / not reached: the candidates do not suffice, or budget or count ran out
  2  输入有误，逐条列出 / bad input, listed with codes`;

export const planHelp = formatHelp(HELP_HEAD, options, HELP_TAIL);

/** `null` asks for the help. Throws CommandError. */
export function readPlanOptions(args: readonly string[]): PlanOptions | null {
  const values = readOptions(args, options);
  if (values.has('help')) return null;
  const text = (name: string): string | null => values.get(name) ?? null;
  const needed = (name: string): string => {
    const value = text(name);
    if (value) return value;
    throw new CommandError('COMMAND_OPTION_MISSING', `缺少 --${name} / --${name} is needed`, '--help');
  };
  const derive = readDerive(text('derive'));
  if (derive.length === 0 && text('sites') === null) {
    throw new CommandError(
      'COMMAND_NO_CANDIDATES',
      '没有候选站址 / there are no candidates',
      '--sites F 或 / or --derive roofs,poles',
    );
  }
  for (const [derivation, layer] of [
    ['roofs', 'buildings'],
    ['poles', 'roads'],
    ['junctions', 'roads'],
  ] as const) {
    if (derive.includes(derivation) && text(layer) === null) {
      throw new CommandError(
        'COMMAND_OPTION_MISSING',
        `--derive ${derivation} 需要 / needs --${layer}`,
        `--${layer} FILE`,
      );
    }
  }
  if (text('weight') === 'people' && text('demand') === null && text('population') === null) {
    throw new CommandError(
      'COMMAND_OPTION_MISSING',
      '--weight people 需要 / needs --demand 或 / or --population',
      '--demand FILE, --population FILE',
    );
  }
  if (text('weight') === 'roads' && text('roads') === null) {
    throw new CommandError('COMMAND_OPTION_MISSING', '--weight roads 需要 / needs --roads', '--roads FILE');
  }
  if (values.has('corridor') && text('roads') === null) {
    throw new CommandError('COMMAND_OPTION_MISSING', '--corridor 需要 / needs --roads', '--roads FILE');
  }
  for (const [given, other] of [
    ['key-areas', 'key-factor'],
    ['key-factor', 'key-areas'],
  ] as const) {
    if (text(given) !== null && text(other) === null) {
      throw new CommandError(
        'COMMAND_OPTION_MISSING',
        `--${given} 需要 / needs --${other}`,
        '--key-areas FILE --key-factor 3',
      );
    }
  }
  const area = needed('area');
  const around = /^around:(.*)$/.exec(area);
  const aroundM = around ? Number(around[1]) : null;
  if (aroundM !== null && !(aroundM >= 20 && aroundM <= 5000)) {
    throw new CommandError(
      'COMMAND_OPTION_NUMBER',
      `--area ${area}: 应为 20 到 5000 米 / must be 20 to 5000 metres`,
      '--area around:200',
    );
  }
  return {
    sites: text('sites'),
    area,
    aroundM,
    buildings: text('buildings'),
    roads: text('roads'),
    water: text('water'),
    existing: text('existing'),
    demand: text('demand'),
    population: text('population'),
    dem: filesOf(text('dem')),
    clutter: filesOf(text('clutter')),
    districts: text('districts'),
    derive,
    spacingM: readPoleSpacing(values, 10, 500) ?? DEFAULT_SPACING_M,
    profileId: wordOption(
      values,
      'profile',
      equipmentProfiles.map((profile) => profile.id),
      'n78',
    ),
    configurations: text('configurations'),
    antenna: text('antenna'),
    radio: {
      ...plainRadio,
      macroModel: wordOption(values, 'macro-model', stationModels, plainRadio.macroModel),
      poleModel: wordOption(values, 'pole-model', stationModels, plainRadio.poleModel),
      roadHeightM: ROAD_HEIGHT_M[wordOption(values, 'road', roads, 'residential')],
      load: numberOption(values, 'load', 0, 1) ?? plainRadio.load,
      indoorBuilding: wordOption(values, 'indoor', ['low', 'high'], plainRadio.indoorBuilding),
    },
    rule: readRule(
      text('rule'),
      numberOption(values, 'threshold', -140, -40),
      numberOption(values, 'share', 0.01, 1),
    ),
    weightBy: wordOption(values, 'weight', weightWords, 'area'),
    keyAreas: text('key-areas'),
    keyFactor: numberOption(values, 'key-factor', 1, 100) ?? 1,
    budgetCny: numberOption(values, 'budget', 0, 1e12),
    maxSites: numberOption(values, 'max-sites', 0, 1e6),
    operators: readOperatorOptions(values),
    rules: readRuleOptions(values),
    binSizeM: numberOption(values, 'bin', 5, 200) ?? 20,
    defaultType: resourceTypeOption(values, 'default-type'),
    defaultHeightM: numberOption(values, 'default-height', 1, 500),
    datum: wordOption(values, 'datum', datums, 'WGS84'),
    strict: values.has('strict'),
    out: needed('out'),
  };
}

const filesOf = (text: string | null): string[] => (text ?? '').split(',').filter((path) => path !== '');

function readDerive(text: string | null): Derivation[] {
  const words = (text ?? '').split(',').filter((word) => word !== '');
  return words.map((word) => {
    const known = derivations.find((derivation) => derivation === word);
    if (known) return known;
    throw new CommandError(
      'COMMAND_OPTION_WORD',
      `--derive ${word}: 应为 / must be: ${derivations.join(', ')}`,
      '--help',
    );
  });
}

function readRule(
  word: string | null,
  thresholdDbm: number | null,
  targetShare: number | null,
): CoverageRule {
  const rule = findCoverageRule(word ?? DEFAULT_RULE);
  if (!rule) {
    const words = coverageRules.map((known) => known.word).join('、');
    throw new CommandError(
      'COMMAND_OPTION_WORD',
      `--rule ${word}: 应为其中之一 / must be one of: ${words}`,
      '--help',
    );
  }
  if (thresholdDbm === null && targetShare === null) return rule;
  return {
    ...rule,
    thresholdDbm: thresholdDbm ?? rule.thresholdDbm,
    targetShare: targetShare ?? rule.targetShare,
  };
}
