// How good each year is at the least: prices of the last year and of every early year, each tried on all years, the best bound kept.
// A bound speaks about the year alone, so it holds for every nested plan too, and is a little loose for it.

import type { BinPrices } from '../certificate.ts';
import { fullWorth } from '../cover/full-worth.ts';
import type { Effort, Watch } from '../effort.ts';
import { boundOf } from '../prices/bound-of.ts';
import { findPrices } from '../prices/find-prices.ts';
import { type FrontierPair, frontierOf } from '../prices/frontier.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { choiceOfYearAlone, type PhaseFrame, problemOfYear } from './phase-frame.ts';
import type { PhaseBound, PhaseOutcome, PlannedYears } from './phase-plan.ts';
import { ceilingOfYear } from './phase-steps.ts';

type YearBounds = Pick<PhaseOutcome, 'leastCost' | 'mostCovered'>;

/** Rounding of sums of a few million doubles, relative. */
const MARGIN = 1e-9;

/**
 * `outcomes` say what each year covers: prices are searched for that share, where they bound best. No bounds without price steps.
 * Takes a price search per year and one pass per year and pair of prices.
 */
export function boundYears(
  frame: PhaseFrame,
  { last, isAhead }: PlannedYears,
  outcomes: readonly Pick<PhaseOutcome, 'covered'>[],
  { priceSteps }: Effort,
  watch: Watch,
): { readonly prices: readonly BinPrices[]; readonly bounds: readonly YearBounds[] } {
  const prices: BinPrices[] = [];
  const ready = isAhead && last.certificate.kind === 'cost' ? last.certificate.prices : null;
  if (priceSteps > 0)
    for (let year = 0; year <= frame.last; year++) {
      const choice = choiceOfYearAlone(frame, year);
      const covered = outcomes[year]!.covered[0]!;
      const required = choice.required.map((value, target) =>
        target === 0 ? Math.max(value, covered) : value,
      );
      if (year === frame.last && ready) prices.push(ready);
      else if (required.some((value) => value > 0))
        prices.push(
          findPrices(problemOfYear(frame, year), { ...choice, required }, 'cost', priceSteps, watch).prices,
        );
    }
  const bounds = frame.plan.years.map((_, year) => boundsOfYear(frame, year, prices));
  const { leastCost, mostCovered } = bounds[frame.last]!;
  // The certificate of the last year rounds to whole steps of its costs.
  if (ready && leastCost && leastCost.bound < last.certificate.bound)
    bounds[frame.last] = {
      leastCost: { bound: last.certificate.bound, prices: prices.indexOf(ready) },
      mostCovered,
    };
  return { prices, bounds };
}

function boundsOfYear(frame: PhaseFrame, year: number, prices: readonly BinPrices[]): YearBounds {
  if (prices.length === 0) return { leastCost: null, mostCovered: null };
  const problem = problemOfYear(frame, year);
  const choice = choiceOfYearAlone(frame, year);
  const hasDuty = choice.required.some((value) => value > 0);
  const ceiling = ceilingOfYear(frame, year);
  const inYuan = frontierOf(
    prices.map((one) => pairOf(problem, choice, one)),
    ceiling,
  );
  // a year may fall short of its other shares: they buy nothing here
  const noDuty = choice.required.map(() => 0);
  const bounds: PhaseBound[] = [];
  if (choice.budget !== null) bounds.push(asBound(inYuan.mostCovered(choice.budget, noDuty)));
  if (choice.maxSites !== null) {
    const bySite = { ...problem, cost: new Float64Array(problem.cost.length).fill(1) };
    const pairs = prices.map((one) => pairOf(bySite, choice, one));
    bounds.push(asBound(frontierOf(pairs, ceiling).mostCovered(choice.maxSites, noDuty)));
  }
  bounds.sort((a, b) => a.bound - b.bound);
  return {
    leastCost: hasDuty ? asBound(inYuan.leastCost(choice.required)) : null,
    mostCovered: bounds[0] ?? null,
  };
}

function asBound({ bound, pair }: { bound: number; pair: number }): PhaseBound {
  return { bound, prices: pair };
}

/** The constant these prices prove for the sites and rules of the choice, less what rounding may have added. */
function pairOf(problem: SelectionProblem, choice: SelectionChoice, prices: BinPrices): FrontierPair {
  const free = { ...choice, required: choice.required.map(() => 0), budget: null, maxSites: null };
  const { parts } = boundOf(problem, free, 'cost', prices);
  let full = 0;
  problem.targets.forEach(({ weight }, target) => {
    const price = prices.perTarget[target]!;
    if (price > 0) for (const one of weight) full += price * one;
  });
  const margin = MARGIN * (full * fullWorth(problem) + Math.abs(parts.bins) + Math.abs(parts.sites));
  return { perTarget: prices.perTarget, constant: parts.bins + parts.sites - margin };
}
