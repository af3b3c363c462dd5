// Strict tiers as an answer like any other: which sites open follows the order of preference, and what they are proved against is every
// plan at true prices, the order left aside.
import type { Effort, Watch } from '../effort.ts';
import { newSitesOf } from '../phases/phase-steps.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { settleSelection } from '../solve-selection.ts';
import type { SiteClasses } from './class-weights.ts';
import { selectByTiers } from './select-by-tiers.ts';

/** Throws what `selectByTiers` throws. */
export function solveByTiers(
  problem: SelectionProblem,
  choice: SelectionChoice,
  classes: SiteClasses,
  effort: Effort,
  watch: Watch = {},
): Selection {
  const { selection } = selectByTiers(problem, choice, classes, effort, watch);
  return settleSelection(problem, choice, newSitesOf(selection), effort, watch);
}
