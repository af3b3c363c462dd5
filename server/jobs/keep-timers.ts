// Holds that expire, dates that pass: timers of the desks are run by the database's clock, at the start and every two seconds, one
// transaction each. Several servers share them, because a row somebody has taken is skipped.

import type { Store } from '../store/store.ts';
import { forgetOldRows, putOffFirstDue, runOneDue } from '../store/timers.ts';
import { type Kept, keepDoing } from './keep-doing.ts';

const EVERY_MS = 2_000;
/** After so many the service looks around; what is left is due in the next round. */
const MOST_AT_ONCE = 5_000;
const FORGET_EVERY_MS = 600_000;

/** Answers how many were taken up. One that ends its connection is put off; the rest go on in the next round. */
export async function runTimers(store: Store, report: (why: string) => void): Promise<number> {
  let done = 0;
  try {
    while (done < MOST_AT_ONCE && (await runOneDue(store))) done += 1;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(why);
    await putOffFirstDue(store, why);
  }
  return done;
}

export function keepTimers(store: Store, report: (line: string) => void): Kept {
  const tell = (why: string) => report(`a timer was not run: ${why}`);
  const timers = keepDoing(EVERY_MS, () => runTimers(store, tell), tell);
  const forgetting = keepDoing(
    FORGET_EVERY_MS,
    () => forgetOldRows(store),
    (why) => report(`old rows were not removed: ${why}`),
  );
  return { end: () => Promise.all([timers.end(), forgetting.end()]).then(() => undefined) };
}
