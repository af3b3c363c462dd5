// A plan as CSV (RFC 4180) for spreadsheets: starts with a byte order mark so that they read UTF-8, and text that a
// spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection).
import type { PlanItem, PlanResult } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import { siteOfItem } from './plan-to-geojson.ts';

type Cell = string | number | null;

interface Column {
  readonly zh: string;
  readonly en: string;
  readonly value: (item: PlanItem, site: Site, words: Words) => Cell;
}

interface Words {
  readonly codeOf: (siteId: string) => string;
  readonly status: Readonly<Record<PlanItem['status'], string>>;
  readonly placedBy: Readonly<Record<PlanItem['placedBy'], string>>;
}

const words: Readonly<Record<'zh' | 'en', Omit<Words, 'codeOf'>>> = {
  zh: {
    status: { existing: '现有', new: '新增' },
    placedBy: {
      existing: '现有站先计',
      locked: '人工锁定',
      'target-gain': '按目标的性价比',
      'budget-gain': '按限额的性价比',
      'group-least': '按分组的最少站数',
    },
  },
  en: {
    status: { existing: 'existing', new: 'new' },
    placedBy: {
      existing: 'existing first',
      locked: 'locked by a person',
      'target-gain': 'gain per yuan towards the target',
      'budget-gain': 'gain per yuan within the limit',
      'group-least': 'least number of its group',
    },
  },
};

const columns: readonly Column[] = [
  { zh: '序号', en: 'rank', value: (item) => item.rank },
  { zh: '站址编码', en: 'code', value: (_, site) => site.code },
  { zh: '站址名称', en: 'name', value: (_, site) => site.name },
  { zh: '资源类型', en: 'resource_type', value: (_, site) => site.resourceType },
  { zh: '经度', en: 'lon', value: (_, site) => rounded(site.position[0], 7) },
  { zh: '纬度', en: 'lat', value: (_, site) => rounded(site.position[1], 7) },
  {
    zh: '挂高(m)',
    en: 'height_m',
    value: ({ configuration }, site) => configuration?.heightM ?? site.heightM,
  },
  {
    zh: '方位角',
    en: 'azimuth',
    value: ({ configuration }, site) =>
      (configuration ? configuration.azimuthsDeg : site.azimuthsDeg)?.join('/') ?? null,
  },
  { zh: '配置', en: 'configuration', value: ({ configuration }) => configuration?.name ?? null },
  { zh: '电下倾', en: 'electrical_tilt', value: (_, site) => site.electricalTiltDeg },
  { zh: '机械下倾', en: 'mechanical_tilt', value: (_, site) => site.mechanicalTiltDeg },
  { zh: '状态', en: 'status', value: (item, _, { status }) => status[item.status] },
  { zh: '阶段', en: 'phase', value: (item) => item.phase + 1 },
  { zh: '入选规则', en: 'placed_by', value: (item, _, { placedBy }) => placedBy[item.placedBy] },
  { zh: '造价(元)', en: 'cost_cny', value: (item) => item.costCny },
  { zh: '新增栅格', en: 'gain_bins', value: (item) => item.gainBins },
  { zh: '新增覆盖(%)', en: 'gain_percent', value: (item) => rounded(100 * item.gainWeightShare, 4) },
  { zh: '新增人口', en: 'gain_people', value: (item) => peopleCell(item.gainPeople) },
  { zh: '累计覆盖(%)', en: 'share_after_percent', value: (item) => rounded(100 * item.shareAfter, 4) },
  { zh: '独有覆盖(%)', en: 'unique_percent', value: (item) => rounded(100 * item.uniqueWeightShare, 4) },
  { zh: '独有栅格', en: 'unique_bins', value: (item) => item.uniqueBins },
  { zh: '独有人口', en: 'unique_people', value: (item) => peopleCell(item.uniquePeople) },
  {
    zh: '替代的站址',
    en: 'displaced',
    value: (item, _, { codeOf }) => item.displaced.map(({ siteId }) => codeOf(siteId)).join('; '),
  },
  {
    zh: '可替换站址(价差元)',
    en: 'substitutes_extra_cny',
    value: ({ replacement }, _, { codeOf }) =>
      replacement?.substitutes
        .map(({ siteId, extraCostCny }) => `${codeOf(siteId)} (${signed(extraCostCny)})`)
        .join('; ') ?? '',
  },
  {
    zh: '缺它多花(元)',
    en: 'cost_without_cny',
    value: ({ replacement }) => replacement?.extraCostCny ?? null,
  },
  { zh: '产权单位', en: 'owner', value: (_, site) => site.owner },
  { zh: '开放方式', en: 'free_status', value: (_, site) => site.freeStatus },
  { zh: '供电方式', en: 'power_mode', value: (_, site) => site.powerMode },
  { zh: '建设方式', en: 'build_mode', value: (_, site) => site.buildMode },
  { zh: '区县代码', en: 'district_code', value: (_, site) => site.districtCode },
  { zh: '街镇代码', en: 'town_code', value: (_, site) => site.townCode },
];

/** Of a plan for several operators: who moves in or stands there, who stood there before, what each pays, what that is without sharing. */
const sharingColumns: readonly Column[] = [
  { zh: '运营商', en: 'operators', value: ({ sharing }) => sharing?.operatorIds.join('、') ?? null },
  { zh: '原有运营商', en: 'operators_before', value: ({ sharing }) => sharing?.besideIds.join('、') ?? null },
  {
    zh: '各家造价(元)',
    en: 'payments_cny',
    value: ({ sharing }) =>
      sharing?.operatorIds.map((id, at) => `${id} ${sharing.paymentsCny[at]}`).join('; ') ?? null,
  },
  { zh: '不共享造价(元)', en: 'list_price_cny', value: ({ sharing }) => sharing?.listPriceCny ?? null },
];

/** As text for spreadsheets. `sites` as in `planTable`. */
export function planToCsv(
  result: Pick<PlanResult, 'items'>,
  sites: readonly Site[],
  headers: 'zh' | 'en' = 'zh',
): string {
  const { head, rows } = planTable(result, sites, headers);
  return `\uFEFF${[head, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** Headers and rows. `sites` must hold every site of the plan; displaced ones that are missing appear by id. */
export function planTable(
  result: Pick<PlanResult, 'items'>,
  sites: readonly Site[],
  headers: 'zh' | 'en' = 'zh',
): { readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] } {
  const byId = new Map(sites.map((site) => [site.id, site]));
  const codeOf = (siteId: string) => byId.get(siteId)?.code ?? siteId;
  const isShared = result.items.some(({ sharing }) => sharing);
  const told = isShared ? [...columns, ...sharingColumns] : columns;
  const head = told.map((column) => column[headers]);
  const rows = result.items.map((item) => {
    const site = siteOfItem(byId, item);
    return told.map((column) => column.value(item, site, { codeOf, ...words[headers] }));
  });
  return { head, rows };
}

/** One cell: numbers as they are, text quoted where needed and never a formula. */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** A plan that cannot be restored has no price. */
function signed(yuan: number | null): string {
  return yuan === null ? '—' : yuan > 0 ? `+${yuan}` : String(yuan);
}

function peopleCell(people: number | null): number | null {
  return people === null ? null : rounded(people, 1);
}
