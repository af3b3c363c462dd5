// A plan for several operators as one of them sees it: its own stations on its own band, described like a plan by itself. Stations of others
// stand there and serve nobody of it; those it may join are candidates to it.

import { pointInMultiPolygon } from '../geo/point-in-multi-polygon.ts';
import type { CoverageRule } from '../model/coverage-rule.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { OperatorsChoice, OperatorsItem } from '../model/operator-plan.ts';
import {
  type AreaTotal,
  type CoverageRaster,
  type OnProgress,
  type PlanChoice,
  plainChoice,
  type UncoveredPatch,
} from '../model/plan.ts';
import { makeCoverState } from '../selection/cover/make-cover-state.ts';
import { makeCertificate } from '../selection/make-certificate.ts';
import type { Selection, SelectionProblem, SelectionStep } from '../selection/selection-problem.ts';
import { describePlan, type ProvenPlan } from './make-plan.ts';
import type { OperatorsRequest } from './operators-request.ts';
import { type PreparedCoverage, withFootprints } from './prepare-coverage.ts';
import type { PreparedOperators } from './prepare-operators.ts';
import { requestAlone } from './selection-request.ts';

/** What only one operator's coverage says. */
export interface OperatorView {
  readonly operatorId: string;
  /** Yuan are what this operator pays. */
  readonly areas: readonly AreaTotal[];
  readonly districts: readonly AreaTotal[];
  readonly uncovered: readonly UncoveredPatch[];
  readonly raster: CoverageRaster;
}

export interface SharedSelection {
  readonly request: OperatorsRequest;
  readonly selection: Selection;
  /** Of the selection, step by step. */
  readonly items: readonly OperatorsItem[];
}

/** Rows and totals of the operator at `index`, in list prices but for the yuan of areas. Reports `plan`. */
export function describeOperator(
  prepared: PreparedOperators,
  choice: OperatorsChoice,
  rule: CoverageRule,
  shared: SharedSelection,
  index: number,
  onProgress?: OnProgress,
): ProvenPlan {
  const coverage = coverageOf(prepared, choice, shared.request, index);
  const own: PlanChoice = {
    ...plainChoice,
    rule,
    targetShare: choice.operators[index]!.targetShare,
    budgetCny: null,
    maxSites: null,
    refusedSiteIds: choice.refusedSiteIds,
    lockedSiteIds: choice.lockedSiteIds,
    effort: choice.effort,
  };
  const request = requestAlone(coverage, own);
  const selection = ownSelection(request.problem, request.choice.required[0]!, coverage, shared, index);
  const chosen = { request, selection, phases: [], phaseOf: new Map<number, number>(), phased: null };
  const plan = describePlan(coverage, own, chosen, onProgress);
  const paid = paymentsOf(shared.items, choice.operators[index]!.id);
  const positions = coverage.sites.flatMap(({ id, position }) => {
    const yuan = paid.get(id);
    return yuan === undefined ? [] : [{ position, yuan }];
  });
  const costIn = (geometry: MultiPolygon): number =>
    positions.reduce(
      (sum, { position, yuan }) => (pointInMultiPolygon(position, geometry) ? sum + yuan : sum),
      0,
    );
  return {
    ...plan,
    areas: plan.areas.map((total, at) => ({
      ...total,
      costCny: costIn(prepared.ground.areas[at]!.area.geometry),
    })),
    districts: plan.districts.map((total, at) => ({
      ...total,
      costCny: costIn(prepared.ground.districts[at]!.district.geometry),
    })),
  };
}

/** Yuan by the site that this operator moves in at. */
function paymentsOf(items: readonly OperatorsItem[], operatorId: string): ReadonlyMap<string, number> {
  return new Map(
    items.flatMap(({ siteId, status, operatorIds, paymentsCny }) => {
      const at = operatorIds.indexOf(operatorId);
      return status === 'new' && at >= 0 ? [[siteId, paymentsCny[at]!] as const] : [];
    }),
  );
}

function coverageOf(
  { ground, operators }: PreparedOperators,
  { terms: { joinCostCny } }: OperatorsChoice,
  { locations }: OperatorsRequest,
  index: number,
): PreparedCoverage {
  const { profile, forms, model, places, footprints } = operators[index]!;
  const stands = ({ standing }: typeof locations, location: number) =>
    ((standing[location]! >> index) & 1) === 1;
  const sites = ground.sites.map((site, location) =>
    site.status === 'existing' && !stands(locations, location) && joinCostCny !== null
      ? { ...site, status: 'candidate' as const, costCny: joinCostCny }
      : site,
  );
  const existing = ground.existing.filter((location) => stands(locations, location));
  const input = { ...ground.input, profileId: profile.id };
  return withFootprints(
    { ...ground, input, profile, forms, model, places, sites, existing, siteLevels: new Map() },
    footprints,
    0,
  );
}

/** Its part of the common selection, gains counted again along its own order. */
function ownSelection(
  problem: SelectionProblem,
  required: number,
  { existing }: PreparedCoverage,
  { request: { shared }, selection }: SharedSelection,
  index: number,
): Selection {
  const state = makeCoverState(problem);
  const open = (site: number, placedBy: SelectionStep['placedBy']): SelectionStep => {
    const before = state.covered[0]!;
    state.openSite(site);
    return { site, placedBy, gain: state.covered[0]! - before, coveredAfter: state.covered[0]! };
  };
  const steps = existing.map((site) => open(site, 'existing'));
  for (const { site, placedBy } of selection.steps)
    if (placedBy !== 'existing' && (shared.operatorsOf[site]! >> index) & 1)
      steps.push(open(shared.locationOf[site]!, placedBy));
  const covered = state.covered[0]!;
  const { cost, status, ceiling } = selection;
  return {
    status: covered >= required ? 'reached' : status,
    steps,
    covered: [covered],
    cost,
    ceiling: [ceiling[1 + index]!],
    // that of the common plan is told
    certificate: makeCertificate('cost', 0, 0, null),
  };
}
