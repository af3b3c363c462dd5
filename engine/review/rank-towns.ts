// The ranking board of problems (domain reference, 13): towns by how many of the problems they had to settle they settled on time.
// A problem counts while it was open at some moment of the period; one that was reopened counts as never closed.
// The rule: share settled on time, best first; then fewer overdue; then fewer days on the mean. Equal in all three share a rank and
// the next rank is left out (1, 1, 3); those who had nothing to settle are not ranked and come last. Order among equals: by code.

/** Times in milliseconds. */
export interface RankedProblem {
  /** Code of the town (or district) it belongs to. */
  readonly place: string;
  readonly raisedMs: number;
  readonly dueMs: number;
  /** When its unit called it settled, for the last time: what counts against the due date, not how long its raiser took to agree. */
  readonly settledMs: number | null;
  readonly closedMs: number | null;
}

export interface TownRank {
  readonly place: string;
  /** Null: nothing had to be settled. */
  readonly rank: number | null;
  /** Raised within the period. */
  readonly raised: number;
  /** Not closed when the period ended. */
  readonly open: number;
  /** Of the open ones, those past their due date and not settled before it. */
  readonly overdue: number;
  readonly closed: number;
  /** Of the closed ones, those settled by their due date. */
  readonly closedOnTime: number;
  /** closedOnTime / (closed + overdue), 0..1. */
  readonly onTimeShare: number | null;
  /** From raised to closed, in days; of the closed ones. */
  readonly meanDays: number | null;
}

const DAY_MS = 86_400_000;

/** Of problems alive between `fromMs` (inclusive) and `toMs` (exclusive), one row for each place that has any. */
export function rankTowns(
  problems: readonly RankedProblem[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): TownRank[] {
  if (!(fromMs < toMs))
    throw new RangeError(`rankTowns: expected a period that ends after it begins, got ${fromMs} to ${toMs}`);
  const byPlace = new Map<string, RankedProblem[]>();
  for (const problem of problems) {
    const ended = problem.closedMs !== null && problem.closedMs < fromMs;
    if (problem.raisedMs >= toMs || ended) continue;
    const own = byPlace.get(problem.place);
    if (own) own.push(problem);
    else byPlace.set(problem.place, [problem]);
  }
  const counted = [...byPlace].map(([place, own]) => countPlace(place, own, fromMs, toMs)).sort(compareRanks);
  let rank = 0;
  return counted.map((row, index) => {
    const before = counted[index - 1];
    if (before === undefined || compareByRule(before, row) !== 0) rank = index + 1;
    return { ...row, rank: row.onTimeShare === null ? null : rank };
  });
}

type Counted = Omit<TownRank, 'rank'>;

function countPlace(
  place: string,
  problems: readonly RankedProblem[],
  fromMs: number,
  toMs: number,
): Counted {
  const closed = problems.filter(({ closedMs }) => closedMs !== null && closedMs < toMs);
  const open = problems.filter(({ closedMs }) => closedMs === null || closedMs >= toMs);
  // settled late is late too, even when whoever raised it agreed at once
  const isOnTime = ({ settledMs, closedMs, dueMs }: RankedProblem) =>
    (settledMs ?? closedMs ?? Number.POSITIVE_INFINITY) <= dueMs;
  const overdue = open.filter(
    ({ dueMs, settledMs }) => dueMs < toMs && (settledMs === null || settledMs > dueMs),
  ).length;
  const closedOnTime = closed.filter(isOnTime).length;
  const toSettle = closed.length + overdue;
  const days = closed.reduce(
    (sum, { closedMs, raisedMs }) => sum + ((closedMs ?? toMs) - raisedMs) / DAY_MS,
    0,
  );
  return {
    place,
    raised: problems.filter(({ raisedMs }) => raisedMs >= fromMs).length,
    open: open.length,
    overdue,
    closed: closed.length,
    closedOnTime,
    onTimeShare: toSettle === 0 ? null : closedOnTime / toSettle,
    meanDays: closed.length === 0 ? null : days / closed.length,
  };
}

function compareByRule(a: Counted, b: Counted): number {
  // nothing to settle: after all who had something
  const share = (b.onTimeShare ?? -1) - (a.onTimeShare ?? -1);
  if (share !== 0) return share;
  if (a.overdue !== b.overdue) return a.overdue - b.overdue;
  const [aDays, bDays] = [a.meanDays ?? Number.MAX_VALUE, b.meanDays ?? Number.MAX_VALUE];
  return aDays === bDays ? 0 : aDays - bDays;
}

const compareRanks = (a: Counted, b: Counted): number =>
  compareByRule(a, b) || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0);
