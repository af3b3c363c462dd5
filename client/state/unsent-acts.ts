// Acts on rows of a batch on their way to the service, as plain functions: they leave one after another, each with its own
// Idempotency-Key, so that an act whose answer got lost is sent again as the same act and happens once.
import type { BatchDecision, BatchOpinion, ReviewReasonCode } from '../../engine/index.ts';

export interface SeenRow {
  readonly id: string;
  /** As the person saw it. */
  readonly version: number;
}

export type ActWork =
  | {
      readonly kind: 'decide';
      readonly rows: readonly SeenRow[];
      readonly decision: BatchDecision;
      readonly reasonCode: ReviewReasonCode | null;
      readonly reasonText: string;
    }
  | {
      readonly kind: 'town';
      readonly rows: readonly SeenRow[];
      readonly opinion: BatchOpinion;
      readonly text: string;
    }
  | {
      readonly kind: 'department';
      readonly rows: readonly SeenRow[];
      readonly department: string;
      readonly opinion: BatchOpinion;
      readonly text: string;
    }
  | {
      readonly kind: 'countersign';
      readonly rows: readonly SeenRow[];
      readonly department: string;
      /** ISO time; null: by the rule. */
      readonly dueAt: string | null;
      readonly note: string;
    }
  | {
      /** The department need not answer any more. */
      readonly kind: 'countersign-back';
      readonly rows: readonly SeenRow[];
      readonly department: string;
    }
  | {
      readonly kind: 'undo';
      /** Null: the last one. */
      readonly actId: string | null;
      /** Key of an act that has not been answered yet: its id becomes `actId`. */
      readonly afterOnce: string | null;
    };

export interface UnsentAct {
  readonly once: string;
  readonly batchId: string;
  readonly work: ActWork;
  /** It has left at least once: what it says is fixed, and it may have happened. */
  readonly hasLeft: boolean;
  /** stale: somebody changed a row meanwhile · refused: the service says no. Both wait for the person. */
  readonly stage: 'waiting' | 'stale' | 'refused';
}

export const rowsOf = (work: ActWork): readonly SeenRow[] => (work.kind === 'undo' ? [] : work.rows);

/** The next to leave. */
export const nextAct = (acts: readonly UnsentAct[]): UnsentAct | null =>
  acts.find(({ stage }) => stage === 'waiting') ?? null;

export const changeAct = (
  acts: readonly UnsentAct[],
  once: string,
  change: Partial<UnsentAct>,
): readonly UnsentAct[] => acts.map((act) => (act.once === once ? { ...act, ...change } : act));

export interface Answered {
  readonly actId: string;
  readonly rows: readonly SeenRow[];
}

/**
 * The list after `once` was answered. Acts behind it that were made on the same version of a row go on from the answer: the person saw
 * their own act there. Acts made on another version keep theirs, and the service will say that the row has changed.
 */
export function actAnswered(
  acts: readonly UnsentAct[],
  once: string,
  answer: Answered,
): readonly UnsentAct[] {
  const done = acts.find((act) => act.once === once);
  if (done === undefined) return acts;
  const sent = new Map(rowsOf(done.work).map(({ id, version }) => [id, version]));
  const now = new Map(answer.rows.map(({ id, version }) => [id, version]));
  const rebased = (row: SeenRow): SeenRow => {
    const version = now.get(row.id);
    return version !== undefined && sent.get(row.id) === row.version ? { id: row.id, version } : row;
  };
  return acts
    .filter((act) => act !== done)
    .map((act) => {
      if (act.hasLeft) return act;
      const { work } = act;
      if (work.kind !== 'undo') return { ...act, work: { ...work, rows: work.rows.map(rebased) } };
      return work.afterOnce === once
        ? { ...act, work: { ...work, actId: answer.actId, afterOnce: null } }
        : act;
    });
}

/** Without `once`, and without the undoing of it: what did not happen is not undone. */
export const withoutAct = (acts: readonly UnsentAct[], once: string): readonly UnsentAct[] =>
  acts.filter((act) => act.once !== once && !(act.work.kind === 'undo' && act.work.afterOnce === once));

export type UndoPlan =
  /** It never left: forget it. */
  | { readonly how: 'forget'; readonly act: UnsentAct }
  | { readonly how: 'send'; readonly actId: string | null; readonly afterOnce: string | null };

/** What Ctrl+Z means now. `lastDoneId` is the last act the service knows of. Null: nothing to undo. */
export function undoPlan(acts: readonly UnsentAct[], lastDoneId: string | null): UndoPlan | null {
  const waiting = acts.filter(({ stage }) => stage === 'waiting');
  const undoing = waiting.filter(({ work }) => work.kind === 'undo');
  const undone = new Set(undoing.map(({ work }) => (work.kind === 'undo' ? work.afterOnce : null)));
  const last = waiting.findLast((act) => act.work.kind === 'decide' && !undone.has(act.once));
  if (last !== undefined && !last.hasLeft) return { how: 'forget', act: last };
  if (last !== undefined) return { how: 'send', actId: null, afterOnce: last.once };
  // behind another undo it is the one before, whichever that will be
  if (undoing.length > 0) return { how: 'send', actId: null, afterOnce: null };
  return lastDoneId === null ? null : { how: 'send', actId: lastDoneId, afterOnce: null };
}

/** What is kept in the browser is outside input: anything else than acts is nothing. */
export function readActs(text: string | null): readonly UnsentAct[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isAct) : [];
  } catch {
    return [];
  }
}

function isAct(value: unknown): value is UnsentAct {
  if (typeof value !== 'object' || value === null) return false;
  const { once, batchId, work, hasLeft, stage } = value as Partial<Record<keyof UnsentAct, unknown>>;
  return (
    typeof once === 'string' &&
    typeof batchId === 'string' &&
    typeof hasLeft === 'boolean' &&
    typeof stage === 'string' &&
    ['waiting', 'stale', 'refused'].includes(stage) &&
    typeof work === 'object' &&
    work !== null &&
    'kind' in work &&
    (work.kind === 'undo' || ('rows' in work && Array.isArray(work.rows)))
  );
}
