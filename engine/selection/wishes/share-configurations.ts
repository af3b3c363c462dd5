// Several operators on one location, as one problem: the bins are repeated once per operator (a layer each, guards kept), and every
// set of operators that may move in together is a candidate with its discounted price. One of them opens at the most.
// Makes up to 2^n - 1 candidates per location for n operators; what an operator serves is copied into each set it is part of.

import { BLOCK_BITS, BLOCK_SITES, type FootprintBlock } from '../../coverage/footprints.ts';
import type { GradeCover, RunCover } from '../cover/cover.ts';
import type { SelectionProblem, SelectionTarget, SiteGroup } from '../selection-problem.ts';
import { configurationGroups } from './configurations.ts';
import { agreedDiscounts, type ShareDiscounts, sharedCostCny } from './share-prices.ts';

/** Sets of operators are bits of one byte. */
const MOST_OPERATORS = 8;

export interface ShareOperator {
  readonly id: string;
  /** Who serves which bin when this operator stands at a location: same shape, bins and locations for all operators. */
  readonly cover: RunCover | GradeCover;
  /** Demand of this operator per bin. */
  readonly weight: Int32Array;
  /** Whole yuan this operator pays alone, per location. */
  readonly cost: Float64Array;
}

export interface ShareLocations {
  readonly ids: readonly string[];
  readonly eastM: Float64Array;
  readonly northM: Float64Array;
  /** Operators (bit 0: the first) that may move in. */
  readonly allowed: Uint8Array;
  /** Operators that stand there already: free, and they count for the discount. */
  readonly standing: Uint8Array;
  /** Operator with the anchor's discount, -1: none. */
  readonly anchor: Int8Array;
}

export interface ShareProblem {
  /** First target: all operators together. Then one per operator. */
  readonly problem: SelectionProblem;
  /** Location and operators (bits) of each site of the problem. */
  readonly locationOf: Uint32Array;
  readonly operatorsOf: Uint8Array;
  /** Sites that stand for what is there already. */
  readonly existing: readonly number[];
  /** One per location with several sets of operators. */
  readonly groups: readonly SiteGroup[];
}

/** Sites of one location follow each other, so curve order of the locations stays curve order. */
export function shareConfigurations(
  operators: readonly ShareOperator[],
  locations: ShareLocations,
  discounts: ShareDiscounts = agreedDiscounts,
): ShareProblem {
  checkLayers(operators, locations);
  const sites = listSites(operators, locations);
  const cost = Float64Array.from(sites, (site) => costOf(site, operators, locations, discounts));
  const existing = sites.flatMap((site, index) => (site.stands ? [index] : []));
  const locationOf = Uint32Array.from(sites, ({ location }) => location);
  return {
    problem: {
      cover: layeredCover(operators, sites),
      targets: layeredTargets(operators),
      cost,
      siteIds: sites.map(({ location, operators: bits, stands }) => {
        const names = operators.filter((_, operator) => has(bits, operator)).map(({ id }) => id);
        return `${locations.ids[location]}${stands ? '=' : ':'}${names.join('+')}`;
      }),
      places: {
        eastM: Float64Array.from(sites, ({ location }) => locations.eastM[location]!),
        northM: Float64Array.from(sites, ({ location }) => locations.northM[location]!),
      },
      fold: null,
    },
    locationOf,
    operatorsOf: Uint8Array.from(sites, ({ operators: bits }) => bits),
    existing,
    groups: configurationGroups(
      Array.from(locationOf, (location) => locations.ids[location]!),
      existing,
    ),
  };
}

interface ShareSite {
  readonly location: number;
  /** Bits. */
  readonly operators: number;
  readonly stands: boolean;
}

function has(bits: number, operator: number): boolean {
  return ((bits >> operator) & 1) === 1;
}

function checkLayers(operators: readonly ShareOperator[], { ids }: ShareLocations): void {
  const bins = operators[0]?.cover.binCount;
  if (operators.length === 0 || operators.length > MOST_OPERATORS)
    throw new RangeError(
      `shareConfigurations: expected 1 to ${MOST_OPERATORS} operators, got ${operators.length}`,
    );
  const kind = operators[0]!.cover.kind;
  for (const { id, cover, weight } of operators)
    if (
      cover.kind !== kind ||
      cover.binCount !== bins ||
      weight.length !== bins ||
      cover.siteCount !== ids.length
    )
      throw new RangeError(
        `shareConfigurations: expected ${kind} of ${bins} bins and ${ids.length} locations for ${id}`,
      );
}

/** Of each location first what stands there, then every set of operators that may move in, by its bits. */
function listSites(operators: readonly ShareOperator[], locations: ShareLocations): ShareSite[] {
  const sites: ShareSite[] = [];
  const all = (1 << operators.length) - 1;
  for (let location = 0; location < locations.ids.length; location++) {
    const standing = locations.standing[location]! & all;
    const free = locations.allowed[location]! & all & ~standing;
    if (standing > 0) sites.push({ location, operators: standing, stands: true });
    for (let bits = 1; bits <= free; bits++)
      if ((bits & free) === bits) sites.push({ location, operators: bits, stands: false });
  }
  return sites;
}

