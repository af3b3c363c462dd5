// The difference between two selections, listed: what opened, what closed, what it costs and brings.
import type { Selection } from '../selection-problem.ts';

export interface SelectionDifference {
  /** New sites of the second that the first has not, and the other way round, each in the order of its plan. */
  readonly opened: readonly number[];
  readonly closed: readonly number[];
  readonly kept: number;
  /** Yuan, second minus first. */
  readonly extraCost: number;
  /** Weight times worth per target, second minus first. */
  readonly extraCovered: readonly number[];
}

/** Both over the same sites and targets; RangeError otherwise. */
export function compareSelections(first: Selection, second: Selection): SelectionDifference {
  if (first.covered.length !== second.covered.length)
    throw new RangeError(
      `compareSelections: ${first.covered.length} and ${second.covered.length} targets, expected the same`,
    );
  const before = newSites(first);
  const after = newSites(second);
  const opened = [...after].filter((site) => !before.has(site));
  return {
    opened,
    closed: [...before].filter((site) => !after.has(site)),
    kept: after.size - opened.length,
    extraCost: second.cost - first.cost,
    extraCovered: second.covered.map((covered, target) => covered - first.covered[target]!),
  };
}

function newSites({ steps }: Selection): Set<number> {
  return new Set(steps.filter(({ placedBy }) => placedBy !== 'existing').map(({ site }) => site));
}
