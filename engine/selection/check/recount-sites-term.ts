// The least that the sites of any allowed plan add to a bound: their reduced costs, bounded from below by the rules that decompose
// (selection reference, 6.4): fixed sites whatever their sign, none beside a fixed site, one per spacing square, so many and so much per
// group. Groups that overlap cannot be added up: they are dealt into layers by first fit, and the strongest layer counts. Squares
// also count inside groups here, so that the result is never below what the price search may claim.

import type { SelectionChoice, SelectionProblem, SiteGroup } from '../selection-problem.ts';
import { nearness } from './check-rules.ts';

/** What all new sites together keep to when the bound does not price it itself. */
export interface WholeLimits {
  readonly mostSites: number | null;
  readonly mostCost: number | null;
}

const MOST_LAYERS = 4;
/** Spacings of one class differ by less than this ratio. */
const CLASS_RATIO = 1.25;
/** Side of a square per spacing, a billionth short of the root of one half: corners never join two sites that may both be open. */
const SIDE = Math.sqrt(0.5) * (1 - 1e-9);

/** At the most this is proved, in the unit of `cost`; `earned` per site in the same unit. */
export function recountSitesTerm(
  problem: SelectionProblem,
  choice: SelectionChoice,
  cost: Float64Array,
  earned: Float64Array,
  limits: WholeLimits,
): number {
  const reduced = cost.map((own, site) => own - earned[site]!);
  const existing = new Set(choice.existing);
  const locked = choice.locked.filter((site) => !existing.has(site));
  let fixed = 0;
  for (const site of existing) fixed -= earned[site]!;
  for (const site of locked) fixed += reduced[site]!;

  const free = freeSites(problem, choice);
  const squareOf = squares(problem, choice);
  const families: SiteGroup[][] = [[], ...layers(choice.rules.groups)];
  if (limits.mostSites !== null || limits.mostCost !== null)
    families.push([{ id: '', sites: [...problem.cost.keys()], leastSites: null, ...limits }]);
  let strongest = -Infinity;
  for (const groups of families) {
    const left = new Set(free);
    let sum = 0;
    for (const group of groups) {
      const own = [...new Set(group.sites)].filter((site) => left.has(site));
      for (const site of own) left.delete(site);
      sum += groupTerm(problem, group, locked, own, reduced, squareOf);
    }
    for (const least of squareMinima([...left], reduced, squareOf)) sum += Math.min(0, least);
    strongest = Math.max(strongest, sum);
  }
  return fixed + strongest;
}

/** Sites a plan may still open: not fixed, not refused, not too near to a fixed one. */
function freeSites(problem: SelectionProblem, choice: SelectionChoice): number[] {
  const fixed = [...choice.existing, ...choice.locked];
  const out = new Set([...fixed, ...choice.refused]);
  const isTooNear = nearness(problem, choice, fixed);
  return [...problem.cost.keys()].filter((site) => !out.has(site) && !isTooNear(site));
}

/** Name of the square of each site; '' for sites without spacing. Squares start at the south-west corner of all sites. */
function squares({ places, cost }: SelectionProblem, { rules }: SelectionChoice): string[] {
  const { spacingM } = rules;
  if (spacingM === null || places === null) return Array.from(cost, () => '');
  const classes: number[] = [];
  for (const own of [...new Set(spacingM)].filter((metres) => metres > 0).sort((a, b) => a - b))
    if (classes.length === 0 || own >= CLASS_RATIO * classes.at(-1)!) classes.push(own);
  const westM = places.eastM.reduce((least, own) => Math.min(least, own), Infinity);
  const southM = places.northM.reduce((least, own) => Math.min(least, own), Infinity);
  return Array.from(cost, (_, site) => {
    const own = spacingM[site]!;
    if (own === 0) return '';
    const side = classes.filter((least) => least <= own).at(-1)! * SIDE;
    const column = Math.floor((places.eastM[site]! - westM) / side);
    return `${side} ${column} ${Math.floor((places.northM[site]! - southM) / side)}`;
  });
}

/** Groups that limit anything, in layers of groups that share no site. */
function layers(groups: readonly SiteGroup[]): SiteGroup[][] {
  const dealt: SiteGroup[][] = [];
  for (const group of groups) {
    const limits = group.mostSites !== null || group.mostCost !== null || (group.leastSites ?? 0) > 0;
    if (!limits) continue;
    const own = new Set(group.sites);
    const fits = (layer: SiteGroup[]): boolean =>
      !layer.some(({ sites }) => sites.some((site) => own.has(site)));
    const layer = dealt.find(fits);
    if (layer) layer.push(group);
    else if (dealt.length < MOST_LAYERS) dealt.push([group]);
  }
  return dealt;
}

/** The least of a group's free sites: by numbers with one site per square, or by its money. */
function groupTerm(
  { cost }: SelectionProblem,
  { sites, leastSites, mostSites, mostCost }: SiteGroup,
  locked: readonly number[],
  own: readonly number[],
  reduced: Float64Array,
  squareOf: readonly string[],
): number {
  const members = new Set(sites);
  const opened = locked.filter((site) => members.has(site));
  const least = Math.max(0, (leastSites ?? 0) - opened.length);
  const most = Math.max(0, (mostSites ?? Infinity) - opened.length);
  let byCount = 0;
  squareMinima(own, reduced, squareOf)
    .sort((a, b) => a - b)
    .forEach((value, at) => {
      if (at < most && (at < least || value < 0)) byCount += value;
    });
  if (mostCost === null) return byCount;
  let money = mostCost;
  for (const site of opened) money -= cost[site]!;
  return Math.max(byCount, knapsackTerm(own, reduced, cost, Math.max(0, money)));
}

/** The most negative site of each square, and every site that has none. */
function squareMinima(
  sites: readonly number[],
  reduced: Float64Array,
  squareOf: readonly string[],
): number[] {
  const alone: number[] = [];
  const bySquare = new Map<string, number>();
  for (const site of sites) {
    const square = squareOf[site]!;
    if (square === '') alone.push(reduced[site]!);
    else bySquare.set(square, Math.min(bySquare.get(square) ?? Infinity, reduced[site]!));
  }
  return [...alone, ...bySquare.values()];
}

/** Fractional knapsack: what is most negative per yuan first, the last one in part. */
function knapsackTerm(
  sites: readonly number[],
  reduced: Float64Array,
  cost: Float64Array,
  money: number,
): number {
  const wanted = sites
    .filter((site) => reduced[site]! < 0)
    .sort((a, b) => reduced[a]! * cost[b]! - reduced[b]! * cost[a]!);
  let sum = 0;
  let left = money;
  for (const site of wanted) {
    const share = cost[site]! > left ? left / cost[site]! : 1;
    sum += share * reduced[site]!;
    left -= share * cost[site]!;
    if (share < 1) break;
  }
  return sum;
}
