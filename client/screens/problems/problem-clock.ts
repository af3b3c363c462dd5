// The clock of a problem as a colour and a sentence: late, soon, time left, or standing still.
import type { ProblemJson } from '../../../server/contract/problems.ts';

/** Working days before the due date from which on it counts as soon. */
const SOON_DAYS = 3;

export interface ProblemClockView {
  readonly tone: 'late' | 'soon' | 'ok' | 'still';
  /** Word under `problems.clock`. */
  readonly word: 'late' | 'lateToday' | 'today' | 'left' | 'waits' | 'waitsLate' | 'closed' | 'closedLate';
  /** Working days. */
  readonly count: number;
}

export function problemClock({
  state,
  overdue,
  workingDaysLeft,
}: Pick<ProblemJson, 'state' | 'overdue' | 'workingDaysLeft'>): ProblemClockView {
  const still = (word: ProblemClockView['word']): ProblemClockView => ({ tone: 'still', word, count: 0 });
  if (state === '已销号') return still(overdue ? 'closedLate' : 'closed');
  if (state === '待确认') return still(overdue ? 'waitsLate' : 'waits');
  const left = workingDaysLeft ?? 0;
  if (overdue) return { tone: 'late', word: left < 0 ? 'late' : 'lateToday', count: Math.max(0, -left) };
  if (left <= 0) return { tone: 'soon', word: 'today', count: 0 };
  return { tone: left <= SOON_DAYS ? 'soon' : 'ok', word: 'left', count: left };
}
