// New rows of a plan for several operators by how many stand there in the end, those included who stood there before.
import { standingOf } from '../../state/shown-operator.ts';
import type { ShownItem } from '../../state/shown-plan.ts';

export function sharedLocations(items: readonly Pick<ShownItem, 'status' | 'sharing'>[]): {
  readonly one: number;
  readonly two: number;
  readonly more: number;
} {
  const counts = items.filter(({ status }) => status === 'new').map((item) => standingOf(item).length);
  return {
    one: counts.filter((count) => count === 1).length,
    two: counts.filter((count) => count === 2).length,
    more: counts.filter((count) => count > 2).length,
  };
}
