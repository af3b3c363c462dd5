// Days of a year as the calendar draws them. A day is its date in China; no clock and no zone is involved.
import type { CalendarDayJson, CalendarJson } from '../../../server/contract/rules.ts';

export type DayKind = 'plain' | 'weekend' | 'holiday' | 'worked';

export interface DrawnDay {
  /** 2026-10-01 */
  readonly day: string;
  readonly number: number;
  readonly kind: DayKind;
  readonly note: string;
}

export interface DrawnMonth {
  /** 1 to 12. */
  readonly month: number;
  /** Empty places before the first, counted from Monday. */
  readonly before: number;
  readonly days: readonly DrawnDay[];
}

export function monthsOf(year: number, known: readonly CalendarDayJson[]): DrawnMonth[] {
  const byDay = new Map(known.map((day) => [day.day, day]));
  return Array.from({ length: 12 }, (_, index) => {
    const first = new Date(Date.UTC(year, index, 1));
    const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    const before = (first.getUTCDay() + 6) % 7;
    const days = Array.from({ length }, (_day, at) => {
      const day = dayText(new Date(Date.UTC(year, index, at + 1)));
      const named = byDay.get(day);
      const isWeekend = (before + at) % 7 >= 5;
      const kind: DayKind = named ? (named.works ? 'worked' : 'holiday') : isWeekend ? 'weekend' : 'plain';
      return { day, number: at + 1, kind, note: named?.note ?? '' };
    });
    return { month: index + 1, before, days };
  });
}

/** Every day from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 86_400_000)
    days.push(dayText(new Date(at)));
  return days;
}

/** Working days of a year, as all dates are counted. */
export const workingDaysOf = (months: readonly DrawnMonth[]): number =>
  months.flatMap(({ days }) => days).filter(({ kind }) => kind === 'plain' || kind === 'worked').length;

const dayText = (date: Date): string => date.toISOString().slice(0, 10);

/** Of these days, what the calendar says of each: the form whose fields are days. */
export function calendarDraftOf(
  { days }: Pick<CalendarJson, 'days'>,
  wanted: readonly string[],
): Readonly<Record<string, CalendarDayJson | null>> {
  const byDay = new Map(days.map((day) => [day.day, day]));
  return Object.fromEntries(wanted.map((day) => [day, byDay.get(day) ?? null]));
}
