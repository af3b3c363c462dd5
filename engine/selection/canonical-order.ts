// One order for one list of sites, however it came: along the curve, by id where places are equal or unknown. Prices are sums of
// fractions and local search draws lots, so both would follow the order of the list; in this order the same sites give the same plan.
// A list that already stands in it (every freshly prepared one does) costs one pass.
import { BLOCK_BITS, BLOCK_SITES, type FootprintBlock } from '../coverage/footprints.ts';
import { curveKeys } from '../geo/curve-order.ts';
import type { Cover, GradeCover, ListCover, RunCover } from './cover/cover.ts';
import type { SelectionChoice, SelectionProblem } from './selection-problem.ts';

export interface CanonicalOrder {
  readonly problem: SelectionProblem;
  /** Place in the caller's list of each site of `problem`, and the other way round. */
  readonly back: Uint32Array;
  readonly forth: Uint32Array;
}

const known = new WeakMap<SelectionProblem, CanonicalOrder>();

/** Null when the list stands in order. The reordered problem takes as much memory as the given one, and is kept as long as that. */
export function canonicalOrder(problem: SelectionProblem): CanonicalOrder | null {
  const found = known.get(problem);
  if (found) return found;
  const { places, siteIds } = problem;
  const key = places === null ? null : curveKeys(places.eastM, places.northM);
  const isBehind = (a: number, b: number): boolean =>
    key === null || key[a] === key[b] ? siteIds[a]! > siteIds[b]! : key[a]! > key[b]!;
  let inOrder = true;
  for (let site = 1; site < siteIds.length && inOrder; site++) inOrder = !isBehind(site - 1, site);
  if (inOrder) return null;
  const back = Uint32Array.from(siteIds, (_, site) => site).sort((a, b) => (isBehind(a, b) ? 1 : -1));
  const forth = new Uint32Array(back.length);
  back.forEach((site, place) => {
    forth[site] = place;
  });
  const order: CanonicalOrder = { problem: reordered(problem, back, forth), back, forth };
  known.set(problem, order);
  return order;
}

/** The choice as the reordered problem reads it. */
export function choiceInOrder(choice: SelectionChoice, { back, forth }: CanonicalOrder): SelectionChoice {
  const map = (sites: readonly number[]): number[] => sites.map((site) => forth[site] ?? site);
  const { spacingM, groups } = choice.rules;
  return {
    ...choice,
    existing: map(choice.existing),
    locked: map(choice.locked),
    refused: map(choice.refused),
    rules: {
      spacingM: spacingM && Float64Array.from(back, (site) => spacingM[site]!),
      groups: groups.map((group) => ({ ...group, sites: map(group.sites) })),
    },
  };
}

function reordered(problem: SelectionProblem, back: Uint32Array, forth: Uint32Array): SelectionProblem {
  const { cover, cost, siteIds, places } = problem;
  const pick = (values: Float64Array): Float64Array => Float64Array.from(back, (site) => values[site]!);
  return {
    ...problem,
    cover: reorderedCover(cover, back, forth),
    cost: pick(cost),
    siteIds: Array.from(back, (site) => siteIds[site]!),
    places: places && { eastM: pick(places.eastM), northM: pick(places.northM) },
  };
}

function reorderedCover(cover: Cover, back: Uint32Array, forth: Uint32Array): Cover {
  switch (cover.kind) {
    case 'grades':
      return reorderedGrades(cover, back);
    case 'runs':
      return reorderedRuns(cover, back);
    case 'lists':
      return reorderedLists(cover, back, forth);
  }
}

function reorderedRuns(cover: RunCover, back: Uint32Array): RunCover {
  const { runStarts, runFirst, runLength } = cover;
  const starts = startsOf(back, runStarts);
  const first = new Uint32Array(runFirst.length);
  const length = new Uint16Array(runLength.length);
  back.forEach((site, place) => {
    first.set(runFirst.subarray(runStarts[site]!, runStarts[site + 1]!), starts[place]!);
    length.set(runLength.subarray(runStarts[site]!, runStarts[site + 1]!), starts[place]!);
  });
  return { ...cover, runStarts: starts, runFirst: first, runLength: length };
}

function reorderedLists(cover: ListCover, back: Uint32Array, forth: Uint32Array): ListCover {
  const { siteStarts, siteBins, binStarts, binSites } = cover;
  const starts = startsOf(back, siteStarts);
  const bins = new Uint32Array(siteBins.length);
  back.forEach((site, place) => {
    bins.set(siteBins.subarray(siteStarts[site]!, siteStarts[site + 1]!), starts[place]!);
  });
  const sites = binSites.map((site) => forth[site]!);
  for (let bin = 0; bin < cover.binCount; bin++) sites.subarray(binStarts[bin]!, binStarts[bin + 1]!).sort();
  return { ...cover, siteStarts: starts, siteBins: bins, binSites: sites };
}

function startsOf(back: Uint32Array, from: Uint32Array): Uint32Array {
  const starts = new Uint32Array(back.length + 1);
  back.forEach((site, place) => {
    starts[place + 1] = starts[place]! + from[site + 1]! - from[site]!;
  });
  return starts;
}

function reorderedGrades(cover: GradeCover, back: Uint32Array): GradeCover {
  const { blocks } = cover.footprints;
  const reorderedBlocks: FootprintBlock[] = [];
  for (let first = 0; first < back.length; first += BLOCK_SITES)
    reorderedBlocks.push(blockOf(blocks, back.subarray(first, first + BLOCK_SITES)));
  return { ...cover, footprints: { ...cover.footprints, blocks: reorderedBlocks } };
}

/** A block of these sites, taken from wherever they lie. */
function blockOf(blocks: readonly FootprintBlock[], members: Uint32Array): FootprintBlock {
  const spanStarts = new Uint32Array(members.length + 1);
  const gradeStarts = new Uint32Array(members.length + 1);
  members.forEach((site, place) => {
    const block = blocks[site >> BLOCK_BITS]!;
    const local = site & (BLOCK_SITES - 1);
    spanStarts[place + 1] = spanStarts[place]! + block.spanStarts[local + 1]! - block.spanStarts[local]!;
    gradeStarts[place + 1] = gradeStarts[place]! + block.gradeStarts[local + 1]! - block.gradeStarts[local]!;
  });
  const spanFirst = new Uint32Array(spanStarts[members.length]!);
  const spanLength = new Uint8Array(spanFirst.length);
  const grades = new Uint8Array(gradeStarts[members.length]!);
  members.forEach((site, place) => {
    const block = blocks[site >> BLOCK_BITS]!;
    const local = site & (BLOCK_SITES - 1);
    const spans = [block.spanStarts[local]!, block.spanStarts[local + 1]!] as const;
    spanFirst.set(block.spanFirst.subarray(...spans), spanStarts[place]!);
    spanLength.set(block.spanLength.subarray(...spans), spanStarts[place]!);
    grades.set(
      block.grades.subarray(block.gradeStarts[local]!, block.gradeStarts[local + 1]!),
      gradeStarts[place]!,
    );
  });
  return { sites: members.length, spanStarts, gradeStarts, spanFirst, spanLength, grades };
}
