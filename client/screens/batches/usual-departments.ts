// Whom a district asks about a site besides the town. The contract gives the client its types only; a test compares the lists.
/** Departments the district asks as a rule, as the contract names them; another may be typed. */
export const usualDepartments = [
  '规划资源',
  '绿化市容',
  '城管执法',
  '供电公司',
  '文物保护',
  '住房城建',
  '生态环境',
  '交通运输',
  '公安交警',
  '无线电管理',
] as const;
