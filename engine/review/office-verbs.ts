// Verbs of office practice beside deciding (domain reference, 14): whom 催办 may urge on a batch, and whom a problem waits for.
import type { ProblemState } from './problem-states.ts';

/** Towns owe opinions, the submitter returned rows, departments asked an opinion, the district decisions. */
export const urgeTargets = ['town', 'submitter', 'department', 'district'] as const;
export type UrgeTarget = (typeof urgeTargets)[number];

export const problemUrgeTargets = ['district', 'unit'] as const;
export type ProblemUrgeTarget = (typeof problemUrgeTargets)[number];

/** The district that assigns it, or the unit in charge; null: it waits for neither. */
export function problemWaitsFor({
  state,
  ownerUnit,
}: {
  readonly state: ProblemState;
  readonly ownerUnit: string;
}): ProblemUrgeTarget | null {
  if (state === '新建') return 'district';
  return (state === '分派' || state === '处理中') && ownerUnit !== '' ? 'unit' : null;
}
