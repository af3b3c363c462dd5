// A plan for several operators: who moves in where, what each pays, and what that saves against the same sites without sharing and
// against a plan for each alone. One selection over all of them, so a site that serves two may be chosen where none alone would pay it.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { FULL_GRADE_VALUE, GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import type {
  OperatorsChoice,
  OperatorsItem,
  OperatorsSummary,
  OperatorTotal,
} from '../model/operator-plan.ts';
import type { OnProgress, PlanCertificate } from '../model/plan.ts';
import { encodeCertificate } from '../selection/certificate-file.ts';
import { bestGrades } from '../selection/cover/best-grades.ts';
import { makeCoverState } from '../selection/cover/make-cover-state.ts';
import type { Watch } from '../selection/effort.ts';
import type { Selection, SelectionProblem, SelectionStep } from '../selection/selection-problem.ts';
import { solveSelection } from '../selection/solve-selection.ts';
import { sharedCostCny } from '../selection/wishes/share-prices.ts';
import { checkOperators } from './check-operators.ts';
import { nothingSelected } from './choose-sites.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { digestInput } from './fingerprint.ts';
import type { PlanProof } from './make-plan.ts';
import { type OperatorsRequest, operatorsRequestOf, standingOf } from './operators-request.ts';
import type { PreparedOperators } from './prepare-operators.ts';
import { effortOf, watchOf } from './selection-request.ts';

export interface OperatorsPlan {
  /** SHA-256 over inputs, operators, terms and lists, in hex. */
  readonly fingerprint: string;
  readonly engineVersion: string;
  readonly summary: OperatorsSummary;
  readonly items: readonly OperatorsItem[];
  readonly proof: Pick<PlanProof, 'file' | 'prices'>;
}

/**
 * Plans for all together, then for each alone to say what sharing saves. Seconds for a district and two operators. Throws as
 * `checkOperators`, and SELECTION_*; reports `selection`.
 */
export function planOperators(
  prepared: PreparedOperators,
  choice: OperatorsChoice,
  onProgress?: OnProgress,
): OperatorsPlan {
  checkOperators(choice);
  const request = operatorsRequestOf(prepared, choice);
  const selection = solveOperators(request, choice, watchOf(onProgress));
  const alone = prepared.operators.map((_, only) => aloneCost(prepared, choice, selection, only, {}));
  return describeOperators(prepared, choice, request, selection, alone);
}

/** Throws SELECTION_*. */
export function solveOperators(
  { shared, choice }: OperatorsRequest,
  { effort }: OperatorsChoice,
  watch: Watch,
): Selection {
  if (shared.problem.siteIds.length === 0) return nothingSelected(choice.required);
  return solveSelection(shared.problem, choice, effortOf({ effort, problem: shared.problem }), watch);
}

/** Yuan of a plan for this one by itself, whatever all together may spend; null when its share is out of reach. */
export function aloneCost(
  prepared: PreparedOperators,
  choice: OperatorsChoice,
  together: Selection,
  only: number,
  watch: Watch,
): number | null {
  const isAlone = prepared.operators.length === 1;
  return costIfReached(
    isAlone
      ? together
      : solveOperators(operatorsRequestOf(prepared, { ...choice, budgetCny: null }, only), choice, watch),
  );
}

function costIfReached({ status, cost }: Selection): number | null {
  return status === 'reached' ? cost : null;
}

/** Rows, totals and proof of a selection; `alone`: what a plan for each operator by itself costs. */
export function describeOperators(
  prepared: PreparedOperators,
  choice: OperatorsChoice,
  request: OperatorsRequest,
  selection: Selection,
  alone: readonly (number | null)[],
): OperatorsPlan {
  const { ground } = prepared;
  const items = itemsOf(prepared, choice, request, selection);
  const fresh = items.filter(({ status }) => status === 'new');
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  return {
    fingerprint: fingerprintOf(prepared, choice),
    engineVersion: ENGINE_VERSION,
    summary: {
      status: selection.status,
      certificate: certificateOf(selection, request.shared.problem),
      operators: prepared.operators.map((_, index) =>
        totalOf(prepared, request, selection, items, index, alone[index] ?? null),
      ),
      candidates: ground.sites.length - ground.existing.length,
      sites: fresh.length,
      costCny: selection.cost,
      listPriceCny: sumOf(fresh.map(({ listPriceCny }) => listPriceCny)),
      aloneCostCny: alone.includes(null) ? null : sumOf(alone.map((cost) => cost ?? 0)),
      unclaimedStations: ground.existing.filter(
        (site) => standingOf(ground.sites[site]!, choice.operators) === 0,
      ).length,
    },
    items,
    proof: encodeCertificate(request.shared.problem, request.choice, selection, ENGINE_VERSION),
  };
}

