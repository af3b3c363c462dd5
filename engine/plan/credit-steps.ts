// Who gets the credit: every item belongs to the first site that served it, and is lost without a site that alone serves it.
// One pass over the items of the open sites, one over all items.
import { BINARY_LEVEL, LEVEL_STEP } from '../coverage/footprints.ts';
import type { Selection } from '../selection/selection-problem.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

export interface StepCredit {
  readonly gainBins: number;
  readonly gainPeople: number | null;
  readonly uniqueWeight: number;
  readonly uniquePeople: number | null;
}

export interface Credits {
  /** One entry per step of the selection. */
  readonly steps: readonly StepCredit[];
  /** Probability levels reached per bin, 0..7: in the finished plan, and by existing stations alone. */
  readonly reached: Uint8Array;
  readonly reachedByExisting: Uint8Array;
}

export function creditSteps(prepared: PreparedCoverage, selection: Selection): Credits {
  const { grid, problem, footprints } = prepared;
  const { binCount, people, indoor } = grid;
  const { steps } = selection;
  const owner = ownersOf(prepared, selection);
  const existing = steps.filter((step) => step.placedBy === 'existing').length;

  const gainBins = new Float64Array(steps.length);
  const gainPeople = new Float64Array(steps.length);
  const uniqueWeight = new Float64Array(steps.length);
  const uniquePeople = new Float64Array(steps.length);
  const reached = new Uint8Array(binCount);
  const reachedByExisting = new Uint8Array(binCount);
  for (let level = 0; level < footprints.levels; level++) {
    const worth = LEVEL_STEP[level]! / 100;
    for (let bin = 0; bin < binCount; bin++) {
      const item = level * binCount + bin;
      const step = owner[item]!;
      if (step < 0 || indoor[bin] === 1) continue;
      reached[bin] = level + 1;
      if (step < existing) reachedByExisting[bin] = level + 1;
      if (level === BINARY_LEVEL) gainBins[step] = gainBins[step]! + 1;
      const peopleWorth = people ? people[bin]! * worth : 0;
      gainPeople[step] = gainPeople[step]! + peopleWorth;
      if (selection.count[item] === 1) {
        uniqueWeight[step] = uniqueWeight[step]! + problem.weight[item]!;
        uniquePeople[step] = uniquePeople[step]! + peopleWorth;
      }
    }
  }
  return {
    steps: steps.map((_, step) => ({
      gainBins: gainBins[step]!,
      gainPeople: people ? gainPeople[step]! : null,
      uniqueWeight: uniqueWeight[step]!,
      uniquePeople: people ? uniquePeople[step]! : null,
    })),
    reached,
    reachedByExisting,
  };
}

/** The first step that served each item, or -1. */
function ownersOf(prepared: PreparedCoverage, selection: Selection): Int32Array {
  const { runStarts, runFirst, runLength, weight } = prepared.problem;
  const owner = new Int32Array(weight.length).fill(-1);
  selection.steps.forEach(({ site }, step) => {
    for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
      const end = runFirst[run]! + runLength[run]!;
      for (let item = runFirst[run]!; item < end; item++) if (owner[item]! < 0) owner[item] = step;
    }
  });
  return owner;
}
