// A city in parts: each part has its own bins and every site that serves one of them, also those that stand beyond its border (the halo),
// and is a problem of its own that a thread or another process can solve without the rest. What has to be covered is shared out by
// one plan of the whole, a greedy one: it stops everywhere at the same price of a further unit, so no part is asked for what
// another has cheaper. The price of a site on a border is shared out by what it serves on each side; then the bounds of the
// parts add up to a bound of the whole (Lagrangian decomposition; Guignard and Kim 1987), as far as their prices agree.
import type { Cover } from '../cover/cover.ts';
import { makeCoverState } from '../cover/make-cover-state.ts';
import { eachPiece } from '../cover/site-pieces.ts';
import { computeCeilings } from '../problem-facts.ts';
import type { SelectionChoice, SelectionProblem, SiteGroup } from '../selection-problem.ts';
import { type BinCut, cutCover } from './cut-cover.ts';
import { NO_PART } from './tile-parts.ts';

/** Costs inside a part are in thousandths of the whole's unit, so that a shared site has whole numbers. */
export const PART_COST_UNITS = 1000;

/** Which sites reach which parts. Takes six bytes per bin and about 20 per site. */
export interface PartMap {
  readonly count: number;
  /** Part of each bin, or NO_PART. */
  readonly parts: Uint16Array;
  /** Number of each bin inside its part. */
  readonly numbers: Uint32Array;
  /** Bins and guards per part. */
  readonly binCounts: Uint32Array;
  readonly rowStarts: readonly Uint32Array[];
  /** First part of each site in `siteParts`, then the end. */
  readonly siteStarts: Uint32Array;
  /** Parts that a site serves bins of. */
  readonly siteParts: Uint16Array;
  /** Weight of these bins, over all targets. */
  readonly siteWeights: Float64Array;
}

export interface PartProblem {
  readonly part: number;
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
}

/** What the parts are asked for. */
export interface PartWish {
  readonly choice: SelectionChoice;
  /** New sites, locked ones among them, of the plan that shares out. */
  readonly plan: readonly number[];
  /** Per target: how much of what the plan covers in a part is wanted of it; may be more than 1. */
  readonly factors: readonly number[];
}

/** One pass over the bins of all sites. Throws RangeError for another number of bins. */
export function mapParts({ cover, targets }: SelectionProblem, parts: Uint16Array): PartMap {
  if (parts.length !== cover.binCount)
    throw new RangeError(`mapParts: ${parts.length} bins have a part, expected ${cover.binCount}`);
  let count = 0;
  for (const part of parts) if (part !== NO_PART) count = Math.max(count, part + 1);
  const weight = new Float64Array(cover.binCount);
  for (const target of targets)
    for (let bin = 0; bin < weight.length; bin++) weight[bin]! += target.weight[bin]!;
  const siteStarts = new Uint32Array(cover.siteCount + 1);
  const siteParts: number[] = [];
  const siteWeights: number[] = [];
  const tally = new Float64Array(count);
  const isTouched = new Uint8Array(count);
  const touched: number[] = [];
  for (let site = 0; site < cover.siteCount; site++) {
    eachPiece(cover, site, (first, length) => {
      for (let bin = first; bin < first + length; bin++) {
        const part = parts[bin]!;
        if (part === NO_PART) continue;
        if (isTouched[part] === 0) {
          isTouched[part] = 1;
          touched.push(part);
        }
        tally[part]! += weight[bin]!;
      }
    });
    for (const part of touched) {
      siteParts.push(part);
      siteWeights.push(tally[part]!);
      tally[part] = 0;
      isTouched[part] = 0;
    }
    touched.length = 0;
    siteStarts[site + 1] = siteParts.length;
  }
  return {
    count,
    parts,
    ...numberBins(cover, parts, count),
    siteStarts,
    siteParts: Uint16Array.from(siteParts),
    siteWeights: Float64Array.from(siteWeights),
  };
}

