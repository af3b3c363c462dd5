// One request for a plan that holds in several scenarios (selection/reasons/robust-selection.ts). Scenarios with the same radio share their
// bins and add targets only, and one that moves neither radio nor weights asks for nothing new. The targets of the plan's own assumptions
// come first, so that gains, shares and limits are those of the base; money and places are those of the base as well.
import type { PlanScenario } from '../model/plan-scenario.ts';
import { joinScenarios } from '../selection/reasons/robust-selection.ts';
import type { SelectionTarget } from '../selection/selection-problem.ts';
import type { ScenarioTargets, SelectionRequest } from './selection-request.ts';
import { radioKeyOf, weightOf } from './with-scenario.ts';

export interface ScenarioRequest {
  readonly scenario: PlanScenario;
  /** Over the same candidates in the same order as the base. */
  readonly request: SelectionRequest;
}

interface Member {
  readonly weightBy: string;
  readonly request: SelectionRequest;
  /** Before the ids of its targets. */
  readonly prefix: string;
  /** Index of its first target in the joint problem. */
  first: number;
}

/** Throws RangeError for requests that do not belong together. */
export function joinRequests(
  base: SelectionRequest,
  input: Parameters<typeof weightOf>[1],
  parts: readonly ScenarioRequest[],
): SelectionRequest {
  const layers = new Map<string, Member[]>([
    ['', [{ weightBy: input.weightBy, request: base, prefix: '', first: 0 }]],
  ]);
  const memberOf = parts.map(({ scenario, request }) => {
    const key = radioKeyOf(scenario);
    const weightBy = weightOf(scenario, input);
    const layer = layers.get(key) ?? [];
    layers.set(key, layer);
    const known = layer.find((member) => member.weightBy === weightBy);
    if (known) return known;
    const member = { weightBy, request, prefix: `${scenario.id}/`, first: 0 };
    layer.push(member);
    return member;
  });
  const members = [...layers.values()].flat();
  let first = 0;
  for (const member of members) {
    member.first = first;
    first += member.request.problem.targets.length;
  }
  const requiredBy = (pick: (request: SelectionRequest) => readonly number[]) =>
    members.flatMap(({ request }) => pick(request));
  const { problem, choice } = joinLayers([...layers.values()]);
  const required = requiredBy((request) => request.choice.required);
  const { phases } = base;
  return {
    ...base,
    problem: { ...problem, targets: named(problem.targets, members) },
    choice: { ...choice, required },
    phases: phases && {
      ...phases,
      years: phases.years.map((year, index) => ({
        ...year,
        required: requiredBy((request) => request.phases!.years[index]!.required),
      })),
    },
    scenarios: parts.map(({ scenario: { id } }, index): ScenarioTargets => {
      const { first: at, request } = memberOf[index]!;
      return { id, targets: request.problem.targets.map((_, target) => at + target) };
    }),
  };
}

/** Bins of the layers side by side; of one layer alone its own. */
function joinLayers(layers: readonly (readonly Member[])[]): Pick<SelectionRequest, 'problem' | 'choice'> {
  const merged = layers.map((layer, index) => {
    const { problem, choice } = layer[0]!.request;
    const targets = layer.flatMap(({ request }) => request.problem.targets);
    return {
      id: `${index}`,
      problem: { ...problem, targets: [targets[0]!, ...targets.slice(1)] as const },
      choice: { ...choice, required: layer.flatMap(({ request }) => request.choice.required) },
    };
  });
  const [alone, ...others] = merged;
  if (others.length === 0) return alone!;
  const { problem, choice } = joinScenarios(merged);
  const [_all, whole, ...rest] = problem.targets;
  return { problem: { ...problem, targets: [whole!, ...rest] }, choice };
}

function named(
  targets: readonly SelectionTarget[],
  members: readonly Member[],
): [SelectionTarget, ...SelectionTarget[]] {
  const ids = members.flatMap(({ prefix, request }) => request.problem.targets.map(({ id }) => prefix + id));
  const [whole, ...rest] = targets.map(({ weight }, target) => ({ id: ids[target]!, weight }));
  return [whole!, ...rest];
}
