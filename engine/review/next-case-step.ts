// The step that brings a case further on its chain, whoever takes it: what the page of a case tells everybody who looks at it.
import { type CaseMove, type CaseState, caseChain, caseMachine } from './case-states.ts';

/** Null: nothing follows, or what follows depends on what befell it. What was returned is declared again. */
export function nextCaseStep(state: CaseState): CaseMove | null {
  const chain: readonly CaseState[] = caseChain;
  const place = chain.indexOf(state === '退回补正' ? '入方案' : state);
  if (place < 0) return null;
  const ahead = caseMachine.moves
    .filter(({ from, to }) => from === state && chain.indexOf(to) > place)
    .sort((a, b) => chain.indexOf(a.to) - chain.indexOf(b.to));
  return ahead[0] ?? null;
}