/** One part as a problem of its own with everything copied, and the number of each of its sites in the whole. */
export function cutPart(
  problem: SelectionProblem,
  map: PartMap,
  part: number,
  wish: PartWish,
): { work: PartProblem; sites: Uint32Array } {
  const { parts, numbers } = map;
  const { choice } = wish;
  const isOut = new Uint8Array(problem.cost.length);
  for (const site of choice.refused) isOut[site] = 1;
  for (const site of choice.existing) isOut[site] = 0;
  const sites = sitesOf(map, part, isOut);
  const cut: BinCut = {
    numberOf: (bin) => (parts[bin] === part ? numbers[bin]! : -1),
    binCount: map.binCounts[part]!,
    rowStarts: map.rowStarts[part]!,
  };
  const { places, fold } = problem;
  const take = (values: Float64Array) => Float64Array.from(sites, (site) => values[site]!);
  const [whole, ...others] = problem.targets.map(({ id, weight }) => ({ id, weight: takeBins(weight, cut) }));
  const own: SelectionProblem = {
    cover: cutCover(problem.cover, sites, cut),
    targets: [whole!, ...others], // as many as the whole has, so one at the least
    cost: shareCosts(problem, map, part, sites),
    siteIds: Array.from(sites, (site) => problem.siteIds[site]!),
    places: places && { eastM: take(places.eastM), northM: take(places.northM) },
    fold: fold && { ...fold, sites: takeNeeds(fold.sites, cut) },
  };
  const placeOf = new Int32Array(problem.cost.length).fill(-1);
  sites.forEach((site, place) => {
    placeOf[site] = place;
  });
  return { work: { part, problem: own, choice: shareChoice(own, map, part, placeOf, wish) }, sites };
}

/** The part that has most of what a site serves (of equal ones the smaller number), or NO_PART. */
export function mainPart({ siteStarts, siteParts, siteWeights }: PartMap, site: number): number {
  let main = NO_PART;
  let most = -1;
  for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++)
    if (siteWeights[at]! > most || (siteWeights[at] === most && siteParts[at]! < main)) {
      main = siteParts[at]!;
      most = siteWeights[at]!;
    }
  return main;
}

/** Every array of a part once, to be handed to a thread instead of copied. */
export function partBuffers({ problem, choice }: PartProblem): ArrayBuffer[] {
  const { cover, targets, cost, places, fold } = problem;
  const arrays: ArrayBufferView[] = [cost, ...targets.map(({ weight }) => weight)];
  if (places) arrays.push(places.eastM, places.northM);
  if (fold) arrays.push(fold.sites);
  if (choice.rules.spacingM) arrays.push(choice.rules.spacingM);
  if (cover.kind === 'runs') arrays.push(cover.rowStarts, cover.runStarts, cover.runFirst, cover.runLength);
  else if (cover.kind === 'lists')
    arrays.push(cover.siteStarts, cover.siteBins, cover.binStarts, cover.binSites);
  else {
    arrays.push(cover.gradeValue, cover.footprints.near, cover.footprints.seen);
    for (const { spanStarts, gradeStarts, spanFirst, spanLength, grades } of cover.footprints.blocks)
      arrays.push(spanStarts, gradeStarts, spanFirst, spanLength, grades);
  }
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}

/** Sites that serve bins of a part; refused ones are left out. */
function sitesOf({ siteStarts, siteParts }: PartMap, part: number, isOut: Uint8Array): Uint32Array {
  const sites: number[] = [];
  for (let site = 0; site < isOut.length; site++) {
    if (isOut[site] === 1) continue;
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++)
      if (siteParts[at] === part) sites.push(site);
  }
  return Uint32Array.from(sites);
}

/** The share of the site's weight that lies in this part is the share of its price. */
function shareCosts(
  { cost }: SelectionProblem,
  { siteStarts, siteParts, siteWeights }: PartMap,
  part: number,
  sites: Uint32Array,
): Float64Array {
  return Float64Array.from(sites, (site) => {
    let all = 0;
    let own = 0;
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) {
      all += siteWeights[at]!;
      if (siteParts[at] === part) own = siteWeights[at]!;
    }
    return Math.floor(PART_COST_UNITS * cost[site]! * (all > 0 ? own / all : 1));
  });
}

