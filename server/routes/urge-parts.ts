// What urging a batch and urging a problem share: the refusal that says when it was done last and when it may be done again.
import { ProductError } from '../errors.ts';

export interface LastUrge {
  readonly urgedAt: string | null;
  /** Null: it may be urged now. */
  readonly againAt: string | null;
}

const inChina = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});
const minute = (iso: string | null): string => (iso === null ? '—' : inChina.format(new Date(iso)));

/** Of several the one that may be urged again first. Throws URGED_LATELY. */
export function refuseUrgedLately(urges: readonly LastUrge[]): never {
  const [first] = [...urges].sort((a, b) => (a.againAt ?? '').localeCompare(b.againAt ?? ''));
  throw new ProductError('URGED_LATELY', {
    at: minute(first?.urgedAt ?? null),
    again: minute(first?.againAt ?? null),
  });
}
