// How long something still has, in days as people count them: today is today until midnight, yesterday is one day over.

export interface DueClock {
  readonly word: 'over' | 'today' | 'left';
  readonly days: number;
  readonly tone: 'error' | 'warning' | 'default';
}

/** Days before the due day from which on it is marked. */
const SOON_DAYS = 2;

/** Null: nothing is due. Days are those of the reader's clock. */
export function dueClock(dueAt: string | null, now: Date): DueClock | null {
  const due = new Date(dueAt ?? Number.NaN);
  if (Number.isNaN(due.getTime())) return null;
  const days = Math.round((dayOf(due) - dayOf(now)) / 86_400_000);
  if (due < now) return days === 0 ? over(1) : over(-days);
  if (days === 0) return { word: 'today', days: 0, tone: 'warning' };
  return { word: 'left', days, tone: days <= SOON_DAYS ? 'warning' : 'default' };
}

const over = (days: number): DueClock => ({ word: 'over', days, tone: 'error' });

const dayOf = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
