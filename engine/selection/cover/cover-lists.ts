// Pairs of site and bin, in any order, to lists in both directions, both ascending. Three counting sorts: by bin, then by site (bins
// come out ascending), then by bin again (sites come out ascending). A pair that comes twice stands side by side after the second.
import type { ListCover } from './cover.ts';

/** One column of pairs, in pieces as they were read. */
export type PairColumn = readonly Uint32Array[];

/** The last piece may be longer than what is used of it: `pairs` of all pieces count. Throws RangeError for more than 2^32 - 1 pairs. */
export function coverLists(
  sites: PairColumn,
  bins: PairColumn,
  pairs: number,
  siteCount: number,
  binCount: number,
): { cover: ListCover; twice: { site: number; bin: number } | null } {
  if (pairs > 0xffff_ffff) throw new RangeError(`${pairs} pairs, expected at the most ${0xffff_ffff}`);
  const binStarts = startsOf(bins, pairs, binCount);
  const unordered = new Uint32Array(pairs);
  const next = binStarts.slice(0, binCount);
  let left = pairs;
  for (let piece = 0; left > 0; piece++) {
    const used = Math.min(left, bins[piece]!.length);
    scatterPairs(bins[piece]!, sites[piece]!, used, next, unordered);
    left -= used;
  }
  const siteStarts = startsOf([unordered], pairs, siteCount);
  const siteBins = turnLists(binStarts, unordered, binCount, siteStarts, siteCount);
  const binSites = turnLists(siteStarts, siteBins, siteCount, binStarts, binCount);
  return {
    cover: { kind: 'lists', binCount, siteCount, siteStarts, siteBins, binStarts, binSites },
    twice: findTwice(siteStarts, siteBins, siteCount),
  };
}

function startsOf(pieces: PairColumn, pairs: number, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let left = pairs;
  for (const piece of pieces) {
    const used = Math.min(left, piece.length);
    for (let at = 0; at < used; at++) starts[piece[at]! + 1]!++;
    left -= used;
  }
  for (let index = 0; index < count; index++) starts[index + 1]! += starts[index]!;
  return starts;
}

function scatterPairs(
  keys: Uint32Array,
  values: Uint32Array,
  used: number,
  next: Uint32Array,
  into: Uint32Array,
): void {
  for (let at = 0; at < used; at++) into[next[keys[at]!]!++] = values[at]!;
}

/** Lists of the other direction; each comes out ascending because the owners are visited in order. */
function turnLists(
  starts: Uint32Array,
  entries: Uint32Array,
  owners: number,
  turnedStarts: Uint32Array,
  count: number,
): Uint32Array {
  const next = turnedStarts.slice(0, count);
  const turned = new Uint32Array(entries.length);
  for (let owner = 0; owner < owners; owner++) {
    const end = starts[owner + 1]!;
    for (let at = starts[owner]!; at < end; at++) turned[next[entries[at]!]!++] = owner;
  }
  return turned;
}

function findTwice(
  starts: Uint32Array,
  bins: Uint32Array,
  siteCount: number,
): { site: number; bin: number } | null {
  for (let site = 0; site < siteCount; site++) {
    const end = starts[site + 1]!;
    for (let at = starts[site]! + 1; at < end; at++)
      if (bins[at] === bins[at - 1]) return { site, bin: bins[at]! };
  }
  return null;
}
