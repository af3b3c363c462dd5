// The resource types of the field (资源类型; domain reference, 4.1) with the structure that carries the antenna, the usual free
// status, and the default price and mounting height used when a list says nothing. Prices: practice defaults, editable, whole
// yuan. Lines, rooms, land and what lies under ground carry no antenna: the library keeps them, a plan never sees them.
import type { BuildMode, FreeStatus, SiteStructure } from './site.ts';

export const resourceGroups = [
  'poles',
  'street',
  'buildings',
  'transport',
  'telecom',
  'lines-and-rooms',
  'land',
] as const;
export type ResourceGroup = (typeof resourceGroups)[number];

/** What the resource library may hold. */
export interface LibraryType {
  readonly code: string;
  readonly en: string;
  readonly group: ResourceGroup;
  /** Null: carries no antenna, so no site is made of it. */
  readonly structure: SiteStructure | null;
  /** Null: settled case by case. */
  readonly freeStatus: FreeStatus | null;
}

/** A type that carries an antenna: what sites are made of. */
export interface ResourceType extends LibraryType {
  readonly structure: SiteStructure;
  readonly defaultHeightM: number;
  readonly defaultCostCny: number;
  readonly buildMode: BuildMode;
}

const pole = (
  code: string,
  en: string,
  defaultHeightM: number,
  defaultCostCny = 35_000,
  buildMode: BuildMode = '直接利用',
  group: ResourceGroup = 'poles',
): ResourceType => ({
  code,
  en,
  group,
  structure: 'pole',
  freeStatus: '必须免费',
  defaultHeightM,
  defaultCostCny,
  buildMode,
});

const roof = (
  code: string,
  en: string,
  freeStatus: FreeStatus,
  defaultCostCny = 200_000,
  group: ResourceGroup = 'buildings',
): ResourceType => ({
  code,
  en,
  group,
  structure: 'roof',
  freeStatus,
  defaultHeightM: 25,
  defaultCostCny,
  buildMode: '改造',
});

const telecom = (
  code: string,
  en: string,
  structure: SiteStructure,
  defaultHeightM: number,
  defaultCostCny: number,
  buildMode: BuildMode,
): ResourceType => ({
  code,
  en,
  group: 'telecom',
  structure,
  freeStatus: null,
  defaultHeightM,
  defaultCostCny,
  buildMode,
});

const withoutAntenna = (
  code: string,
  en: string,
  group: ResourceGroup,
  freeStatus: FreeStatus | null = null,
): LibraryType => ({ code, en, group, structure: null, freeStatus });

export const resourceTypes: readonly ResourceType[] = [
  pole('路灯杆', 'lamp pole', 8),
  pole('交通信号杆', 'traffic signal pole', 7),
  pole('交通标识杆', 'traffic sign pole', 7),
  pole('视频监控杆', 'camera pole', 6),
  pole('电线杆', 'utility pole', 10),
  pole('综合杆', 'combined pole', 10, 80_000),
  pole('物联感知杆', 'sensor pole', 6),
  pole('人防报警站', 'civil-defence siren', 15, 60_000, '改造'),
  pole('龙门架', 'gantry', 8, 60_000, '改造'),
  pole('高架桥', 'elevated road', 15, 60_000, '改造'),
  pole('公交站台', 'bus stop', 5, 40_000, '改造', 'street'),
  pole('绿化带', 'green belt', 10, 90_000, '新建', 'street'),
  pole('公共绿地', 'public green', 10, 90_000, '新建', 'street'),
  pole('公园广场', 'park or square', 10, 90_000, '新建', 'street'),
  roof('政府机关', 'government building', '必须免费', 180_000),
  roof('事业单位', 'public institution', '必须免费', 180_000),
  roof('国有企业', 'state-owned enterprise', '必须免费', 190_000),
  roof('学校', 'school', '协调免费'),
  roof('医院', 'hospital', '协调免费'),
  roof('文体场馆', 'culture or sports venue', '必须免费'),
  roof('科研院所', 'research institute or university', '协调免费'),
  roof('景区', 'scenic area', '协调免费'),
  roof('商务商业楼', 'commercial building', '商谈', 230_000),
  roof('住宅天面', 'residential roof', '商谈', 240_000),
  roof('公用设施', 'public utility', '必须免费', 190_000),
  roof('机场', 'airport', '协调免费', 200_000, 'transport'),
  roof('铁路车站', 'railway station', '协调免费', 200_000, 'transport'),
  roof('客运站场', 'coach station', '协调免费', 200_000, 'transport'),
  pole('公路与服务区', 'road or service area', 15, 90_000, '新建', 'transport'),
  pole('桥梁', 'bridge', 15, 60_000, '改造', 'transport'),
  pole('港口', 'port', 20, 90_000, '新建', 'transport'),
  pole('航道', 'waterway', 15, 90_000, '新建', 'transport'),
  telecom('普通地面塔', 'ground tower', 'tower', 35, 350_000, '新建'),
  telecom('景观塔', 'landscape tower', 'tower', 30, 400_000, '新建'),
  telecom('简易塔', 'light tower', 'tower', 20, 250_000, '新建'),
  telecom('普通楼面塔', 'roof tower', 'roof', 30, 120_000, '直接利用'),
  telecom('楼面抱杆', 'roof pole mount', 'roof', 25, 120_000, '直接利用'),
  telecom('社会塔', 'third-party tower', 'tower', 30, 150_000, '改造'),
];

/** All of the library: what carries an antenna first, then the rest. */
export const libraryTypes: readonly LibraryType[] = [
  ...resourceTypes,
  withoutAntenna('人防与地下空间', 'civil-defence or underground space', 'buildings', '必须免费'),
  withoutAntenna('地铁', 'metro', 'transport'),
  withoutAntenna('隧道', 'tunnel', 'transport'),
  withoutAntenna('存量机房', 'equipment room in use', 'telecom'),
  withoutAntenna('室分', 'indoor distribution system', 'telecom'),
  withoutAntenna('通信管道', 'conduit', 'lines-and-rooms'),
  withoutAntenna('综合管廊', 'utility tunnel', 'lines-and-rooms', '协调免费'),
  withoutAntenna('汇聚机房', 'aggregation room', 'lines-and-rooms'),
  withoutAntenna('综合接入机房', 'access room', 'lines-and-rooms'),
  withoutAntenna('边缘节点', 'edge node', 'lines-and-rooms'),
  withoutAntenna('供电点', 'power point', 'lines-and-rooms'),
  withoutAntenna('落地站用地', 'land for a ground tower', 'land'),
  withoutAntenna('配建站址', 'place reserved in a new building', 'land', '必须免费'),
];

const byCode = new Map(resourceTypes.map((type) => [type.code, type]));
const libraryByCode = new Map(libraryTypes.map((type) => [type.code, type]));

/** The resource type with this code that carries an antenna, or `undefined`. */
export function findResourceType(code: string): ResourceType | undefined {
  return byCode.get(code);
}

/** Any type of the library, or `undefined` when the code is unknown. */
export function findLibraryType(code: string): LibraryType | undefined {
  return libraryByCode.get(code);
}
