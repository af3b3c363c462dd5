// A plan whose sites a person's clicks have settled, in the shape a plan is described from. It is not searched again: the order and the
// status are made anew, and the bound follows from the prices of the plan before, which hold for every other choice as well (certificate.ts).

import type { BinPrices, Certificate } from '../selection/certificate.ts';
import type { CoverPricer } from '../selection/cover/cover-pricer.ts';
import { makeCoverPricer } from '../selection/cover/make-cover-pricer.ts';
import { makeCertificate } from '../selection/make-certificate.ts';
import { boundOf } from '../selection/prices/bound-of.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection/selection-problem.ts';
import { settleSelection } from '../selection/solve-selection.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { SelectionRequest } from './selection-request.ts';

/** Prices of a certificate, and how many steps they took. */
export type KnownPrices = Pick<Certificate, 'kind' | 'prices' | 'steps'>;

/** `sites`: all new ones. `choice`: with the lists of now. Phases are not kept: a plan by years is chosen, not repaired. */
export function chosenByRepair(
  request: SelectionRequest,
  choice: SelectionChoice,
  sites: readonly number[],
  known: KnownPrices | null,
): ChosenSites {
  const selection = settleSelection(request.problem, choice, sites, { priceSteps: 0 });
  return {
    request: { ...request, choice },
    selection: known === null ? selection : withPrices(request.problem, choice, selection, known),
    phases: [],
    phaseOf: new Map(),
    phased: null,
  };
}

/** The same plan with the better of its own bound and the one these prices prove. Prices of the other kind say nothing. */
export function withPrices(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
  { kind, prices, steps }: KnownPrices,
): Selection {
  const { certificate, cost, covered } = selection;
  if (prices === null || kind !== certificate.kind || !isBounded(choice, kind)) return selection;
  const found = { ...boundOf(problem, choice, kind, prices, pricerOf(problem, prices)), prices, steps };
  const isTighter = kind === 'cost' ? found.bound > certificate.bound : found.bound < certificate.bound;
  if (!isTighter) return selection;
  const value = kind === 'cost' ? cost : covered[0]!;
  return { ...selection, certificate: makeCertificate(kind, value, certificate.bound, found) };
}

/** Earnings of all sites per prices, of the problem they were asked for. */
const earnings = new WeakMap<
  BinPrices,
  { readonly problem: SelectionProblem; readonly earned: Float64Array }
>();

/** The same prices bound one repaired plan after the other: what the sites earn at them is counted once. */
function pricerOf(problem: SelectionProblem, prices: BinPrices): CoverPricer {
  const pricer = makeCoverPricer(problem);
  return {
    ...pricer,
    earn: (sites, u, full, into) => {
      const known = earnings.get(prices);
      if (known?.problem === problem) into.set(known.earned);
      else {
        pricer.earn(sites, u, full, into);
        earnings.set(prices, { problem, earned: into.slice() });
      }
    },
  };
}

function isBounded({ budget, maxSites }: SelectionChoice, kind: BoundKind): boolean {
  return kind === 'cost' || budget !== null || maxSites !== null;
}

type BoundKind = Certificate['kind'];
