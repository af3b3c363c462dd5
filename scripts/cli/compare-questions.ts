// Whether a certificate answers the question that the options ask: shares, limits, stations and rules, site by site.
import {
  type PlanFinding,
  planFinding,
  type Selection,
  type SelectionChoice,
  type SelectionProblem,
  type SelectionRules,
} from '../../engine/index.ts';

/** A plan read back, and what is wrong with it. */
export interface CheckedPlan {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly selection: Selection;
  readonly findings: readonly PlanFinding[];
}

export function compareQuestions(
  { siteIds, targets }: SelectionProblem,
  found: SelectionChoice,
  expected: SelectionChoice,
): PlanFinding[] {
  const nameSites = (sites: readonly number[]): string =>
    sites
      .map((site) => siteIds[site]!)
      .sort()
      .join(', ');
  const pairs: [about: string, found: string | number, expected: string | number][] = [
    ...targets.map(({ id }, target): [string, number, number] => [
      `required.${id}`,
      found.required[target]!,
      expected.required[target]!,
    ]),
    ['budget', found.budget ?? '-', expected.budget ?? '-'],
    ['maxSites', found.maxSites ?? '-', expected.maxSites ?? '-'],
    ['existing', nameSites(found.existing), nameSites(expected.existing)],
    ['locked', nameSites(found.locked), nameSites(expected.locked)],
    ['refused', nameSites(found.refused), nameSites(expected.refused)],
    ['spacing', nameSpacing(found.rules), nameSpacing(expected.rules)],
    ['groups', nameGroups(found.rules), nameGroups(expected.rules)],
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([about, was, is]) => planFinding('PLAN_QUESTION', about, was, is));
}

/** Distances and how many sites have each. */
function nameSpacing({ spacingM }: SelectionRules): string {
  const times = new Map<number, number>();
  for (const metres of spacingM ?? []) times.set(metres, (times.get(metres) ?? 0) + 1);
  return [...times]
    .sort(([a], [b]) => a - b)
    .map(([metres, sites]) => `${metres} m × ${sites}`)
    .join(', ');
}

function nameGroups({ groups }: SelectionRules): string {
  return groups
    .map(({ id, sites, leastSites, mostSites, mostCost }) =>
      [id, sites.length, leastSites ?? '', mostSites ?? '', mostCost ?? ''].join(':'),
    )
    .join(', ');
}
