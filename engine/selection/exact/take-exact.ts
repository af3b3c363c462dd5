// A selection after a complete search: the better plan in its order, and the certificate that the search gave.
import type { Certificate } from '../certificate.ts';
import { orderSteps } from '../order-steps.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import type { ExactResult } from './solve-exactly.ts';

/** The prices stay those the search started from; a bound of the other kind than before has none. */
export function takeExact(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
  { kind, sites, bound, optimal }: ExactResult,
): Selection {
  const { certificate } = selection;
  const status = kind === 'cost' ? 'reached' : selection.status;
  const { steps, covered } = orderSteps(problem, choice, sites, status);
  const cost = [...choice.locked, ...sites].reduce((sum, site) => sum + problem.cost[site]!, 0);
  const value = kind === 'cost' ? cost : covered[0]!;
  const isKept = certificate.kind === kind;
  const exact: Certificate = {
    kind,
    bound,
    gap: bound === value ? 0 : kind === 'cost' ? (value - bound) / bound : (bound - value) / value,
    method: isKept && certificate.bound === bound ? certificate.method : 'exact',
    optimal,
    prices: isKept ? certificate.prices : null,
    parts: isKept ? certificate.parts : { required: 0, bins: 0, sites: 0 },
    steps: certificate.steps,
  };
  return { ...selection, status, steps, covered, cost, certificate: exact };
}
