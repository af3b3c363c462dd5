// The resource types of the field (资源类型) with the structure that carries the antenna, the usual free status, and the
// default price and mounting height used when a list says nothing. Prices: practice defaults, editable, whole yuan.
import type { BuildMode, FreeStatus, SiteStructure } from './site.ts';

export interface ResourceType {
  readonly code: string;
  readonly en: string;
  readonly group: 'poles' | 'street' | 'buildings' | 'transport' | 'telecom';
  readonly structure: SiteStructure;
  readonly freeStatus: FreeStatus | null;
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
): ResourceType => ({
  code,
  en,
  group: 'poles',
  structure: 'pole',
  freeStatus: '必须免费',
  defaultHeightM,
  defaultCostCny,
  buildMode,
});

const roof = (code: string, en: string, freeStatus: FreeStatus, defaultCostCny = 200_000): ResourceType => ({
  code,
  en,
  group: 'buildings',
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

export const resourceTypes: readonly ResourceType[] = [
  pole('路灯杆', 'lamp pole', 8),
  pole('交通信号杆', 'traffic signal pole', 7),
  pole('交通标识杆', 'traffic sign pole', 7),
  pole('视频监控杆', 'camera pole', 6),
  pole('电线杆', 'utility pole', 10),
  pole('综合杆', 'combined pole', 10, 80_000),
  pole('公交站台', 'bus stop', 5, 40_000, '改造'),
  pole('绿化带', 'green belt', 10, 90_000, '新建'),
  pole('公园广场', 'park or square', 10, 90_000, '新建'),
  roof('政府机关', 'government building', '必须免费', 180_000),
  roof('事业单位', 'public institution', '必须免费', 180_000),
  roof('国有企业', 'state-owned enterprise', '必须免费', 190_000),
  roof('学校', 'school', '协调免费'),
  roof('医院', 'hospital', '协调免费'),
  roof('文体场馆', 'culture or sports venue', '必须免费'),
  roof('商务商业楼', 'commercial building', '商谈', 230_000),
  roof('住宅天面', 'residential roof', '商谈', 240_000),
  roof('公用设施', 'public utility', '必须免费', 190_000),
  telecom('普通地面塔', 'ground tower', 'tower', 35, 350_000, '新建'),
  telecom('景观塔', 'landscape tower', 'tower', 30, 400_000, '新建'),
  telecom('简易塔', 'light tower', 'tower', 20, 250_000, '新建'),
  telecom('普通楼面塔', 'roof tower', 'roof', 30, 120_000, '直接利用'),
  telecom('楼面抱杆', 'roof pole mount', 'roof', 25, 120_000, '直接利用'),
  telecom('社会塔', 'third-party tower', 'tower', 30, 150_000, '改造'),
];

const byCode = new Map(resourceTypes.map((type) => [type.code, type]));

/** The resource type with this code, or `undefined` when the code is unknown. */
export function findResourceType(code: string): ResourceType | undefined {
  return byCode.get(code);
}
