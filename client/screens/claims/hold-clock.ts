// How urgent the end of a hold is: a decision, so that colours and words agree everywhere it is shown.

const dayMs = 86_400_000;
const soonDays = 2;
const nearDays = 5;

export type HoldTone = 'calm' | 'near' | 'soon' | 'over';

export interface HoldClock {
  readonly tone: HoldTone;
  /** Whole days and hours to go, or since the end. */
  readonly days: number;
  readonly hours: number;
}

/** Null: no end. The truth is the service's clock; a hold whose end has passed is over, whether or not somebody worked it off. */
export function holdClock(until: string | null, nowMs: number): HoldClock | null {
  if (until === null) return null;
  const leftMs = Date.parse(until) - nowMs;
  if (Number.isNaN(leftMs)) return null;
  const sizeMs = Math.abs(leftMs);
  const tone =
    leftMs <= 0 ? 'over' : leftMs < soonDays * dayMs ? 'soon' : leftMs < nearDays * dayMs ? 'near' : 'calm';
  return { tone, days: Math.floor(sizeMs / dayMs), hours: Math.floor((sizeMs % dayMs) / 3_600_000) };
}
