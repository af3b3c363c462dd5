// The footprints of some sites on some bins, as a cover of its own: what a part of a city is made of. Bins keep their order, and only bins of one
// row stand side by side, so a run or span becomes one run or span or none. Everything is copied: a part can be handed over.
import { BLOCK_BITS, BLOCK_SITES, type FootprintBlock } from '../../coverage/footprints.ts';
import type { Cover, GradeCover, ListCover, RunCover } from '../cover/cover.ts';

/** The bins that stay. */
export interface BinCut {
  /** New number of a bin that stays, -1 for the others; rising along each row without gaps. */
  readonly numberOf: (bin: number) => number;
  /** Bins and guards. */
  readonly binCount: number;
  /** First guard of each strip row that keeps a bin, then the end. */
  readonly rowStarts: Uint32Array;
}

/** Sites are numbered in the order given. Two passes over their footprints. */
export function cutCover(cover: Cover, sites: Uint32Array, cut: BinCut): Cover {
  if (cover.kind === 'runs') return cutRuns(cover, sites, cut);
  return cover.kind === 'grades' ? cutGrades(cover, sites, cut) : cutLists(cover, sites, cut);
}

function cutRuns(cover: RunCover, sites: Uint32Array, { numberOf, binCount, rowStarts }: BinCut): RunCover {
  let most = 0;
  for (const site of sites) most += cover.runStarts[site + 1]! - cover.runStarts[site]!;
  const runStarts = new Uint32Array(sites.length + 1);
  const runFirst = new Uint32Array(most);
  const runLength = new Uint16Array(most);
  let runs = 0;
  sites.forEach((site, index) => {
    for (let run = cover.runStarts[site]!; run < cover.runStarts[site + 1]!; run++) {
      const end = cover.runFirst[run]! + cover.runLength[run]!;
      let length = 0;
      for (let bin = cover.runFirst[run]!; bin < end; bin++) {
        const own = numberOf(bin);
        if (own < 0) continue;
        if (length++ === 0) runFirst[runs] = own;
      }
      if (length > 0) runLength[runs++] = length;
    }
    runStarts[index + 1] = runs;
  });
  return {
    kind: 'runs',
    binCount,
    siteCount: sites.length,
    rowStarts: rowStarts.slice(),
    runStarts,
    runFirst: runFirst.slice(0, runs),
    runLength: runLength.slice(0, runs),
  };
}

function cutGrades(
  { footprints, gradeValue }: GradeCover,
  sites: Uint32Array,
  { numberOf, binCount }: BinCut,
): GradeCover {
  const near = new Uint16Array(binCount);
  const seen = new Uint16Array(binCount);
  for (let bin = 0; bin < footprints.binCount; bin++) {
    const own = numberOf(bin);
    if (own < 0) continue;
    near[own] = footprints.near[bin]!;
    seen[own] = footprints.seen[bin]!;
  }
  const blocks: FootprintBlock[] = [];
  for (let first = 0; first < sites.length; first += BLOCK_SITES)
    blocks.push(cutBlock(footprints.blocks, sites.subarray(first, first + BLOCK_SITES), numberOf));
  return {
    kind: 'grades',
    binCount,
    siteCount: sites.length,
    footprints: { binCount, siteCount: sites.length, blocks, near, seen },
    gradeValue: gradeValue.slice(),
  };
}

function cutBlock(
  blocks: readonly FootprintBlock[],
  sites: Uint32Array,
  numberOf: BinCut['numberOf'],
): FootprintBlock {
  const spanStarts = new Uint32Array(sites.length + 1);
  const gradeStarts = new Uint32Array(sites.length + 1);
  const spanFirst: number[] = [];
  const spanLength: number[] = [];
  const grades: number[] = [];
  sites.forEach((site, index) => {
    const from = blocks[site >> BLOCK_BITS]!;
    const local = site & (BLOCK_SITES - 1);
    let at = from.gradeStarts[local]!;
    for (let span = from.spanStarts[local]!; span < from.spanStarts[local + 1]!; span++) {
      const end = from.spanFirst[span]! + from.spanLength[span]!;
      let length = 0;
      for (let bin = from.spanFirst[span]!; bin < end; bin++, at++) {
        const own = numberOf(bin);
        if (own < 0) continue;
        if (length++ === 0) spanFirst.push(own);
        grades.push(from.grades[at]!);
      }
      if (length > 0) spanLength.push(length);
    }
    spanStarts[index + 1] = spanFirst.length;
    gradeStarts[index + 1] = grades.length;
  });
  return {
    sites: sites.length,
    spanStarts,
    gradeStarts,
    spanFirst: Uint32Array.from(spanFirst),
    spanLength: Uint8Array.from(spanLength),
    grades: Uint8Array.from(grades),
  };
}

function cutLists(cover: ListCover, sites: Uint32Array, { numberOf, binCount }: BinCut): ListCover {
  const siteStarts = new Uint32Array(sites.length + 1);
  const binStarts = new Uint32Array(binCount + 1);
  const listed: number[] = [];
  sites.forEach((site, index) => {
    for (let at = cover.siteStarts[site]!; at < cover.siteStarts[site + 1]!; at++) {
      const own = numberOf(cover.siteBins[at]!);
      if (own < 0) continue;
      listed.push(own);
      binStarts[own + 1]!++;
    }
    siteStarts[index + 1] = listed.length;
  });
  for (let bin = 0; bin < binCount; bin++) binStarts[bin + 1]! += binStarts[bin]!;
  const next = binStarts.slice();
  const binSites = new Uint32Array(listed.length);
  for (let site = 0; site < sites.length; site++)
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) binSites[next[listed[at]!]!++] = site;
  return {
    kind: 'lists',
    binCount,
    siteCount: sites.length,
    siteStarts,
    siteBins: Uint32Array.from(listed),
    binStarts,
    binSites,
  };
}
