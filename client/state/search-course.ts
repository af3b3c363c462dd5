// How a running search has gone so far: the cheapest plan and the bound, news by news. The curve is drawn from it.
import type { PlanProgressJson } from '../../server/contract/plans.ts';

export interface CoursePoint {
  readonly costCny: number | null;
  /** Whole yuan; null while there is none, or while the search bounds the share and not the cost. */
  readonly boundCny: number | null;
}

/** Enough for a curve as wide as a panel; thinned by half when it is full. */
const MOST_POINTS = 240;

/** The course with one more piece of news; the same list when the news says nothing of cost and bound. */
export function addToCourse(
  course: readonly CoursePoint[],
  progress: PlanProgressJson | null,
): readonly CoursePoint[] {
  if (progress === null || progress.step !== 'selection') return course;
  const point = coursePointOf(progress);
  if (point.costCny === null && point.boundCny === null) return course;
  const full = course.length >= MOST_POINTS ? course.filter((_, index) => index % 2 === 0) : course;
  return [...full, point];
}

/** A bound above the cost is one of another kind (most that can be covered) and says nothing about yuan. */
export function coursePointOf({ costCny = null, bound = null }: PlanProgressJson): CoursePoint {
  const isCost = bound !== null && bound > 0 && (costCny === null || bound <= costCny * (1 + 1e-9));
  return { costCny, boundCny: isCost ? bound : null };
}

/** `(cost - bound) / bound`, at least 0; null while one of them is missing. */
export function gapOf({ costCny, boundCny }: CoursePoint): number | null {
  return costCny === null || boundCny === null ? null : Math.max(0, (costCny - boundCny) / boundCny);
}
