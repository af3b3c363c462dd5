// What a plan for several scenarios is worth in each of them, and what each alone would cost: the price of being safe. Shares are read from
// the joint selection, whose targets stand scenario by scenario; a plan for one scenario alone is looked for with a shorter search,
// and never costs more than the joint plan, which is one of its answers.
import type { OnProgress, PlanChoice } from '../model/plan.ts';
import {
  BASE_SCENARIO,
  type PlanScenario,
  plainScenario,
  type ScenarioTotal,
} from '../model/plan-scenario.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import { type Effort, quickEffort, type Watch } from '../selection/effort.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import { type ChosenSites, chooseSites } from './choose-sites.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { requestAlone, type ScenarioTargets } from './selection-request.ts';
import { withScenario } from './with-scenario.ts';

/** A third of what a plan of its own gets: its cost is a figure of comparison. */
const aloneEffort: Effort = { priceSteps: 100, improveSteps: 10_000, improvePerSite: 10, seed: 1 };

/** First the plan's own assumptions; empty without scenarios. What each alone would cost is left open. */
export function scenarioTotals(
  prepared: PreparedCoverage,
  { scenarios }: PlanChoice,
  { request, selection }: Pick<ChosenSites, 'request' | 'selection'>,
): ScenarioTotal[] {
  if (scenarios.length === 0) return [];
  const { problem, choice } = request;
  const base = { id: BASE_SCENARIO, targets: baseTargets(request.scenarios, problem) };
  const rowOf = ({ id, targets }: ScenarioTargets, name: string, costCny: number): ScenarioTotal => {
    const [first = 0] = targets;
    const whole = wholeOf(problem, first);
    const shareOf = (worth: number) => (whole > 0 ? worth / whole : 0);
    return {
      id,
      name,
      coveredShare: shareOf(selection.covered[first]!),
      bestShare: shareOf(selection.ceiling[first]!),
      reached: targets.every((target) => selection.covered[target]! >= choice.required[target]!),
      costCny,
      aloneCostCny: null,
    };
  };
  return [
    rowOf(base, '', selection.cost),
    ...scenarios.map((scenario, index) =>
      rowOf(request.scenarios[index]!, scenario.name, costIn(prepared, scenario, selection.steps)),
    ),
  ];
}

/** Everything that stands before the targets of any scenario. */
function baseTargets(scenarios: readonly ScenarioTargets[], { targets }: SelectionProblem): number[] {
  const count = scenarios[0]?.targets.length ?? targets.length;
  return Array.from({ length: count }, (_, target) => target);
}

/** Weight times worth of everything fully covered. */
export function wholeOf(problem: SelectionProblem, target: number): number {
  let sum = 0;
  for (const weight of problem.targets[target]!.weight) sum += weight;
  return sum * fullWorth(problem);
}

function costIn(
  prepared: PreparedCoverage,
  scenario: PlanScenario,
  steps: ChosenSites['selection']['steps'],
): number {
  const { cost } = withScenario(prepared, scenario).problem;
  return steps.reduce((sum, { site, placedBy }) => sum + (placedBy === 'existing' ? 0 : cost[site]!), 0);
}

/** The rows with what each scenario alone would cost. Takes a search per row; one that is told to stop says what it has by then. */
export function addAloneCosts(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  totals: readonly ScenarioTotal[],
  onProgress?: OnProgress,
  shouldStop?: () => boolean,
): ScenarioTotal[] {
  const watch: Watch = { ...(shouldStop && { shouldStop }) };
  const effort = choice.effort === 'quick' ? quickEffort : aloneEffort;
  const scenarios = [plainScenario, ...choice.scenarios];
  return totals.map((total, index) => {
    onProgress?.({ step: 'plan', done: index, total: totals.length });
    const request = requestAlone(withScenario(prepared, scenarios[index]!), { ...choice, keepSiteIds: null });
    const { selection } = chooseSites(request, watch, effort);
    const found = selection.status === 'reached' ? selection.cost : Infinity;
    const own = Math.min(found, total.reached && isPlain(choice) ? total.costCny : Infinity);
    return { ...total, aloneCostCny: Number.isFinite(own) ? own : null };
  });
}

/** Under limits, tiers and phases a joint plan may break what a plan for one scenario has to keep, or money is not the aim. */
function isPlain({ siteOrder, phases, budgetCny }: PlanChoice): boolean {
  return siteOrder === 'price' && phases.length === 0 && budgetCny === null;
}
