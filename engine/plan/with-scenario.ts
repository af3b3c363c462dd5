// The coverage of a scenario from the coverage that is prepared: the same grid, roofs and candidates in the same order, so that plans of
// both can be compared and joined. Another threshold or spread needs the footprints again (a footprint keeps grades, and a grade at
// either end no longer tells its level), another weight one pass over demand points or roads, another price nothing.
// What is made is kept with the coverage it was made from, so a second look costs nothing and another ground forgets all of it.
import { computeFootprints } from '../coverage/compute-footprints.ts';
import type { CoverageModel } from '../coverage/coverage-model.ts';
import type { Footprints } from '../coverage/footprints.ts';
import { variedModel } from '../coverage/varied-model.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { PlanInput, WeightBy } from '../model/plan.ts';
import { type PlanScenario, type PriceFactorKind, scenarioText } from '../model/plan-scenario.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { Site } from '../model/site.ts';
import { digestGround } from './fingerprint.ts';
import { demandGridOf, type PreparedCoverage, withFootprints } from './prepare-coverage.ts';

/** What a scenario needs of radio: scenarios with the same key share footprints. Empty: those of the plan. */
export function radioKeyOf({ thresholdDeltaDb, shadowSigmaDeltaDb }: PlanScenario): string {
  return thresholdDeltaDb === 0 && shadowSigmaDeltaDb === 0
    ? ''
    : `${thresholdDeltaDb} ${shadowSigmaDeltaDb}`;
}

/** What bins weigh in a scenario. */
export function weightOf({ weightBy }: PlanScenario, input: Pick<PlanInput, 'weightBy'>): WeightBy {
  return weightBy ?? input.weightBy;
}

export function scenarioModel(
  { model }: PreparedCoverage,
  { thresholdDeltaDb, shadowSigmaDeltaDb }: PlanScenario,
): CoverageModel {
  return variedModel(model, { thresholdDeltaDb, sigmaDeltaDb: shadowSigmaDeltaDb });
}

/** By what they were made beside. */
const knownScenarios = new WeakMap<PreparedCoverage, Map<string, PreparedCoverage>>();
const knownFootprints = new WeakMap<Footprints, Map<string, Footprints>>();
const knownGrids = new WeakMap<DemandGrid, Map<WeightBy, DemandGrid>>();

/** Those a scenario was prepared with before, the plan's own where radio is the same, or null. */
export function footprintsKnown({ footprints }: PreparedCoverage, scenario: PlanScenario): Footprints | null {
  const key = radioKeyOf(scenario);
  return key === '' ? footprints : (knownFootprints.get(footprints)?.get(key) ?? null);
}

/** Keeps what was computed elsewhere with `scenarioModel`. */
export function keepFootprints(
  { footprints }: PreparedCoverage,
  scenario: PlanScenario,
  made: Footprints,
): void {
  const known = knownFootprints.get(footprints) ?? new Map<string, Footprints>();
  knownFootprints.set(footprints, known.set(radioKeyOf(scenario), made));
}

/**
 * Computes here what nobody has computed before (prepare-scenarios.ts does it with threads). Throws SELECTION_SCENARIO_WEIGHT for
 * people or roads that are not known, SELECTION_SCENARIO_PRICE for prices of sites that are not there.
 */
export function withScenario(prepared: PreparedCoverage, scenario: PlanScenario): PreparedCoverage {
  const known = knownScenarios.get(prepared) ?? new Map<string, PreparedCoverage>();
  knownScenarios.set(prepared, known);
  const key = scenarioText(scenario);
  const made = known.get(key) ?? makeScenario(prepared, scenario);
  known.set(key, made);
  return made;
}

function makeScenario(prepared: PreparedCoverage, scenario: PlanScenario): PreparedCoverage {
  const grid = scenarioGrid(prepared, scenario);
  const sites = pricedSites(prepared, scenario);
  let footprints = footprintsKnown(prepared, scenario);
  const model = scenarioModel(prepared, scenario);
  if (footprints === null) {
    footprints = computeFootprints(model, prepared.places);
    keepFootprints(prepared, scenario, footprints);
  }
  const input: PlanInput = {
    ...prepared.input,
    thresholdDbm: model.thresholdDbm,
    weightBy: weightOf(scenario, prepared.input),
  };
  const ground = {
    ...prepared,
    input,
    groundDigest: () => digestGround(input),
    grid,
    model,
    sites,
    siteLevels: new Map(),
  };
  const isSame = footprints === prepared.footprints;
  return isSame
    ? withFootprints(ground, footprints, sites.length, prepared.candidatesAtBin)
    : withFootprints(ground, footprints, 0);
}

/** Throws SELECTION_SCENARIO_WEIGHT. */
function scenarioGrid({ grid, input, zone, surface }: PreparedCoverage, scenario: PlanScenario): DemandGrid {
  const weightBy = weightOf(scenario, input);
  if (weightBy === input.weightBy) return grid;
  const known = knownGrids.get(grid) ?? new Map<WeightBy, DemandGrid>();
  knownGrids.set(grid, known);
  const found = known.get(weightBy);
  if (found) return found;
  const { weight, totalWeight } = weighedAgain({ ...input, weightBy }, zone, surface, scenario);
  const made = { ...grid, weight, totalWeight };
  known.set(weightBy, made);
  return made;
}

function weighedAgain(
  input: PlanInput,
  zone: PreparedCoverage['zone'],
  surface: PreparedCoverage['surface'],
  { id, name }: PlanScenario,
): DemandGrid {
  const { weightBy } = input;
  try {
    return demandGridOf(input, zone, surface);
  } catch (error) {
    if (error instanceof PlanningError && error.code === 'GRID_AREA_EMPTY')
      throw new PlanningError('SELECTION_SCENARIO_WEIGHT', { scenario: name || id, weightBy });
    throw error;
  }
}

const pricedBy: Readonly<Record<PriceFactorKind, (site: Site) => string>> = {
  structure: (site) => site.structure,
  resourceType: (site) => site.resourceType,
  buildMode: (site) => site.buildMode,
};

/** Throws SELECTION_SCENARIO_PRICE. */
function pricedSites({ sites }: PreparedCoverage, { id, name, priceFactors }: PlanScenario): readonly Site[] {
  if (priceFactors === null || priceFactors.length === 0 || sites.length === 0) return sites;
  for (const { by, value } of priceFactors)
    if (!sites.some((site) => site.status !== 'existing' && pricedBy[by](site) === value))
      throw new PlanningError('SELECTION_SCENARIO_PRICE', { scenario: name || id, by, value });
  return sites.map((site) => {
    let factor = 1;
    for (const one of priceFactors) if (pricedBy[one.by](site) === one.value) factor *= one.factor;
    return factor === 1 ? site : { ...site, costCny: Math.round(site.costCny * factor) };
  });
}
