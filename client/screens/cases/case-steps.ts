// Where a case stands on the chain, for the picture of it: what lies behind, where it is or was held up, what lies ahead, and the way aside.
import { type CaseState, caseChain } from '../../../engine/index.ts';
import type { CaseJson } from '../../../server/contract/cases.ts';

export interface CaseStep {
  readonly state: (typeof caseChain)[number];
  /** open: passed by, and still to come: work may begin before the review has decided. */
  readonly standing: 'done' | 'open' | 'now' | 'held' | 'ahead';
}

export interface CasePicture {
  readonly steps: readonly CaseStep[];
  /** A state beside the chain; null: none. */
  readonly aside: CaseState | null;
}

const review: readonly CaseState[] = ['已申报', '审查中', '列入计划'];

export function casePicture({
  state,
  stateBefore,
  listedAt,
}: Pick<CaseJson, 'state' | 'stateBefore' | 'listedAt'>): CasePicture {
  const isOnChain = (caseChain as readonly CaseState[]).includes(state);
  const at = placeOf(isOnChain ? state : stateBefore);
  const here = isOnChain ? 'now' : 'held';
  return {
    aside: isOnChain ? null : state,
    steps: caseChain.map((name, place) => ({
      state: name,
      standing:
        place === at
          ? here
          : place > at
            ? 'ahead'
            : listedAt === null && review.includes(name)
              ? 'open'
              : 'done',
    })),
  };
}

/** −1: nobody knows where it left the chain. */
function placeOf(state: CaseState | null): number {
  return (caseChain as readonly (CaseState | null)[]).indexOf(state);
}
