// Several good plans that differ: local search from two greedy plans with different seeds. What they share is mostly right, and the sites
// they do not share are few enough to be decided completely (merge-plans.ts).
import type { Watch } from '../effort.ts';
import type { PriceSearch } from '../prices/find-prices.ts';
import { improveSelection } from '../search/improve-selection.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { guideOf } from '../solve-selection.ts';

const RUNS = 6;
const STEPS = 5000;
/** Small problems are searched through with fewer. */
const STEPS_PER_SITE = 10;

/** New sites without existing and locked ones, plan by plan; some may miss a share. `found`: prices to follow; null: none. */
export function gatherPlans(
  problem: SelectionProblem,
  choice: SelectionChoice,
  found: Pick<PriceSearch, 'prices' | 'x' | 'reduced'> | null,
  { shouldStop }: Watch,
): number[][] {
  const starts = [selectGreedily(problem, choice)];
  if (found !== null) starts.push(selectGreedily(problem, choice, { guide: guideOf(problem, found) }));
  const guide = found && { perTarget: found.prices.perTarget, reduced: found.reduced };
  const steps = Math.min(STEPS, STEPS_PER_SITE * problem.cost.length);
  return Array.from(
    { length: RUNS },
    (_, run) =>
      improveSelection(
        problem,
        choice,
        starts[run % starts.length]!,
        guide,
        { steps, seed: run + 1 },
        { ...(shouldStop && { shouldStop }) },
      ).sites,
  );
}
