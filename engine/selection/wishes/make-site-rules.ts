// Keeps count of a plan against its rules. Open sites with a spacing lie in squares as wide as the widest spacing, so a look at nine squares finds
// every neighbour that forbids; groups are counters. Existing stations hold their spacing but count in no group and cost nothing.
import type { SelectionChoice, SelectionProblem, SiteGroup } from '../selection-problem.ts';
import type { SiteRuleBreach, SiteRules } from './site-rules.ts';

/** Existing and locked sites count as open from the start; of a site both existing and refused the station stands. */
export function makeSiteRules(problem: SelectionProblem, choice: SelectionChoice): SiteRules {
  const { cost, siteIds } = problem;
  const { groups } = choice.rules;
  const budget = choice.budget ?? Infinity;
  const maxSites = choice.maxSites ?? Infinity;
  const isOut = new Uint8Array(cost.length);
  for (const site of choice.refused) isOut[site] = 1;
  const isFixed = new Uint8Array(cost.length);
  for (const site of [...choice.existing, ...choice.locked]) {
    isFixed[site] = 1;
    isOut[site] = 1;
  }

  const neighbours = makeNeighbours(problem, choice);
  const groupStarts = new Uint32Array(cost.length + 1);
  const groupsOf = groupsBySite(groups, groupStarts);
  const least = Float64Array.from(groups, (group) => group.leastSites ?? 0);
  const most = Float64Array.from(groups, (group) => group.mostSites ?? Infinity);
  const mostCost = Float64Array.from(groups, (group) => group.mostCost ?? Infinity);
  const groupSites = new Float64Array(groups.length);
  const groupCost = new Float64Array(groups.length);
  let spent = 0;
  let sites = 0;

  const count = (site: number, sign: 1 | -1) => {
    spent += sign * cost[site]!;
    sites += sign;
    for (let at = groupStarts[site]!; at < groupStarts[site + 1]!; at++) {
      groupSites[groupsOf[at]!]! += sign;
      groupCost[groupsOf[at]!]! += sign * cost[site]!;
    }
  };
  const groupsAllow = (site: number) => {
    for (let at = groupStarts[site]!; at < groupStarts[site + 1]!; at++) {
      const group = groupsOf[at]!;
      if (groupSites[group]! >= most[group]! || groupCost[group]! + cost[site]! > mostCost[group]!)
        return false;
    }
    return true;
  };

  for (const site of choice.existing) neighbours?.put(site);
  for (const site of choice.locked) {
    neighbours?.put(site);
    count(site, 1);
  }

  return {
    mayOpen: (site) =>
      isOut[site] === 0 &&
      sites < maxSites &&
      spent + cost[site]! <= budget &&
      groupsAllow(site) &&
      (neighbours === null || neighbours.tooNear(site) < 0),
    mayClose: (site) => {
      if (isFixed[site] === 1) return false;
      for (let at = groupStarts[site]!; at < groupStarts[site + 1]!; at++)
        if (groupSites[groupsOf[at]!]! <= least[groupsOf[at]!]!) return false;
      return true;
    },
    opened: (site) => {
      neighbours?.put(site);
      count(site, 1);
    },
    closed: (site) => {
      neighbours?.take(site);
      count(site, -1);
    },
    isOut: (site) => isOut[site] === 1,
    cost: () => spent,
    count: () => sites,
    lacking: () =>
      groups.flatMap((_, group) =>
        groupSites[group]! < least[group]! ? [{ group, sites: least[group]! - groupSites[group]! }] : [],
      ),
    whyNot: (site) => {
      const breaches: SiteRuleBreach[] = [];
      if (isOut[site] === 1 && isFixed[site] === 0) breaches.push({ rule: 'refused', with: null });
      const near = neighbours === null ? -1 : neighbours.tooNear(site);
      if (near >= 0) breaches.push({ rule: 'spacing', with: siteIds[near]! });
      const own = Array.from(groupsOf.subarray(groupStarts[site]!, groupStarts[site + 1]!));
      const full = own.find((group) => groupSites[group]! >= most[group]!);
      if (full !== undefined) breaches.push({ rule: 'group-most', with: groups[full]!.id });
      const poor = own.find((group) => groupCost[group]! + cost[site]! > mostCost[group]!);
      if (poor !== undefined) breaches.push({ rule: 'group-cost', with: groups[poor]!.id });
      if (spent + cost[site]! > budget) breaches.push({ rule: 'budget', with: null });
      if (sites >= maxSites) breaches.push({ rule: 'count', with: null });
      return breaches;
    },
  };
}

