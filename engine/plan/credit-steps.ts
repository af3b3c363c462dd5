// Who gets the credit: what a bin gains belongs to the site that raised its grade, and what only one site gives is lost without
// it. One pass over the bins of the open sites in their order, one more when all are open.
import { FULL_GRADE_VALUE, GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import { type BestGrades, eachGrade } from '../selection/cover/best-grades.ts';
import type { Selection } from '../selection/selection-problem.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

export interface StepCredit {
  /** Bins that became covered in the binary sense. */
  readonly gainBins: number;
  readonly gainPeople: number | null;
  /** In weight times worth. */
  readonly uniqueWeight: number;
  readonly uniquePeople: number | null;
  /** Bins that only this site covers in the binary sense. */
  readonly uniqueBins: number;
}

export interface Credits {
  /** One entry per step of the selection. */
  readonly steps: readonly StepCredit[];
  /** Grades per bin in the finished plan, and by existing stations alone. */
  readonly best: Uint8Array;
  readonly bestByExisting: Uint8Array;
}

export function creditSteps(
  { grid, footprints }: PreparedCoverage,
  { steps }: Selection,
  { best, second }: BestGrades,
): Credits {
  const { binCount, people, weight } = grid;
  const existing = steps.filter((step) => step.placedBy === 'existing').length;
  const gainBins = new Float64Array(steps.length);
  const gainPeople = new Float64Array(steps.length);
  const now = new Uint8Array(binCount);
  let bestByExisting = now.slice();
  steps.forEach(({ site }, step) => {
    if (step === existing) bestByExisting = now.slice();
    eachGrade({ footprints }, site, (bin, grade) => {
      const before = now[bin]!;
      if (grade <= before) return;
      now[bin] = grade;
      if (before < HALF_GRADE && grade >= HALF_GRADE) gainBins[step] = gainBins[step]! + 1;
      if (people) gainPeople[step] = gainPeople[step]! + people[bin]! * worthBetween(before, grade);
    });
  });
  if (steps.length === existing) bestByExisting = now.slice();

  const uniqueWeight = new Float64Array(steps.length);
  const uniquePeople = new Float64Array(steps.length);
  const uniqueBins = new Float64Array(steps.length);
  steps.forEach(({ site }, step) => {
    eachGrade({ footprints }, site, (bin, grade) => {
      if (grade !== best[bin] || grade === second[bin]) return;
      if (grade >= HALF_GRADE && second[bin]! < HALF_GRADE) uniqueBins[step] = uniqueBins[step]! + 1;
      const alone = GRADE_VALUE[grade]! - GRADE_VALUE[second[bin]!]!;
      uniqueWeight[step] = uniqueWeight[step]! + weight[bin]! * alone;
      if (people) uniquePeople[step] = uniquePeople[step]! + (people[bin]! * alone) / FULL_GRADE_VALUE;
    });
  });
  return {
    steps: steps.map((_, step) => ({
      gainBins: gainBins[step]!,
      gainPeople: people ? gainPeople[step]! : null,
      uniqueWeight: uniqueWeight[step]!,
      uniquePeople: people ? uniquePeople[step]! : null,
      uniqueBins: uniqueBins[step]!,
    })),
    best,
    bestByExisting,
  };
}

/** Share of a bin, 0..1. */
function worthBetween(before: number, after: number): number {
  return (GRADE_VALUE[after]! - GRADE_VALUE[before]!) / FULL_GRADE_VALUE;
}
