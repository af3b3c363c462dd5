// One part of a city, solved by itself: what a thread does when a selection is split (split-problem.ts). Knows nothing of the other parts. It is
// asked twice: first what its share costs at the margin, then, at the price all parts agreed on, for prices of its bins and a plan.

import { fullWorth } from '../cover/full-worth.ts';
import type { Effort, Watch } from '../effort.ts';
import { findPrices, type PriceStart } from '../prices/find-prices.ts';
import { improveSelection } from '../search/improve-selection.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import { betterSites, guideOf } from '../solve-selection.ts';
import type { PartProblem } from './split-problem.ts';

export interface PartWork extends PartProblem {
  readonly task: 'prices' | 'plan';
  /** Where prices are sought from; null: from a guess, and the prices of the targets with them. */
  readonly start: PriceStart | null;
  readonly effort: Effort;
}

/** In the numbers of the part and its cost units. */
export interface PartPlan {
  readonly part: number;
  /** New sites without the locked ones; none when only prices were asked for. */
  readonly sites: Uint32Array;
  readonly perTarget: Float64Array;
  readonly perBin: Float32Array;
  /** The fractional plan, 0..1 per site. */
  readonly x: Float64Array;
  /** Worth of one unit of weight fully served, as this part counts it. */
  readonly worth: number;
}

/** The same for the same work, wherever it is done; `watch` may end it early with what there is. */
export function solvePart(work: PartWork, watch: Watch = {}): PartPlan {
  const { part, task, problem, choice, start, effort } = work;
  const search = findPrices(problem, choice, 'cost', effort.priceSteps, watch, start);
  const { prices, x } = search;
  let sites: readonly number[] = [];
  if (task === 'plan') {
    const isPriced = effort.priceSteps > 0;
    const guide = isPriced ? { perTarget: prices.perTarget, reduced: search.reduced } : null;
    sites = selectGreedily(problem, choice, { guide: isPriced ? guideOf(problem, search) : null, watch });
    if (effort.improveSteps > 0 && watch.shouldStop?.() !== true) {
      const { improveSteps: steps, seed } = effort;
      const improved = improveSelection(problem, choice, sites, guide, { steps, seed }, watch);
      sites = betterSites(problem, choice, sites, improved.sites);
    }
  }
  return {
    part,
    sites: Uint32Array.from(sites),
    perTarget: prices.perTarget,
    perBin: prices.perBin,
    x,
    worth: fullWorth(problem),
  };
}
