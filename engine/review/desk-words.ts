// Words of the desks that both the service and the screens list: sections of the home page, what notices tell of, how posts end.

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
  'plan',
] as const;

export const deliveryStates = ['waiting', 'sent', 'given-up'] as const;
