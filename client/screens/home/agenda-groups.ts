// What waits for somebody in the order to take it up: what is overdue first, then what is due next, then the rest, the most of it first.
import { type AgendaSection, agendaSections } from '../../../engine/index.ts';
import type { AgendaItem } from '../../../server/contract/home.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 3;

export type Urgency = 'overdue' | 'soon' | 'later' | 'none';

/** `now`: the service's time, ISO. soon: within three days. */
export function urgencyOf({ soonestDueAt }: Pick<AgendaItem, 'soonestDueAt'>, now: string): Urgency {
  if (soonestDueAt === null) return 'none';
  const leftMs = Date.parse(soonestDueAt) - Date.parse(now);
  if (leftMs < 0) return 'overdue';
  return leftMs <= SOON_DAYS * DAY_MS ? 'soon' : 'later';
}

/** Whole days from `now` to the due time, counted by dates in the reader's zone: 0 is today, -1 yesterday. */
export function daysUntil(dueAt: string, now: string): number {
  const dayOf = (iso: string) => {
    const date = new Date(iso);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((dayOf(dueAt) - dayOf(now)) / DAY_MS);
}

export interface AgendaGroup {
  readonly section: AgendaSection;
  readonly agenda: readonly AgendaItem[];
  readonly total: number;
}

/** Every section, also an empty one. */
export function agendaGroups(agenda: readonly AgendaItem[]): AgendaGroup[] {
  return agendaSections.map((section) => {
    const mine = agenda.filter((item) => item.section === section).sort(byUrgency);
    return { section, agenda: mine, total: mine.reduce((sum, { count }) => sum + count, 0) };
  });
}

function byUrgency(a: AgendaItem, b: AgendaItem): number {
  const due = (a.soonestDueAt ?? '9999').localeCompare(b.soonestDueAt ?? '9999');
  return due !== 0 ? due : b.count - a.count;
}
