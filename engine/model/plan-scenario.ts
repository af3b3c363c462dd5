// A scenario: the same ground and candidates with an assumption moved. What a plan may be asked to hold in, and what it is weighed against.
import type { WeightBy } from './plan.ts';

export const priceFactorKinds = ['structure', 'resourceType', 'buildMode'] as const;
export type PriceFactorKind = (typeof priceFactorKinds)[number];

/** Prices of sites that have one thing in common times a factor, rounded to whole yuan. */
export interface PriceFactor {
  readonly by: PriceFactorKind;
  readonly value: string;
  /** 0.1..10. A site that several factors mean gets their product. */
  readonly factor: number;
}

/** Everything at 0 or null is the plan's own assumption. */
export interface PlanScenario {
  /** Tells scenarios of one plan apart; `scenarioText` makes a good one. */
  readonly id: string;
  /** Empty: told by what it moves. */
  readonly name: string;
  /** Added to the threshold: above 0 coverage is harder to have. -30..30. */
  readonly thresholdDeltaDb: number;
  /** Added to the spread of shadow fading of every model and state, which stays at or above LEAST_SIGMA_DB. -6..12. */
  readonly shadowSigmaDeltaDb: number;
  /** What bins weigh instead. */
  readonly weightBy: WeightBy | null;
  readonly priceFactors: readonly PriceFactor[] | null;
}

/** Id of the plan's own assumptions in `PlanSummary.scenarios`; no scenario may take it. */
export const BASE_SCENARIO = 'base';
/** Each radio scenario takes as much memory as the coverage itself. */
export const MOST_SCENARIOS = 8;
/** No model spreads less on any ground. */
export const LEAST_SIGMA_DB = 1;
export const scenarioRanges = {
  thresholdDeltaDb: [-30, 30],
  shadowSigmaDeltaDb: [-6, 12],
  factor: [0.1, 10],
} as const;

/** One row of `PlanSummary.scenarios`: what a plan is worth under other assumptions. Shares 0..1 of what the scenario weighs. */
export interface ScenarioTotal {
  readonly id: string;
  readonly name: string;
  /** Of the plan there, and of all usable candidates together. */
  readonly coveredShare: number;
  readonly bestShare: number;
  /** Whether the plan holds every share there that was asked for. */
  readonly reached: boolean;
  /** The plan in the prices of the scenario. */
  readonly costCny: number;
  /** The cheapest plan found for this scenario alone; null where none reaches the shares, or nobody looked. */
  readonly aloneCostCny: number | null;
}

export const plainScenario: PlanScenario = {
  id: '',
  name: '',
  thresholdDeltaDb: 0,
  shadowSigmaDeltaDb: 0,
  weightBy: null,
  priceFactors: null,
};

/** The same text for the same assumptions: `threshold+3:sigma-2:weight=people:structure=roof*1.2`; empty where nothing moves. */
export function scenarioText({
  thresholdDeltaDb,
  shadowSigmaDeltaDb,
  weightBy,
  priceFactors,
}: Omit<PlanScenario, 'id' | 'name'>): string {
  const signed = (value: number) => (value > 0 ? `+${value}` : `${value}`);
  return [
    ...(thresholdDeltaDb === 0 ? [] : [`threshold${signed(thresholdDeltaDb)}`]),
    ...(shadowSigmaDeltaDb === 0 ? [] : [`sigma${signed(shadowSigmaDeltaDb)}`]),
    ...(weightBy === null ? [] : [`weight=${weightBy}`]),
    ...(priceFactors ?? []).map(({ by, value, factor }) => `${by}=${value}*${factor}`),
  ].join(':');
}

/** Whether roads weigh anything, so that they have to be known. */
export function weighsRoads(
  weightBy: WeightBy,
  scenarios: readonly Pick<PlanScenario, 'weightBy'>[],
): boolean {
  return weightBy === 'roads' || scenarios.some((scenario) => scenario.weightBy === 'roads');
}

/** How far the usual scenarios move. */
export interface ScenarioAmounts {
  readonly thresholdDb: number;
  readonly sigmaDb: number;
  /** Share of the prices, 0.2 for a fifth. */
  readonly priceShare: number;
}

export const usualAmounts: ScenarioAmounts = { thresholdDb: 3, sigmaDb: 2, priceShare: 0.2 };

/** What the usual scenarios depend on. */
export interface ScenarioFacts {
  readonly weightBy: WeightBy;
  readonly knowsPeople: boolean;
  /** Of the candidates, each once. */
  readonly structures: readonly string[];
  /** Whether money is limited: only then do prices that move together change a plan. */
  readonly isBudgeted: boolean;
}

/**
 * One assumption at a time, up and down; an amount of 0 leaves its scenarios out. Prices move by structure: what carries the antenna decides
 * what a site costs.
 */
export function usualScenarios(
  { weightBy, knowsPeople, structures, isBudgeted }: ScenarioFacts,
  { thresholdDb, sigmaDb, priceShare }: ScenarioAmounts = usualAmounts,
): PlanScenario[] {
  const upAndDown = (amount: number) => (amount === 0 ? [] : [amount, -amount]);
  const otherWeight: WeightBy | null = weightBy !== 'area' ? 'area' : knowsPeople ? 'people' : null;
  const priced = structures.length > 1 || isBudgeted ? [...structures].sort() : [];
  const moves: Partial<PlanScenario>[] = [
    ...upAndDown(thresholdDb).map((thresholdDeltaDb) => ({ thresholdDeltaDb })),
    ...upAndDown(sigmaDb).map((shadowSigmaDeltaDb) => ({ shadowSigmaDeltaDb })),
    ...(otherWeight === null ? [] : [{ weightBy: otherWeight }]),
    ...priced.flatMap((value) =>
      upAndDown(priceShare).map((share) => ({
        priceFactors: [
          { by: 'structure' as const, value, factor: Math.max(scenarioRanges.factor[0], 1 + share) },
        ],
      })),
    ),
  ];
  return moves.map((move) => {
    const scenario = { ...plainScenario, ...move };
    return { ...scenario, id: scenarioText(scenario) };
  });
}
