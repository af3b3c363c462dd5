// The complete search behind the word `exact`: what the search with prices found, proved or improved by a solver that is handed in, because
// the engine runs where there is none. Tiers, phases and plans that stay near another one ask for more than one optimum and stay
// as they were chosen; what is out of reach needs no search.
import { PlanningError } from '../model/planning-error.ts';
import type { Watch } from '../selection/effort.ts';
import type { MipSolver } from '../selection/exact/mip-solver.ts';
import { solveExactly } from '../selection/exact/solve-exactly.ts';
import { takeExact } from '../selection/exact/take-exact.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { SelectionRequest } from './selection-request.ts';

/** Whether a complete search answers the request. */
export function mayChooseExactly({ effort, phases, tiers, keep }: SelectionRequest): boolean {
  return effort === 'exact' && phases === null && tiers === null && keep === null;
}

/** Throws PlanningError SELECTION_EXACT_TOO_LARGE, and what the solver throws; the plan that was given is good in either case. */
export async function chooseExactly(
  chosen: ChosenSites,
  solveMip: MipSolver,
  watch: Watch = {},
): Promise<ChosenSites> {
  const { request, selection } = chosen;
  if (!mayChooseExactly(request) || selection.status === 'not-reachable' || selection.certificate.optimal)
    return chosen;
  const { problem, choice } = request;
  const { prices, bound } = selection.certificate;
  const start = selection.steps.flatMap(({ site, placedBy }) => (placedBy === 'existing' ? [] : [site]));
  const exact = await solveExactly(problem, choice, start, prices && { prices, bound }, solveMip, watch);
  return { ...chosen, selection: takeExact(problem, choice, selection, exact) };
}

/** The same, but what is too large for a complete search stays as it was chosen: its certificate says how good that is. */
export async function chooseExactlyOrKeep(
  chosen: ChosenSites,
  solveMip: MipSolver,
  watch: Watch = {},
): Promise<ChosenSites> {
  try {
    return await chooseExactly(chosen, solveMip, watch);
  } catch (error) {
    if (error instanceof PlanningError && error.code === 'SELECTION_EXACT_TOO_LARGE') return chosen;
    throw error;
  }
}
