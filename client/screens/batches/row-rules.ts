// The rows of a batch on the desk as plain functions: what is shown while acts are on their way, filters with counts, the walk with
// the keyboard, what somebody else changed.
import type { BatchDecision, RowCheckResult } from '../../../engine/index.ts';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import type { UnsentAct } from '../../state/unsent-acts.ts';

/** A row with what this person did to it and the service has not answered yet. */
export interface ShownRow extends BatchRowJson {
  readonly unsent: boolean;
}

/** Acts on their way laid over the rows, in the order they were made. */
export function shownRows(
  rows: readonly BatchRowJson[],
  acts: readonly UnsentAct[],
  personName: string,
): ShownRow[] {
  const byRow = new Map<string, UnsentAct[]>();
  for (const act of acts) {
    if (act.stage !== 'waiting' || act.work.kind === 'undo') continue;
    for (const { id } of act.work.rows) byRow.set(id, [...(byRow.get(id) ?? []), act]);
  }
  return rows.map((row) => {
    const mine = byRow.get(row.id);
    const start: ShownRow = { ...row, unsent: mine !== undefined };
    return (mine ?? []).reduce((now, act) => withAct(now, act, personName), start);
  });
}

function withAct(row: ShownRow, { work }: UnsentAct, byName: string): ShownRow {
  switch (work.kind) {
    case 'undo':
      return row;
    case 'decide': {
      const { decision, reasonCode, reasonText } = work;
      return { ...row, decision, reasonCode, reasonText, decidedByName: byName, decidedAt: null };
    }
    case 'town':
      return { ...row, townOpinion: { opinion: work.opinion, text: work.text, byName, at: '' } };
    case 'department': {
      const { department, opinion, text } = work;
      const others = row.departmentOpinions.filter((one) => one.department !== department);
      const countersigns = row.countersigns.filter((one) => one.department !== department);
      return {
        ...row,
        countersigns,
        departmentOpinions: [...others, { department, opinion, text, byName, at: '' }],
      };
    }
    case 'countersign': {
      const { department, dueAt, note } = work;
      const others = row.countersigns.filter((one) => one.department !== department);
      return { ...row, countersigns: [...others, { department, byName, at: '', dueAt: dueAt ?? '', note }] };
    }
    case 'countersign-back':
      return {
        ...row,
        countersigns: row.countersigns.filter(({ department }) => department !== work.department),
      };
  }
}

/** What filters look at. */
export type FilteredRow = Pick<
  BatchRowJson,
  'decision' | 'checks' | 'round' | 'townOpinion' | 'countersigns'
>;

export const rowFilters = [
  'all',
  'undecided',
  'failed',
  'returned',
  'came-back',
  'no-town',
  'town-against',
  'countersign',
] as const;
export type RowFilter = (typeof rowFilters)[number];

const holds: Readonly<Record<RowFilter, (row: FilteredRow) => boolean>> = {
  all: () => true,
  undecided: (row) => row.decision === null,
  failed: (row) => worstCheck(row) === 'fail',
  returned: (row) => row.decision === '退回补正',
  'came-back': (row) => row.round > 1,
  'no-town': (row) => row.townOpinion === null,
  'town-against': (row) => row.townOpinion !== null && row.townOpinion.opinion !== '同意',
  countersign: (row) => row.countersigns.length > 0,
};

export const filterRows = <Row extends FilteredRow>(
  rows: readonly Row[],
  filter: RowFilter,
): readonly Row[] => (filter === 'all' ? rows : rows.filter(holds[filter]));

export function countFilters(rows: readonly FilteredRow[]): Readonly<Record<RowFilter, number>> {
  const counted = rowFilters.map((filter) => [filter, rows.filter(holds[filter]).length] as const);
  return Object.fromEntries(counted) as Record<RowFilter, number>;
}

type SearchedRow = Pick<BatchRowJson, 'code' | 'name' | 'address' | 'owner' | 'townName'>;

/** Code, name, address, owner or town contains the text. */
export function searchRows<Row extends SearchedRow>(rows: readonly Row[], text: string): readonly Row[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter(({ code, name, address, owner, townName }) =>
    [code, name, address, owner, townName].some((value) => value.toLowerCase().includes(wanted)),
  );
}

const worstFirst: readonly RowCheckResult[] = ['fail', 'warn', 'unknown', 'pass'];

/** The result a row is marked with; without checks nothing is known. */
export function worstCheck({ checks }: Pick<BatchRowJson, 'checks'>): RowCheckResult {
  return worstFirst.find((result) => checks.some((check) => check.result === result)) ?? 'unknown';
}

