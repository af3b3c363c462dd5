// Words of the field that stand in the data itself; the data keeps its own value, the screens show these.
export const messages = {
  structure: { pole: 'Pole', roof: 'Roof', tower: 'Tower' },
  status: { existing: 'Existing', candidate: 'Candidate', proposed: 'Proposed', unavailable: 'Unavailable' },
  freeStatus: { 必须免费: 'Free by rule', 协调免费: 'Free by agreement', 商谈: 'To negotiate' },
  powerMode: { 直供: 'Direct supply', 转供: 'Resold supply', 待引入: 'To be connected' },
  buildMode: { 直接利用: 'Use as is', 改造: 'Refit', 替换: 'Replace', 新建: 'New build' },
  origin: { import: 'Imported', derived: 'Derived', sample: 'Sample' },
  decision: { 同意: 'Agreed', 退回: 'Returned', 不同意: 'Refused', none: 'Not reviewed' },
  reason: {
    产权单位不同意: 'Owner does not agree',
    居民投诉风险: 'Complaints of residents likely',
    景观或文保限制: 'Landscape or heritage protection',
    拟拆除或拟并杆: 'To be removed or merged with another pole',
    电力引入困难: 'Power is hard to bring in',
    管线引入困难: 'Conduit is hard to bring in',
    材料不全: 'Documents incomplete',
    其他: 'Other',
  },
  kind: {
    sites: 'Sites / resources',
    pipes: 'Conduits',
    buildings: 'Buildings',
    roads: 'Roads',
    districts: 'Districts',
    areas: 'Target areas',
    demand: 'Demand points',
  },
} as const;
