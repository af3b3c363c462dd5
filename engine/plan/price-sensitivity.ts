// How firmly the sites of a plan stand when prices move. Two looks: the prices of one class of sites move together and the plan may follow
// (a short search from the plan itself, so that it changes only where that pays), and each site's own price rises until the plan does
// better without it (explain-choice.ts).
import { makeExplainer } from '../selection/reasons/explain-choice.ts';
import { compareScenarios, priceScenarios } from '../selection/reasons/sensitivity.ts';
import { improveSelection } from '../selection/search/improve-selection.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection/selection-problem.ts';
import { settleSelection } from '../selection/solve-selection.ts';

export const priceFactors = [0.8, 0.9, 1.1, 1.2] as const;

/** core: in every scenario, and its own price may rise by a fifth · fragile: gone in half of them, or with a rise of a tenth · fair: between. */
export type SiteFirmness = 'core' | 'fair' | 'fragile';

export interface FirmSite {
  readonly siteId: string;
  readonly firmness: SiteFirmness;
  /** Scenarios that keep it. */
  readonly keptIn: number;
  /** Price up to which the plan does not do better without it; null when its neighbours cannot replace it. */
  readonly breakEvenCny: number | null;
}

export interface PriceScenario {
  readonly classId: string;
  readonly factor: number;
  readonly sites: number;
  /** In the moved prices. */
  readonly costCny: number;
  readonly opened: number;
  readonly closed: number;
}

export interface PriceSensitivity {
  readonly scenarios: readonly PriceScenario[];
  /** New sites of the plan in its order. */
  readonly sites: readonly FirmSite[];
}

/** Sites whose prices move together. */
export interface PriceClass {
  readonly id: string;
  readonly sites: readonly number[];
}

/** Search steps per scenario: seconds for a district. */
const STEPS = 300;

/** `classes`: those of the whole plan; one class alone moves nothing where shares are asked for. `onDone`: parts of the work, and all of it. */
export function priceSensitivity(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
  classes: readonly PriceClass[],
  onDone: (done: number, total: number) => void = () => undefined,
): PriceSensitivity {
  const fixed = new Set([...choice.existing, ...choice.locked]);
  const plan = selection.steps.map(({ site }) => site).filter((site) => !fixed.has(site));
  const moved = classes.length > 1 || choice.budget !== null ? classes : [];
  const total = 1 + moved.length * priceFactors.length + plan.length;
  let done = 0;
  const tell = () => onDone(++done, total);

  const solve = (priced: SelectionProblem, wanted: SelectionChoice) => {
    const found = improveSelection(priced, wanted, plan, null, { steps: STEPS, seed: 1 });
    const settled = settleSelection(priced, wanted, found.sites, { priceSteps: 0 });
    tell();
    return settled;
  };
  const base = { id: 'now', problem, choice };
  const runs = moved.flatMap(({ id, sites }) =>
    priceFactors.map((factor) => ({
      classId: id,
      factor,
      scenario: { ...priceScenarios(base, sites, [factor])[0]!, id: `${id} ${factor}` },
    })),
  );
  const compared = compareScenarios(
    base,
    runs.map(({ scenario }) => scenario),
    solve,
  );
  const keptIn = new Map(compared.sites.map(({ siteId, chosenIn }) => [siteId, chosenIn.length]));
  const explainer = makeExplainer(problem, choice, selection, { substitutes: 0 });
  return {
    scenarios: runs.map(({ classId, factor }, index) => {
      const { selection: other, opened, closed } = compared.plans[index + 1]!;
      return {
        classId,
        factor,
        sites: other.steps.filter(({ placedBy }) => placedBy !== 'existing').length,
        costCny: other.cost,
        opened: opened.length,
        closed: closed.length,
      };
    }),
    sites: plan.map((site) => {
      const { extraCostWithout } = explainer.chosen(site);
      tell();
      const siteId = problem.siteIds[site]!;
      const kept = keptIn.get(siteId) ?? 0;
      const price = problem.cost[site]!;
      return {
        siteId,
        keptIn: kept,
        breakEvenCny: extraCostWithout === null ? null : price + Math.max(0, extraCostWithout),
        firmness: firmnessOf(kept / compared.plans.length, price, extraCostWithout),
      };
    }),
  };
}

function firmnessOf(keptShare: number, price: number, margin: number | null): SiteFirmness {
  if (keptShare <= 0.5 || (margin !== null && margin <= 0.1 * price)) return 'fragile';
  return keptShare === 1 && (margin === null || margin >= 0.2 * price) ? 'core' : 'fair';
}
