// From what a person asked for to sites: shares of areas become targets, quotas groups, structures distances, words of effort
// steps. Everything the selection needs to know of maps and money is said here.
import { FULL_GRADE_VALUE } from '../coverage/probability-grades.ts';
import type {
  AreaShare,
  EffortWord,
  OnProgress,
  PlanChoice,
  PlanPhase,
  Quota,
  QuotaKind,
  Spacing,
} from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import { buildModes, type Site } from '../model/site.ts';
import { type Effort, plannedEffort, quickEffort, type Watch } from '../selection/effort.ts';
import type { PhasePlan } from '../selection/phases/phase-plan.ts';
import type {
  SelectionChoice,
  SelectionProblem,
  SelectionRules,
  SiteGroup,
} from '../selection/selection-problem.ts';
import { targetWeightOf } from './check-choice.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { areaTarget } from './problem-of.ts';

/** What the selection is asked for, without maps: passes between threads by structured clone. */
export interface SelectionRequest {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  /** Area ids of the targets after the first. */
  readonly dutyAreaIds: readonly string[];
  /** Null: everything at once. */
  readonly phases: PhasePlan | null;
  /** Strict order: tier of each site, 0 first; null: by price. */
  readonly tiers: Uint8Array | null;
  /** New sites of the plan to stay near to; null: choose afresh. */
  readonly keep: readonly number[] | null;
  readonly effort: EffortWord;
}

/** Steps, not seconds: the same plan on every machine. `exact` starts like `deep` and goes on with a solver. */
const EFFORTS: Readonly<Record<EffortWord, Effort>> = {
  quick: quickEffort,
  thorough: plannedEffort,
  deep: { priceSteps: 1_500, improveSteps: 400_000, improvePerSite: 200, seed: 1 },
  exact: { priceSteps: 1_500, improveSteps: 400_000, improvePerSite: 200, seed: 1 },
};

/** Price steps cost milliseconds where candidates are few, and small graded places need more of them. */
const FEW_SITES = [
  { sites: 500, times: 6 },
  { sites: 2_000, times: 2 },
] as const;

/** The steps of the word that was asked for, by the size of the problem. */
export function effortOf({ effort, problem }: SelectionRequest): Effort {
  const steps = EFFORTS[effort];
  const few = FEW_SITES.find(({ sites }) => problem.cover.siteCount <= sites);
  return few ? { ...steps, priceSteps: few.times * steps.priceSteps } : steps;
}

/** Throws SELECTION_AREA_UNKNOWN for a duty of an area that is not planned, SELECTION_QUOTA_UNKNOWN for a quota that no site meets. */
export function requestOf(prepared: PreparedCoverage, choice: PlanChoice): SelectionRequest {
  const { grid, areas, problem, sites } = prepared;
  const dutyAreaIds = [
    ...new Set(
      [choice, ...choice.phases].flatMap(({ areaShares }) => areaShares.map(({ areaId }) => areaId)),
    ),
  ];
  const duties = dutyAreaIds.map((areaId) => {
    const found = areas.find(({ area }) => area.id === areaId);
    if (!found) throw new PlanningError('SELECTION_AREA_UNKNOWN', { areaId });
    return areaTarget(areaId, grid, found.share);
  });
  const wholes = [grid.totalWeight, ...duties.map(({ weight }) => sumOf(weight))];
  const requiredBy = (targetShare: number, areaShares: readonly AreaShare[]): number[] =>
    [targetShare, ...dutyAreaIds.map((id) => areaShares.find(({ areaId }) => areaId === id)?.share ?? 0)].map(
      (share, target) => targetWeightOf(share, wholes[target]! * FULL_GRADE_VALUE),
    );
  const selectionChoice: SelectionChoice = {
    required: requiredBy(choice.targetShare, choice.areaShares),
    budget: choice.budgetCny,
    maxSites: choice.maxSites,
    existing: prepared.existing,
    locked: candidateIndexes(prepared, choice.lockedSiteIds),
    refused: candidateIndexes(prepared, choice.refusedSiteIds),
    rules: rulesOf(sites, choice),
  };
  const phases =
    choice.phases.length === 0
      ? null
      : phasePlanOf(choice.phases, selectionChoice, ({ targetShare, areaShares }) =>
          requiredBy(targetShare ?? 0, areaShares),
        );
  return {
    // the same object without duties: what is known of a problem is kept with it
    problem: duties.length === 0 ? problem : { ...problem, targets: [problem.targets[0], ...duties] },
    choice: phases === null ? selectionChoice : atTheEnd(selectionChoice, phases),
    dutyAreaIds,
    phases,
    tiers:
      choice.siteOrder === 'price'
        ? null
        : Uint8Array.from(sites, ({ buildMode }) => buildModes.indexOf(buildMode)),
    keep: choice.keepSiteIds === null ? null : candidateIndexes(prepared, choice.keepSiteIds),
    effort: choice.effort,
  };
}

