// How firmly a plan stands when assumptions move. Three looks: what the plan at hand is worth in each scenario as it is; the plan one
// would have there (the plan at hand with few changes, or what a short search finds from it where that is cheaper); and each site's own price, which
// rises until the plan does better without it (explain-choice.ts). A scenario is weighed by itself, so that a caller with threads
// holds no more than one coverage beside the plan's own.
import type { PlanChoice } from '../model/plan.ts';
import type { PlanScenario, ScenarioFacts } from '../model/plan-scenario.ts';
import { recountSites } from '../selection/exact/recount-sites.ts';
import { computeCeilings } from '../selection/problem-facts.ts';
import { makeExplainer } from '../selection/reasons/explain-choice.ts';
import { repairSelection } from '../selection/repair/repair-selection.ts';
import { improveSelection } from '../selection/search/improve-selection.ts';
import { selectGreedily } from '../selection/search/select-greedily.ts';
import type { Selection } from '../selection/selection-problem.ts';
import { settleSelection } from '../selection/solve-selection.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { wholeOf } from './scenario-totals.ts';
import { requestAlone, type SelectionRequest } from './selection-request.ts';
import { withScenario } from './with-scenario.ts';

/** core: in every scenario, and its own price may rise by a fifth · fragile: gone in half of them, or with a rise of a tenth · fair: between. */
export type SiteFirmness = 'core' | 'fair' | 'fragile';

export interface FirmSite {
  readonly siteId: string;
  readonly firmness: SiteFirmness;
  /** Scenarios whose plan keeps it. */
  readonly keptIn: number;
  /** Price up to which the plan does not do better without it; null when its neighbours cannot replace it. */
  readonly breakEvenCny: number | null;
}

export interface ScenarioOutcome {
  readonly scenario: PlanScenario;
  /** Share of the whole that the plan at hand covers there, as the scenario weighs it, and all usable candidates together. */
  readonly keptShare: number;
  readonly bestShare: number;
  /** Whether the plan at hand holds every share there that was asked for. */
  readonly holds: boolean;
  /** The plan at hand in the prices of the scenario. */
  readonly keptCostCny: number;
  /** The plan one would have there; null where the shares are out of reach. */
  readonly own: ScenarioOwnPlan | null;
}

export interface ScenarioOwnPlan {
  readonly sites: number;
  readonly costCny: number;
  readonly coveredShare: number;
  /** Sites that only it has, and that only the plan at hand has, by id. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

export interface PlanSensitivity {
  readonly scenarios: readonly ScenarioOutcome[];
  /** New sites of the plan in its order; locked ones are never in question. */
  readonly sites: readonly FirmSite[];
}

/** Search steps per scenario, after a repair: seconds for a district. */
const STEPS = 300;

/** Weighs every scenario here, one after the other, then every site. `onDone`: parts of the work, and all of it. Throws SELECTION_SCENARIO_*. */
export function planSensitivity(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  chosen: ChosenSites,
  scenarios: readonly PlanScenario[],
  onDone: (done: number, total: number) => void = () => undefined,
): PlanSensitivity {
  const plan = newSitesOf(chosen.selection);
  const total = scenarios.length + plan.length;
  const outcomes = scenarios.map((scenario, index) => {
    const outcome = weighScenario(scenario, requestAlone(withScenario(prepared, scenario), choice), plan);
    onDone(index + 1, total);
    return outcome;
  });
  const sites = weighSites(chosen, outcomes, (done) => onDone(scenarios.length + done, total));
  return { scenarios: outcomes, sites };
}

/** What the usual scenarios of a prepared coverage depend on. */
export function scenarioFactsOf(
  { grid, sites, input }: PreparedCoverage,
  { budgetCny }: Pick<PlanChoice, 'budgetCny'>,
): ScenarioFacts {
  const candidates = sites.filter(({ status }) => status !== 'existing');
  return {
    weightBy: input.weightBy,
    knowsPeople: grid.people?.some((people, bin) => people > 0 && grid.indoor[bin] === 0) ?? false,
    structures: [...new Set(candidates.map(({ structure }) => structure))],
    isBudgeted: budgetCny !== null,
  };
}

/** All new sites of a plan, locked ones too. */
export function newSitesOf({ steps }: Selection): number[] {
  return steps.flatMap(({ site, placedBy }) => (placedBy === 'existing' ? [] : [site]));
}

