// Words of the field that stand in the data itself; the data keeps its own value, the screens show these.
export const messages = {
  structure: { pole: '杆', roof: '楼面', tower: '塔' },
  status: { existing: '存量', candidate: '候选', proposed: '拟建', unavailable: '不可用' },
  freeStatus: { 必须免费: '必须免费', 协调免费: '协调免费', 商谈: '商谈' },
  powerMode: { 直供: '直供', 转供: '转供', 待引入: '待引入' },
  buildMode: { 直接利用: '直接利用', 改造: '改造', 替换: '替换', 新建: '新建' },
  origin: { import: '导入', derived: '派生', sample: '示例' },
  decision: { 同意: '同意', 退回: '退回', 不同意: '不同意', none: '未评审' },
  reason: {
    产权单位不同意: '产权单位不同意',
    居民投诉风险: '居民投诉风险',
    景观或文保限制: '景观或文保限制',
    拟拆除或拟并杆: '拟拆除或拟并杆',
    电力引入困难: '电力引入困难',
    管线引入困难: '管线引入困难',
    材料不全: '材料不全',
    其他: '其他',
  },
  kind: {
    sites: '站址 / 资源',
    pipes: '管道',
    buildings: '建筑',
    roads: '道路',
    districts: '行政区',
    areas: '目标区域',
    demand: '需求点',
  },
} as const;