/** The last phase ends at the shares and limits of the whole plan, and at its own where they ask for more or allow less. */
function phasePlanOf(
  phases: readonly PlanPhase[],
  choice: SelectionChoice,
  requiredOf: (phase: PlanPhase) => number[],
): PhasePlan {
  const years = phases.map((phase, index) => {
    const isLast = index === phases.length - 1;
    const required = requiredOf(phase);
    return {
      id: phase.name,
      required: isLast
        ? required.map((value, target) => Math.max(value, choice.required[target]!))
        : required,
      budget: isLast ? smaller(phase.budgetCny, choice.budget) : phase.budgetCny,
      maxSites: isLast ? smaller(phase.maxSites, choice.maxSites) : phase.maxSites,
      demolished: [],
      importance: 1,
      targets: null,
    };
  });
  return { years, choice, availableFrom: null, order: 'final-first' };
}

/** What is asked for in the end is what the last phase asks for. */
function atTheEnd(choice: SelectionChoice, { years }: PhasePlan): SelectionChoice {
  const { required, budget, maxSites } = years.at(-1)!;
  return { ...choice, required, budget, maxSites };
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/** Indexes of the named sites that are candidates in reach, by id, each once. */
export function candidateIndexes(prepared: PreparedCoverage, ids: readonly string[]): number[] {
  return [...new Set(ids)].sort().flatMap((id) => {
    const index = prepared.siteIndexes.get(id);
    return index === undefined || prepared.sites[index]!.status === 'existing' ? [] : [index];
  });
}

function rulesOf(sites: readonly Site[], { spacing, quotas }: PlanChoice): SelectionRules {
  return {
    spacingM: spacing === null ? null : Float64Array.from(sites, (site) => spacingOfSite(site, spacing)),
    groups: quotas.map((quota) => groupOf(sites, quota)),
  };
}

/** Metres to the next open site; between two sites the smaller value holds. */
export function spacingOfSite({ structure }: Site, { poleM, roofM, towerM }: Spacing): number {
  return structure === 'pole' ? poleM : structure === 'roof' ? roofM : towerM;
}

export const quotaValueOf: Readonly<Record<QuotaKind, (site: Site) => string>> = {
  district: (site) => site.districtCode,
  town: (site) => site.townCode,
  owner: (site) => site.owner,
  structure: (site) => site.structure,
  resourceType: (site) => site.resourceType,
  buildMode: (site) => site.buildMode,
};

function groupOf(
  sites: readonly Site[],
  { by, value, leastSites, mostSites, mostCostCny }: Quota,
): SiteGroup {
  const members = sites.flatMap((site, index) =>
    site.status !== 'existing' && quotaValueOf[by](site) === value ? [index] : [],
  );
  if (members.length === 0) throw new PlanningError('SELECTION_QUOTA_UNKNOWN', { by, value });
  return { id: `${by}=${value}`, sites: members, leastSites, mostSites, mostCost: mostCostCny };
}

/** Passes what the selection says on to whoever watches the plan. */
export function watchOf(onProgress: OnProgress | undefined, shouldStop?: () => boolean): Watch {
  return {
    ...(onProgress && {
      onNews: ({ stage, done, total, cost, bound }) =>
        onProgress({ step: 'selection', done, total, stage, costCny: cost, bound }),
    }),
    ...(shouldStop && { shouldStop }),
  };
}

function sumOf(weights: Int32Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
