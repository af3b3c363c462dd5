// Which sites a plan opens: one problem for the selection, or one for each tier of build modes, or one for each phase, or the plan
// at hand with as few changes as the refusals demand. Knows no maps, so a thread can do it with the request alone.
import { FULL_GRADE_VALUE } from '../coverage/probability-grades.ts';
import type { PhaseTotal } from '../model/plan.ts';
import { buildModes } from '../model/site.ts';
import type { Watch } from '../selection/effort.ts';
import { makeCoverState } from '../selection/make-cover-state.ts';
import type { PhasePlan } from '../selection/phase-plan.ts';
import { planPhases } from '../selection/plan-phases.ts';
import { repairSelection } from '../selection/repair-selection.ts';
import { selectByTiers } from '../selection/select-by-tiers.ts';
import type { Selection, SelectionStep } from '../selection/selection-problem.ts';
import { settleSelection, solveSelection } from '../selection/solve-selection.ts';
import { EFFORTS, type SelectionRequest } from './selection-request.ts';

export interface ChosenSites {
  readonly request: SelectionRequest;
  readonly selection: Selection;
  /** Empty without phases. */
  readonly phases: readonly PhaseTotal[];
  /** Phase of each new site, by site index. */
  readonly phaseOf: ReadonlyMap<number, number>;
}

/** Throws SELECTION_*. */
export function chooseSites(request: SelectionRequest, watch: Watch = {}): ChosenSites {
  const { problem, choice, phases, tiers, keep, effort } = request;
  if (phases !== null) return chooseByPhases(request, phases, watch);
  const plain = { request, phases: [], phaseOf: new Map<number, number>() };
  if (keep !== null) {
    const { sites } = repairSelection(problem, choice, keep);
    return { ...plain, selection: settleSelection(problem, choice, sites, EFFORTS[effort], watch) };
  }
  if (tiers !== null) {
    const classes = { ids: buildModes, classOf: tiers };
    return { ...plain, selection: selectByTiers(problem, choice, classes, EFFORTS[effort], watch).selection };
  }
  return { ...plain, selection: solveSelection(problem, choice, EFFORTS[effort], watch) };
}

function chooseByPhases(request: SelectionRequest, plan: PhasePlan, watch: Watch): ChosenSites {
  const { problem, effort } = request;
  const whole = FULL_GRADE_VALUE * problem.targets[0].weight.reduce((sum, weight) => sum + weight, 0);
  const { years, last } = planPhases(problem, plan, EFFORTS[effort], watch);
  const phaseOf = new Map(years.flatMap(({ opened }, phase) => opened.map((site) => [site, phase] as const)));
  const shareOf = (worth: number) => (whole > 0 ? worth / whole : 0);
  return {
    request,
    selection: inPhases(request, last, phaseOf),
    phases: years.map(({ id, status, sites, cost, covered, mostCovered }, index) => {
      const required = plan.years[index]!.required[0]!;
      return {
        name: id,
        sites,
        costCny: cost,
        coveredShare: shareOf(covered[0]!),
        targetShare: required > 0 ? shareOf(required) : null,
        reached: status === 'reached',
        boundShare: mostCovered === null ? null : shareOf(mostCovered.bound),
      };
    }),
    phaseOf,
  };
}

/** Phase by phase; inside a phase in the order of the whole plan. Gains are counted again along the new order. */
function inPhases(
  { problem }: SelectionRequest,
  last: Selection,
  phaseOf: ReadonlyMap<number, number>,
): Selection {
  const isFree = ({ placedBy }: SelectionStep) => placedBy !== 'existing' && placedBy !== 'locked';
  const rank = ({ site }: SelectionStep) => phaseOf.get(site) ?? 0;
  const steps = [
    ...last.steps.filter((step) => !isFree(step)),
    ...last.steps.filter(isFree).sort((a, b) => rank(a) - rank(b)),
  ];
  const state = makeCoverState(problem);
  const counted = steps.map((step) => {
    const before = state.covered[0]!;
    state.openSite(step.site);
    return { ...step, gain: state.covered[0]! - before, coveredAfter: state.covered[0]! };
  });
  return { ...last, steps: counted };
}
