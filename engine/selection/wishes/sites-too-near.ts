// The spacing rule for one pair of sites: strictly nearer than the smaller of their two values; 0 exempts.
import type { SelectionProblem } from '../selection-problem.ts';

/** Squares of metres are compared, so that no root is rounded. */
export function sitesTooNear(
  { eastM, northM }: NonNullable<SelectionProblem['places']>,
  spacingM: Float64Array,
  one: number,
  other: number,
): boolean {
  const limitM = Math.min(spacingM[one]!, spacingM[other]!);
  const eastwardM = eastM[one]! - eastM[other]!;
  const northwardM = northM[one]! - northM[other]!;
  return eastwardM * eastwardM + northwardM * northwardM < limitM * limitM;
}
