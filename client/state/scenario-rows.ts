// Scenarios of the set-up: three that a tick adds, each moving one thing to the harder side, beside others that came with a plan.
import {
  type PlanScenario,
  plainScenario,
  scenarioText,
  usualAmounts,
  type WeightBy,
} from '../../engine/index.ts';

export const scenarioKinds = ['threshold', 'sigma', 'weight'] as const;
export type ScenarioKind = (typeof scenarioKinds)[number];

/** What a tick sets first; weights other than the plan's own. */
export function usualScenario(kind: ScenarioKind, planWeight: WeightBy): PlanScenario {
  return made(
    {
      threshold: { thresholdDeltaDb: usualAmounts.thresholdDb },
      sigma: { shadowSigmaDeltaDb: usualAmounts.sigmaDb },
      weight: { weightBy: planWeight === 'people' ? ('area' as const) : ('people' as const) },
    }[kind],
  );
}

export function made(moves: Partial<PlanScenario>): PlanScenario {
  const scenario = { ...plainScenario, ...moves };
  return { ...scenario, id: scenarioText(scenario) };
}

/** The tick that a scenario belongs to; null for one that moves something else, or several things. */
export function kindOf(scenario: PlanScenario): ScenarioKind | null {
  const { thresholdDeltaDb, shadowSigmaDeltaDb, weightBy, id, name } = scenario;
  if (name !== '' || id !== scenarioText(scenario)) return null;
  if (thresholdDeltaDb > 0 && id === made({ thresholdDeltaDb }).id) return 'threshold';
  if (shadowSigmaDeltaDb > 0 && id === made({ shadowSigmaDeltaDb }).id) return 'sigma';
  return weightBy !== null && id === made({ weightBy }).id ? 'weight' : null;
}

/** The first of its kind, or null. */
export function scenarioOfKind(scenarios: readonly PlanScenario[], kind: ScenarioKind): PlanScenario | null {
  return scenarios.find((scenario) => kindOf(scenario) === kind) ?? null;
}

/** Those of its kind go, `scenario` comes where it is given: ticks first in their order, then the others. */
export function withKind(
  scenarios: readonly PlanScenario[],
  kind: ScenarioKind,
  scenario: PlanScenario | null,
): PlanScenario[] {
  const ticked = scenarioKinds.flatMap((one) => {
    const now = one === kind ? scenario : scenarioOfKind(scenarios, one);
    return now === null ? [] : [now];
  });
  return [...ticked, ...othersOf(scenarios)];
}

export function othersOf(scenarios: readonly PlanScenario[]): PlanScenario[] {
  return scenarios.filter((scenario) => kindOf(scenario) === null);
}
