// What somebody says of rows: a decision of the district or the opinion of a town. The same keys and the same form serve both.
import {
  type BatchDecision,
  type BatchOpinion,
  batchDecisions,
  batchOpinions,
  type ReviewReasonCode,
} from '../../../engine/index.ts';
import type { ActWork, SeenRow } from '../../state/unsent-acts.ts';
import type { DeskMode } from './batch-acts.ts';
import type { DeskCommand } from './batch-keys.tsx';

export type Verdict =
  | { readonly kind: 'decide'; readonly value: BatchDecision }
  | { readonly kind: 'town'; readonly value: BatchOpinion };

const decisionOfKey: Partial<Record<DeskCommand, BatchDecision>> = {
  agree: '同意',
  return: '退回补正',
  refuse: '不同意',
  problem: '转问题',
};
const opinionOfKey: Partial<Record<DeskCommand, BatchOpinion>> = {
  agree: '同意',
  return: '有条件同意',
  refuse: '不同意',
};

/** Null: the key says nothing of a row here. */
export function verdictOfKey(command: DeskCommand, mode: DeskMode): Verdict | null {
  const decision = mode === 'decide' ? decisionOfKey[command] : undefined;
  if (decision !== undefined) return { kind: 'decide', value: decision };
  const opinion = mode === 'opine' ? opinionOfKey[command] : undefined;
  return opinion === undefined ? null : { kind: 'town', value: opinion };
}

/** All that can be said in a mode, in the order of the buttons. */
export function verdictsOf(mode: DeskMode): readonly Verdict[] {
  if (mode === 'decide') return batchDecisions.map((value) => ({ kind: 'decide', value }));
  return mode === 'opine' ? batchOpinions.map((value) => ({ kind: 'town', value })) : [];
}

/** Letter on the keyboard. */
export const keyOfVerdict: Readonly<Record<Verdict['value'], string>> = {
  同意: 'A',
  退回补正: 'B',
  有条件同意: 'B',
  不同意: 'R',
  转问题: 'P',
};

/** What is still missing; keys under `batches.decide.missing`. */
export function missingIn(
  verdict: Verdict,
  reasonCode: ReviewReasonCode | null,
  text: string,
): 'reasonCode' | 'reasonText' | 'text' | null {
  if (verdict.value === '同意') return null;
  const isSilent = text.trim() === '';
  if (verdict.kind === 'town') return isSilent ? 'text' : null;
  if (reasonCode === null) return 'reasonCode';
  return reasonCode === '其他' && isSilent ? 'reasonText' : null;
}

/** The act to send. Call only when nothing is missing. */
export function workOf(
  verdict: Verdict,
  rows: readonly SeenRow[],
  reasonCode: ReviewReasonCode | null,
  text: string,
): ActWork {
  if (verdict.kind === 'town') return { kind: 'town', rows, opinion: verdict.value, text: text.trim() };
  return {
    kind: 'decide',
    rows,
    decision: verdict.value,
    reasonCode: verdict.value === '同意' ? null : reasonCode,
    reasonText: verdict.value === '同意' ? '' : text.trim(),
  };
}
