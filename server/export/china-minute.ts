// A moment as an office reads it in a table: the clock of China, to the minute.
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** 2026-11-21 17:30; null where nothing happened yet. `iso`: with its zone. */
export const chinaMinute = (iso: string | null): string | null =>
  iso === null ? null : clock.format(new Date(iso));
