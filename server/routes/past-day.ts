// A day on which something has happened does not lie ahead. The day is that of China, as in the numbers and clocks of the desks.
import type { Sentence } from '../errors.ts';
import type { MoveRefusal } from './resource-parts.ts';

export const todayInChina = (): string =>
  new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });

/** `day` as yyyy-mm-dd, `words` what it is called. Null: it may stand. */
export function refusalOfDayAhead(day: string | null | undefined, words: Sentence): MoveRefusal | null {
  const today = todayInChina();
  return (day ?? '') > today ? { code: 'DAY_AHEAD', values: { day: words, today } } : null;
}
