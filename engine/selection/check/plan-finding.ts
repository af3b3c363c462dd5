// What the independent check may find wrong with a plan: one code per promise, with its sentence in both languages, so that a
// command, a job and a test say the same.

export type PlanFindingCode = keyof typeof sentences;

export interface PlanFinding {
  readonly code: PlanFindingCode;
  /** Site, group, target or phase the finding is about; '' for the plan as a whole. */
  readonly about: string;
  readonly sentence: { readonly zh: string; readonly en: string };
  /** What the plan says. */
  readonly found: string | number;
  /** What the recount gives, or the limit that must hold. */
  readonly expected: string | number;
}

/** Where findings go: code, about, found, expected. */
export type Find = (
  code: PlanFindingCode,
  about: string,
  found: string | number,
  expected: string | number,
) => void;

/** A finding with its sentence filled in. */
export function planFinding(
  code: PlanFindingCode,
  about: string,
  found: string | number,
  expected: string | number,
): PlanFinding {
  const [zh, en] = sentences[code];
  const fill = (text: string): string =>
    text
      .replace('{about}', () => about)
      .replace('{found}', () => String(found))
      .replace('{expected}', () => String(expected));
  return { code, about, sentence: { zh: fill(zh), en: fill(en) }, found, expected };
}

const sentences = {
  PLAN_SITE_UNKNOWN: [
    '第 {found} 号站址不在候选清单中（共 {expected} 个）',
    'site number {found} is not in the list of {expected} sites',
  ],
  PLAN_SITE_TWICE: ['{about} 被选了 {found} 次', '{about} is opened {found} times'],
  PLAN_FIXED_FIRST: [
    '{about} 应在最前（先现有站、再锁定站）：应为 {expected}，实为 {found}',
    '{about}: existing, then locked sites come first: {expected} expected, {found} found',
  ],
  PLAN_PLACED_BY: [
    '{about} 的入选依据写作 {found}，应为 {expected}',
    '{about} says it was placed by {found}, not {expected}',
  ],
  PLAN_SITE_REFUSED: ['{about} 已被否决，却在方案中', '{about} was refused and is in the plan'],
  PLAN_STEP_GAIN: ['{about} 新增覆盖应为 {expected}，写作 {found}', '{about} adds {expected}, not {found}'],
  PLAN_STEP_COVERED: [
    '选入 {about} 后累计覆盖应为 {expected}，写作 {found}',
    'after {about} {expected} is covered, not {found}',
  ],
  PLAN_COVERED: [
    '目标 {about} 的覆盖应为 {expected}，写作 {found}',
    'target {about} is covered by {expected}, not {found}',
  ],
  PLAN_COST: ['造价应为 {expected} 元，写作 {found} 元', 'the cost is {expected} yuan, not {found}'],
  PLAN_BUDGET: [
    '造价 {found} 元超过预算 {expected} 元',
    'the cost of {found} yuan is over the budget of {expected}',
  ],
  PLAN_COUNT: [
    '新建 {found} 站，超过上限 {expected} 站',
    '{found} new sites are more than the {expected} allowed',
  ],
  PLAN_SPACING: [
    '{about} 相距 {found} 米，不足 {expected} 米',
    '{about} stand {found} m apart, nearer than {expected} m',
  ],
  PLAN_GROUP_LEAST: [
    '分组 {about} 新建 {found} 站，少于 {expected} 站',
    'group {about} has {found} new sites, fewer than {expected}',
  ],
  PLAN_GROUP_MOST: [
    '分组 {about} 新建 {found} 站，超过 {expected} 站',
    'group {about} has {found} new sites, more than {expected}',
  ],
  PLAN_CONFIGURATIONS: [
    '{about} 只能取一种配置，却取了 {found} 种',
    '{about} takes one configuration, and {found} are open',
  ],
  PLAN_GROUP_COST: [
    '分组 {about} 造价 {found} 元，超过 {expected} 元',
    'group {about} costs {found} yuan, more than {expected}',
  ],
  PLAN_CEILING: [
    '目标 {about} 的上限应为 {expected}，写作 {found}',
    'the ceiling of target {about} is {expected}, not {found}',
  ],
  PLAN_STATUS: ['状态写作 {found}，应为 {expected}', 'the status is {expected}, not {found}'],
  PLAN_ROOM_LEFT: [
    '方案未达标，却还能再选 {about}，新增覆盖 {expected}',
    'the plan falls short, yet {about} could still be opened and adds {expected}',
  ],
  PLAN_QUESTION: [
    '方案回答的是另一个问题：{about} 应为 {expected}，写作 {found}',
    'the plan answers another question: {about} is {expected} here and {found} there',
  ],
  PLAN_ROW: [
    '方案文件中 {about} 应为 {expected}，写作 {found}',
    'the plan file says {found} for {about}, the certificate {expected}',
  ],
  PHASE_YEARS: ['年份应为 {expected}，写作 {found}', 'the years are {expected}, not {found}'],
  PHASE_SITE_TWICE: ['{about} 在两个年份新建', '{about} is opened in more than one year'],
  PHASE_TOO_EARLY: [
    '{about} 在第 {found} 年启用，最早应为第 {expected} 年（从 0 计）',
    '{about} opens in year {found} and is available from year {expected} (counted from 0)',
  ],
  PHASE_LOCKED: ['锁定站址 {about} 到末年仍未启用', 'the locked site {about} is not open by the last year'],
  PHASE_TOTAL: ['{about} 应为 {expected}，写作 {found}', '{about} is {expected}, not {found}'],
  PHASE_BUDGET: [
    '{about} 年累计造价 {found} 元，超过预算 {expected} 元',
    'by {about} {found} yuan are spent, more than the budget of {expected}',
  ],
  PHASE_COUNT: [
    '{about} 年累计新建 {found} 站，超过上限 {expected} 站',
    'by {about} {found} sites are new, more than {expected}',
  ],
  PHASE_STATUS: [
    '{about} 年状态写作 {found}，应为 {expected}',
    'the status of {about} is {expected}, not {found}',
  ],
  PHASE_BOUND: [
    '{about} 年的界写作 {found}，由价格只能证到 {expected}',
    'the bound of {about} says {found}, its prices prove {expected}',
  ],
  CERTIFICATE_KIND: [
    '证明的类别应为 {expected}，写作 {found}',
    'the certificate should bound {expected}, not {found}',
  ],
  CERTIFICATE_METHOD: [
    '界 {found} 说是数出来的，但数得出的只有 {expected}',
    'the bound {found} is said to be counted, and counting gives {expected}',
  ],
  CERTIFICATE_STEPS: [
    '证明步数 {found} 不是非负整数',
    'the certificate counts {found} steps, which is no whole number of 0 or more',
  ],
  CERTIFICATE_PRICES_MISSING: [
    '界 {found} 没有价格可以复核，不用价格只能证到 {expected}',
    'the bound {found} comes without prices; without them only {expected} is proved',
  ],
  CERTIFICATE_TARGET_PRICE: [
    '目标 {about} 的价格为 {found}，应为 {expected}',
    'the price of target {about} is {found}, expected {expected}',
  ],
  CERTIFICATE_BIN_PRICE: [
    '栅格 {about} 的价格为 {found}，应在 {expected} 之内',
    'the price of bin {about} is {found}, expected {expected}',
  ],
  CERTIFICATE_PART_REQUIRED: [
    '证明中目标一项应为 {expected}，写作 {found}',
    'the required part of the certificate is {expected}, not {found}',
  ],
  CERTIFICATE_PART_BINS: [
    '证明中栅格一项应为 {expected}，写作 {found}',
    'the bins part of the certificate is {expected}, not {found}',
  ],
  CERTIFICATE_PART_SITES: [
    '证明中站址一项最多为 {expected}，写作 {found}',
    'the sites part of the certificate is {expected} at the most, not {found}',
  ],
  CERTIFICATE_BOUND: [
    '界写作 {found}，由价格只能证到 {expected}',
    'the bound says {found}, the prices prove {expected}',
  ],
  CERTIFICATE_BOUND_PASSED: [
    '方案自身为 {expected}，越过了所称的界 {found}',
    'the plan itself has {expected} and passes its bound of {found}',
  ],
  CERTIFICATE_GAP: ['差距应为 {expected}，写作 {found}', 'the gap is {expected}, not {found}'],
  CERTIFICATE_OPTIMAL: [
    '是否最优写作 {found}，应为 {expected}',
    'optimal says {found}, the bound and the plan say {expected}',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
