// What stays when an assumption moves: the same choice solved under several scenarios (prices, thresholds, sigma, weights), site by site
// how often it is chosen; and how far a price may move, read from reduced costs without solving again.
import { fullWorth } from '../cover/full-worth.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';

export interface Scenario {
  readonly id: string;
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
}

/** Any solver: a quick look and a long search are compared alike. */
export type Solve = (problem: SelectionProblem, choice: SelectionChoice) => Selection;

export interface ScenarioPlan {
  readonly id: string;
  readonly selection: Selection;
  /** Share of the first target, 0..1; 0 when it weighs nothing. */
  readonly share: number;
  /** New sites that the base has not, and that only the base has. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

export interface SiteStay {
  readonly siteId: string;
  /** Scenarios, base included, that choose it and their part of all. */
  readonly chosenIn: readonly string[];
  readonly share: number;
}

export interface Sensitivity {
  /** First the base. */
  readonly plans: readonly ScenarioPlan[];
  /** New sites that any scenario chooses; those chosen most often first, ties by id. */
  readonly sites: readonly SiteStay[];
  /** Chosen in every scenario. */
  readonly core: readonly string[];
  readonly cost: readonly [least: number, most: number];
  readonly coveredShare: readonly [least: number, most: number];
}

/** Solves every scenario. Sites are the same when their ids are. */
export function compareScenarios(base: Scenario, scenarios: readonly Scenario[], solve: Solve): Sensitivity {
  const all = [base, ...scenarios];
  const ids = new Set(all.map(({ id }) => id));
  if (ids.size < all.length) throw new RangeError('compareScenarios: two scenarios have the same id');
  const solved = all.map(({ id, problem, choice }) => {
    const selection = solve(problem, choice);
    return { id, selection, share: shareOf(problem, selection), chosen: newSiteIds(problem, selection) };
  });
  const first = solved[0]!.chosen;
  const plans = solved.map(({ id, selection, share, chosen }) => ({
    id,
    selection,
    share,
    opened: [...chosen].filter((siteId) => !first.has(siteId)),
    closed: [...first].filter((siteId) => !chosen.has(siteId)),
  }));
  const sites = [...new Set(solved.flatMap(({ chosen }) => [...chosen]))]
    .map((siteId) => {
      const chosenIn = solved.filter(({ chosen }) => chosen.has(siteId)).map(({ id }) => id);
      return { siteId, chosenIn, share: chosenIn.length / all.length };
    })
    .sort((a, b) => b.share - a.share || (a.siteId < b.siteId ? -1 : 1));
  return {
    plans,
    sites,
    core: sites.filter(({ share }) => share === 1).map(({ siteId }) => siteId),
    cost: rangeOf(plans.map(({ selection }) => selection.cost)),
    coveredShare: rangeOf(plans.map(({ share }) => share)),
  };
}

/** The base with the prices of some sites times each factor, in whole yuan. */
export function priceScenarios(
  base: Scenario,
  sites: readonly number[],
  factors: readonly number[],
): Scenario[] {
  return factors.map((factor) => {
    if (!(factor >= 0 && factor < Infinity))
      throw new RangeError(`priceScenarios: factor ${factor}, expected 0 or more`);
    const cost = base.problem.cost.slice();
    for (const site of sites) cost[site] = Math.round(cost[site]! * factor);
    return { id: `${base.id} × ${factor}`, problem: { ...base.problem, cost }, choice: base.choice };
  });
}

export interface PriceMargin {
  readonly site: number;
  readonly isChosen: boolean;
  /** What the site earns in the prices of the certificate: it pays below this price and not above. Yuan. */
  readonly breakEvenCost: number;
  /** Yuan that its price may rise (chosen) or has to fall (not chosen) before that turns; negative where the plan decided otherwise. */
  readonly margin: number;
}

/** Without solving again; `reduced` per site from `boundOf` or `findPrices`. Nearest to turning first, ties by id; existing stations left out. */
export function priceMargins(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
  reduced: Float64Array,
): PriceMargin[] {
  const { cost, siteIds } = problem;
  if (reduced.length !== cost.length)
    throw new RangeError(`priceMargins: ${reduced.length} reduced costs, expected ${cost.length}`);
  const chosen = new Set(selection.steps.map(({ site }) => site));
  const existing = new Set(choice.existing);
  return Array.from(cost.keys())
    .filter((site) => !existing.has(site))
    .map((site) => {
      const isChosen = chosen.has(site);
      const margin = isChosen ? 0 - reduced[site]! : reduced[site]!;
      return { site, isChosen, breakEvenCost: Math.max(0, cost[site]! - reduced[site]!), margin };
    })
    .sort(
      (a, b) => Math.abs(a.margin) - Math.abs(b.margin) || (siteIds[a.site]! < siteIds[b.site]! ? -1 : 1),
    );
}

function newSiteIds({ siteIds }: SelectionProblem, { steps }: Selection): Set<string> {
  return new Set(steps.filter(({ placedBy }) => placedBy !== 'existing').map(({ site }) => siteIds[site]!));
}

function shareOf(problem: SelectionProblem, { covered }: Selection): number {
  let total = 0;
  for (const weight of problem.targets[0].weight) total += weight;
  return total === 0 ? 0 : covered[0]! / (total * fullWorth(problem));
}

function rangeOf(values: readonly number[]): [least: number, most: number] {
  return [Math.min(...values), Math.max(...values)];
}
