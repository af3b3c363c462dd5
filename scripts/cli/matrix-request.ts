// A matrix and its options as a problem and a choice, in the units of the problem.
import type { SelectionChoice, SelectionProblem, SiteGroup } from '../../engine/index.ts';
import { ProductError } from '../../server/errors.ts';
import { shareOfWhole } from './matrix-decimals.ts';
import type { MatrixOptions, MatrixQuota } from './matrix-options.ts';
import type { MatrixProblem } from './matrix-problem.ts';

/** Throws ProductError SELECTION_MATRIX_QUOTA, SELECTION_MATRIX_PLACES. */
export function matrixRequest(
  options: MatrixOptions,
  matrix: MatrixProblem,
): { problem: SelectionProblem; choice: SelectionChoice } {
  const { problem, totalWeight, costDigits } = matrix;
  const inUnits = (cost: number): number => Math.floor(Number((cost * 10 ** costDigits).toPrecision(15)));
  if (options.spacingM !== null && problem.places === null) throw new ProductError('SELECTION_MATRIX_PLACES');
  return {
    problem,
    choice: {
      required: [options.costTarget === null ? totalWeight : shareOfWhole(options.costTarget, totalWeight)],
      budget: options.budget === null ? null : inUnits(options.budget),
      maxSites: options.maxSites,
      existing: [],
      locked: [],
      refused: [],
      rules: {
        spacingM:
          options.spacingM === null ? null : new Float64Array(problem.cost.length).fill(options.spacingM),
        groups: options.quotas.map((quota) => groupOf(quota, matrix, inUnits)),
      },
    },
  };
}

function groupOf(
  { text, column, value, most, least, cost }: MatrixQuota,
  { labels }: MatrixProblem,
  inUnits: (cost: number) => number,
): SiteGroup {
  const sites = (labels[column] ?? []).flatMap((label, site) => (label === value ? [site] : []));
  if (sites.length === 0) throw new ProductError('SELECTION_MATRIX_QUOTA', { quota: text, column });
  return {
    id: `${column}=${value}`,
    sites,
    leastSites: least,
    mostSites: most,
    mostCost: cost === null ? null : inUnits(cost),
  };
}
