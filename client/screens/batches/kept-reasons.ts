// Reasons that were begun and not recorded, by row, as text for the storage of a tab, and back. The storage is outside input.
import { batchDecisions, batchOpinions, reviewReasonCodes } from '../../../engine/index.ts';
import type { ReasonDraft } from './reason-form.tsx';
import type { Verdict } from './verdict.ts';

export type ReasonDrafts = ReadonlyMap<string, ReasonDraft>;

/** Stands for a row: the reason of what is said of many. */
export const manyRows = '';

const LONGEST = 1000;

/** '' when nothing was begun. */
export function reasonsText(drafts: ReasonDrafts): string {
  return drafts.size === 0 ? '' : JSON.stringify([...drafts]);
}

/** Nothing of a text that is none of ours. */
export function reasonsInText(text: string | null): ReasonDrafts {
  const kept = parse(text);
  if (!Array.isArray(kept)) return new Map();
  return new Map(
    kept.flatMap((entry: unknown) => {
      const [id, draft] = Array.isArray(entry) ? entry : [];
      const read = typeof id === 'string' ? readDraft(draft) : null;
      return read === null ? [] : [[id as string, read] as const];
    }),
  );
}

function readDraft(draft: unknown): ReasonDraft | null {
  if (!isRecord(draft) || typeof draft.text !== 'string') return null;
  const verdict = readVerdict(draft.verdict);
  if (verdict === null) return null;
  const reasonCode = reviewReasonCodes.find((code) => code === draft.reasonCode) ?? null;
  return { verdict, reasonCode, text: draft.text.slice(0, LONGEST) };
}

function readVerdict(verdict: unknown): Verdict | null {
  if (!isRecord(verdict)) return null;
  const decision = batchDecisions.find((value) => value === verdict.value);
  const opinion = batchOpinions.find((value) => value === verdict.value);
  if (verdict.kind === 'decide' && decision !== undefined) return { kind: 'decide', value: decision };
  return verdict.kind === 'town' && opinion !== undefined ? { kind: 'town', value: opinion } : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
