// The least that open sites can add up to in reduced costs under the rules that fall apart into disjoint parts: locked sites whatever
// their sign, spacing squares and groups with a limit (selection reference, 6.4). Families of parts that overlap cannot be
// added up: each is worked out by itself with squares for the sites it leaves, and the largest result counts.
import type { SelectionChoice, SelectionProblem, SiteGroup } from '../selection-problem.ts';

/** How a site stands in a choice. Existing wins over refused. */
export const FREE_SITE = 0;
export const FIXED_SITE = 1;
export const OUT_SITE = 2;

export interface SiteTerms {
  /** Per site one of the three. */
  readonly standing: Uint8Array;
  /** Minimum over allowed plans of the sum of `reduced`, or something below it. Takes one pass over the sites per family. */
  readonly leastOf: (reduced: Float64Array) => number;
}

/** What the limit of a group leaves to its free sites. */
interface GroupPart {
  readonly sites: Uint32Array;
  readonly least: number;
  readonly most: number;
  readonly mostCost: number;
}

interface Family {
  readonly parts: readonly GroupPart[];
  /** Per site the block of which at the most one opens; -1: alone; -2: never opens; -3: in a part or not free. */
  readonly blockOf: Int32Array;
}

const ALONE = -1;
const CLOSED = -2;
const ELSEWHERE = -3;
/** Overlapping groups are dealt out to this many families. */
const MOST_LAYERS = 4;
/** Spacings this close to the least of their class share its squares. */
const CLASS_RATIO = 1.25;
/** Squares a little smaller than the rule, so that rounding never joins two sites that may both open. */
const SQUARE_SHARE = Math.SQRT1_2 * (1 - 1e-9);

/** `limits`: what all new sites together keep to, when the bound does not price it itself. */
export function makeSiteTerms(
  problem: SelectionProblem,
  choice: SelectionChoice,
  limits: { readonly mostSites: number | null; readonly mostCost: number | null },
): SiteTerms {
  const standing = standingOf(problem.cost.length, choice);
  const squares = squaresOf(problem, choice, standing);
  const families = [
    { parts: [], blockOf: squares },
    ...layersOf(choice.rules.groups).map((groups) => familyOf(problem, choice, groups, standing, squares)),
  ];
  if (limits.mostSites !== null || limits.mostCost !== null) {
    const all = { id: '', sites: Array.from(problem.cost.keys()), leastSites: null, ...limits };
    families.push(familyOf(problem, choice, [all], standing, squares));
  }
  const hasBlocks = families.some(({ blockOf }) => blockOf.some((block) => block >= 0));
  const least = new Float64Array(hasBlocks ? problem.cost.length : 0);
  const leastOf = (reduced: Float64Array): number => {
    let fixed = 0;
    for (let site = 0; site < standing.length; site++)
      if (standing[site] === FIXED_SITE) fixed += reduced[site]!;
    let best = -Infinity;
    for (const { parts, blockOf } of families) {
      let sum = leastOfBlocks(blockOf, reduced, least);
      for (const part of parts) sum += leastOfPart(part, reduced, problem.cost);
      if (sum > best) best = sum;
    }
    return fixed + best;
  };
  return { standing, leastOf };
}

function standingOf(siteCount: number, { existing, locked, refused }: SelectionChoice): Uint8Array {
  const standing = new Uint8Array(siteCount);
  for (const site of refused) standing[site] = OUT_SITE;
  for (const site of locked) standing[site] = FIXED_SITE;
  for (const site of existing) standing[site] = FIXED_SITE;
  return standing;
}

/** Groups that limit anything, dealt out so that those of one layer share no site. */
function layersOf(groups: readonly SiteGroup[]): SiteGroup[][] {
  const layers: { groups: SiteGroup[]; taken: Set<number> }[] = [];
  for (const group of groups) {
    if (group.mostSites === null && group.mostCost === null && (group.leastSites ?? 0) === 0) continue;
    let layer = layers.find(({ taken }) => !group.sites.some((site) => taken.has(site)));
    if (layer === undefined) {
      if (layers.length === MOST_LAYERS) continue;
      layer = { groups: [], taken: new Set() };
      layers.push(layer);
    }
    layer.groups.push(group);
    for (const site of group.sites) layer.taken.add(site);
  }
  return layers.map((layer) => layer.groups);
}

