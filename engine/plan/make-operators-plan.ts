// A plan for several operators with everything a stored plan has: rows with who stands there and what each pays, totals over all of them,
// and for each its own coverage. Shares, gains and people of the whole are means over the operators, each a whole.
import { pointInMultiPolygon } from '../geo/point-in-multi-polygon.ts';
import type { CoverageRule } from '../model/coverage-rule.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { OperatorsChoice, OperatorsItem } from '../model/operator-plan.ts';
import type { AreaTotal, OnProgress, PlanItem, PlanSummary } from '../model/plan.ts';
import { checkOperators } from './check-operators.ts';
import type { ProvenPlan } from './make-plan.ts';
import { describeOperator, type OperatorView, type SharedSelection } from './operator-view.ts';
import { operatorsRequestOf } from './operators-request.ts';
import { aloneCost, describeOperators, type OperatorsPlan, solveOperators } from './plan-operators.ts';
import type { PreparedOperators } from './prepare-operators.ts';
import { wholeOf } from './scenario-totals.ts';
import { watchOf } from './selection-request.ts';

/** Raster and patches of the plan itself are those of the first operator. */
export interface ProvenOperatorsPlan extends ProvenPlan {
  /** One per operator, in their order. */
  readonly views: readonly OperatorView[];
}

const PARTS = 100;

/**
 * Throws as `checkOperators`, and SELECTION_*; reports `selection` and `plan`. When `shouldStop` says true every search ends with the best
 * plan found so far.
 */
export function makeOperatorsPlan(
  prepared: PreparedOperators,
  choice: OperatorsChoice,
  rule: CoverageRule,
  onProgress?: OnProgress,
  shouldStop?: () => boolean,
): ProvenOperatorsPlan {
  checkOperators(choice);
  const request = operatorsRequestOf(prepared, choice);
  const selection = solveOperators(request, choice, watchOf(onProgress, shouldStop));
  const count = choice.operators.length;
  const told = (done: number) =>
    onProgress?.({ step: 'plan', done: Math.round(PARTS * done), total: 2 * PARTS * count });
  const alone = choice.operators.map((_, only) => {
    told(only);
    return aloneCost(prepared, choice, selection, only, watchOf(undefined, shouldStop));
  });
  const plan = describeOperators(prepared, choice, request, selection, alone);
  const shared: SharedSelection = { request, selection, items: plan.items };
  const each = choice.operators.map((_, index) =>
    describeOperator(prepared, choice, rule, shared, index, ({ done, total }) =>
      told(count + index + (total > 0 ? done / total : 1)),
    ),
  );
  const [first] = each;
  const { ground } = prepared;
  const overall = (
    zones: (view: ProvenPlan) => readonly AreaTotal[],
    geometryOf: (at: number) => MultiPolygon,
  ) =>
    zones(first!).map((_, at) =>
      overallZone(
        each.map((view) => zones(view)[at]!),
        geometryOf(at),
        plan.items.map((item) => ({
          item,
          position: ground.sites[ground.siteIndexes.get(item.siteId)!]!.position,
        })),
      ),
    );
  return {
    fingerprint: plan.fingerprint,
    engineVersion: plan.engineVersion,
    summary: summaryOf(plan, each),
    items: itemsOf(plan, shared, each, choice),
    areas: overall(
      ({ areas }) => areas,
      (at) => ground.areas[at]!.area.geometry,
    ),
    districts: overall(
      ({ districts }) => districts,
      (at) => ground.districts[at]!.district.geometry,
    ),
    uncovered: first!.uncovered,
    raster: first!.raster,
    proof: { ...plan.proof, phases: null },
    views: each.map(({ areas, districts, uncovered, raster }, index) => ({
      operatorId: choice.operators[index]!.id,
      areas,
      districts,
      uncovered,
      raster,
    })),
  };
}

