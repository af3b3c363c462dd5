// The rules of a choice looked at once more for the independent check, for one plan or for each year of one: pairs that stand too near,
// groups with too few, too many or too dear sites, and whether a closed site could still be opened. Plain loops, nothing shared with
// the optimiser's own book of rules.

import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import type { Find } from './plan-finding.ts';

/** Yuan of these sites. */
export function yuanOf({ cost }: SelectionProblem, sites: readonly number[]): number {
  let sum = 0;
  for (const site of sites) sum += cost[site]!;
  return sum;
}

/** Every pair of open sites but pairs of existing stations, which nobody chose. */
export function checkSpacing(
  problem: SelectionProblem,
  choice: SelectionChoice,
  sites: readonly number[],
  find: Find,
): void {
  const { spacingM } = choice.rules;
  if (spacingM === null || problem.places === null) return;
  const { eastM } = problem.places;
  const existing = new Set(choice.existing);
  const open = [...new Set(sites)].sort((a, b) => eastM[a]! - eastM[b]!);
  const widest = spacingM.reduce((most, distance) => Math.max(most, distance), 0);
  open.forEach((site, at) => {
    for (let next = at + 1; next < open.length && eastM[open[next]!]! - eastM[site]! < widest; next++) {
      const other = open[next]!;
      if (existing.has(site) && existing.has(other)) continue;
      const leastM = Math.min(spacingM[site]!, spacingM[other]!);
      const apartSquared = squaredApart(problem, site, other);
      if (apartSquared < leastM * leastM) {
        const both = [problem.siteIds[site]!, problem.siteIds[other]!].sort().join(' + ');
        find('PLAN_SPACING', both, Math.sqrt(apartSquared), leastM);
      }
    }
  });
}

/** False when a group has fewer sites than it must have: like a share that is missed, wrong only where that is hidden. */
export function checkGroups(
  problem: SelectionProblem,
  choice: SelectionChoice,
  newSites: readonly number[],
  mustHaveLeast: boolean,
  find: Find,
): boolean {
  const open = new Set(newSites);
  let holds = true;
  for (const { id, sites, leastSites, mostSites, mostCost } of choice.rules.groups) {
    const own = [...new Set(sites)].filter((site) => open.has(site));
    const cost = yuanOf(problem, own);
    if (leastSites !== null && own.length < leastSites) {
      holds = false;
      if (mustHaveLeast) find('PLAN_GROUP_LEAST', id, own.length, leastSites);
    }
    if (mostSites !== null && own.length > mostSites)
      find(mostSites === 1 ? 'PLAN_CONFIGURATIONS' : 'PLAN_GROUP_MOST', id, own.length, mostSites);
    if (mostCost !== null && cost > mostCost) find('PLAN_GROUP_COST', id, cost, mostCost);
  }
  return holds;
}

/** Whether a group of the site has no room for it. */
export function fullGroups(
  problem: SelectionProblem,
  { rules }: SelectionChoice,
  newSites: readonly number[],
): (site: number) => boolean {
  const open = new Set(newSites);
  const groups = rules.groups.map(({ sites, mostSites, mostCost }) => {
    const members = new Set(sites);
    const own = [...members].filter((site) => open.has(site));
    return { members, mostSites, mostCost, count: own.length, cost: yuanOf(problem, own) };
  });
  return (site) =>
    groups.some(
      ({ members, mostSites, mostCost, count, cost }) =>
        members.has(site) &&
        ((mostSites !== null && count >= mostSites) ||
          (mostCost !== null && cost + problem.cost[site]! > mostCost)),
    );
}

/** Whether an open site is too near; open sites lie in columns as wide as the widest spacing. */
export function nearness(
  problem: SelectionProblem,
  { rules: { spacingM } }: SelectionChoice,
  open: readonly number[],
): (site: number) => boolean {
  if (spacingM === null || problem.places === null) return () => false;
  const { eastM } = problem.places;
  const widest = spacingM.reduce((most, distance) => Math.max(most, distance), 1);
  const columnOf = (site: number): number => Math.floor(eastM[site]! / widest);
  const columns = new Map<number, number[]>();
  for (const site of open) columns.set(columnOf(site), [...(columns.get(columnOf(site)) ?? []), site]);
  const isNear = (site: number, other: number): boolean => {
    const leastM = Math.min(spacingM[site]!, spacingM[other]!);
    return squaredApart(problem, site, other) < leastM * leastM;
  };
  return (site) =>
    [-1, 0, 1].some((step) => columns.get(columnOf(site) + step)?.some((other) => isNear(site, other)));
}

function squaredApart({ places }: SelectionProblem, a: number, b: number): number {
  const eastM = places!.eastM[a]! - places!.eastM[b]!;
  const northM = places!.northM[a]! - places!.northM[b]!;
  return eastM * eastM + northM * northM;
}
