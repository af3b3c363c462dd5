// Timers of the desks, run by the system (migration 031).
import type { Queryable } from './store.ts';

/** Runs the first due timer in a transaction of its own. False when none is due. */
export async function runOneDue(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ done: number }>('select run_due(1) as done', []);
  return (rows[0]?.done ?? 0) > 0;
}

/** For a timer whose run took the connection with it. */
export async function putOffFirstDue(db: Queryable, why: string): Promise<void> {
  await db.query('select put_off_first_due($1)', [why]);
}

/** Keys, notices and posts nobody asks for any more. Answers how many rows went. */
export async function forgetOldRows(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ gone: number }>('select forget_old() as gone', []);
  return rows[0]?.gone ?? 0;
}
