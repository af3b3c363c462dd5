// The orders in which the field prefers resources (domain reference, 7.4): first the better class. A plan may follow one as
// weights on the price or as strict tiers; each order is data with its source, and a person may change it.
import { type BuildMode, buildModes, type Site } from './site.ts';

export interface PriorityClass {
  /** The word of the field, also its id. */
  readonly word: string;
  readonly en: string;
}

export interface PriorityOrder {
  readonly id: 'resource' | 'roof' | 'area';
  /** Best first. */
  readonly classes: readonly PriorityClass[];
  /** Where the order comes from: P policy text, R published plan or report. */
  readonly basis: 'P' | 'R';
  readonly source: string;
}

const modeNames: Readonly<Record<BuildMode, string>> = {
  直接利用: 'used as it stands',
  改造: 'altered',
  替换: 'replaced',
  新建: 'newly built',
};

/** 直接利用 > 改造 > 替换 > 新建. */
export const resourceOrder: PriorityOrder = {
  id: 'resource',
  classes: buildModes.map((word) => ({ word, en: modeNames[word] })),
  basis: 'P',
  source: '嘉府规〔2020〕1号: use, alter, replace, then build',
};

/** Rooftops by owner, free-standing towers last. */
export const roofOrder: PriorityOrder = {
  id: 'roof',
  classes: [
    { word: '政府办公', en: 'government offices' },
    { word: '事业单位', en: 'public institutions' },
    { word: '市政公用', en: 'municipal facilities' },
    { word: '公共服务', en: 'public services' },
    { word: '商业办公', en: 'commercial offices' },
    { word: '工业仓储', en: 'industry and storage' },
    { word: '住宅', en: 'housing' },
    { word: '独立塔', en: 'free-standing towers' },
  ],
  basis: 'R',
  source: 'roof order of a published city plan; a second plan is close to it',
};

/** 园区优先 > 工矿区优先 > 城市优先. */
export const areaOrder: PriorityOrder = {
  id: 'area',
  classes: [
    { word: '园区', en: 'parks' },
    { word: '工矿区', en: 'industrial and mining areas' },
    { word: '城市', en: 'towns' },
  ],
  basis: 'P',
  source: '加快推进5G网络建设和应用的实施方案: parks first, then industry and mines, then the city',
};

/** Roof class of each resource type. State enterprises sit in offices, poles belong to municipal works; editable like the order. */
const ROOF_CLASS: Readonly<Record<string, string>> = {
  政府机关: '政府办公',
  事业单位: '事业单位',
  公用设施: '市政公用',
  学校: '公共服务',
  医院: '公共服务',
  文体场馆: '公共服务',
  科研院所: '公共服务',
  景区: '公共服务',
  机场: '公共服务',
  铁路车站: '公共服务',
  客运站场: '公共服务',
  国有企业: '商业办公',
  商务商业楼: '商业办公',
  住宅天面: '住宅',
};

/** Class index of a site in the resource order. */
export function resourceClassOf({ buildMode }: Pick<Site, 'buildMode'>): number {
  return buildModes.indexOf(buildMode);
}

/** Class index of a site in the roof order. What the table does not name counts as municipal on a pole, as commercial on a roof. */
export function roofClassOf({ resourceType, structure }: Pick<Site, 'resourceType' | 'structure'>): number {
  const fallback = structure === 'pole' ? '市政公用' : '商业办公';
  const word = structure === 'tower' ? '独立塔' : (ROOF_CLASS[resourceType] ?? fallback);
  return roofOrder.classes.findIndex((one) => one.word === word);
}
