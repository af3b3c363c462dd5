// A district with its plan, for whoever measures a person's clicks on it: 90 000 bins and 8 000 candidates, 95 % of the people. Takes no
// clock and no file, so that a browser makes the same one.
import { noRules, type SelectionChoice, type SelectionProblem, solveSelection } from '../../engine/index.ts';
import { makeSelectionCity } from './selection-city.ts';

const SHARE = 0.95;

export interface DistrictPlan {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly selection: ReturnType<typeof solveSelection>;
  readonly plan: readonly number[];
  /** Chosen sites and candidates from all over the place, as many of each as clicks. */
  readonly sites: readonly number[];
  readonly candidates: readonly number[];
}

export function makeDistrictPlan(clicks: number): DistrictPlan {
  const problem = makeSelectionCity({
    seed: 4,
    areaKm2: 40,
    binSizeM: 20,
    candidates: 8000,
    radiusM: [150, 800],
    weights: 'demand',
    costs: 'mixed',
  });
  const required = problem.targets.map(({ weight }) =>
    Math.ceil(SHARE * weight.reduce((sum, value) => sum + value, 0)),
  );
  const choice: SelectionChoice = {
    required,
    budget: null,
    maxSites: null,
    existing: [],
    locked: [],
    refused: [],
    rules: noRules,
  };
  const selection = solveSelection(problem, choice, { priceSteps: 100, improveSteps: 1000, seed: 1 });
  const plan = selection.steps.map(({ site }) => site);
  const pick = (from: number) =>
    Array.from({ length: clicks }, (_, click) => Math.floor((click * from) / clicks));
  return {
    problem,
    choice,
    selection,
    plan,
    sites: pick(plan.length).map((at) => plan[at]!),
    candidates: pick(problem.cost.length),
  };
}
