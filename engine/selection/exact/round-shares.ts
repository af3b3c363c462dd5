// A plan from the fractional plan of a bound: greedy that follows the shares, then a short local search from there. Every rule is kept
// because both keep it (relaxation-guided rounding; selection reference, section 7).
import { improveSelection } from '../search/improve-selection.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';

/** Sites the fractional plan leaves closed may still be chosen, at this share of their worth. */
const LEAST_FACTOR = 0.03;
const IMPROVE_STEPS = 300;

/** New sites without existing and locked ones. `shares`: 0..1 per site of the problem; `seed` turns the search elsewhere. */
export function roundShares(
  problem: SelectionProblem,
  choice: SelectionChoice,
  shares: Float64Array,
  seed: number,
): number[] {
  const isAimless = choice.required.every((required) => !(required > 0));
  const guide = {
    perTarget: choice.required.map((required, target) =>
      required > 0 ? 1 / required : isAimless && target === 0 ? 1 : 0,
    ),
    binFactor: new Float32Array(problem.cover.binCount).fill(1),
    siteFactor: shares.map((share) => LEAST_FACTOR + share),
  };
  const sites = selectGreedily(problem, choice, { guide });
  return improveSelection(problem, choice, sites, null, { steps: IMPROVE_STEPS, seed }).sites;
}
