// Words a resource of the library may carry (domain reference, 4.2). Unknown is null wherever no word here says so.

/** 实测: surveyed · 图上: read from a map or a list · 地址估算: guessed from the address · 未定位: nowhere yet. */
export const locationQualities = ['实测', '图上', '地址估算', '未定位'] as const;
export type LocationQuality = (typeof locationQualities)[number];

/** Optical fibre: to the pole, near by, none. */
export const fibreStates = ['到杆', '就近', '无'] as const;
export type FibreState = (typeof fibreStates)[number];

/** Whether the structure carries more: unchecked, fit, to be strengthened, unfit. */
export const structureChecks = ['未核', '可用', '加固', '不可用'] as const;
export type StructureCheck = (typeof structureChecks)[number];

export const constraintFlags = [
  '文保',
  '林地',
  '基本农田',
  '生态红线',
  '净空',
  '敏感目标',
  '拟拆除',
  '拟并杆',
  '禁建区',
  '限建区',
  '干扰协调区',
] as const;
export type ConstraintFlag = (typeof constraintFlags)[number];