function shareChoice(
  own: SelectionProblem,
  map: PartMap,
  part: number,
  placeOf: Int32Array,
  { choice, plan, factors }: PartWish,
): SelectionChoice {
  const inPart = (sites: readonly number[]) =>
    sites.flatMap((site) => (placeOf[site]! >= 0 ? [placeOf[site]!] : []));
  const existing = inPart(choice.existing);
  const locked = inPart(choice.locked);
  const state = makeCoverState(own);
  for (const site of new Set([...existing, ...locked, ...inPart(plan)])) state.openSite(site);
  const ceilings = computeCeilings(own, []);
  const { spacingM } = choice.rules;
  const isPlanned = new Set(plan);
  return {
    required: factors.map((factor, target) =>
      Math.min(ceilings[target]!, Math.ceil(state.covered[target]! * factor)),
    ),
    budget: null,
    maxSites: null,
    existing,
    locked,
    refused: [],
    rules: {
      spacingM: spacingM && spacingFor(spacingM, placeOf, own.cost.length),
      groups: choice.rules.groups.flatMap((group) => shareGroup(group, map, part, placeOf, isPlanned)),
    },
  };
}

function spacingFor(spacingM: Float64Array, placeOf: Int32Array, count: number): Float64Array {
  const own = new Float64Array(count);
  for (let site = 0; site < placeOf.length; site++)
    if (placeOf[site]! >= 0) own[placeOf[site]!] = spacingM[site]!;
  return own;
}

/**
 * A group goes with the part that holds all of it; of one on several sides each gets what the plan has there and its part of the
 * room that is left. Costs are shared out already, so the limit on them is left to the stitching where sites lie on a border.
 */
function shareGroup(
  group: SiteGroup,
  map: PartMap,
  part: number,
  placeOf: Int32Array,
  isPlanned: ReadonlySet<number>,
): SiteGroup[] {
  let all = 0;
  let own = 0;
  let planned = 0;
  let ownPlanned = 0;
  for (const site of new Set(group.sites)) {
    const isOwn = mainPart(map, site) === part;
    all++;
    if (isOwn) own++;
    if (!isPlanned.has(site)) continue;
    planned++;
    if (isOwn) ownPlanned++;
  }
  const sites = group.sites.flatMap((site) => (placeOf[site]! >= 0 ? [placeOf[site]!] : []));
  if (sites.length === 0) return [];
  const { leastSites, mostSites, mostCost } = group;
  const share = (limit: number) =>
    ownPlanned + Math.floor((Math.max(0, limit - planned) * own) / Math.max(1, all));
  const isWhole = own === all;
  return [
    {
      id: group.id,
      sites,
      leastSites:
        leastSites === null
          ? null
          : Math.min(
              sites.length,
              isWhole ? leastSites : Math.floor((leastSites * ownPlanned) / Math.max(1, planned)),
            ),
      mostSites: mostSites === null ? null : isWhole || mostSites === 1 ? mostSites : share(mostSites),
      mostCost: mostCost === null || !isWhole ? null : mostCost * PART_COST_UNITS,
    },
  ];
}

/** Bins of a part in their order, with a guard before each strip row; covers that know no rows have one guard at the front. */
function numberBins(
  cover: Cover,
  parts: Uint16Array,
  count: number,
): Pick<PartMap, 'numbers' | 'binCounts' | 'rowStarts'> {
  const numbers = new Uint32Array(cover.binCount);
  const binCounts = new Uint32Array(count);
  const starts = Array.from({ length: count }, (): number[] => []);
  const lastRow = new Int32Array(count).fill(-1);
  const rows = cover.kind === 'runs' ? cover.rowStarts : Uint32Array.of(0, cover.binCount);
  for (let row = 0; row + 1 < rows.length; row++)
    for (let bin = rows[row]!; bin < rows[row + 1]!; bin++) {
      const part = parts[bin]!;
      if (part === NO_PART) continue;
      if (lastRow[part] !== row) {
        lastRow[part] = row;
        starts[part]!.push(binCounts[part]!++);
      }
      numbers[bin] = binCounts[part]!++;
    }
  return {
    numbers,
    binCounts,
    rowStarts: starts.map((own, part) => Uint32Array.from([...own, binCounts[part]!])),
  };
}

function takeBins(values: Int32Array, { numberOf, binCount }: BinCut): Int32Array {
  const own = new Int32Array(binCount);
  for (let bin = 0; bin < values.length; bin++) {
    const number = numberOf(bin);
    if (number >= 0) own[number] = values[bin]!;
  }
  return own;
}

function takeNeeds(values: Uint8Array, { numberOf, binCount }: BinCut): Uint8Array {
  const own = new Uint8Array(binCount).fill(1);
  for (let bin = 0; bin < values.length; bin++) {
    const number = numberOf(bin);
    if (number >= 0) own[number] = values[bin]!;
  }
  return own;
}
