// What speaks for a resource that could serve a demand, as data: rules with what each is worth. Weights are practice defaults (D) and
// add up to 100, so a score reads as points of a hundred. The order of owners is that of the policies (domain reference, 7.4).
import type { ResourceType } from '../model/resource-types.ts';

export const matchRuleIds = [
  'MATCH-DISTANCE',
  'MATCH-GAIN',
  'MATCH-HEIGHT',
  'MATCH-FORM',
  'MATCH-POWER',
  'MATCH-FIBRE',
  'MATCH-FREE',
  'MATCH-OWNER',
  'MATCH-STRUCTURE',
  'MATCH-SLOTS',
  'MATCH-CONSTRAINT',
  'MATCH-STATE',
] as const;
export type MatchRuleId = (typeof matchRuleIds)[number];

export interface MatchRule {
  readonly id: MatchRuleId;
  /** Points at the most; 0: only blocks. */
  readonly weight: number;
  /** Whether it may put a candidate behind all that may be taken. */
  readonly blocks: boolean;
}

const rule = (id: MatchRuleId, weight: number, blocks = false): MatchRule => ({ id, weight, blocks });

export const matchRules: readonly MatchRule[] = [
  rule('MATCH-DISTANCE', 25),
  rule('MATCH-GAIN', 15),
  rule('MATCH-HEIGHT', 15),
  rule('MATCH-FORM', 10, true),
  rule('MATCH-POWER', 10),
  rule('MATCH-FIBRE', 5),
  rule('MATCH-FREE', 5),
  rule('MATCH-OWNER', 3),
  rule('MATCH-STRUCTURE', 5, true),
  rule('MATCH-SLOTS', 4, true),
  rule('MATCH-CONSTRAINT', 3, true),
  rule('MATCH-STATE', 0, true),
];

/** Name under which an administrator changes the weight of a rule. */
export const matchWeightName = (id: MatchRuleId): string =>
  `match.${id.slice('MATCH-'.length).toLowerCase()}`;

/** The rules with changed weights, scaled so that they add up to 100 again; the usual ones when nothing would give a point. */
export function weighMatchRules(values: ReadonlyMap<string, number>): readonly MatchRule[] {
  const weights = matchRules.map(({ id, weight }) => Math.max(0, values.get(matchWeightName(id)) ?? weight));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return matchRules;
  return matchRules.map((each, at) => ({ ...each, weight: ((weights[at] ?? 0) * 100) / sum }));
}

/** Flags under which nothing is built; the others cost an inquiry and are shown. */
export const blockingFlags: readonly string[] = ['基本农田', '生态红线', '拟拆除', '禁建区'];

export const ownerClasses = [
  '政府办公',
  '事业单位',
  '市政公用',
  '公共服务',
  '商业办公',
  '住宅',
  '独立塔',
  '其他',
] as const;
export type OwnerClass = (typeof ownerClasses)[number];

const classOfType: Readonly<Record<string, OwnerClass>> = {
  政府机关: '政府办公',
  事业单位: '事业单位',
  国有企业: '事业单位',
  公用设施: '市政公用',
  学校: '公共服务',
  医院: '公共服务',
  文体场馆: '公共服务',
  科研院所: '公共服务',
  景区: '公共服务',
  机场: '公共服务',
  铁路车站: '公共服务',
  客运站场: '公共服务',
  地铁: '公共服务',
  人防与地下空间: '公共服务',
  商务商业楼: '商业办公',
  住宅天面: '住宅',
  普通地面塔: '独立塔',
  景观塔: '独立塔',
  简易塔: '独立塔',
  社会塔: '独立塔',
};

/** Poles and street furniture are the municipality's; what no class names comes last. */
export function ownerClassOf(
  type: { readonly code: string; readonly group: ResourceType['group'] } | undefined,
): OwnerClass {
  if (!type) return '其他';
  const isStreet = type.group === 'poles' || type.group === 'street' || type.group === 'transport';
  return classOfType[type.code] ?? (isStreet ? '市政公用' : '其他');
}