function familyOf(
  { cost }: SelectionProblem,
  { existing, locked }: SelectionChoice,
  groups: readonly SiteGroup[],
  standing: Uint8Array,
  squares: Int32Array,
): Family {
  const blockOf = squares.slice();
  const isStanding = new Set(existing);
  const isLocked = new Set(locked.filter((site) => !isStanding.has(site)));
  const parts = groups.map(({ sites, leastSites, mostSites, mostCost }) => {
    const own = [...new Set(sites)];
    const opened = own.filter((site) => isLocked.has(site));
    const free = own.filter((site) => standing[site] === FREE_SITE);
    for (const site of free) blockOf[site] = ELSEWHERE;
    const spent = opened.reduce((sum, site) => sum + cost[site]!, 0);
    return {
      sites: Uint32Array.from(free),
      least: Math.max(0, (leastSites ?? 0) - opened.length),
      most: Math.max(0, (mostSites ?? Infinity) - opened.length),
      mostCost: Math.max(0, (mostCost ?? Infinity) - spent),
    };
  });
  return { parts, blockOf };
}

/**
 * Half-open squares of which two sites are always too near to each other. Sites are put into classes of about the same spacing; the
 * squares of a class follow its least one. A block is named by its first place in the sorted list of squares.
 */
function squaresOf(
  { places }: SelectionProblem,
  { rules: { spacingM } }: SelectionChoice,
  standing: Uint8Array,
): Int32Array {
  const blockOf = new Int32Array(standing.length).fill(ALONE);
  for (let site = 0; site < standing.length; site++)
    if (standing[site] !== FREE_SITE) blockOf[site] = ELSEWHERE;
  if (spacingM === null || places === null) return blockOf;
  const classes = classesOf(spacingM);
  const { eastM, northM } = places;
  const west = leastOf(eastM);
  const south = leastOf(northM);
  const keys = new Float64Array(standing.length).fill(-1);
  const span = 16_777_216;
  for (let site = 0; site < standing.length; site++) {
    if (spacingM[site] === 0) continue;
    const at = classes.findLastIndex((least) => least <= spacingM[site]!);
    const side = classes[at]! * SQUARE_SHARE;
    const column = Math.floor((eastM[site]! - west) / side);
    const row = Math.floor((northM[site]! - south) / side);
    if (column < span && row < span) keys[site] = (at * span + row) * span + column;
  }
  const sorted = keys.slice().sort();
  const isTaken = new Uint8Array(standing.length);
  const firstAt = (site: number): number => firstNotBelow(sorted, keys[site]!);
  for (let site = 0; site < standing.length; site++)
    if (standing[site] === FIXED_SITE && keys[site]! >= 0) isTaken[firstAt(site)] = 1;
  for (let site = 0; site < standing.length; site++) {
    if (standing[site] !== FREE_SITE || keys[site]! < 0) continue;
    const block = firstAt(site);
    blockOf[site] = isTaken[block] === 1 ? CLOSED : block;
  }
  return blockOf;
}

/** The least spacing of each class, rising. */
function classesOf(spacingM: Float64Array): number[] {
  const classes: number[] = [];
  for (const metres of spacingM.slice().sort())
    if (metres > 0 && !(metres < CLASS_RATIO * (classes.at(-1) ?? 0))) classes.push(metres);
  return classes;
}

function leastOf(values: Float64Array): number {
  let least = Infinity;
  for (const value of values) if (value < least) least = value;
  return least;
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sites alone: what is negative. Blocks: their most negative site. */
function leastOfBlocks(blockOf: Int32Array, reduced: Float64Array, least: Float64Array): number {
  least.fill(0);
  let sum = 0;
  for (let site = 0; site < reduced.length; site++) {
    const value = reduced[site]!;
    if (value >= 0) continue;
    const block = blockOf[site]!;
    if (block === ALONE) sum += value;
    else if (block >= 0 && value < least[block]!) {
      sum += value - least[block]!;
      least[block] = value;
    }
  }
  return sum;
}

/** The `least` smallest whatever their sign, more while they are negative; or the fractional knapsack when that is dearer. */
function leastOfPart(
  { sites, least, most, mostCost }: GroupPart,
  reduced: Float64Array,
  cost: Float64Array,
): number {
  const sorted = Float64Array.from(sites, (site) => reduced[site]!).sort();
  let byCount = 0;
  for (let at = 0; at < sorted.length && at < most; at++) {
    if (at >= least && sorted[at]! >= 0) break;
    byCount += sorted[at]!;
  }
  return mostCost === Infinity ? byCount : Math.max(byCount, leastOfKnapsack(sites, reduced, cost, mostCost));
}

function leastOfKnapsack(
  sites: Uint32Array,
  reduced: Float64Array,
  cost: Float64Array,
  mostCost: number,
): number {
  const worthwhile = sites.filter((site) => reduced[site]! < 0);
  // By reduced cost per yuan, multiplied out: free sites come first.
  worthwhile.sort((a, b) => reduced[a]! * cost[b]! - reduced[b]! * cost[a]!);
  let left = mostCost;
  let sum = 0;
  for (const site of worthwhile) {
    const own = cost[site]!;
    if (own > left) return sum + (reduced[site]! * left) / own;
    left -= own;
    sum += reduced[site]!;
  }
  return sum;
}