function itemsOf(
  { ground }: PreparedOperators,
  { operators, terms }: OperatorsChoice,
  { shared, locations }: OperatorsRequest,
  { steps }: Selection,
): OperatorsItem[] {
  const idsOf = (bits: number) => operators.flatMap(({ id }, index) => (hasBit(bits, index) ? [id] : []));
  const whole = wholeOf(shared.problem, 0);
  let rank = 0;
  return steps.map(({ site, placedBy, gain }: SelectionStep): OperatorsItem => {
    const location = shared.locationOf[site]!;
    const moving = shared.operatorsOf[site]!;
    const { id, status, costCny } = ground.sites[location]!;
    const isExisting = placedBy === 'existing';
    const standing = isExisting ? 0 : locations.standing[location]!;
    const operatorIds = idsOf(moving);
    const together = operatorIds.length + idsOf(standing).length;
    const price = status === 'existing' ? (terms.joinCostCny ?? 0) : costCny;
    if (!isExisting) rank++;
    return {
      siteId: id,
      rank: isExisting ? 0 : rank,
      status: isExisting ? 'existing' : 'new',
      operatorIds,
      besideIds: idsOf(standing),
      paymentsCny: operatorIds.map((operator) =>
        isExisting ? 0 : sharedCostCny(price, together, operator === terms.anchorId, terms),
      ),
      costCny: shared.problem.cost[site]!,
      listPriceCny: isExisting ? 0 : price * operatorIds.length,
      gainShare: whole > 0 ? gain / whole : 0,
    };
  });
}

function totalOf(
  { ground, operators }: PreparedOperators,
  { shared, choice }: OperatorsRequest,
  { steps, covered, ceiling }: Selection,
  items: readonly OperatorsItem[],
  index: number,
  aloneCostCny: number | null,
): OperatorTotal {
  const { operator, footprints, profile } = operators[index]!;
  const whole = wholeOf(shared.problem, 1 + index);
  const shareOf = (worth: number) => (whole > 0 ? worth / whole : 0);
  const state = makeCoverState(shared.problem);
  for (const site of choice.existing) state.openSite(site);
  const own = items.filter(
    ({ operatorIds, status }) => status === 'new' && operatorIds.includes(operator.id),
  );
  const locations = steps.flatMap(({ site }) =>
    hasBit(shared.operatorsOf[site]!, index) ? [shared.locationOf[site]!] : [],
  );
  const { binCount, siteCount } = footprints;
  const { best } = bestGrades(
    { kind: 'grades', binCount, siteCount, footprints, gradeValue: GRADE_VALUE },
    locations,
  );
  const { weight, totalWeight } = ground.grid;
  const binary = best.reduce((sum, grade, bin) => (grade >= HALF_GRADE ? sum + weight[bin]! : sum), 0);
  const paid = own.map(({ operatorIds, paymentsCny }) => paymentsCny[operatorIds.indexOf(operator.id)]!);
  const { id, name, targetShare } = operator;
  return {
    id,
    name,
    profileId: profile.id,
    targetShare,
    coveredShare: shareOf(covered[1 + index]!),
    coveredShareBinary: totalWeight > 0 ? binary / totalWeight : 0,
    existingShare: shareOf(state.covered[1 + index]!),
    bestShare: shareOf(ceiling[1 + index]!),
    sites: own.length,
    sharedSites: own.filter(({ operatorIds, besideIds }) => operatorIds.length + besideIds.length > 1).length,
    costCny: paid.reduce((sum, value) => sum + value, 0),
    listPriceCny: own.reduce(
      (sum, { listPriceCny, operatorIds }) => sum + listPriceCny / operatorIds.length,
      0,
    ),
    aloneCostCny,
  };
}

function hasBit(bits: number, index: number): boolean {
  return ((bits >> index) & 1) === 1;
}

/** Everything of one target fully covered. */
function wholeOf({ targets }: SelectionProblem, target: number): number {
  return FULL_GRADE_VALUE * targets[target]!.weight.reduce((sum, weight) => sum + weight, 0);
}

function certificateOf({ certificate }: Selection, problem: SelectionProblem): PlanCertificate {
  const { kind, bound, gap, method, optimal, steps } = certificate;
  const whole = wholeOf(problem, 0);
  return {
    kind,
    bound: kind === 'cost' ? bound : whole > 0 ? bound / whole : 0,
    gap: Number.isFinite(gap) ? gap : null,
    method,
    optimal,
    priceSteps: steps,
    // a percentage point of which operator it would be is not one number
    lastPointCny: null,
  };
}

function fingerprintOf({ ground }: PreparedOperators, choice: OperatorsChoice): string {
  const sorted = (ids: readonly string[]) => [...new Set(ids)].sort();
  const text = JSON.stringify({
    engine: ENGINE_VERSION,
    input: bytesToHex(digestInput(ground.input)),
    operators: choice.operators.map(({ id, name, profileId, targetShare, existingSiteIds }) => [
      id,
      name,
      profileId,
      targetShare,
      sorted(existingSiteIds),
    ]),
    terms: choice.terms,
    budgetCny: choice.budgetCny,
    refused: sorted(choice.refusedSiteIds),
    locked: sorted(choice.lockedSiteIds),
    effort: choice.effort,
  });
  return bytesToHex(sha256(utf8ToBytes(text)));
}