function summaryOf({ summary, items }: OperatorsPlan, each: readonly ProvenPlan[]): PlanSummary {
  const { status, certificate, operators, candidates, sites, costCny } = summary;
  const { listPriceCny, aloneCostCny, unclaimedStations } = summary;
  const people = each.map((view) => view.summary.coveredPeople);
  return {
    ...each[0]!.summary,
    status,
    certificate,
    candidates,
    existingSites: items.filter((item) => item.status === 'existing').length,
    sites,
    costCny,
    targetShare: meanOf(operators.map(({ targetShare }) => targetShare)),
    coveredShare: meanOf(operators.map(({ coveredShare }) => coveredShare)),
    coveredShareBinary: meanOf(operators.map(({ coveredShareBinary }) => coveredShareBinary)),
    existingShare: meanOf(operators.map(({ existingShare }) => existingShare)),
    bestShare: meanOf(operators.map(({ bestShare }) => bestShare)),
    coveredPeople: meanKnown(people),
    sharing: { operators, listPriceCny, aloneCostCny, unclaimedStations },
  };
}

/** A station that others join is told by the row of those who join it. */
function itemsOf(
  { items }: OperatorsPlan,
  { selection, request: { shared } }: SharedSelection,
  each: readonly ProvenPlan[],
  { operators, lockedSiteIds }: OperatorsChoice,
): PlanItem[] {
  const joined = new Set(items.flatMap(({ siteId, besideIds }) => (besideIds.length > 0 ? [siteId] : [])));
  const standing = new Map(
    items.flatMap((item) => (item.status === 'existing' ? [[item.siteId, item] as const] : [])),
  );
  const rows = each.map((view) => new Map(view.items.map((row) => [row.siteId, row])));
  const whole = wholeOf(shared.problem, 0);
  const locked = new Set(lockedSiteIds);
  return items.flatMap((item, step): PlanItem[] => {
    const { siteId, rank, status, costCny, operatorIds, besideIds, paymentsCny, listPriceCny, gainShare } =
      item;
    if (status === 'existing' && joined.has(siteId)) return [];
    const own = operatorIds.map((id) => rows[operators.findIndex((one) => one.id === id)]!.get(siteId)!);
    const mean = (value: (row: PlanItem) => number) => sumOf(own.map(value)) / operators.length;
    const meanPeople = (value: (row: PlanItem) => number | null) => {
      const known = own.map(value);
      return known.includes(null) ? null : sumOf(known.map((people) => people ?? 0)) / operators.length;
    };
    const { placedBy, coveredAfter } = selection.steps[step]!;
    return [
      {
        siteId,
        rank,
        status,
        placedBy: status === 'new' && locked.has(siteId) ? 'locked' : placedBy,
        costCny,
        gainBins: Math.round(mean((row) => row.gainBins)),
        gainWeightShare: gainShare,
        gainPeople: meanPeople((row) => row.gainPeople),
        shareAfter: whole > 0 ? coveredAfter / whole : 0,
        uniqueWeightShare: mean((row) => row.uniqueWeightShare),
        uniquePeople: meanPeople((row) => row.uniquePeople),
        uniqueBins: Math.round(mean((row) => row.uniqueBins ?? 0)),
        replacement: null,
        displaced: own[0]!.displaced,
        phase: 0,
        configuration: null,
        sharing: {
          operatorIds,
          besideIds,
          paymentsCny,
          listPriceCny,
          gainShare,
          besideGainShare: besideIds.length > 0 ? standing.get(siteId)!.gainShare : null,
        },
      },
    ];
  });
}

interface PlacedItem {
  readonly item: OperatorsItem;
  readonly position: readonly [lon: number, lat: number];
}

/** Each site once, all that is paid, and the mean of what each operator covers. */
function overallZone(
  totals: readonly AreaTotal[],
  geometry: MultiPolygon,
  items: readonly PlacedItem[],
): AreaTotal {
  const inside = items.filter(({ position }) => pointInMultiPolygon(position, geometry));
  const fresh = inside.filter(({ item }) => item.status === 'new');
  return {
    ...totals[0]!,
    newSites: fresh.length,
    existingSites: inside.length - fresh.length,
    costCny: sumOf(fresh.map(({ item }) => item.costCny)),
    coveredShare: meanOf(totals.map(({ coveredShare }) => coveredShare)),
    coveredShareBinary: meanOf(totals.map(({ coveredShareBinary }) => coveredShareBinary)),
    existingShare: meanOf(totals.map(({ existingShare }) => existingShare)),
    coveredPeople: meanKnown(totals.map(({ coveredPeople }) => coveredPeople)),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function meanKnown(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : meanOf(values.map((value) => value ?? 0));
}
