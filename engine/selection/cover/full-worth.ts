// What one unit of weight is worth when it is fully served: shares are parts of weight times this.
import type { SelectionProblem } from '../selection-problem.ts';

/** Last grade value; the least common multiple of the counts where bins need several sites; otherwise 1. */
export function fullWorth({ cover, fold }: SelectionProblem): number {
  if (cover.kind === 'grades') return cover.gradeValue.at(-1) ?? 0;
  if (fold === null || fold.counts === 'strict') return 1;
  let multiple = 1;
  for (const count of new Set(fold.sites)) multiple = (multiple / greatestDivisor(multiple, count)) * count;
  return multiple;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