/** Each operator of the set pays its own price, less the discount for all who then stand there. */
function costOf(
  { location, operators: bits, stands }: ShareSite,
  operators: readonly ShareOperator[],
  { standing, anchor }: ShareLocations,
  discounts: ShareDiscounts,
): number {
  if (stands) return 0;
  const together = countBits(bits | standing[location]!);
  let sum = 0;
  operators.forEach(({ cost }, operator) => {
    if (has(bits, operator))
      sum += sharedCostCny(cost[location]!, together, anchor[location] === operator, discounts);
  });
  return sum;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Layers one after the other; a guard stays the first bin of its strip row. */
function layeredCover(operators: readonly ShareOperator[], sites: readonly ShareSite[]) {
  const covers = operators.map(({ cover }) => cover);
  const runs = covers.filter((cover) => cover.kind === 'runs');
  return runs.length > 0
    ? layeredRuns(runs, sites)
    : layeredGrades(
        covers.filter((cover) => cover.kind === 'grades'),
        sites,
      );
}

function layeredGrades(covers: readonly GradeCover[], sites: readonly ShareSite[]): GradeCover {
  const first = covers[0]!;
  const binCount = covers.length * first.binCount;
  const near = new Uint16Array(binCount);
  const seen = new Uint16Array(binCount);
  covers.forEach(({ footprints }, layer) => {
    near.set(footprints.near, layer * first.binCount);
    seen.set(footprints.seen, layer * first.binCount);
  });
  const blocks: FootprintBlock[] = [];
  for (let from = 0; from < sites.length; from += BLOCK_SITES)
    blocks.push(layeredBlock(covers, sites.slice(from, from + BLOCK_SITES)));
  const siteCount = sites.length;
  return { ...first, binCount, siteCount, footprints: { binCount, siteCount, blocks, near, seen } };
}

/** One block of candidates: for each the spans of its operators, layer after layer, so bins ascend. */
function layeredBlock(covers: readonly GradeCover[], sites: readonly ShareSite[]): FootprintBlock {
  const parts = sites.map(({ location, operators: bits }) =>
    covers.flatMap(({ footprints, binCount }, layer) => {
      if (!has(bits, layer)) return [];
      const block = footprints.blocks[location >> BLOCK_BITS]!;
      const local = location & (BLOCK_SITES - 1);
      const spans = [block.spanStarts[local]!, block.spanStarts[local + 1]!] as const;
      const grades = [block.gradeStarts[local]!, block.gradeStarts[local + 1]!] as const;
      return [{ block, spans, grades, offset: layer * binCount }];
    }),
  );
  const spanStarts = new Uint32Array(sites.length + 1);
  const gradeStarts = new Uint32Array(sites.length + 1);
  parts.forEach((own, site) => {
    spanStarts[site + 1] = spanStarts[site]! + own.reduce((sum, { spans: [a, b] }) => sum + b - a, 0);
    gradeStarts[site + 1] = gradeStarts[site]! + own.reduce((sum, { grades: [a, b] }) => sum + b - a, 0);
  });
  const spanFirst = new Uint32Array(spanStarts[sites.length]!);
  const spanLength = new Uint8Array(spanFirst.length);
  const grades = new Uint8Array(gradeStarts[sites.length]!);
  let span = 0;
  let grade = 0;
  for (const { block, spans, grades: own, offset } of parts.flat()) {
    spanLength.set(block.spanLength.subarray(...spans), span);
    for (let at = spans[0]; at < spans[1]; at++) spanFirst[span++] = offset + block.spanFirst[at]!;
    grades.set(block.grades.subarray(...own), grade);
    grade += own[1] - own[0];
  }
  return { sites: sites.length, spanStarts, gradeStarts, spanFirst, spanLength, grades };
}

function layeredRuns(covers: readonly RunCover[], sites: readonly ShareSite[]): RunCover {
  const binCount = covers[0]!.binCount;
  const rowStarts = covers.flatMap((cover, layer) =>
    Array.from(cover.rowStarts.subarray(0, -1), (first) => layer * binCount + first),
  );
  const runStarts = new Uint32Array(sites.length + 1);
  sites.forEach(({ location, operators: bits }, site) => {
    let runs = 0;
    covers.forEach((cover, operator) => {
      if (has(bits, operator)) runs += cover.runStarts[location + 1]! - cover.runStarts[location]!;
    });
    runStarts[site + 1] = runStarts[site]! + runs;
  });
  const runFirst = new Uint32Array(runStarts[sites.length]!);
  const runLength = new Uint16Array(runStarts[sites.length]!);
  sites.forEach(({ location, operators: bits }, site) => {
    let at = runStarts[site]!;
    covers.forEach((cover, operator) => {
      if (!has(bits, operator)) return;
      const from = cover.runStarts[location]!;
      const to = cover.runStarts[location + 1]!;
      runLength.set(cover.runLength.subarray(from, to), at);
      for (let run = from; run < to; run++) runFirst[at++] = operator * binCount + cover.runFirst[run]!;
    });
  });
  return {
    kind: 'runs',
    binCount: covers.length * binCount,
    siteCount: sites.length,
    rowStarts: Uint32Array.from([...rowStarts, covers.length * binCount]),
    runStarts,
    runFirst,
    runLength,
  };
}

function layeredTargets(
  operators: readonly ShareOperator[],
): readonly [SelectionTarget, ...SelectionTarget[]] {
  const binCount = operators[0]!.weight.length;
  const all = new Int32Array(operators.length * binCount);
  const own = operators.map(({ id, weight }, layer): SelectionTarget => {
    const layered = new Int32Array(all.length);
    layered.set(weight, layer * binCount);
    all.set(weight, layer * binCount);
    return { id, weight: layered };
  });
  return [{ id: 'all', weight: all }, ...own];
}
