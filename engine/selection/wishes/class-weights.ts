// Classes of candidates as weights: a candidate of a worse class looks dearer than it is by the factor of its class. What comes out is
// reported at true prices, with a certificate at true prices too, so that the price of the preference shows in the gap.
import type { Certificate } from '../certificate.ts';
import type { Effort, Watch } from '../effort.ts';
import { makeCertificate } from '../make-certificate.ts';
import { findPrices } from '../prices/find-prices.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { solveSelection } from '../solve-selection.ts';

export interface SiteClasses {
  /** Best first; at least one. */
  readonly ids: readonly string[];
  /** Class index per site. */
  readonly classOf: ArrayLike<number>;
}

export interface WeightedSelection {
  /** Cost and certificate at true prices. */
  readonly selection: Selection;
  /** Cost and certificate at the prices that decided. */
  readonly weighted: { readonly cost: number; readonly certificate: Certificate };
}

export function checkClasses({ cost }: SelectionProblem, { ids, classOf }: SiteClasses): void {
  if (classOf.length !== cost.length)
    throw new RangeError(`checkClasses: expected classes of ${cost.length} sites, got ${classOf.length}`);
  for (let site = 0; site < cost.length; site++)
    if (!(classOf[site]! in ids))
      throw new RangeError(`checkClasses: class ${classOf[site]} is unknown, expected one of ${ids.length}`);
}

/** Costs times the factor of their class, in whole yuan. */
export function weighCosts(
  problem: SelectionProblem,
  classes: SiteClasses,
  factors: readonly number[],
): SelectionProblem {
  checkClasses(problem, classes);
  const wrong = factors.find((factor) => !(factor >= 1 && factor < Infinity));
  if (factors.length !== classes.ids.length || wrong !== undefined)
    throw new RangeError(
      `weighCosts: expected ${classes.ids.length} factors from 1, got ${factors.join(' ')}`,
    );
  const cost = problem.cost.map((yuan, site) => Math.round(yuan * factors[classes.classOf[site]!]!));
  return { ...problem, cost };
}

/** `factors` from 1, one per class. A budget is held against the weighted costs, so the true ones keep it as well. */
export function selectByWeights(
  problem: SelectionProblem,
  choice: SelectionChoice,
  classes: SiteClasses,
  factors: readonly number[],
  effort: Effort,
  watch: Watch = {},
): WeightedSelection {
  const solved = solveSelection(weighCosts(problem, classes, factors), choice, effort, watch);
  let cost = 0;
  for (const { site, placedBy } of solved.steps) if (placedBy !== 'existing') cost += problem.cost[site]!;
  const { kind } = solved.certificate;
  const found = findPrices(problem, choice, kind, effort.priceSteps, watch);
  const value = kind === 'cost' ? cost : solved.covered[0]!;
  const counted = kind === 'cost' ? 0 : solved.ceiling[0]!;
  const certificate = makeCertificate(kind, value, counted, found);
  return {
    selection: { ...solved, cost, certificate },
    weighted: { cost: solved.cost, certificate: solved.certificate },
  };
}
