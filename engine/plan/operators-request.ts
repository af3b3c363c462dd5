// From operators and terms to a problem without maps: a layer of bins per operator, and every set of operators that may move in at a site
// as a candidate with its discounted price (selection/wishes/share-configurations.ts). With one operator it is its plan alone.
import { FULL_GRADE_VALUE, GRADE_VALUE } from '../coverage/probability-grades.ts';
import type { OperatorsChoice, PlanOperator } from '../model/operator-plan.ts';
import type { Site } from '../model/site.ts';
import type { SelectionChoice } from '../selection/selection-problem.ts';
import {
  type ShareLocations,
  type ShareProblem,
  shareConfigurations,
} from '../selection/wishes/share-configurations.ts';
import { targetWeightOf } from './check-choice.ts';
import type { PreparedOperators } from './prepare-operators.ts';

export interface OperatorsRequest {
  readonly shared: ShareProblem;
  readonly locations: ShareLocations;
  readonly choice: SelectionChoice;
}

/** `only`: index of the one operator that is planned for; null: all of them. */
export function operatorsRequestOf(
  { ground, operators }: PreparedOperators,
  choice: OperatorsChoice,
  only: number | null = null,
): OperatorsRequest {
  const { sites, places, grid } = ground;
  const planned = operators.filter((_, index) => only === null || index === only);
  const locations = locationsOf(
    sites,
    places.map(({ eastM }) => eastM),
    places.map(({ northM }) => northM),
    planned.map(({ operator }) => operator),
    choice,
  );
  const { joinCostCny } = choice.terms;
  const cost = Float64Array.from(sites, ({ status, costCny }) =>
    status === 'existing' ? (joinCostCny ?? 0) : costCny,
  );
  const shared = shareConfigurations(
    planned.map(({ operator, footprints }) => ({
      id: operator.id,
      cover: {
        kind: 'grades',
        binCount: footprints.binCount,
        siteCount: footprints.siteCount,
        footprints,
        gradeValue: GRADE_VALUE,
      },
      weight: grid.weight,
      cost,
    })),
    locations,
    choice.terms,
  );
  const whole = grid.totalWeight * FULL_GRADE_VALUE;
  const candidates = candidatesOf(shared);
  return {
    shared,
    locations,
    choice: {
      required: [0, ...planned.map(({ operator }) => targetWeightOf(operator.targetShare, whole))],
      budget: choice.budgetCny,
      maxSites: null,
      existing: shared.existing,
      locked: [],
      refused: at(ground.siteIndexes, choice.refusedSiteIds).flatMap((site) => candidates.get(site) ?? []),
      rules: {
        spacingM: null,
        groups: groupsOf(shared, locations, at(ground.siteIndexes, choice.lockedSiteIds)),
      },
    },
  };
}

/** Existing stations are whose they are; others may move in where a price for that is known. */
function locationsOf(
  sites: readonly Site[],
  eastM: readonly number[],
  northM: readonly number[],
  operators: readonly PlanOperator[],
  { terms }: OperatorsChoice,
): ShareLocations {
  const all = (1 << operators.length) - 1;
  const anchor = operators.findIndex(({ id }) => id === terms.anchorId);
  const isOffered = ({ status }: Site) => status !== 'existing' || terms.joinCostCny !== null;
  return {
    ids: sites.map(({ id }) => id),
    eastM: Float64Array.from(eastM),
    northM: Float64Array.from(northM),
    allowed: Uint8Array.from(sites, (site) => (isOffered(site) ? all : 0)),
    standing: Uint8Array.from(sites, (site) => standingOf(site, operators)),
    anchor: new Int8Array(sites.length).fill(anchor),
  };
}

/** Bits of the operators whose station this is. */
export function standingOf({ id, status, owner }: Site, operators: readonly PlanOperator[]): number {
  if (status !== 'existing') return 0;
  return operators.reduce((bits, operator, index) => {
    const isOwn = operator.existingSiteIds.includes(id) || [operator.id, operator.name].includes(owner);
    return isOwn ? bits | (1 << index) : bits;
  }, 0);
}

/** Those that may be opened at each location. */
function candidatesOf({ locationOf, existing }: ShareProblem): ReadonlyMap<number, readonly number[]> {
  const standing = new Set(existing);
  const candidates = new Map<number, number[]>();
  locationOf.forEach((location, site) => {
    if (standing.has(site)) return;
    const own = candidates.get(location);
    if (own) own.push(site);
    else candidates.set(location, [site]);
  });
  return candidates;
}

/** A locked location takes one set of operators, whichever is best. */
function groupsOf(shared: ShareProblem, { ids }: ShareLocations, locked: readonly number[]) {
  const wanted = new Set(locked.map((location) => ids[location]!));
  const grouped = new Set(shared.groups.map(({ id }) => id));
  const alone = [...candidatesOf(shared)].flatMap(([location, sites]) => {
    const id = ids[location]!;
    return wanted.has(id) && !grouped.has(id)
      ? [{ id, sites, leastSites: 1, mostSites: 1, mostCost: null }]
      : [];
  });
  return [
    ...shared.groups.map((group) => (wanted.has(group.id) ? { ...group, leastSites: 1 } : group)),
    ...alone,
  ];
}

function at(indexes: ReadonlyMap<string, number>, ids: readonly string[]): number[] {
  return [...new Set(ids)].sort().flatMap((id) => indexes.get(id) ?? []);
}
