// Which sites a plan opens: one problem for the selection, or one for each tier of build modes, or one for each phase, or the plan
// at hand with as few changes as the refusals demand. Knows no maps, so a thread can do it with the request alone.
import type { PhaseTotal } from '../model/plan.ts';
import { buildModes } from '../model/site.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import { makeCoverState } from '../selection/cover/make-cover-state.ts';
import type { Effort, Watch } from '../selection/effort.ts';
import { makeCertificate } from '../selection/make-certificate.ts';
import { type PartsPlan, solveInParts } from '../selection/parts/solve-in-parts.ts';
import type { PhasedSelection, PhasePlan, SolveYear } from '../selection/phases/phase-plan.ts';
import { planPhases } from '../selection/phases/plan-phases.ts';
import { repairSelection } from '../selection/repair/repair-selection.ts';
import type { Selection, SelectionStep } from '../selection/selection-problem.ts';
import { settleSelection, solveSelection } from '../selection/solve-selection.ts';
import { solveByTiers } from '../selection/wishes/solve-by-tiers.ts';
import { withPrices } from './chosen-by-repair.ts';
import { effortOf, type SelectionRequest } from './selection-request.ts';

export interface ChosenSites {
  readonly request: SelectionRequest;
  readonly selection: Selection;
  /** Empty without phases. */
  readonly phases: readonly PhaseTotal[];
  /** Phase of each new site, by site index. */
  readonly phaseOf: ReadonlyMap<number, number>;
  /** The phases with what proves their bounds; null without phases. */
  readonly phased: PhasedSelection | null;
}

/** `effort`: other steps than the request's own word asks for. Throws SELECTION_*. */
export function chooseSites(
  request: SelectionRequest,
  watch: Watch = {},
  effort: Effort = effortOf(request),
): ChosenSites {
  const { problem, choice, phases, keep } = request;
  if (problem.siteIds.length === 0) return withoutSites(request);
  if (phases !== null) return chooseByPhases(request, phases, effort, watch);
  const plain = { request, phases: [], phaseOf: new Map<number, number>(), phased: null };
  if (keep !== null) {
    const { sites } = repairSelection(problem, choice, keep);
    return { ...plain, selection: settleSelection(problem, choice, sites, effort, watch) };
  }
  return { ...plain, selection: solverOf(request)(problem, choice, effort, watch) };
}

/** By price, or by the order of build modes. */
function solverOf({ tiers }: SelectionRequest): SolveYear {
  if (tiers === null) return solveSelection;
  const classes = { ids: buildModes, classOf: tiers };
  return (problem, choice, effort, watch) => solveByTiers(problem, choice, classes, effort, watch);
}

/** With more candidates than these a plan is solved in parts where that can be done; below, one piece is solved as soon and better. */
export const LARGE_PLAN_SITES = 100_000;

/**
 * `chooseSites` part by part, for plans without phases, tiers and sites to keep of more than LARGE_PLAN_SITES candidates; others go the plain
 * way. How many threads there are changes nothing in the plan. Throws SELECTION_* and what `parts.runPart` rejects with.
 */
export async function chooseSitesInParts(
  request: SelectionRequest,
  parts: PartsPlan,
  watch: Watch = {},
  effort: Effort = effortOf(request),
): Promise<ChosenSites> {
  const { problem, choice } = request;
  if (!isForParts(request)) return chooseSites(request, watch, effort);
  const selection = await solveInParts(problem, choice, effort, parts, watch);
  return { request, selection, phases: [], phaseOf: new Map(), phased: null };
}

function isForParts({ problem, phases, tiers, keep }: SelectionRequest): boolean {
  return problem.cost.length > LARGE_PLAN_SITES && phases === null && tiers === null && keep === null;
}

function withoutSites(request: SelectionRequest): ChosenSites {
  const selection = nothingSelected(request.choice.required);
  return { request, selection, phases: [], phaseOf: new Map(), phased: null };
}

/** No candidate near and nothing standing: nothing can be had, which is an answer and no error. */
export function nothingSelected(required: readonly number[]): Selection {
  const nothing = required.map(() => 0);
  const isMet = required.every((share) => share === 0);
  return {
    status: isMet ? 'reached' : 'not-reachable',
    steps: [],
    covered: nothing,
    cost: 0,
    ceiling: nothing,
    certificate: makeCertificate(isMet ? 'cost' : 'covered', 0, 0, null),
  };
}

function chooseByPhases(
  request: SelectionRequest,
  plan: PhasePlan,
  effort: Effort,
  watch: Watch,
): ChosenSites {
  const { problem } = request;
  const whole = fullWorth(problem) * problem.targets[0].weight.reduce((sum, weight) => sum + weight, 0);
  const phased = planPhases(problem, plan, effort, watch, request.keep, solverOf(request));
  const { years } = phased;
  const phaseOf = new Map(years.flatMap(({ opened }, phase) => opened.map((site) => [site, phase] as const)));
  const shareOf = (worth: number) => (whole > 0 ? worth / whole : 0);
  return {
    request,
    selection: inPhases(request, settledPhases(request, phased), phaseOf),
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
    phased,
  };
}

/** Tiers and phases lock what earlier passes chose; these are the same sites as an answer to the request itself. */
function newSitesOf({ steps }: Selection): number[] {
  return steps.flatMap(({ site, placedBy }) => (placedBy === 'existing' ? [] : [site]));
}

/** The last phase with the best bound that any prices of the phases prove. */
function settledPhases({ problem, choice }: SelectionRequest, { last, prices }: PhasedSelection): Selection {
  const { kind, steps, prices: own } = last.certificate;
  const selection = settleSelection(problem, choice, newSitesOf(last), { priceSteps: 0 });
  return [own, ...prices].reduce(
    (best, known) => withPrices(problem, choice, best, { kind, steps, prices: known }),
    selection,
  );
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