/** `request`: of the scenario, over the candidates of the plan in their order. `plan`: all its new sites. Phases and strict orders are left aside. */
export function weighScenario(
  scenario: PlanScenario,
  { problem, choice, siteIds }: SelectionRequest,
  plan: readonly number[],
): ScenarioOutcome {
  const standing = new Set(choice.existing);
  const ceiling = computeCeilings(
    problem,
    choice.refused.filter((site) => !standing.has(site)),
  );
  const { covered, cost, reaches } = recountSites(problem, choice, plan);
  const whole = wholeOf(problem, 0);
  const shareOf = (worth: number) => (whole > 0 ? worth / whole : 0);
  const isReachable = choice.required.every((required, target) => required <= ceiling[target]!);
  return {
    scenario,
    keptShare: shareOf(covered[0]!),
    bestShare: shareOf(ceiling[0]!),
    holds: reaches,
    keptCostCny: cost,
    own: isReachable ? ownPlan({ problem, choice, siteIds }, plan, shareOf) : null,
  };
}

function ownPlan(
  { problem, choice, siteIds }: Pick<SelectionRequest, 'problem' | 'choice' | 'siteIds'>,
  plan: readonly number[],
  shareOf: (worth: number) => number,
): ScenarioOwnPlan {
  const locked = new Set(choice.locked);
  const settled = (sites: readonly number[]) => settleSelection(problem, choice, sites, { priceSteps: 0 });
  // few changes first: a search finds as cheap a plan of other sites nearly everywhere
  const repaired = settled(repairSelection(problem, choice, plan).sites);
  const from = newSitesOf(repaired).filter((site) => !locked.has(site));
  const start = repaired.status === 'reached' ? from : selectGreedily(problem, choice, { from });
  const improved = settled(improveSelection(problem, choice, start, null, { steps: STEPS, seed: 1 }).sites);
  const selection = isBetter(improved, repaired) ? improved : repaired;
  const own = newSitesOf(selection);
  // a site that stays in another configuration stays
  const [before, after] = [plan, own].map((list) => new Set(list.map((site) => siteIds[site]!)));
  const without = (ids: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...ids].filter((id) => !others.has(id)).sort();
  return {
    sites: own.length,
    costCny: selection.cost,
    coveredShare: shareOf(selection.covered[0]!),
    opened: without(after!, before!),
    closed: without(before!, after!),
  };
}

/** Shares first, then money; where limits keep the shares out of reach, what is covered. */
function isBetter(one: Selection, other: Selection): boolean {
  const isReached = one.status === 'reached';
  if (isReached !== (other.status === 'reached')) return isReached;
  return isReached ? one.cost < other.cost : one.covered[0]! > other.covered[0]!;
}

/** Each site of the plan with the scenarios that keep it and the price it may rise to: about ten milliseconds each. */
export function weighSites(
  { request, selection }: Pick<ChosenSites, 'request' | 'selection'>,
  outcomes: readonly ScenarioOutcome[],
  onDone: (done: number, total: number) => void = () => undefined,
): FirmSite[] {
  const { problem, choice, siteIds } = request;
  const fixed = new Set([...choice.existing, ...choice.locked]);
  const plan = newSitesOf(selection).filter((site) => !fixed.has(site));
  const others = outcomes.flatMap(({ own }) => (own === null ? [] : [new Set(own.closed)]));
  const siblingsOf = siblingsBy(siteIds);
  const explainer = makeExplainer(problem, choice, selection, { substitutes: 0, siblingsOf });
  return plan.map((site, index) => {
    const { extraCostWithout } = explainer.chosen(site);
    onDone(index + 1, plan.length);
    const siteId = siteIds[site]!;
    const keptIn = others.filter((closed) => !closed.has(siteId)).length;
    const price = problem.cost[site]!;
    return {
      siteId,
      keptIn,
      breakEvenCny: extraCostWithout === null ? null : price + Math.max(0, extraCostWithout),
      firmness: firmnessOf(others.length === 0 ? 1 : keptIn / others.length, price, extraCostWithout),
    };
  });
}

/** The other configurations of a candidate's site: without the site none of them stands in. */
function siblingsBy(siteIds: readonly string[]): (site: number) => readonly number[] {
  const own = new Map<string, number[]>();
  siteIds.forEach((id, site) => {
    const list = own.get(id);
    if (list) list.push(site);
    else own.set(id, [site]);
  });
  return (site) => own.get(siteIds[site]!)!.filter((other) => other !== site);
}

function firmnessOf(keptShare: number, price: number, margin: number | null): SiteFirmness {
  if (keptShare <= 0.5 || (margin !== null && margin <= 0.1 * price)) return 'fragile';
  return keptShare === 1 && (margin === null || margin >= 0.2 * price) ? 'core' : 'fair';
}
