// The kinds of problems (domain reference, 4.5) with the working days a problem of each may take before it is supervised: 5 to 30
// (8.2, practice defaults, to be confirmed locally; the database keeps editable copies under `problem.<category>.working_days`).
// Short where somebody stops works or harms a station, long where land, power or ducts have to be found.

export interface ProblemCategory {
  readonly code: string;
  readonly en: string;
  readonly workingDays: number;
  /** What the problem is about, and which policy words stand behind it. */
  readonly source: string;
}

const category = <const Code extends string>(
  code: Code,
  en: string,
  workingDays: number,
  source: string,
) => ({
  code,
  en,
  workingDays,
  source,
});

export const problemCategories = [
  category('进场难', 'No access', 10, '通行权、公平进入'),
  category('产权拒绝', 'Owner refuses', 15, '公共资源免费开放'),
  category('不合理收费', 'Unreasonable fees', 10, '收费清理：进场费、接入费、协调费、分摊费'),
  category('阻挠施工', 'Works obstructed', 5, '阻挠施工由区县、住建、公安处理'),
  category('逼迁破坏', 'Forced out or damaged', 5, '通信设施保护'),
  category('被盗损坏', 'Stolen or broken', 5, '通信设施保护'),
  category('转供电乱加价', 'Resold power overpriced', 10, '转供电改直供电'),
  category('引电困难', 'Power hard to bring', 15, '绿色通道；电网答复低压 5、高压 15 个工作日'),
  category('管线困难', 'Ducts hard to bring', 15, '管道扩容，绿色通道'),
  category('用地林地', 'Land or forest', 30, '建设用地列入年度用地计划'),
  category('居民投诉', 'Residents complain', 10, '电磁辐射科普'),
  category('干扰', 'Interference', 10, '干扰协调'),
  category('拟拆除', 'To be removed', 15, '先建后拆'),
  category('排他协议', 'Exclusive agreement', 15, '公平进入'),
  category('其他', 'Other', 10, '实践缺省'),
] as const satisfies readonly ProblemCategory[];

export type ProblemCategoryCode = (typeof problemCategories)[number]['code'];
export const problemCategoryCodes = problemCategories.map(({ code }) => code);

/** Working days after the due date until a supervised problem goes to the leading group; `problem.lead_working_days`. */
export const LEAD_AFTER_WORKING_DAYS = 10;
