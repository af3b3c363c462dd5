// The periods of the ranking board, as days: the usual ones of an office year, or any two days.

export const periodKeys = ['month', 'quarter', 'half', 'year', 'own'] as const;
export type PeriodKey = (typeof periodKeys)[number];

export interface Period {
  /** yyyy-mm-dd, both within the period. */
  readonly from: string;
  readonly to: string;
}

const monthsOf = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** Today in China, wherever the reader is: due days are days there. */
export const todayInChina = (now = new Date()): string =>
  now.toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });

/** The month, quarter, half-year or year that `day` lies in. */
export function periodOf(key: Exclude<PeriodKey, 'own'>, day: string): Period {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  const length = monthsOf[key];
  const first = Math.floor((month - 1) / length) * length;
  const iso = (date: Date) => date.toISOString().slice(0, 10);
  return {
    from: iso(new Date(Date.UTC(year, first, 1))),
    to: iso(new Date(Date.UTC(year, first + length, 0))),
  };
}

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** From the address, which is outside input; the quarter of `today` when it says nothing that fits. */
export function readPeriod(params: URLSearchParams, today: string): { key: PeriodKey; period: Period } {
  const key = periodKeys.find((one) => one === params.get('period')) ?? 'quarter';
  if (key !== 'own') return { key, period: periodOf(key, today) };
  const [from, to] = [params.get('from'), params.get('to')];
  if (isDay(from) && isDay(to) && from <= to) return { key, period: { from, to } };
  return { key, period: periodOf('quarter', today) };
}