/** Worst first, otherwise in the order of the engine. */
export function sortChecks(checks: BatchRowJson['checks']): BatchRowJson['checks'] {
  return [...checks].sort((a, b) => worstFirst.indexOf(a.result) - worstFirst.indexOf(b.result));
}

/** Where the keyboard is: the row, and where it stood, for when a filter takes it away. */
export interface Current {
  readonly id: string | null;
  readonly index: number;
}

/** The row `step` further down (or up), not beyond the ends; from a row that has gone, the one that stands in its place now. */
export function rowAtStep(
  rows: readonly { readonly id: string }[],
  current: Current,
  step: number,
): Current | null {
  if (rows.length === 0) return null;
  const at = rows.findIndex(({ id }) => id === current.id);
  const wanted = at >= 0 ? at + step : current.id === null ? 0 : current.index + Math.min(step, 0);
  const index = Math.min(Math.max(wanted, 0), rows.length - 1);
  return { id: rows[index]!.id, index };
}

/**
 * The row that waits next: the first below `fromId` that waits, and from the end back to the top. `actedOn` are rows an act is made
 * on right now: they wait no longer. Null: none is left.
 */
export function nextWaiting<Row extends { readonly id: string }>(
  rows: readonly Row[],
  fromId: string | null,
  waits: (row: Row) => boolean,
  actedOn: ReadonlySet<string>,
): string | null {
  const at = rows.findIndex(({ id }) => id === fromId);
  const walk = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  return walk.find((row) => waits(row) && !actedOn.has(row.id))?.id ?? null;
}

/** The first row that waits, else the first; null of none. */
export const firstToLookAt = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  waits: (row: Row) => boolean,
): string | null => nextWaiting(rows, null, waits, new Set()) ?? rows[0]?.id ?? null;

export type RowNews =
  | 'decision'
  | 'townOpinion'
  | 'departmentOpinions'
  | 'countersigns'
  | 'proposal'
  | 'other';

/** What differs between a row as somebody saw it and as it is; `other` when the version alone does. */
export function rowNews(seen: BatchRowJson, now: BatchRowJson): RowNews[] {
  if (seen.version === now.version) return [];
  const differs = (of: (row: BatchRowJson) => unknown) =>
    JSON.stringify(of(seen)) !== JSON.stringify(of(now));
  const news: RowNews[] = [
    ...(differs((row) => [row.decision, row.reasonCode, row.reasonText]) ? ['decision' as const] : []),
    ...(differs((row) => row.townOpinion) ? ['townOpinion' as const] : []),
    ...(differs((row) => row.departmentOpinions) ? ['departmentOpinions' as const] : []),
    ...(differs((row) => row.countersigns) ? ['countersigns' as const] : []),
    ...(differs((row) => [row.round, row.changes]) ? ['proposal' as const] : []),
  ];
  return news.length === 0 ? ['other'] : news;
}

export interface CountersignPreview {
  /** Rows the department is asked about already: date and words are replaced. */
  readonly already: number;
  /** Rows it has spoken about: it is asked once more. */
  readonly answered: number;
  readonly decided: number;
}

/** What asking a department about several rows would find. */
export function previewCountersign(
  rows: readonly Pick<BatchRowJson, 'countersigns' | 'departmentOpinions' | 'decision'>[],
  department: string,
): CountersignPreview {
  const named = (list: readonly { readonly department: string }[]) =>
    list.some((one) => one.department === department);
  return {
    already: rows.filter(({ countersigns }) => named(countersigns)).length,
    answered: rows.filter((row) => named(row.departmentOpinions) && !named(row.countersigns)).length,
    decided: rows.filter(({ decision }) => decision !== null).length,
  };
}

export interface BulkPreview {
  readonly rows: number;
  readonly costCny: number;
  /** Of them with a failing check. */
  readonly failing: number;
  /** Of them the town objects to, or agrees to under conditions. */
  readonly townAgainst: number;
  /** Of them decided otherwise before: that decision is replaced. */
  readonly overturned: number;
  /** Of them with this very decision already. */
  readonly unchanged: number;
}

/** What one decision on several rows would do. */
export function previewBulk(rows: readonly BatchRowJson[], decision: BatchDecision): BulkPreview {
  const count = (which: (row: BatchRowJson) => boolean) => rows.filter(which).length;
  return {
    rows: rows.length,
    costCny: rows.reduce((sum, row) => sum + row.costCny, 0),
    failing: count(holds.failed),
    townAgainst: count(holds['town-against']),
    overturned: count((row) => row.decision !== null && row.decision !== decision),
    unchanged: count((row) => row.decision === decision),
  };
}