/** Groups of every site, site by site; fills `starts`. A site named twice in one group counts once. */
function groupsBySite(groups: readonly SiteGroup[], starts: Uint32Array): Uint32Array {
  if (groups.length === 0) return new Uint32Array(0);
  const members = groups.map((group) => new Set(group.sites));
  for (const sites of members) for (const site of sites) starts[site + 1]!++;
  for (let site = 1; site < starts.length; site++) starts[site]! += starts[site - 1]!;
  const next = starts.slice();
  const bySite = new Uint32Array(starts.at(-1)!);
  members.forEach((sites, group) => {
    for (const site of sites) bySite[next[site]!++] = group;
  });
  return bySite;
}

interface Neighbours {
  readonly put: (site: number) => void;
  readonly take: (site: number) => void;
  /** The nearest open site that forbids this one (at equal distance the smaller id), or -1. */
  readonly tooNear: (site: number) => number;
}

/** More squares than this many per site would only be empty. */
const SQUARES_PER_SITE = 4;

function makeNeighbours(
  { places, cost, siteIds }: SelectionProblem,
  { rules: { spacingM } }: SelectionChoice,
): Neighbours | null {
  if (spacingM === null) return null;
  if (places === null) throw new RangeError('makeSiteRules: spacing needs places, got null');
  const { eastM, northM } = places;
  const sites = cost.length;
  const [west, east] = rangeOf(eastM);
  const [south, north] = rangeOf(northM);
  let side = 0;
  for (const distance of spacingM) side = Math.max(side, distance);
  if (side === 0) return null;
  const most = SQUARES_PER_SITE * sites + 1;
  while ((Math.floor((east - west) / side) + 1) * (Math.floor((north - south) / side) + 1) > most) side *= 2;
  const columns = Math.floor((east - west) / side) + 1;
  const rows = Math.floor((north - south) / side) + 1;
  const first = new Int32Array(columns * rows).fill(-1);
  const next = new Int32Array(sites).fill(-1);
  const columnOf = (site: number) => Math.floor((eastM[site]! - west) / side);
  const rowOf = (site: number) => Math.floor((northM[site]! - south) / side);
  const squareOf = (site: number) => rowOf(site) * columns + columnOf(site);

  return {
    put: (site) => {
      if (spacingM[site] === 0) return;
      const square = squareOf(site);
      next[site] = first[square]!;
      first[square] = site;
    },
    take: (site) => {
      if (spacingM[site] === 0) return;
      const square = squareOf(site);
      if (first[square] === site) {
        first[square] = next[site]!;
        return;
      }
      let at = first[square]!;
      while (next[at] !== site) at = next[at]!;
      next[at] = next[site]!;
    },
    tooNear: (site) => {
      const own = spacingM[site]!;
      if (own === 0) return -1;
      const column = columnOf(site);
      const row = rowOf(site);
      let nearest = -1;
      let nearestSquared = Infinity;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
          for (let other = first[r * columns + c]!; other >= 0; other = next[other]!) {
            const limitM = Math.min(own, spacingM[other]!);
            const eastwardM = eastM[other]! - eastM[site]!;
            const northwardM = northM[other]! - northM[site]!;
            const squared = eastwardM * eastwardM + northwardM * northwardM;
            if (other === site || squared >= limitM * limitM || squared > nearestSquared) continue;
            if (squared === nearestSquared && siteIds[other]! > siteIds[nearest]!) continue;
            nearest = other;
            nearestSquared = squared;
          }
        }
      }
      return nearest;
    },
  };
}

function rangeOf(values: Float64Array): [least: number, most: number] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
