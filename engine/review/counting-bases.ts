// What a figure of a report counts (统计口径, domain reference, section 5): every figure names one of each.

/** 物理站址 · 逻辑基站（按运营商） · 共享去重（承建方计一） */
export const countingUnits = ['physical', 'logical', 'shared'] as const;
export type CountingUnit = (typeof countingUnits)[number];

/** 室外宏 · 室外微与杆 · 室外 · 室内 · 全部 */
export const countingForms = ['macro', 'pole', 'outdoor', 'indoor', 'all'] as const;
export type CountingForm = (typeof countingForms)[number];
