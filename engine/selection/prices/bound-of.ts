// The bound that given prices prove for a problem and a choice (certificate.ts, selection reference 6.1-6.5): any prices give a true
// bound, good ones a tight one. Prices beyond their box are cut to it.
import type { BinPrices, Certificate } from '../certificate.ts';
import type { CoverPricer } from '../cover/cover-pricer.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makePriceBound } from './price-bound.ts';

/**
 * `cost`: whole yuan that a plan reaching `choice.required` within the rules costs at the least; existing stations are free.
 * `covered`: weight times worth of the first target that `choice.budget` and `choice.maxSites` allow at the most; the prices may be
 * in yuan or in sites, the better reading counts. `pricer`: of the problem, where somebody has one. `reduced`: per site its cost less its earnings, in the unit of the prices.
 */
export function boundOf(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: Certificate['kind'],
  prices: BinPrices,
  pricer?: CoverPricer,
): { bound: number; parts: Certificate['parts']; reduced: Float64Array } {
  if (prices.perBin.length !== problem.cover.binCount)
    throw new RangeError(
      `boundOf: ${prices.perBin.length} prices; expected ${problem.cover.binCount}, one per bin`,
    );
  const bound = makePriceBound(problem, choice, kind, pricer);
  bound.read(prices.perTarget, prices.perBin);
  const { bound: value, parts } = bound.at(1);
  return { bound: value, parts, reduced: bound.reduced() };
}
