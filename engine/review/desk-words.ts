// Words of the desks that both the service and the screens list: sections of the home page, what notices tell of, how posts
// end, whom a district asks.

/** waiting: for me to act · due: soon or overdue · asked: what I asked others for and is still open. */
export const agendaSections = ['waiting', 'due', 'asked'] as const;
export type AgendaSection = (typeof agendaSections)[number];

/** What notices tell of. */
export const noticeNouns = [
  'demand',
  'claim',
  'case',
  'batch',
  'problem',
  'relocation',
  'resource',
  'area',
  'plan',
  'export',
  'rule-proposal',
] as const;

/** As the code of a district or town in a filter: of none. */
export const NO_PLACE = 'none';

/** Departments a district asks about a site as a rule, besides the town; another may be typed. */
export const opinionDepartments = [
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

export const deliveryStates = ['waiting', 'sent', 'given-up'] as const;
